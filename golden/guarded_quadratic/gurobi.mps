NAME model FREE
ROWS
 N  obj
 L  row_c1
 L  row_c0
COLUMNS
    n_0_x  obj  -1
    n_1_y  obj  -1
    MARKER0  'MARKER'  'INTORG'
    n_2_b  obj  -2
    MARKER1  'MARKER'  'INTEND'
    low_0  row_c0  -1  row_c1  1
RHS
    RHS  row_c1  1
BOUNDS
 UP BND  n_0_x  2
 UP BND  n_1_y  2
 BV BND  n_2_b
 FR BND  low_0
QCMATRIX row_c0
    n_0_x  n_1_y  0.5
    n_1_y  n_0_x  0.5
INDICATORS
 IF row_c1  n_2_b  1
ENDATA
