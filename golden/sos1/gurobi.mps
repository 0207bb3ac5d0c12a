NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    n_0_x  obj  -1  row_c0  1
    n_1_y  obj  -1.25  row_c0  1
    n_2_z  obj  -1.5  row_c0  1
    MARKER0  'MARKER'  'INTORG'
    n_3_b  obj  -2
    n_4_k  obj  -1  row_c0  1
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  5.5
BOUNDS
 UP BND  n_0_x  2
 UP BND  n_1_y  3
 LO BND  n_2_z  -1
 UP BND  n_2_z  4
 BV BND  n_3_b
 UP BND  n_4_k  3
SOS
 S1 s0
    n_0_x  1
    n_1_y  2
    n_2_z  3
 S1 s1
    n_2_z  2
    n_3_b  1
    n_4_k  3.5
ENDATA
