NAME model FREE
ROWS
 N  obj
 G  row_c0
COLUMNS
    n_0_x  obj  1
RHS
    RHS  row_c0  1
BOUNDS
 LO BND  n_0_x  1
 UP BND  n_0_x  3
ENDATA
