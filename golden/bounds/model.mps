NAME model FREE
ROWS
 N  obj
 G  row_c0
 L  row_c1
COLUMNS
    n_0_free  obj  1  row_c0  1
    n_1_fixed  obj  1
    n_2_lower  obj  1
    n_3_both  obj  1
    n_4_negative  obj  -1
    n_5_plain  obj  1  row_c1  1
    n_6_upper  obj  -1
    n_7_open  obj  -1
    n_8_positive  obj  1  row_c1  -1
    n_9_zero  row_c1  1
RHS
    RHS  row_c0  -7
    RHS  row_c1  3
BOUNDS
 FR BND  n_0_free
 FX BND  n_1_fixed  2.5
 LO BND  n_2_lower  -3
 LO BND  n_3_both  -2
 UP BND  n_3_both  4
 MI BND  n_4_negative
 UP BND  n_4_negative  -1
 UP BND  n_6_upper  5
 MI BND  n_7_open
 UP BND  n_7_open  5
 LO BND  n_8_positive  1
 FX BND  n_9_zero  0
ENDATA
