NAME model FREE
ROWS
 N  obj
 E  row_c0
 G  row_c1
COLUMNS
    n_0_x  row_c1  0.5
    n_1_y  obj  0
    n_2_z  obj  1  row_c0  -1
RHS
    RHS  row_c1  0.25
BOUNDS
 LO BND  n_0_x  -1
 UP BND  n_0_x  2
 LO BND  n_1_y  -3
 UP BND  n_1_y  1
 LO BND  n_2_z  -10
 UP BND  n_2_z  10
QCMATRIX row_c0
    n_0_x  n_1_y  0.5
    n_1_y  n_0_x  0.5
QCMATRIX row_c1
    n_0_x  n_0_x  3
    n_0_x  n_1_y  -1
    n_1_y  n_0_x  -1
    n_1_y  n_1_y  1.5
ENDATA
