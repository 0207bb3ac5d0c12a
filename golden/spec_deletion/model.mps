NAME model FREE
ROWS
 N  objective
 L  budget_c0
 G  bprod_0_c1
 L  bprod_0_c2
 G  bprod_0_c3
 L  bprod_0_c4
 G  bprod_1_c5
 L  bprod_1_c6
 G  bprod_1_c7
 L  bprod_1_c8
 G  bprod_2_c9
 L  bprod_2_c10
 G  bprod_2_c11
 L  bprod_2_c12
 G  bprod_3_c13
 L  bprod_3_c14
 G  bprod_3_c15
 L  bprod_3_c16
 E  den_t0_c17
 L  den_t0_c18
 G  den_t0_c19
 E  upd_1_0_0_t1_c20
 G  bprod_4_c21
 L  bprod_4_c22
 G  bprod_4_c23
 L  bprod_4_c24
 G  bprod_5_c25
 L  bprod_5_c26
 G  bprod_5_c27
 L  bprod_5_c28
 G  bprod_6_c29
 L  bprod_6_c30
 G  bprod_6_c31
 L  bprod_6_c32
 G  bprod_7_c33
 L  bprod_7_c34
 G  bprod_7_c35
 L  bprod_7_c36
 E  den_t0_c37
 L  den_t0_c38
 G  den_t0_c39
 E  upd_1_0_0_t1_c40
 E  def_0_8_s0_c41
 G  bprod_9_c42
 L  bprod_9_c43
 G  bprod_9_c44
 L  bprod_9_c45
 E  def_0_10_s0_c46
 G  bprod_11_c47
 L  bprod_11_c48
 G  bprod_11_c49
 L  bprod_11_c50
 E  def_0_12_s0_c51
 G  bprod_13_c52
 L  bprod_13_c53
 G  bprod_13_c54
 L  bprod_13_c55
 E  def_0_14_s0_c56
 G  bprod_15_c57
 L  bprod_15_c58
 G  bprod_15_c59
 L  bprod_15_c60
 G  bprod_16_c61
 L  bprod_16_c62
 G  bprod_16_c63
 L  bprod_16_c64
 G  bprod_17_c65
 L  bprod_17_c66
 G  bprod_17_c67
 L  bprod_17_c68
 G  bprod_18_c69
 L  bprod_18_c70
 G  bprod_18_c71
 L  bprod_18_c72
 G  bprod_19_c73
 L  bprod_19_c74
 G  bprod_19_c75
 L  bprod_19_c76
 E  den_t1_c77
 L  den_t1_c78
 G  den_t1_c79
 E  upd_1_0_0_t2_c80
 G  bprod_20_c81
 L  bprod_20_c82
 G  bprod_20_c83
 L  bprod_20_c84
 G  bprod_21_c85
 L  bprod_21_c86
 G  bprod_21_c87
 L  bprod_21_c88
 G  bprod_22_c89
 L  bprod_22_c90
 G  bprod_22_c91
 L  bprod_22_c92
 G  bprod_23_c93
 L  bprod_23_c94
 G  bprod_23_c95
 L  bprod_23_c96
 E  den_t1_c97
 L  den_t1_c98
 G  den_t1_c99
 E  upd_1_0_0_t2_c100
 L  goal_s0_0_c101
 L  goal_s0_0_c102
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    om_s0 budget_c0 -1 bprod_0_c1 6
    om_s0 bprod_0_c4 6 den_t0_c17 6
    om_s0 den_t0_c19 6 bprod_4_c21 3
    om_s0 bprod_4_c22 -2 bprod_4_c23 -2
    om_s0 bprod_4_c24 3 den_t0_c37 3
    om_s0 den_t0_c38 -2 den_t0_c39 3
    om_s0 bprod_9_c42 1.8125 bprod_9_c43 -1.4166666666666667
    om_s0 bprod_9_c44 -1.4166666666666667 bprod_9_c45 1.8125
    om_s0 bprod_16_c61 3.625 bprod_16_c62 -2.8333333333333335
    om_s0 bprod_16_c63 -2.8333333333333335 bprod_16_c64 3.625
    om_s0 den_t1_c78 -2.8333333333333335 den_t1_c79 3.625
    om_s0 bprod_20_c81 1.8125 bprod_20_c82 -2.166666666666667
    om_s0 bprod_20_c83 -2.166666666666667 bprod_20_c84 1.8125
    om_s0 den_t1_c98 -2.166666666666667 den_t1_c99 1.8125
    om_s1 budget_c0 -1 bprod_1_c5 6
    om_s1 bprod_1_c8 6 den_t0_c17 0.5
    om_s1 den_t0_c19 6 bprod_5_c25 3
    om_s1 bprod_5_c26 -2 bprod_5_c27 -2
    om_s1 bprod_5_c28 3 den_t0_c37 0.5
    om_s1 den_t0_c38 -2 den_t0_c39 3
    om_s1 bprod_11_c47 -0.125 bprod_11_c48 -2.166666666666667
    om_s1 bprod_11_c49 -2.166666666666667 bprod_11_c50 -0.125
    om_s1 bprod_17_c65 3.625 bprod_17_c66 -2.8333333333333335
    om_s1 bprod_17_c67 -2.8333333333333335 bprod_17_c68 3.625
    om_s1 den_t1_c78 -2.8333333333333335 den_t1_c79 3.625
    om_s1 bprod_21_c85 1.8125 bprod_21_c86 -2.166666666666667
    om_s1 bprod_21_c87 -2.166666666666667 bprod_21_c88 1.8125
    om_s1 den_t1_c98 -2.166666666666667 den_t1_c99 1.8125
    om_s2 budget_c0 -1 bprod_2_c9 6
    om_s2 bprod_2_c12 6 den_t0_c17 3
    om_s2 den_t0_c19 6 bprod_6_c29 3
    om_s2 bprod_6_c30 -2 bprod_6_c31 -2
    om_s2 bprod_6_c32 3 den_t0_c37 -2
    om_s2 den_t0_c38 -2 den_t0_c39 3
    om_s2 bprod_13_c52 0.5625 bprod_13_c53 -2.072916666666667
    om_s2 bprod_13_c54 -2.072916666666667 bprod_13_c55 0.5625
    om_s2 bprod_18_c69 3.625 bprod_18_c70 -2.8333333333333335
    om_s2 bprod_18_c71 -2.8333333333333335 bprod_18_c72 3.625
    om_s2 den_t1_c78 -2.8333333333333335 den_t1_c79 3.625
    om_s2 bprod_22_c89 1.8125 bprod_22_c90 -2.166666666666667
    om_s2 bprod_22_c91 -2.166666666666667 bprod_22_c92 1.8125
    om_s2 den_t1_c98 -2.166666666666667 den_t1_c99 1.8125
    om_s3 budget_c0 -1 bprod_3_c13 6
    om_s3 bprod_3_c16 6 den_t0_c17 1
    om_s3 den_t0_c19 6 bprod_7_c33 3
    om_s3 bprod_7_c34 -2 bprod_7_c35 -2
    om_s3 bprod_7_c36 3 den_t0_c37 2
    om_s3 den_t0_c38 -2 den_t0_c39 3
    om_s3 bprod_15_c57 1.65625 bprod_15_c58 0.20833333333333326
    om_s3 bprod_15_c59 0.20833333333333326 bprod_15_c60 1.65625
    om_s3 bprod_19_c73 3.625 bprod_19_c74 -2.8333333333333335
    om_s3 bprod_19_c75 -2.8333333333333335 bprod_19_c76 3.625
    om_s3 den_t1_c78 -2.8333333333333335 den_t1_c79 3.625
    om_s3 bprod_23_c93 1.8125 bprod_23_c94 -2.166666666666667
    om_s3 bprod_23_c95 -2.166666666666667 bprod_23_c96 1.8125
    om_s3 den_t1_c98 -2.166666666666667 den_t1_c99 1.8125
    MARKER1 'MARKER' 'INTEND'
    mg_1_0_0_t0 bprod_0_c3 -1 bprod_0_c4 -1
    mg_1_0_0_t0 bprod_1_c7 -1 bprod_1_c8 -1
    mg_1_0_0_t0 bprod_2_c11 -1 bprod_2_c12 -1
    mg_1_0_0_t0 bprod_3_c15 -1 bprod_3_c16 -1
    mg_1_0_0_t0 den_t0_c18 1 den_t0_c19 1
    mg_1_0_0_t0 upd_1_0_0_t1_c20 0.25
    p_0 bprod_0_c1 1 bprod_0_c2 1
    p_0 bprod_0_c3 1 bprod_0_c4 1
    p_0 den_t0_c17 1
    p_1 bprod_1_c5 1 bprod_1_c6 1
    p_1 bprod_1_c7 1 bprod_1_c8 1
    p_1 den_t0_c17 1
    p_2 bprod_2_c9 1 bprod_2_c10 1
    p_2 bprod_2_c11 1 bprod_2_c12 1
    p_2 den_t0_c17 1
    p_3 bprod_3_c13 1 bprod_3_c14 1
    p_3 bprod_3_c15 1 bprod_3_c16 1
    p_3 den_t0_c17 1
    w_1_0_0_t1 upd_1_0_0_t1_c20 1 def_0_8_s0_c41 -4
    w_1_0_0_t1 def_0_10_s0_c46 -2 def_0_12_s0_c51 3
    w_1_0_0_t1 def_0_14_s0_c56 -1 upd_1_0_0_t2_c80 -1
    mg_1_0_1_t0 bprod_4_c23 -1 bprod_4_c24 -1
    mg_1_0_1_t0 bprod_5_c27 -1 bprod_5_c28 -1
    mg_1_0_1_t0 bprod_6_c31 -1 bprod_6_c32 -1
    mg_1_0_1_t0 bprod_7_c35 -1 bprod_7_c36 -1
    mg_1_0_1_t0 den_t0_c38 1 den_t0_c39 1
    mg_1_0_1_t0 upd_1_0_0_t1_c40 0.25
    p_4 bprod_4_c21 1 bprod_4_c22 1
    p_4 bprod_4_c23 1 bprod_4_c24 1
    p_4 den_t0_c37 1
    p_5 bprod_5_c25 1 bprod_5_c26 1
    p_5 bprod_5_c27 1 bprod_5_c28 1
    p_5 den_t0_c37 1
    p_6 bprod_6_c29 1 bprod_6_c30 1
    p_6 bprod_6_c31 1 bprod_6_c32 1
    p_6 den_t0_c37 1
    p_7 bprod_7_c33 1 bprod_7_c34 1
    p_7 bprod_7_c35 1 bprod_7_c36 1
    p_7 den_t0_c37 1
    b_1_0_t1 upd_1_0_0_t1_c40 1 def_0_8_s0_c41 -2
    b_1_0_t1 def_0_10_s0_c46 -2 def_0_12_s0_c51 -2
    b_1_0_t1 def_0_14_s0_c56 -2 upd_1_0_0_t2_c100 -1
    c_8 def_0_8_s0_c41 1 bprod_9_c44 -1
    c_8 bprod_9_c45 -1
    p_9 bprod_9_c42 1 bprod_9_c43 1
    p_9 bprod_9_c44 1 bprod_9_c45 1
    p_9 den_t1_c77 -2 den_t1_c97 -1
    c_10 def_0_10_s0_c46 1 bprod_11_c49 -1
    c_10 bprod_11_c50 -1
    p_11 bprod_11_c47 1 bprod_11_c48 1
    p_11 bprod_11_c49 1 bprod_11_c50 1
    p_11 den_t1_c77 -1 den_t1_c97 -1
    c_12 def_0_12_s0_c51 1 bprod_13_c54 -1
    c_12 bprod_13_c55 -1
    p_13 bprod_13_c52 1 bprod_13_c53 1
    p_13 bprod_13_c54 1 bprod_13_c55 1
    p_13 den_t1_c77 1.5 den_t1_c97 -1
    c_14 def_0_14_s0_c56 1 bprod_15_c59 -1
    c_14 bprod_15_c60 -1
    p_15 bprod_15_c57 1 bprod_15_c58 1
    p_15 bprod_15_c59 1 bprod_15_c60 1
    p_15 den_t1_c77 -0.5 den_t1_c97 -1
    mg_1_0_0_t1 bprod_16_c63 -1 bprod_16_c64 -1
    mg_1_0_0_t1 bprod_17_c67 -1 bprod_17_c68 -1
    mg_1_0_0_t1 bprod_18_c71 -1 bprod_18_c72 -1
    mg_1_0_0_t1 bprod_19_c75 -1 bprod_19_c76 -1
    mg_1_0_0_t1 den_t1_c78 1 den_t1_c79 1
    mg_1_0_0_t1 upd_1_0_0_t2_c80 0.25
    p_16 bprod_16_c61 1 bprod_16_c62 1
    p_16 bprod_16_c63 1 bprod_16_c64 1
    p_16 den_t1_c77 1
    p_17 bprod_17_c65 1 bprod_17_c66 1
    p_17 bprod_17_c67 1 bprod_17_c68 1
    p_17 den_t1_c77 1
    p_18 bprod_18_c69 1 bprod_18_c70 1
    p_18 bprod_18_c71 1 bprod_18_c72 1
    p_18 den_t1_c77 1
    p_19 bprod_19_c73 1 bprod_19_c74 1
    p_19 bprod_19_c75 1 bprod_19_c76 1
    p_19 den_t1_c77 1
    w_1_0_0_t2 upd_1_0_0_t2_c80 1 goal_s0_0_c101 -0.75
    w_1_0_0_t2 goal_s0_0_c102 0.75
    mg_1_0_1_t1 bprod_20_c83 -1 bprod_20_c84 -1
    mg_1_0_1_t1 bprod_21_c87 -1 bprod_21_c88 -1
    mg_1_0_1_t1 bprod_22_c91 -1 bprod_22_c92 -1
    mg_1_0_1_t1 bprod_23_c95 -1 bprod_23_c96 -1
    mg_1_0_1_t1 den_t1_c98 1 den_t1_c99 1
    mg_1_0_1_t1 upd_1_0_0_t2_c100 0.25
    p_20 bprod_20_c81 1 bprod_20_c82 1
    p_20 bprod_20_c83 1 bprod_20_c84 1
    p_20 den_t1_c97 1
    p_21 bprod_21_c85 1 bprod_21_c86 1
    p_21 bprod_21_c87 1 bprod_21_c88 1
    p_21 den_t1_c97 1
    p_22 bprod_22_c89 1 bprod_22_c90 1
    p_22 bprod_22_c91 1 bprod_22_c92 1
    p_22 den_t1_c97 1
    p_23 bprod_23_c93 1 bprod_23_c94 1
    p_23 bprod_23_c95 1 bprod_23_c96 1
    p_23 den_t1_c97 1
    b_1_0_t2 upd_1_0_0_t2_c100 1 goal_s0_0_c101 -1
    b_1_0_t2 goal_s0_0_c102 1
    tl_s0_0 objective -1 goal_s0_0_c101 1
    tl_s0_0 goal_s0_0_c102 1
    MARKER2 'MARKER' 'INTORG'
    o_s0_0 goal_s0_0_c101 3.1888020833333344 goal_s0_0_c102 -1.8463541666666672
    MARKER3 'MARKER' 'INTEND'
    fp objective 0
