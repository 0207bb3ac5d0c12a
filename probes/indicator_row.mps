NAME p FREE
ROWS
 N obj
 L c2
 L ind_c2
 G c3
COLUMNS
    x obj -1 c2 1
    y obj -1 ind_c2 1
    M1 'MARKER' 'INTORG'
    b c3 1
    M2 'MARKER' 'INTEND'
RHS
    RHS c2 3 ind_c2 2
    RHS c3 1
BOUNDS
 UP BND x 4
 UP BND y 4
 BV BND b
INDICATORS
 IF c2 b 1
 IF ind_c2 b 1
ENDATA
