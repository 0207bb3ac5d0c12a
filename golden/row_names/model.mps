NAME model FREE
ROWS
 N  objective
 L  Balance
 G  row_c1
 L  a.b_1
 G  row_c3
 L  row_c4
 L  row_c5
 G  x
COLUMNS
    x objective -1 Balance 1
    x row_c1 1 a.b_1 1
    x row_c3 1 row_c4 1
    y objective -1.5 Balance 1
    y row_c1 -1 a.b_1 2
    y row_c3 2 row_c5 1
    y x 1
    MARKER0 'MARKER' 'INTORG'
    b objective -2 a.b_1 7
    b row_c3 -5 row_c4 2
    b row_c5 1 x -1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS Balance 5
    RHS row_c1 -1
    RHS a.b_1 10
    RHS row_c3 -2
    RHS row_c4 5.5
    RHS row_c5 3.5
    RHS x -2
BOUNDS
 UP BND x 4
 LO BND y -1
 UP BND y 3
 BV BND b
ENDATA
