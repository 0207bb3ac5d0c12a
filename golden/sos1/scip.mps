NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    x objective -1 row_c0 1
    y objective -1.25 row_c0 1
    z objective -1.5 row_c0 1
    MARKER0 'MARKER' 'INTORG'
    b objective -2
    k objective -1 row_c0 1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 5.5
BOUNDS
 UP BND x 2
 UP BND y 3
 LO BND z -1
 UP BND z 4
 BV BND b
 UP BND k 3
SOS
 S1 s0
    x 1
    y 2
    z 3
 S1 s1
    z 2
    b 1
    k 3.5
ENDATA
