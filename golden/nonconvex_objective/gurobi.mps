NAME model FREE
ROWS
 N  obj
 G  row_c0
COLUMNS
    n_0_x  row_c0  1
    n_1_y  row_c0  1
RHS
BOUNDS
 LO BND  n_0_x  -1
 UP BND  n_0_x  2
 LO BND  n_1_y  -3
 UP BND  n_1_y  1
QUADOBJ
    n_0_x  n_1_y  1
ENDATA
