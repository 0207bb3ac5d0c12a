NAME model FREE
ROWS
 N  objective
 L  budget_c0
 E  def_1_0_s0_t0_c1
 E  def_1_1_s0_t0_c2
 E  def_1_0_s1_t0_c3
 E  def_1_1_s1_t0_c4
 E  upd_1_0_0_t1_c5
 E  upd_1_0_1_t1_c6
 E  upd_1_1_0_t1_c7
 E  upd_1_1_1_t1_c8
 E  upd_1_0_0_t1_c9
 E  upd_1_1_0_t1_c10
 E  upd_2_0_0_t1_c11
 E  upd_2_0_1_t1_c12
 E  upd_2_0_0_t1_c13
 E  fwd_1_1_s0_t1_c14
 G  relu_1_1_s0_t1_c15
 L  relu_1_1_s0_t1_c16
 L  relu_1_1_s0_t1_c17
 G  relu_1_1_s0_t1_c18
 L  relu_1_1_s0_t1_c19
 E  def_0_0_s0_c20
 E  def_0_0_s0_t1_c23
 L  loss_s0_0_0_t1_c24
 L  loss_s0_0_0_t1_c25
 G  loss_s0_0_0_t1_c26
 E  def_0_3_s0_c27
 G  bprod_4_c28
 L  bprod_4_c29
 G  bprod_4_c30
 L  bprod_4_c31
 G  bprod_5_c32
 L  bprod_5_c33
 G  bprod_5_c34
 L  bprod_5_c35
 G  bprod_6_c36
 L  bprod_6_c37
 G  bprod_6_c38
 L  bprod_6_c39
 G  bprod_7_c40
 L  bprod_7_c41
 G  bprod_7_c42
 L  bprod_7_c43
 G  bprod_8_c44
 L  bprod_8_c45
 G  bprod_8_c46
 L  bprod_8_c47
 G  bprod_9_c48
 L  bprod_9_c49
 G  bprod_9_c50
 L  bprod_9_c51
 E  def_1_0_s0_t1_c52
 G  bprod_10_c53
 L  bprod_10_c54
 G  bprod_10_c55
 L  bprod_10_c56
 G  bprod_11_c57
 L  bprod_11_c58
 G  bprod_11_c59
 L  bprod_11_c60
 E  def_1_1_s0_t1_c61
 G  bprod_12_c62
 L  bprod_12_c63
 G  bprod_12_c64
 L  bprod_12_c65
 E  def_0_13_s0_c66
 E  def_0_0_s1_t1_c68
 L  loss_s1_0_0_t1_c69
 L  loss_s1_0_0_t1_c70
 G  loss_s1_0_0_t1_c71
 E  def_0_15_s0_c72
 G  bprod_16_c73
 L  bprod_16_c74
 G  bprod_16_c75
 L  bprod_16_c76
 G  bprod_17_c77
 L  bprod_17_c78
 G  bprod_17_c79
 L  bprod_17_c80
 G  bprod_18_c81
 L  bprod_18_c82
 G  bprod_18_c83
 L  bprod_18_c84
 G  bprod_19_c85
 L  bprod_19_c86
 G  bprod_19_c87
 L  bprod_19_c88
 E  def_1_0_s1_t1_c89
 G  bprod_20_c90
 L  bprod_20_c91
 G  bprod_20_c92
 L  bprod_20_c93
 G  bprod_21_c94
 L  bprod_21_c95
 G  bprod_21_c96
 L  bprod_21_c97
 E  def_1_1_s1_t1_c98
 E  upd_1_0_0_t2_c99
 E  upd_1_0_1_t2_c100
 E  upd_1_1_0_t2_c101
 E  upd_1_1_1_t2_c102
 E  upd_1_0_0_t2_c103
 E  upd_1_1_0_t2_c104
 E  upd_2_0_0_t2_c105
 E  upd_2_0_1_t2_c106
 E  upd_2_0_0_t2_c107
 E  fwd_1_0_s0_c108
 G  relu_1_0_s0_c109
 L  relu_1_0_s0_c110
 L  relu_1_0_s0_c111
 G  relu_1_0_s0_c112
 L  relu_1_0_s0_c113
 E  fwd_1_1_s0_c114
 G  relu_1_1_s0_c115
 L  relu_1_1_s0_c116
 L  relu_1_1_s0_c117
 G  relu_1_1_s0_c118
 L  relu_1_1_s0_c119
 E  bilin_1_c21
 E  bilin_2_c22
 E  bilin_14_c67
 E  bilin_22_c120
 E  bilin_23_c121
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    r_s0 budget_c0 1 def_1_0_s0_t0_c1 -1
    r_s0 def_1_1_s0_t0_c2 1.5 upd_2_0_0_t1_c11 0.40625
    r_s0 upd_2_0_0_t1_c13 0.5 loss_s0_0_0_t1_c24 1
    r_s0 loss_s0_0_0_t1_c26 1.8170166015625 bprod_4_c28 -0.4609375
    r_s0 bprod_4_c29 -1.1640625 bprod_4_c30 -1.1640625
    r_s0 bprod_4_c31 -0.4609375 bprod_6_c37 -0.46875
    r_s0 bprod_6_c38 -0.46875 bprod_8_c44 -0.296875
    r_s0 bprod_8_c45 -0.703125 bprod_8_c46 -0.703125
    r_s0 bprod_8_c47 -0.296875 bprod_10_c53 1.1015625
    r_s0 bprod_10_c54 0.3984375 bprod_10_c55 0.3984375
    r_s0 bprod_10_c56 1.1015625 upd_2_0_0_t2_c107 0.25
    r_s1 budget_c0 1 def_1_0_s1_t0_c3 1
    r_s1 def_1_1_s1_t0_c4 -1.5 upd_2_0_1_t1_c12 -0.703125
    r_s1 upd_2_0_0_t1_c13 -0.5 loss_s1_0_0_t1_c69 1
    r_s1 loss_s1_0_0_t1_c71 1.249664306640625 bprod_16_c73 -0.78515625
    r_s1 bprod_16_c74 -2.02734375 bprod_16_c75 -2.02734375
    r_s1 bprod_16_c76 -0.78515625 bprod_18_c81 -0.296875
    r_s1 bprod_18_c82 -0.703125 bprod_18_c83 -0.703125
    r_s1 bprod_18_c84 -0.296875 bprod_20_c90 1.1015625
    r_s1 bprod_20_c91 0.3984375 bprod_20_c92 0.3984375
    r_s1 bprod_20_c93 1.1015625 upd_2_0_0_t2_c107 -0.25
    MARKER1 'MARKER' 'INTEND'
    g_1_0_s0_t0 def_1_0_s0_t0_c1 1 upd_1_0_0_t1_c5 0.3125
    g_1_0_s0_t0 upd_1_0_1_t1_c6 0.125 upd_1_0_0_t1_c9 0.25
    g_1_1_s0_t0 def_1_1_s0_t0_c2 1
    g_1_0_s1_t0 def_1_0_s1_t0_c3 1
    g_1_1_s1_t0 def_1_1_s1_t0_c4 1 upd_1_1_0_t1_c7 -0.375
    g_1_1_s1_t0 upd_1_1_1_t1_c8 0.0625 upd_1_1_0_t1_c10 0.25
    w_1_0_0_t1 upd_1_0_0_t1_c5 1 def_0_0_s0_c20 -1.25
    w_1_0_0_t1 def_0_3_s0_c27 -1.25 upd_1_0_0_t2_c99 -1
    w_1_0_1_t1 upd_1_0_1_t1_c6 1 def_0_0_s0_c20 -0.5
    w_1_0_1_t1 def_0_3_s0_c27 -0.5 upd_1_0_1_t2_c100 -1
    w_1_1_0_t1 upd_1_1_0_t1_c7 1 fwd_1_1_s0_t1_c14 -1.25
    w_1_1_0_t1 def_0_13_s0_c66 1.5 def_0_15_s0_c72 1.5
    w_1_1_0_t1 upd_1_1_0_t2_c101 -1
    w_1_1_1_t1 upd_1_1_1_t1_c8 1 fwd_1_1_s0_t1_c14 -0.5
    w_1_1_1_t1 def_0_13_s0_c66 -0.25 def_0_15_s0_c72 -0.25
    w_1_1_1_t1 upd_1_1_1_t2_c102 -1
    b_1_0_t1 upd_1_0_0_t1_c9 1 def_0_0_s0_c20 -1
    b_1_0_t1 def_0_3_s0_c27 -1 upd_1_0_0_t2_c103 -1
    b_1_1_t1 upd_1_1_0_t1_c10 1 fwd_1_1_s0_t1_c14 -1
    b_1_1_t1 def_0_13_s0_c66 -1 def_0_15_s0_c72 -1
    b_1_1_t1 upd_1_1_0_t2_c104 -1
    w_2_0_0_t1 upd_2_0_0_t1_c11 1 bprod_8_c46 -1
    w_2_0_0_t1 bprod_8_c47 -1 bprod_9_c50 -1
    w_2_0_0_t1 bprod_9_c51 -1 bprod_18_c83 -1
    w_2_0_0_t1 bprod_18_c84 -1 bprod_19_c87 -1
    w_2_0_0_t1 bprod_19_c88 -1 upd_2_0_0_t2_c105 -1
    w_2_0_1_t1 upd_2_0_1_t1_c12 1 bprod_10_c55 -1
    w_2_0_1_t1 bprod_10_c56 -1 bprod_11_c59 -1
    w_2_0_1_t1 bprod_11_c60 -1 bprod_20_c92 -1
    w_2_0_1_t1 bprod_20_c93 -1 bprod_21_c96 -1
    w_2_0_1_t1 bprod_21_c97 -1 upd_2_0_1_t2_c106 -1
    b_2_0_t1 upd_2_0_0_t1_c13 1 def_0_0_s0_t1_c23 -1
    b_2_0_t1 def_0_0_s1_t1_c68 -1 upd_2_0_0_t2_c107 -1
    a_1_1_s0_t1 fwd_1_1_s0_t1_c14 1 relu_1_1_s0_t1_c15 -1
    a_1_1_s0_t1 relu_1_1_s0_t1_c16 -1 relu_1_1_s0_t1_c18 1
    a_1_1_s0_t1 relu_1_1_s0_t1_c19 1
    MARKER2 'MARKER' 'INTORG'
    d_1_1_s0_t1 relu_1_1_s0_t1_c16 0.65625 relu_1_1_s0_t1_c17 -0.46875
    d_1_1_s0_t1 relu_1_1_s0_t1_c18 -0.65625 relu_1_1_s0_t1_c19 -0.46875
    d_1_1_s0_t1 bprod_12_c62 1.1015625 bprod_12_c63 -1.1015625
    d_1_1_s0_t1 bprod_12_c64 -1.1015625 bprod_12_c65 1.1015625
    MARKER3 'MARKER' 'INTEND'
    h_1_1_s0_t1 relu_1_1_s0_t1_c15 1 relu_1_1_s0_t1_c16 1
    h_1_1_s0_t1 relu_1_1_s0_t1_c17 1 bprod_6_c38 -1
    h_1_1_s0_t1 bprod_6_c39 -1 bprod_7_c42 -1
    h_1_1_s0_t1 bprod_7_c43 -1
    c_0 def_0_0_s0_c20 1
    p_1 bilin_1_c21 1 def_0_0_s0_t1_c23 -1
    p_2 bilin_2_c22 1 def_0_0_s0_t1_c23 -1
    f_0_s0_t1 def_0_0_s0_t1_c23 1 loss_s0_0_0_t1_c25 1
    f_0_s0_t1 loss_s0_0_0_t1_c26 1
    MARKER4 'MARKER' 'INTORG'
    u_s0_0_t1 loss_s0_0_0_t1_c24 1 loss_s0_0_0_t1_c25 0.3809814453125
    u_s0_0_t1 loss_s0_0_0_t1_c26 1.8170166015625 bprod_5_c32 -0.4609375
    u_s0_0_t1 bprod_5_c33 -1.1640625 bprod_5_c34 -1.1640625
    u_s0_0_t1 bprod_5_c35 -0.4609375 bprod_7_c41 -0.46875
    u_s0_0_t1 bprod_7_c42 -0.46875 bprod_9_c48 -0.296875
    u_s0_0_t1 bprod_9_c49 -0.703125 bprod_9_c50 -0.703125
    u_s0_0_t1 bprod_9_c51 -0.296875 bprod_11_c57 1.1015625
    u_s0_0_t1 bprod_11_c58 0.3984375 bprod_11_c59 0.3984375
    u_s0_0_t1 bprod_11_c60 1.1015625 upd_2_0_0_t2_c107 -0.25
    MARKER5 'MARKER' 'INTEND'
    c_3 def_0_3_s0_c27 1 bprod_4_c30 -1
    c_3 bprod_4_c31 -1 bprod_5_c34 -1
    c_3 bprod_5_c35 -1
    p_4 bprod_4_c28 1 bprod_4_c29 1
    p_4 bprod_4_c30 1 bprod_4_c31 1
    p_4 upd_2_0_0_t2_c105 0.25
    p_5 bprod_5_c32 1 bprod_5_c33 1
    p_5 bprod_5_c34 1 bprod_5_c35 1
    p_5 upd_2_0_0_t2_c105 -0.25
    p_6 bprod_6_c36 1 bprod_6_c37 1
    p_6 bprod_6_c38 1 bprod_6_c39 1
    p_6 upd_2_0_1_t2_c106 0.25
    p_7 bprod_7_c40 1 bprod_7_c41 1
    p_7 bprod_7_c42 1 bprod_7_c43 1
    p_7 upd_2_0_1_t2_c106 -0.25
    p_8 bprod_8_c44 1 bprod_8_c45 1
    p_8 bprod_8_c46 1 bprod_8_c47 1
    p_8 def_1_0_s0_t1_c52 -1
    p_9 bprod_9_c48 1 bprod_9_c49 1
    p_9 bprod_9_c50 1 bprod_9_c51 1
    p_9 def_1_0_s0_t1_c52 1
    g_1_0_s0_t1 def_1_0_s0_t1_c52 1 upd_1_0_0_t2_c99 0.3125
    g_1_0_s0_t1 upd_1_0_1_t2_c100 0.125 upd_1_0_0_t2_c103 0.25
    p_10 bprod_10_c53 1 bprod_10_c54 1
    p_10 bprod_10_c55 1 bprod_10_c56 1
    p_10 def_1_1_s0_t1_c61 -1
    p_11 bprod_11_c57 1 bprod_11_c58 1
    p_11 bprod_11_c59 1 bprod_11_c60 1
    p_11 def_1_1_s0_t1_c61 1
    g_1_1_s0_t1 def_1_1_s0_t1_c61 1 bprod_12_c64 -1
    g_1_1_s0_t1 bprod_12_c65 -1
    p_12 bprod_12_c62 1 bprod_12_c63 1
    p_12 bprod_12_c64 1 bprod_12_c65 1
    p_12 upd_1_1_0_t2_c101 0.3125 upd_1_1_1_t2_c102 0.125
    p_12 upd_1_1_0_t2_c104 0.25
    c_13 def_0_13_s0_c66 1
    p_14 bilin_14_c67 1 def_0_0_s1_t1_c68 -1
    f_0_s1_t1 def_0_0_s1_t1_c68 1 loss_s1_0_0_t1_c70 -1
    f_0_s1_t1 loss_s1_0_0_t1_c71 -1
    MARKER6 'MARKER' 'INTORG'
    u_s1_0_t1 loss_s1_0_0_t1_c69 1 loss_s1_0_0_t1_c70 1.670745849609375
    u_s1_0_t1 loss_s1_0_0_t1_c71 1.249664306640625 bprod_17_c77 -0.78515625
    u_s1_0_t1 bprod_17_c78 -2.02734375 bprod_17_c79 -2.02734375
    u_s1_0_t1 bprod_17_c80 -0.78515625 bprod_19_c85 -0.296875
    u_s1_0_t1 bprod_19_c86 -0.703125 bprod_19_c87 -0.703125
    u_s1_0_t1 bprod_19_c88 -0.296875 bprod_21_c94 1.1015625
    u_s1_0_t1 bprod_21_c95 0.3984375 bprod_21_c96 0.3984375
    u_s1_0_t1 bprod_21_c97 1.1015625 upd_2_0_0_t2_c107 0.25
    MARKER7 'MARKER' 'INTEND'
    c_15 def_0_15_s0_c72 1 bprod_16_c75 -1
    c_15 bprod_16_c76 -1 bprod_17_c79 -1
    c_15 bprod_17_c80 -1
    p_16 bprod_16_c73 1 bprod_16_c74 1
    p_16 bprod_16_c75 1 bprod_16_c76 1
    p_16 upd_2_0_1_t2_c106 -0.25
    p_17 bprod_17_c77 1 bprod_17_c78 1
    p_17 bprod_17_c79 1 bprod_17_c80 1
    p_17 upd_2_0_1_t2_c106 0.25
    p_18 bprod_18_c81 1 bprod_18_c82 1
    p_18 bprod_18_c83 1 bprod_18_c84 1
    p_18 def_1_0_s1_t1_c89 1
    p_19 bprod_19_c85 1 bprod_19_c86 1
    p_19 bprod_19_c87 1 bprod_19_c88 1
    p_19 def_1_0_s1_t1_c89 -1
    g_1_0_s1_t1 def_1_0_s1_t1_c89 1
    p_20 bprod_20_c90 1 bprod_20_c91 1
    p_20 bprod_20_c92 1 bprod_20_c93 1
    p_20 def_1_1_s1_t1_c98 1
    p_21 bprod_21_c94 1 bprod_21_c95 1
    p_21 bprod_21_c96 1 bprod_21_c97 1
    p_21 def_1_1_s1_t1_c98 -1
    g_1_1_s1_t1 def_1_1_s1_t1_c98 1 upd_1_1_0_t2_c101 -0.375
    g_1_1_s1_t1 upd_1_1_1_t2_c102 0.0625 upd_1_1_0_t2_c104 0.25
    w_1_0_0_t2 upd_1_0_0_t2_c99 1 fwd_1_0_s0_c108 -0.5
    w_1_0_1_t2 upd_1_0_1_t2_c100 1 fwd_1_0_s0_c108 -0.25
    w_1_1_0_t2 upd_1_1_0_t2_c101 1 fwd_1_1_s0_c114 -0.5
    w_1_1_1_t2 upd_1_1_1_t2_c102 1 fwd_1_1_s0_c114 -0.25
    b_1_0_t2 upd_1_0_0_t2_c103 1 fwd_1_0_s0_c108 -1
    b_1_1_t2 upd_1_1_0_t2_c104 1 fwd_1_1_s0_c114 -1
    w_2_0_0_t2 upd_2_0_0_t2_c105 1
    w_2_0_1_t2 upd_2_0_1_t2_c106 1
    b_2_0_t2 objective 1 upd_2_0_0_t2_c107 1
    ta_1_0_s0 fwd_1_0_s0_c108 1 relu_1_0_s0_c109 -1
    ta_1_0_s0 relu_1_0_s0_c110 -1 relu_1_0_s0_c112 1
    ta_1_0_s0 relu_1_0_s0_c113 1
    MARKER8 'MARKER' 'INTORG'
    td_1_0_s0 relu_1_0_s0_c110 0.1513671875 relu_1_0_s0_c111 -0.9013671875
    td_1_0_s0 relu_1_0_s0_c112 -0.1513671875 relu_1_0_s0_c113 -0.9013671875
    MARKER9 'MARKER' 'INTEND'
    th_1_0_s0 relu_1_0_s0_c109 1 relu_1_0_s0_c110 1
    th_1_0_s0 relu_1_0_s0_c111 1
    ta_1_1_s0 fwd_1_1_s0_c114 1 relu_1_1_s0_c115 -1
    ta_1_1_s0 relu_1_1_s0_c116 -1 relu_1_1_s0_c118 1
    ta_1_1_s0 relu_1_1_s0_c119 1
    MARKER10 'MARKER' 'INTORG'
    td_1_1_s0 relu_1_1_s0_c116 1.1646728515625 relu_1_1_s0_c117 -1.3050537109375
    td_1_1_s0 relu_1_1_s0_c118 -1.1646728515625 relu_1_1_s0_c119 -1.3050537109375
    MARKER11 'MARKER' 'INTEND'
    th_1_1_s0 relu_1_1_s0_c115 1 relu_1_1_s0_c116 1
    th_1_1_s0 relu_1_1_s0_c117 1
    p_22 objective 1 bilin_22_c120 1
    p_23 objective 1 bilin_23_c121 1
    fp objective 0
