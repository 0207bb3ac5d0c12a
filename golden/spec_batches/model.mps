NAME model FREE
ROWS
 N  objective
 L  budget_t0_c0
 G  clip_0_0_0_t0_c1
 L  clip_0_0_0_t0_c2
 G  clip_0_0_0_t0_c3
 L  clip_0_0_0_t0_c4
 L  clip_0_0_0_t0_c5
 G  clip_0_1_0_t0_c6
 L  clip_0_1_0_t0_c7
 G  clip_0_1_0_t0_c8
 L  clip_0_1_0_t0_c9
 L  clip_0_1_0_t0_c10
 G  clip_0_1_0_t0_c11
 L  clip_0_1_0_t0_c12
 G  clip_0_1_0_t0_c13
 L  clip_0_1_0_t0_c14
 L  clip_0_1_0_t0_c15
 E  vel_1_0_0_t1_c16
 E  upd_1_0_0_t1_c17
 E  vel_1_0_1_t1_c18
 E  upd_1_0_1_t1_c19
 E  vel_1_0_0_t1_c20
 E  upd_1_0_0_t1_c21
 L  budget_t1_c22
 E  def_0_0_s2_t1_c23
 L  loss_s2_0_0_t1_c24
 L  loss_s2_0_0_t1_c25
 G  loss_s2_0_0_t1_c26
 G  clip_0_0_0_t1_c27
 L  clip_0_0_0_t1_c28
 G  clip_0_0_0_t1_c29
 L  clip_0_0_0_t1_c30
 L  clip_0_0_0_t1_c31
 E  def_0_0_s4_t1_c32
 L  loss_s4_0_0_t1_c33
 L  loss_s4_0_0_t1_c34
 G  loss_s4_0_0_t1_c35
 G  clip_0_0_0_t1_c36
 L  clip_0_0_0_t1_c37
 G  clip_0_0_0_t1_c38
 L  clip_0_0_0_t1_c39
 L  clip_0_0_0_t1_c40
 E  def_0_0_s5_t1_c41
 L  loss_s5_0_0_t1_c42
 L  loss_s5_0_0_t1_c43
 G  loss_s5_0_0_t1_c44
 E  vel_1_0_0_t2_c45
 E  upd_1_0_0_t2_c46
 E  vel_1_0_1_t2_c47
 E  upd_1_0_1_t2_c48
 E  vel_1_0_0_t2_c49
 E  upd_1_0_0_t2_c50
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    r_s0_t0 budget_t0_c0 1 clip_0_0_0_t0_c3 -4.2
    r_s0_t0 clip_0_0_0_t0_c4 -4.2 vel_1_0_1_t1_c18 -0.6666666666666665
    r_s0_t0 vel_1_0_0_t1_c20 -0.6666666666666665
    r_s1_t0 budget_t0_c0 1 clip_0_1_0_t0_c8 -3.8
    r_s1_t0 clip_0_1_0_t0_c9 -3.8 vel_1_0_0_t1_c16 -0.6666666666666665
    r_s1_t0 vel_1_0_0_t1_c20 -0.6666666666666665
    r_s3_t0 budget_t0_c0 1 clip_0_1_0_t0_c13 -4
    r_s3_t0 clip_0_1_0_t0_c14 -4 vel_1_0_0_t1_c16 -0.5999999999999999
    r_s3_t0 vel_1_0_0_t1_c20 0.6666666666666665
    MARKER1 'MARKER' 'INTEND'
    k_0_s0_t0 clip_0_0_0_t0_c1 1 clip_0_0_0_t0_c2 1
    k_0_s0_t0 clip_0_0_0_t0_c3 1 clip_0_0_0_t0_c4 1
    k_0_s0_t0 vel_1_0_0_t1_c16 -0.33333333333333326
    MARKER2 'MARKER' 'INTORG'
    kz_0_1_s0_t0 clip_0_0_0_t0_c1 -3 clip_0_0_0_t0_c3 0.6000000000000001
    kz_0_1_s0_t0 clip_0_0_0_t0_c5 1
    kz_0_0_s0_t0 clip_0_0_0_t0_c2 3 clip_0_0_0_t0_c4 -0.6000000000000001
    kz_0_0_s0_t0 clip_0_0_0_t0_c5 1
    MARKER3 'MARKER' 'INTEND'
    k_1_s1_t0 clip_0_1_0_t0_c6 1 clip_0_1_0_t0_c7 1
    k_1_s1_t0 clip_0_1_0_t0_c8 1 clip_0_1_0_t0_c9 1
    k_1_s1_t0 vel_1_0_1_t1_c18 -0.33333333333333326
    MARKER4 'MARKER' 'INTORG'
    kz_1_1_s1_t0 clip_0_1_0_t0_c6 -3 clip_0_1_0_t0_c8 0.3999999999999999
    kz_1_1_s1_t0 clip_0_1_0_t0_c10 1
    kz_1_0_s1_t0 clip_0_1_0_t0_c7 3 clip_0_1_0_t0_c9 -0.3999999999999999
    kz_1_0_s1_t0 clip_0_1_0_t0_c10 1
    MARKER5 'MARKER' 'INTEND'
    k_1_s3_t0 clip_0_1_0_t0_c11 1 clip_0_1_0_t0_c12 1
    k_1_s3_t0 clip_0_1_0_t0_c13 1 clip_0_1_0_t0_c14 1
    k_1_s3_t0 vel_1_0_1_t1_c18 -0.33333333333333326
    MARKER6 'MARKER' 'INTORG'
    kz_1_1_s3_t0 clip_0_1_0_t0_c11 -3 clip_0_1_0_t0_c13 0.5
    kz_1_1_s3_t0 clip_0_1_0_t0_c15 1
    kz_1_0_s3_t0 clip_0_1_0_t0_c12 3 clip_0_1_0_t0_c14 -0.5
    kz_1_0_s3_t0 clip_0_1_0_t0_c15 1
    MARKER7 'MARKER' 'INTEND'
    vw_1_0_0_t1 vel_1_0_0_t1_c16 1 upd_1_0_0_t1_c17 0.5
    vw_1_0_0_t1 vel_1_0_0_t2_c45 -0.5
    w_1_0_0_t1 upd_1_0_0_t1_c17 1 def_0_0_s2_t1_c23 -1.6
    w_1_0_0_t1 def_0_0_s4_t1_c32 2.2 def_0_0_s5_t1_c41 1.4
    w_1_0_0_t1 vel_1_0_0_t2_c45 -0.125 upd_1_0_0_t2_c46 -1
    vw_1_0_1_t1 vel_1_0_1_t1_c18 1 upd_1_0_1_t1_c19 0.5
    vw_1_0_1_t1 vel_1_0_1_t2_c47 -0.5
    w_1_0_1_t1 upd_1_0_1_t1_c19 1 def_0_0_s2_t1_c23 -1.3
    w_1_0_1_t1 def_0_0_s4_t1_c32 1.1 def_0_0_s5_t1_c41 0.6
    w_1_0_1_t1 vel_1_0_1_t2_c47 -0.125 upd_1_0_1_t2_c48 -1
    vb_1_0_t1 vel_1_0_0_t1_c20 1 upd_1_0_0_t1_c21 0.5
    vb_1_0_t1 vel_1_0_0_t2_c49 -0.5
    b_1_0_t1 upd_1_0_0_t1_c21 1 def_0_0_s2_t1_c23 -1
    b_1_0_t1 def_0_0_s4_t1_c32 -1 def_0_0_s5_t1_c41 -1
    b_1_0_t1 vel_1_0_0_t2_c49 -0.125 upd_1_0_0_t2_c50 -1
    MARKER8 'MARKER' 'INTORG'
    r_s2_t1 budget_t1_c22 1 loss_s2_0_0_t1_c24 1
    r_s2_t1 loss_s2_0_0_t1_c26 0.8433333333333335 clip_0_0_0_t1_c29 -1.6
    r_s2_t1 clip_0_0_0_t1_c30 -1.6 vel_1_0_1_t2_c47 -0.43333333333333324
    r_s2_t1 vel_1_0_0_t2_c49 -0.33333333333333326
    r_s4_t1 budget_t1_c22 1 loss_s4_0_0_t1_c33 1
    r_s4_t1 loss_s4_0_0_t1_c35 1.1700000000000002 clip_0_0_0_t1_c38 -2.2
    r_s4_t1 clip_0_0_0_t1_c39 -2.2 vel_1_0_1_t2_c47 -0.36666666666666664
    r_s4_t1 vel_1_0_0_t2_c49 0.33333333333333326
    r_s5_t1 budget_t1_c22 1 loss_s5_0_0_t1_c42 1
    r_s5_t1 loss_s5_0_0_t1_c44 1.3066666666666669 vel_1_0_0_t2_c45 -0.4666666666666665
    r_s5_t1 vel_1_0_1_t2_c47 -0.19999999999999996 vel_1_0_0_t2_c49 0.33333333333333326
    MARKER9 'MARKER' 'INTEND'
    f_0_s2_t1 def_0_0_s2_t1_c23 1 loss_s2_0_0_t1_c25 1
    f_0_s2_t1 loss_s2_0_0_t1_c26 1
    MARKER10 'MARKER' 'INTORG'
    u_s2_0_t1 loss_s2_0_0_t1_c24 1 loss_s2_0_0_t1_c25 1.2733333333333339
    u_s2_0_t1 loss_s2_0_0_t1_c26 0.8433333333333335 clip_0_0_0_t1_c29 1.6
    u_s2_0_t1 clip_0_0_0_t1_c30 1.6 vel_1_0_1_t2_c47 0.43333333333333324
    u_s2_0_t1 vel_1_0_0_t2_c49 0.33333333333333326
    MARKER11 'MARKER' 'INTEND'
    k_0_s2_t1 clip_0_0_0_t1_c27 1 clip_0_0_0_t1_c28 1
    k_0_s2_t1 clip_0_0_0_t1_c29 1 clip_0_0_0_t1_c30 1
    k_0_s2_t1 vel_1_0_0_t2_c45 -0.33333333333333326
    MARKER12 'MARKER' 'INTORG'
    kz_0_1_s2_t1 clip_0_0_0_t1_c27 -3 clip_0_0_0_t1_c29 0.10000000000000009
    kz_0_1_s2_t1 clip_0_0_0_t1_c31 1
    kz_0_0_s2_t1 clip_0_0_0_t1_c28 3 clip_0_0_0_t1_c30 -0.10000000000000009
    kz_0_0_s2_t1 clip_0_0_0_t1_c31 1
    MARKER13 'MARKER' 'INTEND'
    f_0_s4_t1 def_0_0_s4_t1_c32 1 loss_s4_0_0_t1_c34 -1
    f_0_s4_t1 loss_s4_0_0_t1_c35 -1
    MARKER14 'MARKER' 'INTORG'
    u_s4_0_t1 loss_s4_0_0_t1_c33 1 loss_s4_0_0_t1_c34 1.1466666666666674
    u_s4_0_t1 loss_s4_0_0_t1_c35 1.1700000000000002 clip_0_0_0_t1_c38 2.2
    u_s4_0_t1 clip_0_0_0_t1_c39 2.2 vel_1_0_1_t2_c47 0.36666666666666664
    u_s4_0_t1 vel_1_0_0_t2_c49 -0.33333333333333326
    MARKER15 'MARKER' 'INTEND'
    k_0_s4_t1 clip_0_0_0_t1_c36 1 clip_0_0_0_t1_c37 1
    k_0_s4_t1 clip_0_0_0_t1_c38 1 clip_0_0_0_t1_c39 1
    k_0_s4_t1 vel_1_0_0_t2_c45 -0.33333333333333326
    MARKER16 'MARKER' 'INTORG'
    kz_0_1_s4_t1 clip_0_0_0_t1_c36 -3 clip_0_0_0_t1_c38 0.7000000000000002
    kz_0_1_s4_t1 clip_0_0_0_t1_c40 1
    kz_0_0_s4_t1 clip_0_0_0_t1_c37 3 clip_0_0_0_t1_c39 -0.7000000000000002
    kz_0_0_s4_t1 clip_0_0_0_t1_c40 1
    MARKER17 'MARKER' 'INTEND'
    f_0_s5_t1 def_0_0_s5_t1_c41 1 loss_s5_0_0_t1_c43 -1
    f_0_s5_t1 loss_s5_0_0_t1_c44 -1
    MARKER18 'MARKER' 'INTORG'
    u_s5_0_t1 loss_s5_0_0_t1_c42 1 loss_s5_0_0_t1_c43 0.3600000000000003
    u_s5_0_t1 loss_s5_0_0_t1_c44 1.3066666666666669 vel_1_0_0_t2_c45 0.4666666666666665
    u_s5_0_t1 vel_1_0_1_t2_c47 0.19999999999999996 vel_1_0_0_t2_c49 -0.33333333333333326
    MARKER19 'MARKER' 'INTEND'
    vw_1_0_0_t2 vel_1_0_0_t2_c45 1 upd_1_0_0_t2_c46 0.25
    w_1_0_0_t2 objective 0.5 upd_1_0_0_t2_c46 1
    vw_1_0_1_t2 vel_1_0_1_t2_c47 1 upd_1_0_1_t2_c48 0.25
    w_1_0_1_t2 objective 0.2 upd_1_0_1_t2_c48 1
    vb_1_0_t2 vel_1_0_0_t2_c49 1 upd_1_0_0_t2_c50 0.25
    b_1_0_t2 objective 1 upd_1_0_0_t2_c50 1
    fp objective 0
