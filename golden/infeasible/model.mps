NAME model FREE
ROWS
 N  objective
 G  row_c0
COLUMNS
    x objective 1
RHS
    RHS row_c0 1
BOUNDS
 LO BND x 1
 UP BND x 3
ENDATA