RHS
    RHS budget_c0 1
    RHS def_1_0_s0_t0_c1 -0.5
    RHS def_1_1_s0_t0_c2 0.75
    RHS def_1_0_s1_t0_c3 0.5
    RHS def_1_1_s1_t0_c4 -0.75
    RHS upd_1_0_0_t1_c5 0.75
    RHS upd_1_0_1_t1_c6 -0.5
    RHS upd_1_1_0_t1_c7 -0.625
    RHS upd_1_1_1_t1_c8 0.875
    RHS upd_1_0_0_t1_c9 0.125
    RHS upd_1_1_0_t1_c10 0.25
    RHS upd_2_0_0_t1_c11 0.703125
    RHS upd_2_0_1_t1_c12 -1.1015625
    RHS upd_2_0_0_t1_c13 0.0625
    RHS relu_1_1_s0_t1_c16 0.65625
    RHS relu_1_1_s0_t1_c18 -0.65625
    RHS loss_s0_0_0_t1_c24 1
    RHS loss_s0_0_0_t1_c25 1.3809814453125
    RHS loss_s0_0_0_t1_c26 1
    RHS bprod_4_c30 -1.1640625
    RHS bprod_4_c31 -0.4609375
    RHS bprod_5_c34 -1.1640625
    RHS bprod_5_c35 -0.4609375
    RHS bprod_6_c38 -0.46875
    RHS bprod_7_c42 -0.46875
    RHS bprod_8_c46 -0.703125
    RHS bprod_8_c47 -0.296875
    RHS bprod_9_c50 -0.703125
    RHS bprod_9_c51 -0.296875
    RHS bprod_10_c55 0.3984375
    RHS bprod_10_c56 1.1015625
    RHS bprod_11_c59 0.3984375
    RHS bprod_11_c60 1.1015625
    RHS bprod_12_c64 -1.1015625
    RHS bprod_12_c65 1.1015625
    RHS loss_s1_0_0_t1_c69 1
    RHS loss_s1_0_0_t1_c70 2.670745849609375
    RHS loss_s1_0_0_t1_c71 1
    RHS bprod_16_c75 -2.02734375
    RHS bprod_16_c76 -0.78515625
    RHS bprod_17_c79 -2.02734375
    RHS bprod_17_c80 -0.78515625
    RHS bprod_18_c83 -0.703125
    RHS bprod_18_c84 -0.296875
    RHS bprod_19_c87 -0.703125
    RHS bprod_19_c88 -0.296875
    RHS bprod_20_c92 0.3984375
    RHS bprod_20_c93 1.1015625
    RHS bprod_21_c96 0.3984375
    RHS bprod_21_c97 1.1015625
    RHS relu_1_0_s0_c110 0.1513671875
    RHS relu_1_0_s0_c112 -0.1513671875
    RHS relu_1_1_s0_c116 1.1646728515625
    RHS relu_1_1_s0_c118 -1.1646728515625
