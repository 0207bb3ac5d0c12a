NAME model FREE
ROWS
 N  objective
 L  row_c0
 L  row_c1
 E  row_c2
 G  row_c3
 G  row_c4
 L  row_c5
 G  row_c6
 L  row_c7
 G  row_c8
 E  row_c9
 L  row_c10
 L  row_c11
COLUMNS
    x objective -1 row_c0 1
    x row_c1 1 row_c3 1
    x row_c5 1 row_c6 1
    x row_c7 3 row_c8 3
    x row_c11 1
    y objective -1.5 row_c0 1
    y row_c1 2 row_c3 -1
    y row_c4 1 row_c5 -2
    y row_c6 -2 row_c10 1
    MARKER0 'MARKER' 'INTORG'
    a objective 0.75 row_c0 7
    a row_c1 -10.9
    b objective -0.5 row_c2 1
    b row_c4 1
    c objective 0.2 row_c5 5
    c row_c6 -12 row_c7 -13.5
    c row_c8 9.5
    d objective -1 row_c7 2
    d row_c8 2 row_c9 1
    d row_c10 1
    MARKER1 'MARKER' 'INTEND'
    low_0 row_c2 1 row_c3 7.1000000000000005
    low_1 row_c9 1 row_c10 -3.7
RHS
    RHS row_c0 10
    RHS row_c1 4.1
    RHS row_c2 1
    RHS row_c3 0.1
    RHS row_c4 1
    RHS row_c5 5
    RHS row_c6 -12
    RHS row_c7 3.5
    RHS row_c8 3.5
    RHS row_c9 1
    RHS row_c10 2.3
    RHS row_c11 9
BOUNDS
 LO BND x -2
 UP BND x 5
 UP BND y 5
 BV BND a
 BV BND b
 BV BND c
 BV BND d
 UP BND low_0 1
 UP BND low_1 1
ENDATA
