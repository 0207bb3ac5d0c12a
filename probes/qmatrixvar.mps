NAME p FREE
ROWS
 N obj
 L c1
 L c2
 G c3
COLUMNS
    x obj -2 c1 1
    y obj -1 c1 1
    y c2 1
    M1 'MARKER' 'INTORG'
    qmatrixvar c3 1
    M2 'MARKER' 'INTEND'
RHS
    RHS c1 9 c2 3
    RHS c3 1
BOUNDS
 UP BND y 5
 BV BND qmatrixvar
QUADOBJ
    x x 2
INDICATORS
 IF c2 qmatrixvar 1
ENDATA
