NAME model FREE
ROWS
 N  objective
 G  row_c0
 L  row_c1
COLUMNS
    n_0_free objective 1 row_c0 1
    fixed objective 1
    lower objective 1
    both objective 1
    negative objective -1
    plain objective 1 row_c1 1
    upper objective -1
    open objective -1
    positive objective 1 row_c1 -1
    zero row_c1 1
RHS
    RHS row_c0 -7
    RHS row_c1 3
BOUNDS
 FR BND n_0_free
 FX BND fixed 2.5
 LO BND lower -3
 LO BND both -2
 UP BND both 4
 MI BND negative
 UP BND negative -1
 UP BND upper 5
 MI BND open
 UP BND open 5
 LO BND positive 1
 FX BND zero 0
ENDATA
