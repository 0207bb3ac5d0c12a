NAME model FREE
ROWS
 N  objective
 L  budget_c0
 E  upd_1_0_0_t1_c1
 E  upd_1_0_1_t1_c2
 E  upd_1_0_0_t1_c3
 E  def_0_0_s0_t1_c4
 G  bprod_0_c5
 L  bprod_0_c6
 G  bprod_0_c7
 L  bprod_0_c8
 L  loss_s0_0_0_t1_c9
 G  loss_s0_0_0_t1_c10
 L  bprod_1_c11
 L  bprod_1_c12
 G  bprod_1_c13
 E  def_0_0_s1_t1_c14
 G  bprod_2_c15
 L  bprod_2_c16
 G  bprod_2_c17
 L  bprod_2_c18
 L  loss_s1_0_0_t1_c19
 G  loss_s1_0_0_t1_c20
 L  bprod_3_c21
 L  bprod_3_c22
 G  bprod_3_c23
 E  def_0_0_s2_t1_c24
 G  bprod_4_c25
 L  bprod_4_c26
 G  bprod_4_c27
 L  bprod_4_c28
 L  loss_s2_0_0_t1_c29
 G  loss_s2_0_0_t1_c30
 L  bprod_5_c31
 L  bprod_5_c32
 G  bprod_5_c33
 E  def_0_0_s3_t1_c34
 G  bprod_6_c35
 L  bprod_6_c36
 G  bprod_6_c37
 L  bprod_6_c38
 L  loss_s3_0_0_t1_c39
 G  loss_s3_0_0_t1_c40
 L  bprod_7_c41
 L  bprod_7_c42
 G  bprod_7_c43
 E  def_0_8_s0_c44
 G  bprod_9_c45
 L  bprod_9_c46
 G  bprod_9_c47
 L  bprod_9_c48
 L  loss_s4_0_0_t1_c49
 G  loss_s4_0_0_t1_c50
 L  bprod_10_c51
 L  bprod_10_c52
 G  bprod_10_c53
 E  def_0_0_s5_t1_c54
 G  bprod_11_c55
 L  bprod_11_c56
 G  bprod_11_c57
 L  bprod_11_c58
 L  loss_s5_0_0_t1_c59
 G  loss_s5_0_0_t1_c60
 L  bprod_12_c61
 L  bprod_12_c62
 G  bprod_12_c63
 E  upd_1_0_0_t2_c64
 E  upd_1_0_1_t2_c65
 E  upd_1_0_0_t2_c66
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    r_s0 budget_c0 1 upd_1_0_0_t1_c1 0.35000000000000003
    r_s0 upd_1_0_1_t1_c2 0.16666666666666669 upd_1_0_0_t1_c3 0.16666666666666669
    r_s0 bprod_0_c5 -0.9983333333333296 bprod_0_c6 -2.4350000000000045
    r_s0 bprod_0_c7 -2.4350000000000045 bprod_0_c8 -0.9983333333333296
    r_s0 bprod_1_c12 -1 bprod_1_c13 -1
    r_s1 budget_c0 1 upd_1_0_0_t1_c1 0.16666666666666669
    r_s1 upd_1_0_1_t1_c2 0.3166666666666667 upd_1_0_0_t1_c3 0.16666666666666669
    r_s1 bprod_2_c15 -0.8508333333333297 bprod_2_c16 -2.1841666666666706
    r_s1 bprod_2_c17 -2.1841666666666706 bprod_2_c18 -0.8508333333333297
    r_s1 bprod_3_c22 -1 bprod_3_c23 -1
    r_s2 budget_c0 1 upd_1_0_0_t1_c1 0.2666666666666667
    r_s2 upd_1_0_1_t1_c2 0.2166666666666667 upd_1_0_0_t1_c3 0.16666666666666669
    r_s2 bprod_4_c25 -0.8958333333333298 bprod_4_c26 -2.249166666666671
    r_s2 bprod_4_c27 -2.249166666666671 bprod_4_c28 -0.8958333333333298
    r_s2 bprod_5_c32 -1 bprod_5_c33 -1
    r_s3 budget_c0 1 upd_1_0_0_t1_c1 0.15000000000000002
    r_s3 upd_1_0_1_t1_c2 0.33333333333333337 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s3 bprod_6_c35 2.1733333333333373 bprod_6_c36 0.8433333333333298
    r_s3 bprod_6_c37 0.8433333333333298 bprod_6_c38 2.1733333333333373
    r_s3 bprod_7_c42 -1 bprod_7_c43 -1
    r_s4 budget_c0 1 upd_1_0_0_t1_c1 0.36666666666666675
    r_s4 upd_1_0_1_t1_c2 0.18333333333333338 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s4 bprod_9_c45 2.5775000000000046 bprod_9_c46 1.0708333333333293
    r_s4 bprod_9_c47 1.0708333333333293 bprod_9_c48 2.5775000000000046
    r_s4 bprod_10_c52 -1 bprod_10_c53 -1
    r_s5 budget_c0 1 upd_1_0_0_t1_c1 0.23333333333333334
    r_s5 upd_1_0_1_t1_c2 0.1 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s5 bprod_11_c55 1.6350000000000031 bprod_11_c56 0.5883333333333306
    r_s5 bprod_11_c57 0.5883333333333306 bprod_11_c58 1.6350000000000031
    r_s5 bprod_12_c62 -1 bprod_12_c63 -1
    MARKER1 'MARKER' 'INTEND'
    w_1_0_0_t1 upd_1_0_0_t1_c1 1 def_0_0_s0_t1_c4 -2.1
    w_1_0_0_t1 def_0_0_s1_t1_c14 -1 def_0_0_s2_t1_c24 -1.6
    w_1_0_0_t1 def_0_0_s3_t1_c34 0.9 def_0_8_s0_c44 2.2
    w_1_0_0_t1 loss_s4_0_0_t1_c49 2.2 loss_s4_0_0_t1_c50 2.2
    w_1_0_0_t1 def_0_0_s5_t1_c54 1.4 upd_1_0_0_t2_c64 -1
    w_1_0_1_t1 upd_1_0_1_t1_c2 1 def_0_0_s0_t1_c4 -1
    w_1_0_1_t1 def_0_0_s1_t1_c14 -1.9 def_0_0_s2_t1_c24 -1.3
    w_1_0_1_t1 def_0_0_s3_t1_c34 2 def_0_8_s0_c44 1.1
    w_1_0_1_t1 loss_s4_0_0_t1_c49 1.1 loss_s4_0_0_t1_c50 1.1
    w_1_0_1_t1 def_0_0_s5_t1_c54 0.6 upd_1_0_1_t2_c65 -1
    b_1_0_t1 upd_1_0_0_t1_c3 1 def_0_0_s0_t1_c4 -1
    b_1_0_t1 def_0_0_s1_t1_c14 -1 def_0_0_s2_t1_c24 -1
    b_1_0_t1 def_0_0_s3_t1_c34 -1 def_0_8_s0_c44 -1
    b_1_0_t1 loss_s4_0_0_t1_c49 -1 loss_s4_0_0_t1_c50 -1
    b_1_0_t1 def_0_0_s5_t1_c54 -1 upd_1_0_0_t2_c66 -1
    f_0_s0_t1 def_0_0_s0_t1_c4 1 bprod_0_c7 -1
    f_0_s0_t1 bprod_0_c8 -1 loss_s0_0_0_t1_c9 1
    f_0_s0_t1 loss_s0_0_0_t1_c10 1
    p_0 bprod_0_c5 1 bprod_0_c6 1
    p_0 bprod_0_c7 1 bprod_0_c8 1
    p_0 loss_s0_0_0_t1_c9 -2 loss_s0_0_0_t1_c10 -2
    MARKER2 'MARKER' 'INTORG'
    u_s0_0_t1 loss_s0_0_0_t1_c9 1.435000000000001 loss_s0_0_0_t1_c10 3.435000000000001
    u_s0_0_t1 bprod_1_c11 -1 bprod_1_c13 -1
    u_s0_0_t1 upd_1_0_0_t2_c64 -0.17500000000000002 upd_1_0_1_t2_c65 -0.08333333333333334
    u_s0_0_t1 upd_1_0_0_t2_c66 -0.08333333333333334
    MARKER3 'MARKER' 'INTEND'
    p_1 bprod_1_c11 1 bprod_1_c12 1
    p_1 bprod_1_c13 1 upd_1_0_0_t2_c64 0.35000000000000003
    p_1 upd_1_0_1_t2_c65 0.16666666666666669 upd_1_0_0_t2_c66 0.16666666666666669
    f_0_s1_t1 def_0_0_s1_t1_c14 1 bprod_2_c17 -1
    f_0_s1_t1 bprod_2_c18 -1 loss_s1_0_0_t1_c19 1
    f_0_s1_t1 loss_s1_0_0_t1_c20 1
    p_2 bprod_2_c15 1 bprod_2_c16 1
    p_2 bprod_2_c17 1 bprod_2_c18 1
    p_2 loss_s1_0_0_t1_c19 -2 loss_s1_0_0_t1_c20 -2
    MARKER4 'MARKER' 'INTORG'
    u_s1_0_t1 loss_s1_0_0_t1_c19 1.1841666666666675 loss_s1_0_0_t1_c20 3.1841666666666675
    u_s1_0_t1 bprod_3_c21 -1 bprod_3_c23 -1
    u_s1_0_t1 upd_1_0_0_t2_c64 -0.08333333333333334 upd_1_0_1_t2_c65 -0.15833333333333335
    u_s1_0_t1 upd_1_0_0_t2_c66 -0.08333333333333334
    MARKER5 'MARKER' 'INTEND'
    p_3 bprod_3_c21 1 bprod_3_c22 1
    p_3 bprod_3_c23 1 upd_1_0_0_t2_c64 0.16666666666666669
    p_3 upd_1_0_1_t2_c65 0.3166666666666667 upd_1_0_0_t2_c66 0.16666666666666669
    f_0_s2_t1 def_0_0_s2_t1_c24 1 bprod_4_c27 -1
    f_0_s2_t1 bprod_4_c28 -1 loss_s2_0_0_t1_c29 1
    f_0_s2_t1 loss_s2_0_0_t1_c30 1
    p_4 bprod_4_c25 1 bprod_4_c26 1
    p_4 bprod_4_c27 1 bprod_4_c28 1
    p_4 loss_s2_0_0_t1_c29 -2 loss_s2_0_0_t1_c30 -2
    MARKER6 'MARKER' 'INTORG'
    u_s2_0_t1 loss_s2_0_0_t1_c29 1.2491666666666679 loss_s2_0_0_t1_c30 3.249166666666668
    u_s2_0_t1 bprod_5_c31 -1 bprod_5_c33 -1
    u_s2_0_t1 upd_1_0_0_t2_c64 -0.13333333333333336 upd_1_0_1_t2_c65 -0.10833333333333335
    u_s2_0_t1 upd_1_0_0_t2_c66 -0.08333333333333334
    MARKER7 'MARKER' 'INTEND'
    p_5 bprod_5_c31 1 bprod_5_c32 1
    p_5 bprod_5_c33 1 upd_1_0_0_t2_c64 0.2666666666666667
    p_5 upd_1_0_1_t2_c65 0.2166666666666667 upd_1_0_0_t2_c66 0.16666666666666669
    f_0_s3_t1 def_0_0_s3_t1_c34 1 bprod_6_c37 -1
    f_0_s3_t1 bprod_6_c38 -1 loss_s3_0_0_t1_c39 -1
    f_0_s3_t1 loss_s3_0_0_t1_c40 -1
    p_6 bprod_6_c35 1 bprod_6_c36 1
    p_6 bprod_6_c37 1 bprod_6_c38 1
    p_6 loss_s3_0_0_t1_c39 2 loss_s3_0_0_t1_c40 2
    MARKER8 'MARKER' 'INTORG'
    u_s3_0_t1 loss_s3_0_0_t1_c39 1.1733333333333342 loss_s3_0_0_t1_c40 3.1733333333333342
    u_s3_0_t1 bprod_7_c41 -1 bprod_7_c43 -1
    u_s3_0_t1 upd_1_0_0_t2_c64 -0.07500000000000001 upd_1_0_1_t2_c65 -0.16666666666666669
    u_s3_0_t1 upd_1_0_0_t2_c66 0.08333333333333334
    MARKER9 'MARKER' 'INTEND'
    p_7 bprod_7_c41 1 bprod_7_c42 1
    p_7 bprod_7_c43 1 upd_1_0_0_t2_c64 0.15000000000000002
    p_7 upd_1_0_1_t2_c65 0.33333333333333337 upd_1_0_0_t2_c66 -0.16666666666666669
    c_8 def_0_8_s0_c44 1 bprod_9_c47 -1
    c_8 bprod_9_c48 -1
    p_9 bprod_9_c45 1 bprod_9_c46 1
    p_9 bprod_9_c47 1 bprod_9_c48 1
    p_9 loss_s4_0_0_t1_c49 2 loss_s4_0_0_t1_c50 2
    MARKER10 'MARKER' 'INTORG'
    u_s4_0_t1 loss_s4_0_0_t1_c49 1.577500000000001 loss_s4_0_0_t1_c50 3.577500000000001
    u_s4_0_t1 bprod_10_c51 -1 bprod_10_c53 -1
    u_s4_0_t1 upd_1_0_0_t2_c64 -0.18333333333333338 upd_1_0_1_t2_c65 -0.09166666666666669
    u_s4_0_t1 upd_1_0_0_t2_c66 0.08333333333333334
    MARKER11 'MARKER' 'INTEND'
    p_10 bprod_10_c51 1 bprod_10_c52 1
    p_10 bprod_10_c53 1 upd_1_0_0_t2_c64 0.36666666666666675
    p_10 upd_1_0_1_t2_c65 0.18333333333333338 upd_1_0_0_t2_c66 -0.16666666666666669
    f_0_s5_t1 def_0_0_s5_t1_c54 1 bprod_11_c57 -1
    f_0_s5_t1 bprod_11_c58 -1 loss_s5_0_0_t1_c59 -1
    f_0_s5_t1 loss_s5_0_0_t1_c60 -1
    p_11 bprod_11_c55 1 bprod_11_c56 1
    p_11 bprod_11_c57 1 bprod_11_c58 1
    p_11 loss_s5_0_0_t1_c59 2 loss_s5_0_0_t1_c60 2
    MARKER12 'MARKER' 'INTORG'
    u_s5_0_t1 loss_s5_0_0_t1_c59 0.6350000000000007 loss_s5_0_0_t1_c60 2.6350000000000007
    u_s5_0_t1 bprod_12_c61 -1 bprod_12_c63 -1
    u_s5_0_t1 upd_1_0_0_t2_c64 -0.11666666666666667 upd_1_0_1_t2_c65 -0.05
    u_s5_0_t1 upd_1_0_0_t2_c66 0.08333333333333334
    MARKER13 'MARKER' 'INTEND'
    p_12 bprod_12_c61 1 bprod_12_c62 1
    p_12 bprod_12_c63 1 upd_1_0_0_t2_c64 0.23333333333333334
    p_12 upd_1_0_1_t2_c65 0.1 upd_1_0_0_t2_c66 -0.16666666666666669
    w_1_0_0_t2 objective 0.5 upd_1_0_0_t2_c64 1
    w_1_0_1_t2 objective 0.2 upd_1_0_1_t2_c65 1
    b_1_0_t2 objective 1 upd_1_0_0_t2_c66 1
    fp objective 0
