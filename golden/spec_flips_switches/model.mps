NAME model FREE
ROWS
 N  objective
 L  budget_c0
 E  upd_1_0_0_t1_c1
 E  upd_1_0_1_t1_c2
 E  upd_1_0_0_t1_c3
 E  def_0_0_s0_t1_c4
 L  loss_s0_0_0_t1_c5
 G  loss_s0_0_0_t1_c6
 L  bprod_0_c7
 L  bprod_0_c8
 G  bprod_0_c9
 E  def_0_0_s1_t1_c10
 L  loss_s1_0_0_t1_c11
 G  loss_s1_0_0_t1_c12
 L  bprod_1_c13
 L  bprod_1_c14
 G  bprod_1_c15
 E  def_0_0_s2_t1_c16
 L  loss_s2_0_0_t1_c17
 G  loss_s2_0_0_t1_c18
 L  bprod_2_c19
 L  bprod_2_c20
 G  bprod_2_c21
 E  def_0_0_s3_t1_c22
 L  loss_s3_0_0_t1_c23
 G  loss_s3_0_0_t1_c24
 L  bprod_3_c25
 L  bprod_3_c26
 G  bprod_3_c27
 E  def_0_0_s5_t1_c28
 L  loss_s5_0_0_t1_c29
 G  loss_s5_0_0_t1_c30
 L  bprod_4_c31
 L  bprod_4_c32
 G  bprod_4_c33
 E  upd_1_0_0_t2_c34
 E  upd_1_0_1_t2_c35
 E  upd_1_0_0_t2_c36
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    r_s0 budget_c0 1 upd_1_0_0_t1_c1 0.35000000000000003
    r_s0 upd_1_0_1_t1_c2 0.16666666666666669 upd_1_0_0_t1_c3 0.16666666666666669
    r_s0 bprod_0_c8 -1 bprod_0_c9 -1
    r_s0 upd_1_0_0_t2_c34 0.17500000000000002 upd_1_0_1_t2_c35 0.08333333333333334
    r_s0 upd_1_0_0_t2_c36 0.08333333333333334
    r_s1 budget_c0 1 upd_1_0_0_t1_c1 0.16666666666666669
    r_s1 upd_1_0_1_t1_c2 0.3166666666666667 upd_1_0_0_t1_c3 0.16666666666666669
    r_s1 bprod_1_c14 -1 bprod_1_c15 -1
    r_s1 upd_1_0_0_t2_c34 0.08333333333333334 upd_1_0_1_t2_c35 0.15833333333333335
    r_s1 upd_1_0_0_t2_c36 0.08333333333333334
    r_s2 budget_c0 1 upd_1_0_0_t1_c1 0.2666666666666667
    r_s2 upd_1_0_1_t1_c2 0.2166666666666667 upd_1_0_0_t1_c3 0.16666666666666669
    r_s2 bprod_2_c20 -1 bprod_2_c21 -1
    r_s2 upd_1_0_0_t2_c34 0.13333333333333336 upd_1_0_1_t2_c35 0.10833333333333335
    r_s2 upd_1_0_0_t2_c36 0.08333333333333334
    r_s3 budget_c0 1 upd_1_0_0_t1_c1 0.15000000000000002
    r_s3 upd_1_0_1_t1_c2 0.33333333333333337 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s3 bprod_3_c26 -1 bprod_3_c27 -1
    r_s3 upd_1_0_0_t2_c34 0.07500000000000001 upd_1_0_1_t2_c35 0.16666666666666669
    r_s3 upd_1_0_0_t2_c36 -0.08333333333333334
    r_s4 budget_c0 1 upd_1_0_0_t1_c1 0.36666666666666675
    r_s4 upd_1_0_1_t1_c2 0.18333333333333338 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s4 upd_1_0_0_t2_c34 0.18333333333333338 upd_1_0_1_t2_c35 0.09166666666666669
    r_s4 upd_1_0_0_t2_c36 -0.08333333333333334
    r_s5 budget_c0 1 upd_1_0_0_t1_c1 0.23333333333333334
    r_s5 upd_1_0_1_t1_c2 0.1 upd_1_0_0_t1_c3 -0.16666666666666669
    r_s5 bprod_4_c32 -1 bprod_4_c33 -1
    r_s5 upd_1_0_0_t2_c34 0.11666666666666667 upd_1_0_1_t2_c35 0.05
    r_s5 upd_1_0_0_t2_c36 -0.08333333333333334
    MARKER1 'MARKER' 'INTEND'
    w_1_0_0_t1 upd_1_0_0_t1_c1 1 def_0_0_s0_t1_c4 -2.1
    w_1_0_0_t1 def_0_0_s1_t1_c10 -1 def_0_0_s2_t1_c16 -1.6
    w_1_0_0_t1 def_0_0_s3_t1_c22 0.9 def_0_0_s5_t1_c28 1.4
    w_1_0_0_t1 upd_1_0_0_t2_c34 -1
    w_1_0_1_t1 upd_1_0_1_t1_c2 1 def_0_0_s0_t1_c4 -1
    w_1_0_1_t1 def_0_0_s1_t1_c10 -1.9 def_0_0_s2_t1_c16 -1.3
    w_1_0_1_t1 def_0_0_s3_t1_c22 2 def_0_0_s5_t1_c28 0.6
    w_1_0_1_t1 upd_1_0_1_t2_c35 -1
    b_1_0_t1 upd_1_0_0_t1_c3 1 def_0_0_s0_t1_c4 -1
    b_1_0_t1 def_0_0_s1_t1_c10 -1 def_0_0_s2_t1_c16 -1
    b_1_0_t1 def_0_0_s3_t1_c22 -1 def_0_0_s5_t1_c28 -1
    b_1_0_t1 upd_1_0_0_t2_c36 -1
    f_0_s0_t1 def_0_0_s0_t1_c4 1 loss_s0_0_0_t1_c5 1
    f_0_s0_t1 loss_s0_0_0_t1_c6 1
    MARKER2 'MARKER' 'INTORG'
    u_s0_0_t1 loss_s0_0_0_t1_c5 1.435000000000001 loss_s0_0_0_t1_c6 0.0016666666666671492
    u_s0_0_t1 bprod_0_c7 -1 bprod_0_c9 -1
    u_s0_0_t1 upd_1_0_0_t2_c34 -0.17500000000000002 upd_1_0_1_t2_c35 -0.08333333333333334
    u_s0_0_t1 upd_1_0_0_t2_c36 -0.08333333333333334
    MARKER3 'MARKER' 'INTEND'
    p_0 bprod_0_c7 1 bprod_0_c8 1
    p_0 bprod_0_c9 1 upd_1_0_0_t2_c34 0.17500000000000002
    p_0 upd_1_0_1_t2_c35 0.08333333333333334 upd_1_0_0_t2_c36 0.08333333333333334
    f_0_s1_t1 def_0_0_s1_t1_c10 1 loss_s1_0_0_t1_c11 1
    f_0_s1_t1 loss_s1_0_0_t1_c12 1
    MARKER4 'MARKER' 'INTORG'
    u_s1_0_t1 loss_s1_0_0_t1_c11 1.1841666666666675 loss_s1_0_0_t1_c12 0.14916666666666734
    u_s1_0_t1 bprod_1_c13 -1 bprod_1_c15 -1
    u_s1_0_t1 upd_1_0_0_t2_c34 -0.08333333333333334 upd_1_0_1_t2_c35 -0.15833333333333335
    u_s1_0_t1 upd_1_0_0_t2_c36 -0.08333333333333334
    MARKER5 'MARKER' 'INTEND'
    p_1 bprod_1_c13 1 bprod_1_c14 1
    p_1 bprod_1_c15 1 upd_1_0_0_t2_c34 0.08333333333333334
    p_1 upd_1_0_1_t2_c35 0.15833333333333335 upd_1_0_0_t2_c36 0.08333333333333334
    f_0_s2_t1 def_0_0_s2_t1_c16 1 loss_s2_0_0_t1_c17 1
    f_0_s2_t1 loss_s2_0_0_t1_c18 1
    MARKER6 'MARKER' 'INTORG'
    u_s2_0_t1 loss_s2_0_0_t1_c17 1.2491666666666679 loss_s2_0_0_t1_c18 0.10416666666666718
    u_s2_0_t1 bprod_2_c19 -1 bprod_2_c21 -1
    u_s2_0_t1 upd_1_0_0_t2_c34 -0.13333333333333336 upd_1_0_1_t2_c35 -0.10833333333333335
    u_s2_0_t1 upd_1_0_0_t2_c36 -0.08333333333333334
    MARKER7 'MARKER' 'INTEND'
    p_2 bprod_2_c19 1 bprod_2_c20 1
    p_2 bprod_2_c21 1 upd_1_0_0_t2_c34 0.13333333333333336
    p_2 upd_1_0_1_t2_c35 0.10833333333333335 upd_1_0_0_t2_c36 0.08333333333333334
    f_0_s3_t1 def_0_0_s3_t1_c22 1 loss_s3_0_0_t1_c23 -1
    f_0_s3_t1 loss_s3_0_0_t1_c24 -1
    MARKER8 'MARKER' 'INTORG'
    u_s3_0_t1 loss_s3_0_0_t1_c23 1.1733333333333342 loss_s3_0_0_t1_c24 0.15666666666666718
    u_s3_0_t1 bprod_3_c25 -1 bprod_3_c27 -1
    u_s3_0_t1 upd_1_0_0_t2_c34 -0.07500000000000001 upd_1_0_1_t2_c35 -0.16666666666666669
    u_s3_0_t1 upd_1_0_0_t2_c36 0.08333333333333334
    MARKER9 'MARKER' 'INTEND'
    p_3 bprod_3_c25 1 bprod_3_c26 1
    p_3 bprod_3_c27 1 upd_1_0_0_t2_c34 0.07500000000000001
    p_3 upd_1_0_1_t2_c35 0.16666666666666669 upd_1_0_0_t2_c36 -0.08333333333333334
    f_0_s5_t1 def_0_0_s5_t1_c28 1 loss_s5_0_0_t1_c29 -1
    f_0_s5_t1 loss_s5_0_0_t1_c30 -1
    MARKER10 'MARKER' 'INTORG'
    u_s5_0_t1 loss_s5_0_0_t1_c29 0.6350000000000007 loss_s5_0_0_t1_c30 0.41166666666666707
    u_s5_0_t1 bprod_4_c31 -1 bprod_4_c33 -1
    u_s5_0_t1 upd_1_0_0_t2_c34 -0.11666666666666667 upd_1_0_1_t2_c35 -0.05
    u_s5_0_t1 upd_1_0_0_t2_c36 0.08333333333333334
    MARKER11 'MARKER' 'INTEND'
    p_4 bprod_4_c31 1 bprod_4_c32 1
    p_4 bprod_4_c33 1 upd_1_0_0_t2_c34 0.11666666666666667
    p_4 upd_1_0_1_t2_c35 0.05 upd_1_0_0_t2_c36 -0.08333333333333334
    w_1_0_0_t2 objective 0.5 upd_1_0_0_t2_c34 1
    w_1_0_1_t2 objective 0.2 upd_1_0_1_t2_c35 1
    b_1_0_t2 objective 1 upd_1_0_0_t2_c36 1
    fp objective 0
