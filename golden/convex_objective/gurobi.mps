NAME model FREE
ROWS
 N  obj
 G  row_c0
COLUMNS
    n_0_x  obj  -3  row_c0  1
    n_1_y  row_c0  1
    one  obj  10
RHS
    RHS  row_c0  1
BOUNDS
 UP BND  n_0_x  10
 UP BND  n_1_y  10
 FX BND  one  1
QUADOBJ
    n_0_x  n_0_x  2
    n_0_x  n_1_y  1
    n_1_y  n_1_y  2
ENDATA