RHS
    RHS budget_c0 1
    RHS upd_1_0_0_t1_c1 0.7666666666666668
    RHS upd_1_0_1_t1_c2 0.6583333333333334
    RHS upd_1_0_0_t1_c3 -2.7755575615628914e-17
    RHS bprod_0_c7 -2.4350000000000045
    RHS bprod_0_c8 -0.9983333333333296
    RHS loss_s0_0_0_t1_c9 2.4350000000000107
    RHS loss_s0_0_0_t1_c10 0.9999999999999903
    RHS bprod_1_c13 -1
    RHS bprod_2_c17 -2.1841666666666706
    RHS bprod_2_c18 -0.8508333333333297
    RHS loss_s1_0_0_t1_c19 2.1841666666666764
    RHS loss_s1_0_0_t1_c20 0.9999999999999912
    RHS bprod_3_c23 -1
    RHS bprod_4_c27 -2.249166666666671
    RHS bprod_4_c28 -0.8958333333333298
    RHS loss_s2_0_0_t1_c29 2.249166666666677
    RHS loss_s2_0_0_t1_c30 0.999999999999991
    RHS bprod_5_c33 -1
    RHS bprod_6_c37 0.8433333333333298
    RHS bprod_6_c38 2.1733333333333373
    RHS loss_s3_0_0_t1_c39 2.173333333333343
    RHS loss_s3_0_0_t1_c40 0.9999999999999912
    RHS bprod_7_c43 -1
    RHS bprod_9_c47 1.0708333333333293
    RHS bprod_9_c48 2.5775000000000046
    RHS loss_s4_0_0_t1_c49 2.5775000000000112
    RHS loss_s4_0_0_t1_c50 0.9999999999999899
    RHS bprod_10_c53 -1
    RHS bprod_11_c57 0.5883333333333306
    RHS bprod_11_c58 1.6350000000000031
    RHS loss_s5_0_0_t1_c59 1.6350000000000076
    RHS loss_s5_0_0_t1_c60 0.9999999999999932
    RHS bprod_12_c63 -1
