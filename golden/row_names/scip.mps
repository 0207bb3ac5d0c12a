NAME model FREE
ROWS
 N  objective
 L  Balance
 G  row_c1
 E  a.b_1
 L  row_c3
 L  row_c4
 G  x
COLUMNS
    x objective -1 Balance 1
    x row_c1 1 a.b_1 1
    x row_c3 1
    y objective -1.5 Balance 1
    y row_c1 -1 a.b_1 2
    y row_c4 1 x 1
    MARKER0 'MARKER' 'INTORG'
    b objective -2 row_c3 2
    b row_c4 1 x -1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS Balance 5
    RHS row_c1 -1
    RHS a.b_1 3
    RHS row_c3 5.5
    RHS row_c4 3.5
    RHS x -2
BOUNDS
 UP BND x 4
 LO BND y -1
 UP BND y 3
 BV BND b
INDICATORS
 IF a.b_1 b 1
ENDATA