RHS
    RHS budget_c0 -3
    RHS bprod_0_c4 6
    RHS bprod_1_c8 6
    RHS bprod_2_c12 6
    RHS bprod_3_c16 6
    RHS bprod_4_c23 -2
    RHS bprod_4_c24 3
    RHS bprod_5_c27 -2
    RHS bprod_5_c28 3
    RHS bprod_6_c31 -2
    RHS bprod_6_c32 3
    RHS bprod_7_c35 -2
    RHS bprod_7_c36 3
    RHS def_0_8_s0_c41 -3
    RHS bprod_9_c44 -1.4166666666666667
    RHS bprod_9_c45 1.8125
    RHS def_0_10_s0_c46 -0.5
    RHS bprod_11_c49 -2.166666666666667
    RHS bprod_11_c50 -0.125
    RHS def_0_12_s0_c51 2
    RHS bprod_13_c54 -2.072916666666667
    RHS bprod_13_c55 0.5625
    RHS def_0_14_s0_c56 -2
    RHS bprod_15_c59 0.20833333333333326
    RHS bprod_15_c60 1.65625
    RHS bprod_16_c63 -2.8333333333333335
    RHS bprod_16_c64 3.625
    RHS bprod_17_c67 -2.8333333333333335
    RHS bprod_17_c68 3.625
    RHS bprod_18_c71 -2.8333333333333335
    RHS bprod_18_c72 3.625
    RHS bprod_19_c75 -2.8333333333333335
    RHS bprod_19_c76 3.625
    RHS bprod_20_c83 -2.166666666666667
    RHS bprod_20_c84 1.8125
    RHS bprod_21_c87 -2.166666666666667
    RHS bprod_21_c88 1.8125
    RHS bprod_22_c91 -2.166666666666667
    RHS bprod_22_c92 1.8125
    RHS bprod_23_c95 -2.166666666666667
    RHS bprod_23_c96 1.8125
    RHS goal_s0_0_c101 2.1888020833333344
    RHS goal_s0_0_c102 1
