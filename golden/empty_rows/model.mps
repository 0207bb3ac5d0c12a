NAME model FREE
ROWS
 N  objective
 L  row_c0
 G  row_c1
 E  row_c2
 G  row_c3
COLUMNS
    x objective 1 row_c3 1
RHS
    RHS row_c0 4
    RHS row_c1 -1
    RHS row_c3 2
BOUNDS
 LO BND x 1
 UP BND x 3
ENDATA