BOUNDS
 BV BND r_s0
 BV BND r_s1
 BV BND r_s2
 BV BND r_s3
 BV BND r_s4
 BV BND r_s5
 LO BND w_1_0_0_t1 0.39999999999999897
 UP BND w_1_0_0_t1 0.7666666666666678
 LO BND w_1_0_1_t1 0.324999999999999
 UP BND w_1_0_1_t1 0.6583333333333343
 LO BND b_1_0_t1 -0.1666666666666672
 UP BND b_1_0_t1 0.1666666666666672
 LO BND f_0_s0_t1 0.9983333333333296
 UP BND f_0_s0_t1 2.4350000000000045
 UP BND p_0 2.4350000000000045
 BV BND u_s0_0_t1
 UP BND p_1 1
 LO BND f_0_s1_t1 0.8508333333333297
 UP BND f_0_s1_t1 2.1841666666666706
 UP BND p_2 2.1841666666666706
 BV BND u_s1_0_t1
 UP BND p_3 1
 LO BND f_0_s2_t1 0.8958333333333298
 UP BND f_0_s2_t1 2.249166666666671
 UP BND p_4 2.249166666666671
 BV BND u_s2_0_t1
 UP BND p_5 1
 LO BND f_0_s3_t1 -2.1733333333333373
 UP BND f_0_s3_t1 -0.8433333333333298
 LO BND p_6 -2.1733333333333373
 UP BND p_6 0
 BV BND u_s3_0_t1
 UP BND p_7 1
 LO BND c_8 -2.5775000000000046
 UP BND c_8 -1.0708333333333293
 LO BND p_9 -2.5775000000000046
 UP BND p_9 0
 BV BND u_s4_0_t1
 UP BND p_10 1
 LO BND f_0_s5_t1 -1.6350000000000031
 UP BND f_0_s5_t1 -0.5883333333333306
 LO BND p_11 -1.6350000000000031
 UP BND p_11 0
 BV BND u_s5_0_t1
 UP BND p_12 1
 LO BND w_1_0_0_t2 0.21666666666666481
 UP BND w_1_0_0_t2 1.350000000000002
 LO BND w_1_0_1_t2 0.15833333333333166
 UP BND w_1_0_1_t2 1.2250000000000019
 LO BND b_1_0_t2 -0.41666666666666774
 UP BND b_1_0_t2 0.5000000000000012
 FX BND fp 126648
ENDATA