BOUNDS
 BV BND om_s0
 BV BND om_s1
 BV BND om_s2
 BV BND om_s3
 LO BND mg_1_0_0_t0 -6
 UP BND mg_1_0_0_t0 0
 LO BND p_0 -6
 UP BND p_0 0
 LO BND p_1 -6
 UP BND p_1 0
 LO BND p_2 -6
 UP BND p_2 0
 LO BND p_3 -6
 UP BND p_3 0
 LO BND w_1_0_0_t1 0.28125
 UP BND w_1_0_0_t1 0.875
 LO BND mg_1_0_1_t0 -3
 UP BND mg_1_0_1_t0 2
 LO BND p_4 -3
 UP BND p_4 2
 LO BND p_5 -3
 UP BND p_5 2
 LO BND p_6 -3
 UP BND p_6 2
 LO BND p_7 -3
 UP BND p_7 2
 LO BND b_1_0_t1 0.03125
 UP BND b_1_0_t1 0.45833333333333337
 LO BND c_8 -1.8125
 UP BND c_8 1.4166666666666667
 LO BND p_9 -1.8125
 UP BND p_9 1.4166666666666667
 LO BND c_10 0.125
 UP BND c_10 2.166666666666667
 UP BND p_11 2.166666666666667
 LO BND c_12 -0.5625
 UP BND c_12 2.072916666666667
 LO BND p_13 -0.5625
 UP BND p_13 2.072916666666667
 LO BND c_14 -1.65625
 UP BND c_14 -0.20833333333333326
 LO BND p_15 -1.65625
 UP BND p_15 0
 LO BND mg_1_0_0_t1 -3.625
 UP BND mg_1_0_0_t1 2.8333333333333335
 LO BND p_16 -3.625
 UP BND p_16 2.8333333333333335
 LO BND p_17 -3.625
 UP BND p_17 2.8333333333333335
 LO BND p_18 -3.625
 UP BND p_18 2.8333333333333335
 LO BND p_19 -3.625
 UP BND p_19 2.8333333333333335
 LO BND w_1_0_0_t2 -0.20572916666666685
 UP BND w_1_0_0_t2 1.5052083333333335
 LO BND mg_1_0_1_t1 -1.8125
 UP BND mg_1_0_1_t1 2.166666666666667
 LO BND p_20 -1.8125
 UP BND p_20 2.166666666666667
 LO BND p_21 -1.8125
 UP BND p_21 2.166666666666667
 LO BND p_22 -1.8125
 UP BND p_22 2.166666666666667
 LO BND p_23 -1.8125
 UP BND p_23 2.166666666666667
 LO BND b_1_0_t2 -0.44010416666666685
 UP BND b_1_0_t2 0.7942708333333334
 UP BND tl_s0_0 1.5944010416666672
 BV BND o_s0_0
 FX BND fp 989126
ENDATA
