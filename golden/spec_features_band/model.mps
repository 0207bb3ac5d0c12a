NAME model FREE
ROWS
 N  objective
 L  link_s0_0_c0
 G  link_s0_0_c1
 L  link_s1_0_c2
 G  link_s1_0_c3
 L  link_s2_0_c4
 G  link_s2_0_c5
 L  budget_c6
 E  upd_1_0_0_t1_c7
 E  def_0_0_s1_t1_c10
 L  loss_s1_0_0_t1_c11
 G  loss_s1_0_0_t1_c12
 G  bprod_2_c13
 L  bprod_2_c14
 G  bprod_2_c15
 L  bprod_2_c16
 E  def_0_0_s2_t1_c18
 L  loss_s2_0_0_t1_c19
 G  loss_s2_0_0_t1_c20
 G  bprod_4_c21
 L  bprod_4_c22
 G  bprod_4_c23
 L  bprod_4_c24
 E  upd_1_0_0_t2_c25
 E  upd_1_0_0_t2_c26
 E  bilin_0_c8
 E  bilin_1_c9
 E  bilin_3_c17
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    s_s0 link_s0_0_c0 -0.5 link_s0_0_c1 0.5
    s_s0 budget_c6 1
    MARKER1 'MARKER' 'INTEND'
    _e_s0_0 link_s0_0_c0 1 link_s0_0_c1 1
    _e_s0_0 upd_1_0_0_t1_c7 -0.33333333333333337
    MARKER2 'MARKER' 'INTORG'
    s_s1 link_s1_0_c2 -0.5 link_s1_0_c3 0.5
    s_s1 budget_c6 1
    MARKER3 'MARKER' 'INTEND'
    _e_s1_0 link_s1_0_c2 1 link_s1_0_c3 1
    _e_s1_0 upd_1_0_0_t1_c7 -0.33333333333333337 bprod_2_c15 -1
    _e_s1_0 bprod_2_c16 -1
    MARKER4 'MARKER' 'INTORG'
    s_s2 link_s2_0_c4 -0.5 link_s2_0_c5 0.5
    s_s2 budget_c6 1
    MARKER5 'MARKER' 'INTEND'
    _e_s2_0 link_s2_0_c4 1 link_s2_0_c5 1
    _e_s2_0 upd_1_0_0_t1_c7 0.33333333333333337 bprod_4_c23 -1
    _e_s2_0 bprod_4_c24 -1
    w_1_0_0_t1 upd_1_0_0_t1_c7 1 def_0_0_s1_t1_c10 -1
    w_1_0_0_t1 def_0_0_s2_t1_c18 1.5 upd_1_0_0_t2_c25 -1
    p_0 bilin_0_c8 1
    p_1 bilin_1_c9 1 def_0_0_s1_t1_c10 -1
    f_0_s1_t1 def_0_0_s1_t1_c10 1 loss_s1_0_0_t1_c11 1
    f_0_s1_t1 loss_s1_0_0_t1_c12 1
    MARKER6 'MARKER' 'INTORG'
    u_s1_0_t1 loss_s1_0_0_t1_c11 1.843333333333334 loss_s1_0_0_t1_c12 0.010000000000000231
    u_s1_0_t1 bprod_2_c13 0.5 bprod_2_c14 -0.5
    u_s1_0_t1 bprod_2_c15 -0.5 bprod_2_c16 0.5
    u_s1_0_t1 upd_1_0_0_t2_c25 -0.33333333333333337 upd_1_0_0_t2_c26 -0.33333333333333337
    MARKER7 'MARKER' 'INTEND'
    p_2 bprod_2_c13 1 bprod_2_c14 1
    p_2 bprod_2_c15 1 bprod_2_c16 1
    p_2 upd_1_0_0_t2_c25 -0.33333333333333337
    p_3 bilin_3_c17 1 def_0_0_s2_t1_c18 -1
    f_0_s2_t1 def_0_0_s2_t1_c18 1 loss_s2_0_0_t1_c19 -1
    f_0_s2_t1 loss_s2_0_0_t1_c20 -1
    MARKER8 'MARKER' 'INTORG'
    u_s2_0_t1 loss_s2_0_0_t1_c19 2.010000000000001 loss_s2_0_0_t1_c20 0.010000000000000342
    u_s2_0_t1 bprod_4_c21 0.5 bprod_4_c22 -0.5
    u_s2_0_t1 bprod_4_c23 -0.5 bprod_4_c24 0.5
    u_s2_0_t1 upd_1_0_0_t2_c25 -0.5 upd_1_0_0_t2_c26 0.33333333333333337
    MARKER9 'MARKER' 'INTEND'
    p_4 bprod_4_c21 1 bprod_4_c22 1
    p_4 bprod_4_c23 1 bprod_4_c24 1
    p_4 upd_1_0_0_t2_c25 0.33333333333333337
    w_1_0_0_t2 objective 0.4 upd_1_0_0_t2_c25 1
    b_1_0_t2 objective 1 upd_1_0_0_t2_c26 1
    fp objective 0