RHS
    RHS budget_t0_c0 1
    RHS clip_0_0_0_t0_c1 -1.5
    RHS clip_0_0_0_t0_c2 1.5
    RHS clip_0_0_0_t0_c3 -2.1
    RHS clip_0_0_0_t0_c4 -2.1
    RHS clip_0_0_0_t0_c5 1
    RHS clip_0_1_0_t0_c6 -1.5
    RHS clip_0_1_0_t0_c7 1.5
    RHS clip_0_1_0_t0_c8 -1.9
    RHS clip_0_1_0_t0_c9 -1.9
    RHS clip_0_1_0_t0_c10 1
    RHS clip_0_1_0_t0_c11 -1.5
    RHS clip_0_1_0_t0_c12 1.5
    RHS clip_0_1_0_t0_c13 -2
    RHS clip_0_1_0_t0_c14 -2
    RHS clip_0_1_0_t0_c15 1
    RHS vel_1_0_0_t1_c16 -0.6333333333333332
    RHS vel_1_0_1_t1_c18 -0.33333333333333326
    RHS vel_1_0_0_t1_c20 -0.33333333333333326
    RHS budget_t1_c22 1
    RHS loss_s2_0_0_t1_c24 1
    RHS loss_s2_0_0_t1_c25 2.2733333333333356
    RHS loss_s2_0_0_t1_c26 0.9999999999999983
    RHS clip_0_0_0_t1_c27 -1.5
    RHS clip_0_0_0_t1_c28 1.5
    RHS clip_0_0_0_t1_c31 1
    RHS loss_s4_0_0_t1_c33 1
    RHS loss_s4_0_0_t1_c34 2.146666666666669
    RHS loss_s4_0_0_t1_c35 0.9999999999999982
    RHS clip_0_0_0_t1_c36 -1.5
    RHS clip_0_0_0_t1_c37 1.5
    RHS clip_0_0_0_t1_c40 1
    RHS loss_s5_0_0_t1_c42 1
    RHS loss_s5_0_0_t1_c43 1.3600000000000017
    RHS loss_s5_0_0_t1_c44 0.9999999999999987