RHS
    RHS budget_c0 1
    RHS upd_1_0_0_t1_c1 0.7666666666666668
    RHS upd_1_0_1_t1_c2 0.6583333333333334
    RHS upd_1_0_0_t1_c3 -2.7755575615628914e-17
    RHS loss_s0_0_0_t1_c5 2.4350000000000045
    RHS loss_s0_0_0_t1_c6 0.9999999999999968
    RHS bprod_0_c9 -1
    RHS loss_s1_0_0_t1_c11 2.1841666666666706
    RHS loss_s1_0_0_t1_c12 0.999999999999997
    RHS bprod_1_c15 -1
    RHS loss_s2_0_0_t1_c17 2.249166666666671
    RHS loss_s2_0_0_t1_c18 0.999999999999997
    RHS bprod_2_c21 -1
    RHS loss_s3_0_0_t1_c23 2.1733333333333373
    RHS loss_s3_0_0_t1_c24 0.999999999999997
    RHS bprod_3_c27 -1
    RHS loss_s5_0_0_t1_c29 1.6350000000000031
    RHS loss_s5_0_0_t1_c30 0.9999999999999977
    RHS bprod_4_c33 -1
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
 BV BND u_s0_0_t1
 UP BND p_0 1
 LO BND f_0_s1_t1 0.8508333333333297
 UP BND f_0_s1_t1 2.1841666666666706
 BV BND u_s1_0_t1
 UP BND p_1 1
 LO BND f_0_s2_t1 0.8958333333333298
 UP BND f_0_s2_t1 2.249166666666671
 BV BND u_s2_0_t1
 UP BND p_2 1
 LO BND f_0_s3_t1 -2.1733333333333373
 UP BND f_0_s3_t1 -0.8433333333333298
 BV BND u_s3_0_t1
 UP BND p_3 1
 LO BND f_0_s5_t1 -1.6350000000000031
 UP BND f_0_s5_t1 -0.5883333333333306
 BV BND u_s5_0_t1
 UP BND p_4 1
 LO BND w_1_0_0_t2 0.21666666666666495
 UP BND w_1_0_0_t2 1.350000000000002
 LO BND w_1_0_1_t2 0.15833333333333172
 UP BND w_1_0_1_t2 1.2250000000000019
 LO BND b_1_0_t2 -0.4166666666666677
 UP BND b_1_0_t2 0.5000000000000011
 FX BND fp 860444
ENDATA
