NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  row_c1
 G  row_c2
 G  row_c3
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    both objective 1 row_c0 2
    plain objective 2 row_c0 3
    MARKER1 'MARKER' 'INTEND'
    x row_c0 -0.5
    MARKER2 'MARKER' 'INTORG'
    open objective 1 row_c1 1
    n_4_free objective 1 row_c2 2
    lower objective 1 row_c3 1
    fixed row_c3 1
    unit objective -0.25 row_c3 -1.5
    MARKER3 'MARKER' 'INTEND'
RHS
    RHS row_c0 4
    RHS row_c1 -2.5
    RHS row_c2 -7
    RHS row_c3 5
BOUNDS
 LO BND both -3
 UP BND both 5
 PL BND plain
 UP BND x 1
 MI BND open
 UP BND open 2
 FR BND n_4_free
 LO BND lower 2
 PL BND lower
 FX BND fixed 4
 UP BND unit 1
ENDATA