BOUNDS
 BV BND r_s0_t0
 BV BND r_s1_t0
 BV BND r_s3_t0
 LO BND k_0_s0_t0 -1.5
 UP BND k_0_s0_t0 1.5
 BV BND kz_0_1_s0_t0
 BV BND kz_0_0_s0_t0
 LO BND k_1_s1_t0 -1.5
 UP BND k_1_s1_t0 1.5
 BV BND kz_1_1_s1_t0
 BV BND kz_1_0_s1_t0
 LO BND k_1_s3_t0 -1.5
 UP BND k_1_s3_t0 1.5
 BV BND kz_1_1_s3_t0
 BV BND kz_1_0_s3_t0
 LO BND vw_1_0_0_t1 -1.1333333333333344
 UP BND vw_1_0_0_t1 1.1333333333333344
 LO BND w_1_0_0_t1 0.06666666666666624
 UP BND w_1_0_0_t1 0.5666666666666672
 LO BND vw_1_0_1_t1 -1.3333333333333344
 UP BND vw_1_0_1_t1 1.3333333333333344
 LO BND w_1_0_1_t1 0.1666666666666663
 UP BND w_1_0_1_t1 0.6666666666666671
 LO BND vb_1_0_t1 -1.0000000000000013
 UP BND vb_1_0_t1 1.0000000000000013
 LO BND b_1_0_t1 -0.16666666666666718
 UP BND b_1_0_t1 0.5000000000000006
 BV BND r_s2_t1
 BV BND r_s4_t1
 BV BND r_s5_t1
 LO BND f_0_s2_t1 0.15666666666666496
 UP BND f_0_s2_t1 2.2733333333333356
 BV BND u_s2_0_t1
 LO BND k_0_s2_t1 -1.5
 UP BND k_0_s2_t1 1.5
 BV BND kz_0_1_s2_t1
 BV BND kz_0_0_s2_t1
 LO BND f_0_s4_t1 -2.146666666666669
 UP BND f_0_s4_t1 0.17000000000000187
 BV BND u_s4_0_t1
 LO BND k_0_s4_t1 -1.5
 UP BND k_0_s4_t1 1.5
 BV BND kz_0_1_s4_t1
 BV BND kz_0_0_s4_t1
 LO BND f_0_s5_t1 -1.3600000000000017
 UP BND f_0_s5_t1 0.30666666666666803
 BV BND u_s5_0_t1
 LO BND vw_1_0_0_t2 -2.025000000000002
 UP BND vw_1_0_0_t2 2.1041666666666687
 LO BND w_1_0_0_t2 -0.043750000000000726
 UP BND w_1_0_0_t2 1.0572916666666679
 LO BND vw_1_0_1_t2 -1.6458333333333355
 UP BND vw_1_0_1_t2 1.7500000000000022
 LO BND w_1_0_1_t2 0.09479166666666598
 UP BND w_1_0_1_t2 1.062500000000001
 LO BND vb_1_0_t2 -1.520833333333335
 UP BND vb_1_0_t2 1.5625000000000018
 LO BND b_1_0_t2 -0.4531250000000009
 UP BND b_1_0_t2 0.7760416666666676
 FX BND fp 807830
ENDATA
