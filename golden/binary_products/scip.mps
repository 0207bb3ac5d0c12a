NAME model FREE
ROWS
 N  objective
 E  row_c1
 L  row_c0
 G  row_c2
 E  row_c3
COLUMNS
    x row_c0 1
    MARKER0 'MARKER' 'INTORG'
    a objective -1 row_c1 -1
    a row_c2 0.1
    b objective 0.25 row_c0 0.5
    k objective 1 row_c3 1
    MARKER1 'MARKER' 'INTEND'
    low_0 row_c1 1 row_c2 0.2
    one objective 1
RHS
    RHS row_c0 5
    RHS row_c2 1
    RHS row_c3 0.5
BOUNDS
 LO BND x -1.5
 UP BND x 4
 BV BND a
 BV BND b
 UP BND k 3
 UP BND low_0 1
 FX BND one 1
QUADOBJ
    x a -1
    x b -1
    a b 0.5
QCMATRIX row_c0
    x a 1
    a x 1
    a b 0.5
    b a 0.5
QCMATRIX row_c2
    b k 0.5
    k b 0.5
QCMATRIX row_c3
    x b -0.5
    b x -0.5
ENDATA
