NAME model FREE
ROWS
 N  obj
 E  row_c1
 L  row_c0
 G  row_c2
 E  row_c3
COLUMNS
    n_0_x  row_c0  1
    MARKER0  'MARKER'  'INTORG'
    n_1_a  obj  -1  row_c1  -1
    n_1_a  row_c2  0.1
    n_2_b  obj  0.25  row_c0  0.5
    n_3_k  obj  1  row_c3  1
    MARKER1  'MARKER'  'INTEND'
    low_0  row_c1  1  row_c2  0.2
    one  obj  1
RHS
    RHS  row_c0  5
    RHS  row_c2  1
    RHS  row_c3  0.5
BOUNDS
 LO BND  n_0_x  -1.5
 UP BND  n_0_x  4
 BV BND  n_1_a
 BV BND  n_2_b
 UP BND  n_3_k  3
 UP BND  low_0  1
 FX BND  one  1
QUADOBJ
    n_0_x  n_1_a  -1
    n_0_x  n_2_b  -1
    n_1_a  n_2_b  0.5
QCMATRIX row_c0
    n_0_x  n_1_a  1
    n_1_a  n_0_x  1
    n_1_a  n_2_b  0.5
    n_2_b  n_1_a  0.5
QCMATRIX row_c2
    n_2_b  n_3_k  0.5
    n_3_k  n_2_b  0.5
QCMATRIX row_c3
    n_0_x  n_2_b  -0.5
    n_2_b  n_0_x  -0.5
ENDATA
