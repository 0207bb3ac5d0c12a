NAME model FREE
ROWS
 N  objective
 L  row_c0
 L  row_c1
 L  row_c2
 L  row_c3
 G  row_c4
 L  row_c5
 L  row_c6
 G  row_c7
 L  row_c8
 L  row_c9
COLUMNS
    x objective -1 row_c0 1
    x row_c1 1
    y objective -1.25 row_c0 1
    y row_c2 1
    z objective -1.5 row_c0 1
    z row_c3 1 row_c4 1
    z row_c6 1 row_c7 1
    MARKER0 'MARKER' 'INTORG'
    b objective -2 row_c9 1
    k objective -1 row_c0 1
    k row_c8 1
    low_0 row_c1 -2 row_c5 1
    low_1 row_c2 -3 row_c5 1
    low_2 row_c3 -4 row_c4 1
    low_2 row_c5 1
    low_3 row_c6 -4 row_c7 1
    low_3 row_c9 1
    low_4 row_c8 -3 row_c9 1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 5.5
    RHS row_c5 1
    RHS row_c9 1
BOUNDS
 UP BND x 2
 UP BND y 3
 LO BND z -1
 UP BND z 4
 BV BND b
 UP BND k 3
 BV BND low_0
 BV BND low_1
 BV BND low_2
 BV BND low_3
 BV BND low_4
ENDATA