RHS
    RHS budget_c6 1
    RHS upd_1_0_0_t1_c7 1.5
    RHS def_0_0_s1_t1_c10 0.33333333333333337
    RHS loss_s1_0_0_t1_c11 2.8333333333333357
    RHS loss_s1_0_0_t1_c12 1.0099999999999982
    RHS bprod_2_c15 -0.5
    RHS bprod_2_c16 0.5
    RHS def_0_0_s2_t1_c18 0.33333333333333337
    RHS loss_s2_0_0_t1_c19 3.0000000000000036
    RHS loss_s2_0_0_t1_c20 1.009999999999998
    RHS bprod_4_c23 -0.5
    RHS bprod_4_c24 0.5
    RHS upd_1_0_0_t2_c26 0.33333333333333337
BOUNDS
 BV BND s_s0
 LO BND _e_s0_0 -0.5
 UP BND _e_s0_0 0.5
 BV BND s_s1
 LO BND _e_s1_0 -0.5
 UP BND _e_s1_0 0.5
 BV BND s_s2
 LO BND _e_s2_0 -0.5
 UP BND _e_s2_0 0.5
 LO BND w_1_0_0_t1 1.3333333333333321
 UP BND w_1_0_0_t1 1.6666666666666679
 LO BND p_0 -0.8333333333333339
 UP BND p_0 0.8333333333333339
 LO BND p_1 -0.8333333333333339
 UP BND p_1 0.8333333333333339
 LO BND f_0_s1_t1 0.9999999999999981
 UP BND f_0_s1_t1 2.8333333333333357
 BV BND u_s1_0_t1
 LO BND p_2 -0.5
 UP BND p_2 0.5
 LO BND p_3 -0.8333333333333339
 UP BND p_3 0.8333333333333339
 LO BND f_0_s2_t1 -3.000000000000003
 UP BND f_0_s2_t1 -0.9999999999999977
 BV BND u_s2_0_t1
 LO BND p_4 -0.5
 UP BND p_4 0.5
 LO BND w_1_0_0_t2 1.3333333333333317
 UP BND w_1_0_0_t2 2.3333333333333353
 LO BND b_1_0_t2 -6.661338147750939e-16
 UP BND b_1_0_t2 0.6666666666666673
 FX BND fp 273205
QCMATRIX bilin_0_c8
    _e_s0_0 w_1_0_0_t1 -0.5
    w_1_0_0_t1 _e_s0_0 -0.5
QCMATRIX bilin_1_c9
    _e_s1_0 w_1_0_0_t1 -0.5
    w_1_0_0_t1 _e_s1_0 -0.5
QCMATRIX bilin_3_c17
    _e_s2_0 w_1_0_0_t1 -0.5
    w_1_0_0_t1 _e_s2_0 -0.5
ENDATA
