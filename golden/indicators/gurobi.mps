NAME model FREE
ROWS
 N  obj
 L  row_c0
 L  row_c1
 G  row_c2
 G  row_c3
 E  row_c4
 E  row_c5
 L  row_c6
 L  row_c7
COLUMNS
    n_0_x  obj  -1  row_c0  1
    n_0_x  row_c1  1  row_c2  1
    n_0_x  row_c4  1  row_c5  3
    n_0_x  row_c7  1
    n_1_y  obj  -1.5  row_c0  1
    n_1_y  row_c1  2  row_c2  -1
    n_1_y  row_c3  1  row_c4  -2
    n_1_y  row_c6  1
    MARKER0  'MARKER'  'INTORG'
    n_2_a  obj  0.75
    n_3_b  obj  -0.5
    n_4_c  obj  0.2
    n_5_d  obj  -1  row_c5  2
    n_5_d  row_c6  1
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  3
    RHS  row_c1  4.1
    RHS  row_c2  0.1
    RHS  row_c3  1
    RHS  row_c5  3.5
    RHS  row_c6  2.3
    RHS  row_c7  9
BOUNDS
 LO BND  n_0_x  -2
 UP BND  n_0_x  5
 UP BND  n_1_y  5
 BV BND  n_2_a
 BV BND  n_3_b
 BV BND  n_4_c
 BV BND  n_5_d
INDICATORS
 IF row_c0  n_2_a  1
 IF row_c1  n_2_a  0
 IF row_c2  n_3_b  1
 IF row_c3  n_3_b  0
 IF row_c4  n_4_c  1
 IF row_c5  n_4_c  0
 IF row_c6  n_5_d  1
 IF row_c7  n_5_d  1
ENDATA
