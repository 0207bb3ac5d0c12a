NAME model FREE
ROWS
 N  objective
 L  row_c0
 G  row_c1
 L  row_c2
 G  row_c3
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    l objective -1 row_c0 1
    k objective -1 row_c0 1
    MARKER1 'MARKER' 'INTEND'
    w objective -1 row_c2 1
    MARKER2 'MARKER' 'INTORG'
    n objective -3
    MARKER3 'MARKER' 'INTEND'
    z objective 0
    y objective 1
    MARKER4 'MARKER' 'INTORG'
    m objective -2
    MARKER5 'MARKER' 'INTEND'
    x objective 0
    MARKER6 'MARKER' 'INTORG'
    r objective 0
    MARKER7 'MARKER' 'INTEND'
    s objective 0
RHS
    RHS row_c0 3
    RHS row_c1 4
    RHS row_c2 5
    RHS row_c3 1
BOUNDS
 BV BND l
 UP BND k 4
 UP BND w 2
 UP BND n 2
 LO BND z 2
 UP BND z 3
 LO BND y 1
 UP BND y 4
 UP BND m 3
 LO BND x 1
 UP BND x 4
 LO BND r 1
 UP BND r 3
 LO BND s 0.25
 UP BND s 3
QUADOBJ
    n n 2
    z x 1
    r s 1
QCMATRIX row_c1
    y x 0.5
    x y 0.5
QCMATRIX row_c2
    m m 1
QCMATRIX row_c3
    r s 0.5
    s r 0.5
ENDATA
