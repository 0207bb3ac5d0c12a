NAME model FREE
ROWS
 N  objective
 L  row_c0
 L  row_c1
 G  row_c2
 G  row_c3
 E  row_c4
 E  row_c5
 L  row_c6
 L  row_c7
COLUMNS
    x objective -1 row_c0 1
    x row_c1 1 row_c2 1
    x row_c4 1 row_c5 3
    x row_c7 1
    y objective -1.5 row_c0 1
    y row_c1 2 row_c2 -1
    y row_c3 1 row_c4 -2
    y row_c6 1
    MARKER0 'MARKER' 'INTORG'
    a objective 0.75
    b objective -0.5
    c objective 0.2
    d objective -1 row_c5 2
    d row_c6 1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 3
    RHS row_c1 4.1
    RHS row_c2 0.1
    RHS row_c3 1
    RHS row_c5 3.5
    RHS row_c6 2.3
    RHS row_c7 9
BOUNDS
 LO BND x -2
 UP BND x 5
 UP BND y 5
 BV BND a
 BV BND b
 BV BND c
 BV BND d
INDICATORS
 IF row_c0 a 1
 IF row_c1 a 0
 IF row_c2 b 1
 IF row_c3 b 0
 IF row_c4 c 1
 IF row_c5 c 0
 IF row_c6 d 1
 IF row_c7 d 1
ENDATA
