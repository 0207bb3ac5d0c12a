NAME model FREE
ROWS
 N  objective
 L  row_c0
 G  row_c1
 L  row_c2
 G  row_c3
 L  row_c4
 L  row_c5
 G  row_c6
 L  row_c7
 E  row_c8
 L  row_c9
 G  row_c10
 L  row_c11
 G  row_c12
 G  row_c13
 L  row_c14
 G  row_c15
 L  row_c16
 G  row_c17
 E  row_c18
COLUMNS
    x row_c2 -1 row_c3 -1
    x row_c7 1 row_c16 -1
    x row_c17 -1
    MARKER0 'MARKER' 'INTORG'
    a objective -1 row_c0 -4
    a row_c1 1.5 row_c2 1.5
    a row_c3 -4 row_c4 -1
    a row_c6 -1 row_c8 -1
    a row_c13 0.1
    b objective 0.25 row_c5 -1
    b row_c6 -1 row_c7 0.5
    b row_c9 -3 row_c12 -3
    b row_c14 -4 row_c15 1.5
    b row_c16 1.5 row_c17 -4
    k objective 1 row_c11 -1
    k row_c12 -1 row_c18 1
    MARKER1 'MARKER' 'INTEND'
    low_0 row_c8 1 row_c13 0.2
    low_1 objective -1 row_c0 1
    low_1 row_c1 1 row_c2 1
    low_1 row_c3 1 row_c7 2
    low_2 objective 0.5 row_c4 1
    low_2 row_c5 1 row_c6 1
    low_2 row_c7 1
    low_3 row_c9 1 row_c10 1
    low_3 row_c11 1 row_c12 1
    low_3 row_c13 1
    low_4 objective -1 row_c14 1
    low_4 row_c15 1 row_c16 1
    low_4 row_c17 1 row_c18 -1
    one objective 1
RHS
    RHS row_c2 1.5
    RHS row_c3 -4
    RHS row_c6 -1
    RHS row_c7 5
    RHS row_c12 -3
    RHS row_c13 1
    RHS row_c16 1.5
    RHS row_c17 -4
    RHS row_c18 0.5
BOUNDS
 LO BND x -1.5
 UP BND x 4
 BV BND a
 BV BND b
 UP BND k 3
 UP BND low_0 1
 LO BND low_1 -1.5
 UP BND low_1 4
 UP BND low_2 1
 UP BND low_3 3
 LO BND low_4 -1.5
 UP BND low_4 4
 FX BND one 1
ENDATA
