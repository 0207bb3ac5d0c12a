NAME model FREE
ROWS
 N  obj
 G  row_c0
 G  row_c1
 G  row_c2
 G  row_c3
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_both  obj  1  row_c0  2
    n_1_plain  obj  2  row_c0  3
    MARKER1  'MARKER'  'INTEND'
    n_2_x  row_c0  -0.5
    MARKER2  'MARKER'  'INTORG'
    n_3_open  obj  1  row_c1  1
    n_4_free  obj  1  row_c2  2
    n_5_lower  obj  1  row_c3  1
    n_6_fixed  row_c3  1
    n_7_unit  obj  -0.25  row_c3  -1.5
    MARKER3  'MARKER'  'INTEND'
RHS
    RHS  row_c0  4
    RHS  row_c1  -2.5
    RHS  row_c2  -7
    RHS  row_c3  5
BOUNDS
 LO BND  n_0_both  -3
 UP BND  n_0_both  5
 PL BND  n_1_plain
 UP BND  n_2_x  1
 MI BND  n_3_open
 UP BND  n_3_open  2
 FR BND  n_4_free
 LO BND  n_5_lower  2
 PL BND  n_5_lower
 FX BND  n_6_fixed  4
 UP BND  n_7_unit  1
ENDATA
