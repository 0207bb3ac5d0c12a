NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    n_0_x  obj  1
    n_1_y  obj  1
RHS
    RHS  row_c0  2
BOUNDS
 LO BND  n_0_x  -5
 UP BND  n_0_x  5
 LO BND  n_1_y  -5
 UP BND  n_1_y  5
QCMATRIX row_c0
    n_0_x  n_0_x  1
    n_1_y  n_1_y  1
ENDATA
