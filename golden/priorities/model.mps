NAME model FREE
ROWS
 N  objective
 L  row_c0
 L  row_c1
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    a objective -4 row_c0 3
    b objective -6 row_c0 5
    c objective -9 row_c0 7
    k objective -1 row_c0 2
    k row_c1 -1
    MARKER1 'MARKER' 'INTEND'
    x objective -1 row_c1 1
RHS
    RHS row_c0 11
    RHS row_c1 1.5
BOUNDS
 BV BND a
 BV BND b
 BV BND c
 LO BND k -2
 UP BND k 5
 UP BND x 2.5
ENDATA
