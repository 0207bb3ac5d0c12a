NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    n_0_x  obj  -1
    n_1_y  obj  -1
    MARKER0  'MARKER'  'INTORG'
    n_2_b  obj  -2  row_c0  3
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  4
BOUNDS
 UP BND  n_0_x  2
 UP BND  n_1_y  2
 BV BND  n_2_b
QCMATRIX row_c0
    n_0_x  n_1_y  0.5
    n_1_y  n_0_x  0.5
ENDATA
