NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  row_c1
 G  row_c2
 G  row_c3
 G  row_c4
 G  row_c5
 G  row_c6
 G  row_c7
 G  row_c8
 G  row_c9
 G  row_c10
COLUMNS
    n_0_end objective 1 row_c0 1
    n_1_x_1_ objective 2 row_c0 1
    n_1_x_1_ row_c1 1
    n_2_x_1_ objective 3 row_c1 1
    n_2_x_1_ row_c2 1
    n_3_1x objective 1 row_c2 1
    n_3_1x row_c3 1
    n_4_e12 objective 2 row_c3 1
    n_4_e12 row_c4 1
    n_5_inf objective 3 row_c4 1
    n_5_inf row_c5 1
    n_6_a_b objective 1 row_c5 1
    n_6_a_b row_c6 1
    n_7 objective 2 row_c6 1
    n_7 row_c7 1
    n_8_free objective 3 row_c7 1
    n_8_free row_c8 1
    n_9___ objective 1 row_c8 1
    n_9___ row_c9 1
    n_10_st objective 2 row_c9 1
    n_10_st row_c10 1
    n_11_RHS objective 3 row_c10 1
RHS
    RHS row_c0 1
    RHS row_c1 2
    RHS row_c2 3
    RHS row_c3 4
    RHS row_c4 5
    RHS row_c5 6
    RHS row_c6 7
    RHS row_c7 8
    RHS row_c8 9
    RHS row_c9 10
    RHS row_c10 11
BOUNDS
 UP BND n_0_end 10
 UP BND n_1_x_1_ 10
 UP BND n_2_x_1_ 10
 UP BND n_3_1x 10
 UP BND n_4_e12 10
 UP BND n_5_inf 10
 UP BND n_6_a_b 10
 UP BND n_7 10
 UP BND n_8_free 10
 UP BND n_9___ 10
 UP BND n_10_st 10
 UP BND n_11_RHS 10
ENDATA