BOUNDS
 BV BND r_s0
 BV BND r_s1
 LO BND g_1_0_s0_t0 -0.5
 UP BND g_1_0_s0_t0 0.5
 LO BND g_1_1_s0_t0 -0.75
 UP BND g_1_1_s0_t0 0.75
 LO BND g_1_0_s1_t0 -0.5
 UP BND g_1_0_s1_t0 0.5
 LO BND g_1_1_s1_t0 -0.75
 UP BND g_1_1_s1_t0 0.75
 LO BND w_1_0_0_t1 0.59375
 UP BND w_1_0_0_t1 0.90625
 LO BND w_1_0_1_t1 -0.5625
 UP BND w_1_0_1_t1 -0.4375
 LO BND w_1_1_0_t1 -0.90625
 UP BND w_1_1_0_t1 -0.34375
 LO BND w_1_1_1_t1 0.828125
 UP BND w_1_1_1_t1 0.921875
 UP BND b_1_0_t1 0.25
 LO BND b_1_1_t1 0.0625
 UP BND b_1_1_t1 0.4375
 LO BND w_2_0_0_t1 0.296875
 UP BND w_2_0_0_t1 0.703125
 LO BND w_2_0_1_t1 -1.1015625
 UP BND w_2_0_1_t1 -0.3984375
 LO BND b_2_0_t1 -0.4375
 UP BND b_2_0_t1 0.5625
 LO BND a_1_1_s0_t1 -0.65625
 UP BND a_1_1_s0_t1 0.46875
 BV BND d_1_1_s0_t1
 UP BND h_1_1_s0_t1 0.46875
 LO BND c_0 0.4609375
 UP BND c_0 1.1640625
 LO BND p_1 0.1368408203125
 UP BND p_1 0.8184814453125
 LO BND p_2 -0.516357421875
 UP BND p_2 0
 LO BND f_0_s0_t1 -0.8170166015625
 UP BND f_0_s0_t1 1.3809814453125
 BV BND u_s0_0_t1
 LO BND c_3 0.4609375
 UP BND c_3 1.1640625
 UP BND p_4 1.1640625
 UP BND p_5 1.1640625
 UP BND p_6 0.46875
 UP BND p_7 0.46875
 UP BND p_8 0.703125
 UP BND p_9 0.703125
 LO BND g_1_0_s0_t1 -0.703125
 UP BND g_1_0_s0_t1 0.703125
 LO BND p_10 -1.1015625
 UP BND p_10 0
 LO BND p_11 -1.1015625
 UP BND p_11 0
 LO BND g_1_1_s0_t1 -1.1015625
 UP BND g_1_1_s0_t1 1.1015625
 LO BND p_12 -1.1015625
 UP BND p_12 1.1015625
 LO BND c_13 0.78515625
 UP BND c_13 2.02734375
 LO BND p_14 -2.233245849609375
 UP BND p_14 -0.312835693359375
 LO BND f_0_s1_t1 -2.670745849609375
 UP BND f_0_s1_t1 0.249664306640625
 BV BND u_s1_0_t1
 LO BND c_15 0.78515625
 UP BND c_15 2.02734375
 UP BND p_16 2.02734375
 UP BND p_17 2.02734375
 UP BND p_18 0.703125
 UP BND p_19 0.703125
 LO BND g_1_0_s1_t1 -0.703125
 UP BND g_1_0_s1_t1 0.703125
 LO BND p_20 -1.1015625
 UP BND p_20 0
 LO BND p_21 -1.1015625
 UP BND p_21 0
 LO BND g_1_1_s1_t1 -1.1015625
 UP BND g_1_1_s1_t1 1.1015625
 LO BND w_1_0_0_t2 0.3740234375
 UP BND w_1_0_0_t2 1.1259765625
 LO BND w_1_0_1_t2 -0.650390625
 UP BND w_1_0_1_t2 -0.349609375
 LO BND w_1_1_0_t2 -1.66357421875
 UP BND w_1_1_0_t2 0.0693359375
 LO BND w_1_1_1_t2 0.62158203125
 UP BND w_1_1_1_t2 1.12841796875
 LO BND b_1_0_t2 -0.17578125
 UP BND b_1_0_t2 0.42578125
 LO BND b_1_1_t2 -0.48828125
 UP BND b_1_1_t2 0.98828125
 LO BND w_2_0_0_t2 0.005859375
 UP BND w_2_0_0_t2 0.994140625
 LO BND w_2_0_1_t2 -1.7255859375
 UP BND w_2_0_1_t2 0.2255859375
 LO BND b_2_0_t2 -0.9375
 UP BND b_2_0_t2 1.0625
 LO BND ta_1_0_s0 -0.1513671875
 UP BND ta_1_0_s0 0.9013671875
 BV BND td_1_0_s0
 UP BND th_1_0_s0 0.9013671875
 LO BND ta_1_1_s0 -1.1646728515625
 UP BND ta_1_1_s0 1.3050537109375
 BV BND td_1_1_s0
 UP BND th_1_1_s0 1.3050537109375
 UP BND p_22 0.8960857391357422
 LO BND p_23 -2.25198233127594
 UP BND p_23 0.29440176486968994
 FX BND fp 855716
QCMATRIX bilin_1_c21
    w_2_0_0_t1 c_0 -0.5
    c_0 w_2_0_0_t1 -0.5
QCMATRIX bilin_2_c22
    w_2_0_1_t1 h_1_1_s0_t1 -0.5
    h_1_1_s0_t1 w_2_0_1_t1 -0.5
QCMATRIX bilin_14_c67
    w_2_0_1_t1 c_13 -0.5
    c_13 w_2_0_1_t1 -0.5
QCMATRIX bilin_22_c120
    w_2_0_0_t2 th_1_0_s0 -0.5
    th_1_0_s0 w_2_0_0_t2 -0.5
QCMATRIX bilin_23_c121
    w_2_0_1_t2 th_1_1_s0 -0.5
    th_1_1_s0 w_2_0_1_t2 -0.5
ENDATA
