NAME model FREE
ROWS
 N  obj
 L  row_c0
 G  row_c1
 L  row_c2
 G  row_c3
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_l  obj  -1  row_c0  1
    n_1_k  obj  -1  row_c0  1
    MARKER1  'MARKER'  'INTEND'
    n_2_w  obj  -1  row_c2  1
    MARKER2  'MARKER'  'INTORG'
    n_3_n  obj  -3
    MARKER3  'MARKER'  'INTEND'
    n_4_z  obj  0
    n_5_y  obj  1
    MARKER4  'MARKER'  'INTORG'
    n_6_m  obj  -2
    MARKER5  'MARKER'  'INTEND'
    n_7_x  obj  0
    MARKER6  'MARKER'  'INTORG'
    n_8_r  obj  0
    MARKER7  'MARKER'  'INTEND'
    n_9_s  obj  0
RHS
    RHS  row_c0  3
    RHS  row_c1  4
    RHS  row_c2  5
    RHS  row_c3  1
BOUNDS
 BV BND  n_0_l
 UP BND  n_1_k  4
 UP BND  n_2_w  2
 UP BND  n_3_n  2
 LO BND  n_4_z  2
 UP BND  n_4_z  3
 LO BND  n_5_y  1
 UP BND  n_5_y  4
 UP BND  n_6_m  3
 LO BND  n_7_x  1
 UP BND  n_7_x  4
 LO BND  n_8_r  1
 UP BND  n_8_r  3
 LO BND  n_9_s  0.25
 UP BND  n_9_s  3
QUADOBJ
    n_3_n  n_3_n  2
    n_4_z  n_7_x  1
    n_8_r  n_9_s  1
QCMATRIX row_c1
    n_5_y  n_7_x  0.5
    n_7_x  n_5_y  0.5
QCMATRIX row_c2
    n_6_m  n_6_m  1
QCMATRIX row_c3
    n_8_r  n_9_s  0.5
    n_9_s  n_8_r  0.5
ENDATA
