NAME model FREE
ROWS
 N  objective
 L  onelabel_s0_c0
 L  onelabel_s1_c1
 L  onelabel_s2_c2
 L  onelabel_s3_c3
 L  budget_c4
 E  upd_1_0_0_t1_c5
 E  upd_1_0_1_t1_c6
 E  upd_1_1_0_t1_c7
 E  upd_1_1_1_t1_c8
 E  upd_1_2_0_t1_c9
 E  upd_1_2_1_t1_c10
 E  upd_1_0_0_t1_c11
 E  upd_1_1_0_t1_c12
 E  upd_1_2_0_t1_c13
 L  loss_s0_0_1_t1_c14
 L  loss_s0_0_1_t1_c15
 G  loss_s0_0_1_t1_c16
 L  loss_s0_0_2_t1_c17
 L  loss_s0_0_2_t1_c18
 G  loss_s0_0_2_t1_c19
 L  loss_s0_1_0_t1_c20
 L  loss_s0_1_0_t1_c21
 G  loss_s0_1_0_t1_c22
 L  loss_s0_1_2_t1_c23
 L  loss_s0_1_2_t1_c24
 G  loss_s0_1_2_t1_c25
 L  loss_s0_2_1_t1_c26
 L  loss_s0_2_1_t1_c27
 G  loss_s0_2_1_t1_c28
 L  loss_s1_1_0_t1_c29
 L  loss_s1_1_0_t1_c30
 G  loss_s1_1_0_t1_c31
 L  loss_s1_1_2_t1_c32
 L  loss_s1_1_2_t1_c33
 G  loss_s1_1_2_t1_c34
 L  loss_s1_0_1_t1_c35
 L  loss_s1_0_1_t1_c36
 G  loss_s1_0_1_t1_c37
 L  loss_s1_0_2_t1_c38
 L  loss_s1_0_2_t1_c39
 G  loss_s1_0_2_t1_c40
 L  loss_s1_2_0_t1_c41
 L  loss_s1_2_0_t1_c42
 G  loss_s1_2_0_t1_c43
 L  loss_s1_2_1_t1_c44
 L  loss_s1_2_1_t1_c45
 G  loss_s1_2_1_t1_c46
 L  loss_s2_2_0_t1_c47
 L  loss_s2_2_0_t1_c48
 G  loss_s2_2_0_t1_c49
 L  loss_s2_2_1_t1_c50
 L  loss_s2_2_1_t1_c51
 G  loss_s2_2_1_t1_c52
 L  loss_s2_0_1_t1_c53
 L  loss_s2_0_1_t1_c54
 G  loss_s2_0_1_t1_c55
 L  loss_s2_0_2_t1_c56
 L  loss_s2_0_2_t1_c57
 G  loss_s2_0_2_t1_c58
 L  loss_s2_1_0_t1_c59
 L  loss_s2_1_0_t1_c60
 G  loss_s2_1_0_t1_c61
 L  loss_s2_1_2_t1_c62
 L  loss_s2_1_2_t1_c63
 G  loss_s2_1_2_t1_c64
 L  loss_s3_0_1_t1_c65
 L  loss_s3_0_1_t1_c66
 G  loss_s3_0_1_t1_c67
 L  loss_s3_0_2_t1_c68
 L  loss_s3_0_2_t1_c69
 G  loss_s3_0_2_t1_c70
 L  loss_s3_1_2_t1_c71
 L  loss_s3_1_2_t1_c72
 G  loss_s3_1_2_t1_c73
 L  loss_s3_2_1_t1_c74
 L  loss_s3_2_1_t1_c75
 G  loss_s3_2_1_t1_c76
 E  upd_1_0_0_t2_c77
 E  upd_1_0_1_t2_c78
 E  upd_1_1_0_t2_c79
 E  upd_1_1_1_t2_c80
 E  upd_1_2_0_t2_c81
 E  upd_1_2_1_t2_c82
 E  upd_1_0_0_t2_c83
 E  upd_1_1_0_t2_c84
 E  upd_1_2_0_t2_c85
 E  def_0_0_s0_c86
 E  def_0_1_s0_c87
 G  goal_s0_0_c88
 G  goal_s0_1_c89
 E  goal_s0_0_c90
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    l_s0_1 onelabel_s0_c0 1 budget_c4 1
    l_s0_1 upd_1_0_0_t1_c5 0.375 upd_1_0_1_t1_c6 0.1875
    l_s0_1 upd_1_1_0_t1_c7 -0.375 upd_1_1_1_t1_c8 -0.1875
    l_s0_1 upd_1_0_0_t1_c11 0.375 upd_1_1_0_t1_c12 -0.375
    l_s0_1 loss_s0_0_1_t1_c14 1 loss_s0_0_1_t1_c16 2.078125
    l_s0_1 loss_s0_0_2_t1_c17 1 loss_s0_0_2_t1_c19 1.421875
    l_s0_1 loss_s0_1_0_t1_c20 -1 loss_s0_1_0_t1_c22 -3.578125
    l_s0_1 loss_s0_1_2_t1_c23 -1 loss_s0_1_2_t1_c25 -2.3125
    l_s0_2 onelabel_s0_c0 1 budget_c4 1
    l_s0_2 upd_1_0_0_t1_c5 0.375 upd_1_0_1_t1_c6 0.1875
    l_s0_2 upd_1_2_0_t1_c9 -0.375 upd_1_2_1_t1_c10 -0.1875
    l_s0_2 upd_1_0_0_t1_c11 0.375 upd_1_2_0_t1_c13 -0.375
    l_s0_2 loss_s0_0_1_t1_c14 1 loss_s0_0_1_t1_c16 2.078125
    l_s0_2 loss_s0_0_2_t1_c17 1 loss_s0_0_2_t1_c19 1.421875
    l_s0_2 loss_s0_2_1_t1_c26 -1 loss_s0_2_1_t1_c28 -3.203125
    l_s0_2 upd_1_0_0_t2_c77 0.125 upd_1_0_1_t2_c78 0.0625
    l_s0_2 upd_1_2_0_t2_c81 -0.125 upd_1_2_1_t2_c82 -0.0625
    l_s0_2 upd_1_0_0_t2_c83 0.125 upd_1_2_0_t2_c85 -0.125
    l_s1_0 onelabel_s1_c1 1 budget_c4 1
    l_s1_0 upd_1_0_0_t1_c5 -0.09375 upd_1_0_1_t1_c6 -0.5625
    l_s1_0 upd_1_1_0_t1_c7 0.09375 upd_1_1_1_t1_c8 0.5625
    l_s1_0 upd_1_0_0_t1_c11 -0.375 upd_1_1_0_t1_c12 0.375
    l_s1_0 loss_s1_1_0_t1_c29 1 loss_s1_1_0_t1_c31 3.390625
    l_s1_0 loss_s1_1_2_t1_c32 1 loss_s1_1_2_t1_c34 2.40625
    l_s1_0 loss_s1_0_1_t1_c35 -1 loss_s1_0_1_t1_c37 -2.7109375
    l_s1_0 loss_s1_0_2_t1_c38 -1 loss_s1_0_2_t1_c40 -2.03125
    l_s1_2 onelabel_s1_c1 1 budget_c4 1
    l_s1_2 upd_1_1_0_t1_c7 0.09375 upd_1_1_1_t1_c8 0.5625
    l_s1_2 upd_1_2_0_t1_c9 -0.09375 upd_1_2_1_t1_c10 -0.5625
    l_s1_2 upd_1_1_0_t1_c12 0.375 upd_1_2_0_t1_c13 -0.375
    l_s1_2 loss_s1_1_0_t1_c29 1 loss_s1_1_0_t1_c31 3.390625
    l_s1_2 loss_s1_1_2_t1_c32 1 loss_s1_1_2_t1_c34 2.40625
    l_s1_2 loss_s1_2_0_t1_c41 -1 loss_s1_2_0_t1_c43 -3.8359375
    l_s1_2 loss_s1_2_1_t1_c44 -1 loss_s1_2_1_t1_c46 -3.53125
    l_s2_0 onelabel_s2_c2 1 budget_c4 1
    l_s2_0 upd_1_0_0_t1_c5 0.46875 upd_1_0_1_t1_c6 0.1875
    l_s2_0 upd_1_2_0_t1_c9 -0.46875 upd_1_2_1_t1_c10 -0.1875
    l_s2_0 upd_1_0_0_t1_c11 -0.375 upd_1_2_0_t1_c13 0.375
    l_s2_0 loss_s2_2_0_t1_c47 1 loss_s2_2_0_t1_c49 2.125
    l_s2_0 loss_s2_2_1_t1_c50 1 loss_s2_2_1_t1_c52 2.40625
    l_s2_0 loss_s2_0_1_t1_c53 -1 loss_s2_0_1_t1_c55 -3.109375
    l_s2_0 loss_s2_0_2_t1_c56 -1 loss_s2_0_2_t1_c58 -3.3671875
    l_s2_1 onelabel_s2_c2 1 budget_c4 1
    l_s2_1 upd_1_1_0_t1_c7 0.46875 upd_1_1_1_t1_c8 0.1875
    l_s2_1 upd_1_2_0_t1_c9 -0.46875 upd_1_2_1_t1_c10 -0.1875
    l_s2_1 upd_1_1_0_t1_c12 -0.375 upd_1_2_0_t1_c13 0.375
    l_s2_1 loss_s2_2_0_t1_c47 1 loss_s2_2_0_t1_c49 2.125
    l_s2_1 loss_s2_2_1_t1_c50 1 loss_s2_2_1_t1_c52 2.40625
    l_s2_1 loss_s2_1_0_t1_c59 -1 loss_s2_1_0_t1_c61 -2.8984375
    l_s2_1 loss_s2_1_2_t1_c62 -1 loss_s2_1_2_t1_c64 -3.4375
    l_s3_1 onelabel_s3_c3 1 budget_c4 1
    l_s3_1 upd_1_0_0_t1_c5 0.28125 upd_1_0_1_t1_c6 -0.09375
    l_s3_1 upd_1_1_0_t1_c7 -0.28125 upd_1_1_1_t1_c8 0.09375
    l_s3_1 upd_1_0_0_t1_c11 0.375 upd_1_1_0_t1_c12 -0.375
    l_s3_1 loss_s3_0_1_t1_c65 1 loss_s3_0_1_t1_c67 1.75
    l_s3_1 loss_s3_0_2_t1_c68 1 loss_s3_0_2_t1_c70 1.46875
    l_s3_1 loss_s3_1_2_t1_c71 -1 loss_s3_1_2_t1_c73 -2.2890625
    l_s3_1 upd_1_0_0_t2_c77 0.09375 upd_1_0_1_t2_c78 -0.03125
    l_s3_1 upd_1_1_0_t2_c79 -0.09375 upd_1_1_1_t2_c80 0.03125
    l_s3_1 upd_1_0_0_t2_c83 0.125 upd_1_1_0_t2_c84 -0.125
    l_s3_2 onelabel_s3_c3 1 budget_c4 1
    l_s3_2 upd_1_0_0_t1_c5 0.28125 upd_1_0_1_t1_c6 -0.09375
    l_s3_2 upd_1_2_0_t1_c9 -0.28125 upd_1_2_1_t1_c10 0.09375
    l_s3_2 upd_1_0_0_t1_c11 0.375 upd_1_2_0_t1_c13 -0.375
    l_s3_2 loss_s3_0_1_t1_c65 1 loss_s3_0_1_t1_c67 1.75
    l_s3_2 loss_s3_0_2_t1_c68 1 loss_s3_0_2_t1_c70 1.46875
    l_s3_2 loss_s3_2_1_t1_c74 -1 loss_s3_2_1_t1_c76 -2.546875
    l_s3_2 upd_1_0_0_t2_c77 0.09375 upd_1_0_1_t2_c78 -0.03125
    l_s3_2 upd_1_2_0_t2_c81 -0.09375 upd_1_2_1_t2_c82 0.03125
    l_s3_2 upd_1_0_0_t2_c83 0.125 upd_1_2_0_t2_c85 -0.125
    MARKER1 'MARKER' 'INTEND'
    w_1_0_0_t1 upd_1_0_0_t1_c5 1 loss_s0_0_1_t1_c15 1
    w_1_0_0_t1 loss_s0_0_1_t1_c16 1 loss_s0_0_2_t1_c18 1
    w_1_0_0_t1 loss_s0_0_2_t1_c19 1 loss_s0_1_0_t1_c21 -1
    w_1_0_0_t1 loss_s0_1_0_t1_c22 -1 loss_s1_1_0_t1_c30 -0.25
    w_1_0_0_t1 loss_s1_1_0_t1_c31 -0.25 loss_s1_0_1_t1_c36 0.25
    w_1_0_0_t1 loss_s1_0_1_t1_c37 0.25 loss_s1_0_2_t1_c39 0.25
    w_1_0_0_t1 loss_s1_0_2_t1_c40 0.25 loss_s1_2_0_t1_c42 -0.25
    w_1_0_0_t1 loss_s1_2_0_t1_c43 -0.25 loss_s2_2_0_t1_c48 1.25
    w_1_0_0_t1 loss_s2_2_0_t1_c49 1.25 loss_s2_0_1_t1_c54 -1.25
    w_1_0_0_t1 loss_s2_0_1_t1_c55 -1.25 loss_s2_0_2_t1_c57 -1.25
    w_1_0_0_t1 loss_s2_0_2_t1_c58 -1.25 loss_s2_1_0_t1_c60 1.25
    w_1_0_0_t1 loss_s2_1_0_t1_c61 1.25 loss_s3_0_1_t1_c66 0.75
    w_1_0_0_t1 loss_s3_0_1_t1_c67 0.75 loss_s3_0_2_t1_c69 0.75
    w_1_0_0_t1 loss_s3_0_2_t1_c70 0.75 upd_1_0_0_t2_c77 -1
    w_1_0_1_t1 upd_1_0_1_t1_c6 1 loss_s0_0_1_t1_c15 0.5
    w_1_0_1_t1 loss_s0_0_1_t1_c16 0.5 loss_s0_0_2_t1_c18 0.5
    w_1_0_1_t1 loss_s0_0_2_t1_c19 0.5 loss_s0_1_0_t1_c21 -0.5
    w_1_0_1_t1 loss_s0_1_0_t1_c22 -0.5 loss_s1_1_0_t1_c30 -1.5
    w_1_0_1_t1 loss_s1_1_0_t1_c31 -1.5 loss_s1_0_1_t1_c36 1.5
    w_1_0_1_t1 loss_s1_0_1_t1_c37 1.5 loss_s1_0_2_t1_c39 1.5
    w_1_0_1_t1 loss_s1_0_2_t1_c40 1.5 loss_s1_2_0_t1_c42 -1.5
    w_1_0_1_t1 loss_s1_2_0_t1_c43 -1.5 loss_s2_2_0_t1_c48 0.5
    w_1_0_1_t1 loss_s2_2_0_t1_c49 0.5 loss_s2_0_1_t1_c54 -0.5
    w_1_0_1_t1 loss_s2_0_1_t1_c55 -0.5 loss_s2_0_2_t1_c57 -0.5
    w_1_0_1_t1 loss_s2_0_2_t1_c58 -0.5 loss_s2_1_0_t1_c60 0.5
    w_1_0_1_t1 loss_s2_1_0_t1_c61 0.5 loss_s3_0_1_t1_c66 -0.25
    w_1_0_1_t1 loss_s3_0_1_t1_c67 -0.25 loss_s3_0_2_t1_c69 -0.25
    w_1_0_1_t1 loss_s3_0_2_t1_c70 -0.25 upd_1_0_1_t2_c78 -1
    w_1_1_0_t1 upd_1_1_0_t1_c7 1 loss_s0_0_1_t1_c15 -1
    w_1_1_0_t1 loss_s0_0_1_t1_c16 -1 loss_s0_1_0_t1_c21 1
    w_1_1_0_t1 loss_s0_1_0_t1_c22 1 loss_s0_1_2_t1_c24 1
    w_1_1_0_t1 loss_s0_1_2_t1_c25 1 loss_s0_2_1_t1_c27 -1
    w_1_1_0_t1 loss_s0_2_1_t1_c28 -1 loss_s1_1_0_t1_c30 0.25
    w_1_1_0_t1 loss_s1_1_0_t1_c31 0.25 loss_s1_1_2_t1_c33 0.25
    w_1_1_0_t1 loss_s1_1_2_t1_c34 0.25 loss_s1_0_1_t1_c36 -0.25
    w_1_1_0_t1 loss_s1_0_1_t1_c37 -0.25 loss_s1_2_1_t1_c45 -0.25
    w_1_1_0_t1 loss_s1_2_1_t1_c46 -0.25 loss_s2_2_1_t1_c51 1.25
    w_1_1_0_t1 loss_s2_2_1_t1_c52 1.25 loss_s2_0_1_t1_c54 1.25
    w_1_1_0_t1 loss_s2_0_1_t1_c55 1.25 loss_s2_1_0_t1_c60 -1.25
    w_1_1_0_t1 loss_s2_1_0_t1_c61 -1.25 loss_s2_1_2_t1_c63 -1.25
    w_1_1_0_t1 loss_s2_1_2_t1_c64 -1.25 loss_s3_0_1_t1_c66 -0.75
    w_1_1_0_t1 loss_s3_0_1_t1_c67 -0.75 loss_s3_1_2_t1_c72 0.75
    w_1_1_0_t1 loss_s3_1_2_t1_c73 0.75 loss_s3_2_1_t1_c75 -0.75
    w_1_1_0_t1 loss_s3_2_1_t1_c76 -0.75 upd_1_1_0_t2_c79 -1
    w_1_1_1_t1 upd_1_1_1_t1_c8 1 loss_s0_0_1_t1_c15 -0.5
    w_1_1_1_t1 loss_s0_0_1_t1_c16 -0.5 loss_s0_1_0_t1_c21 0.5
    w_1_1_1_t1 loss_s0_1_0_t1_c22 0.5 loss_s0_1_2_t1_c24 0.5
    w_1_1_1_t1 loss_s0_1_2_t1_c25 0.5 loss_s0_2_1_t1_c27 -0.5
    w_1_1_1_t1 loss_s0_2_1_t1_c28 -0.5 loss_s1_1_0_t1_c30 1.5
    w_1_1_1_t1 loss_s1_1_0_t1_c31 1.5 loss_s1_1_2_t1_c33 1.5
    w_1_1_1_t1 loss_s1_1_2_t1_c34 1.5 loss_s1_0_1_t1_c36 -1.5
    w_1_1_1_t1 loss_s1_0_1_t1_c37 -1.5 loss_s1_2_1_t1_c45 -1.5
    w_1_1_1_t1 loss_s1_2_1_t1_c46 -1.5 loss_s2_2_1_t1_c51 0.5
    w_1_1_1_t1 loss_s2_2_1_t1_c52 0.5 loss_s2_0_1_t1_c54 0.5
    w_1_1_1_t1 loss_s2_0_1_t1_c55 0.5 loss_s2_1_0_t1_c60 -0.5
    w_1_1_1_t1 loss_s2_1_0_t1_c61 -0.5 loss_s2_1_2_t1_c63 -0.5
    w_1_1_1_t1 loss_s2_1_2_t1_c64 -0.5 loss_s3_0_1_t1_c66 0.25
    w_1_1_1_t1 loss_s3_0_1_t1_c67 0.25 loss_s3_1_2_t1_c72 -0.25
    w_1_1_1_t1 loss_s3_1_2_t1_c73 -0.25 loss_s3_2_1_t1_c75 0.25
    w_1_1_1_t1 loss_s3_2_1_t1_c76 0.25 upd_1_1_1_t2_c80 -1
    w_1_2_0_t1 upd_1_2_0_t1_c9 1 loss_s0_0_2_t1_c18 -1
    w_1_2_0_t1 loss_s0_0_2_t1_c19 -1 loss_s0_1_2_t1_c24 -1
    w_1_2_0_t1 loss_s0_1_2_t1_c25 -1 loss_s0_2_1_t1_c27 1
    w_1_2_0_t1 loss_s0_2_1_t1_c28 1 loss_s1_1_2_t1_c33 -0.25
    w_1_2_0_t1 loss_s1_1_2_t1_c34 -0.25 loss_s1_0_2_t1_c39 -0.25
    w_1_2_0_t1 loss_s1_0_2_t1_c40 -0.25 loss_s1_2_0_t1_c42 0.25
    w_1_2_0_t1 loss_s1_2_0_t1_c43 0.25 loss_s1_2_1_t1_c45 0.25
    w_1_2_0_t1 loss_s1_2_1_t1_c46 0.25 loss_s2_2_0_t1_c48 -1.25
    w_1_2_0_t1 loss_s2_2_0_t1_c49 -1.25 loss_s2_2_1_t1_c51 -1.25
    w_1_2_0_t1 loss_s2_2_1_t1_c52 -1.25 loss_s2_0_2_t1_c57 1.25
    w_1_2_0_t1 loss_s2_0_2_t1_c58 1.25 loss_s2_1_2_t1_c63 1.25
    w_1_2_0_t1 loss_s2_1_2_t1_c64 1.25 loss_s3_0_2_t1_c69 -0.75
    w_1_2_0_t1 loss_s3_0_2_t1_c70 -0.75 loss_s3_1_2_t1_c72 -0.75
    w_1_2_0_t1 loss_s3_1_2_t1_c73 -0.75 loss_s3_2_1_t1_c75 0.75
    w_1_2_0_t1 loss_s3_2_1_t1_c76 0.75 upd_1_2_0_t2_c81 -1
    w_1_2_1_t1 upd_1_2_1_t1_c10 1 loss_s0_0_2_t1_c18 -0.5
    w_1_2_1_t1 loss_s0_0_2_t1_c19 -0.5 loss_s0_1_2_t1_c24 -0.5
    w_1_2_1_t1 loss_s0_1_2_t1_c25 -0.5 loss_s0_2_1_t1_c27 0.5
    w_1_2_1_t1 loss_s0_2_1_t1_c28 0.5 loss_s1_1_2_t1_c33 -1.5
    w_1_2_1_t1 loss_s1_1_2_t1_c34 -1.5 loss_s1_0_2_t1_c39 -1.5
    w_1_2_1_t1 loss_s1_0_2_t1_c40 -1.5 loss_s1_2_0_t1_c42 1.5
    w_1_2_1_t1 loss_s1_2_0_t1_c43 1.5 loss_s1_2_1_t1_c45 1.5
    w_1_2_1_t1 loss_s1_2_1_t1_c46 1.5 loss_s2_2_0_t1_c48 -0.5
    w_1_2_1_t1 loss_s2_2_0_t1_c49 -0.5 loss_s2_2_1_t1_c51 -0.5
    w_1_2_1_t1 loss_s2_2_1_t1_c52 -0.5 loss_s2_0_2_t1_c57 0.5
    w_1_2_1_t1 loss_s2_0_2_t1_c58 0.5 loss_s2_1_2_t1_c63 0.5
    w_1_2_1_t1 loss_s2_1_2_t1_c64 0.5 loss_s3_0_2_t1_c69 0.25
    w_1_2_1_t1 loss_s3_0_2_t1_c70 0.25 loss_s3_1_2_t1_c72 0.25
    w_1_2_1_t1 loss_s3_1_2_t1_c73 0.25 loss_s3_2_1_t1_c75 -0.25
    w_1_2_1_t1 loss_s3_2_1_t1_c76 -0.25 upd_1_2_1_t2_c82 -1
    b_1_0_t1 upd_1_0_0_t1_c11 1 loss_s0_0_1_t1_c15 1
    b_1_0_t1 loss_s0_0_1_t1_c16 1 loss_s0_0_2_t1_c18 1
    b_1_0_t1 loss_s0_0_2_t1_c19 1 loss_s0_1_0_t1_c21 -1
    b_1_0_t1 loss_s0_1_0_t1_c22 -1 loss_s1_1_0_t1_c30 -1
    b_1_0_t1 loss_s1_1_0_t1_c31 -1 loss_s1_0_1_t1_c36 1
    b_1_0_t1 loss_s1_0_1_t1_c37 1 loss_s1_0_2_t1_c39 1
    b_1_0_t1 loss_s1_0_2_t1_c40 1 loss_s1_2_0_t1_c42 -1
    b_1_0_t1 loss_s1_2_0_t1_c43 -1 loss_s2_2_0_t1_c48 -1
    b_1_0_t1 loss_s2_2_0_t1_c49 -1 loss_s2_0_1_t1_c54 1
    b_1_0_t1 loss_s2_0_1_t1_c55 1 loss_s2_0_2_t1_c57 1
    b_1_0_t1 loss_s2_0_2_t1_c58 1 loss_s2_1_0_t1_c60 -1
    b_1_0_t1 loss_s2_1_0_t1_c61 -1 loss_s3_0_1_t1_c66 1
    b_1_0_t1 loss_s3_0_1_t1_c67 1 loss_s3_0_2_t1_c69 1
    b_1_0_t1 loss_s3_0_2_t1_c70 1 upd_1_0_0_t2_c83 -1
    b_1_1_t1 upd_1_1_0_t1_c12 1 loss_s0_0_1_t1_c15 -1
    b_1_1_t1 loss_s0_0_1_t1_c16 -1 loss_s0_1_0_t1_c21 1
    b_1_1_t1 loss_s0_1_0_t1_c22 1 loss_s0_1_2_t1_c24 1
    b_1_1_t1 loss_s0_1_2_t1_c25 1 loss_s0_2_1_t1_c27 -1
    b_1_1_t1 loss_s0_2_1_t1_c28 -1 loss_s1_1_0_t1_c30 1
    b_1_1_t1 loss_s1_1_0_t1_c31 1 loss_s1_1_2_t1_c33 1
    b_1_1_t1 loss_s1_1_2_t1_c34 1 loss_s1_0_1_t1_c36 -1
    b_1_1_t1 loss_s1_0_1_t1_c37 -1 loss_s1_2_1_t1_c45 -1
    b_1_1_t1 loss_s1_2_1_t1_c46 -1 loss_s2_2_1_t1_c51 -1
    b_1_1_t1 loss_s2_2_1_t1_c52 -1 loss_s2_0_1_t1_c54 -1
    b_1_1_t1 loss_s2_0_1_t1_c55 -1 loss_s2_1_0_t1_c60 1
    b_1_1_t1 loss_s2_1_0_t1_c61 1 loss_s2_1_2_t1_c63 1
    b_1_1_t1 loss_s2_1_2_t1_c64 1 loss_s3_0_1_t1_c66 -1
    b_1_1_t1 loss_s3_0_1_t1_c67 -1 loss_s3_1_2_t1_c72 1
    b_1_1_t1 loss_s3_1_2_t1_c73 1 loss_s3_2_1_t1_c75 -1
    b_1_1_t1 loss_s3_2_1_t1_c76 -1 upd_1_1_0_t2_c84 -1
    b_1_2_t1 upd_1_2_0_t1_c13 1 loss_s0_0_2_t1_c18 -1
    b_1_2_t1 loss_s0_0_2_t1_c19 -1 loss_s0_1_2_t1_c24 -1
    b_1_2_t1 loss_s0_1_2_t1_c25 -1 loss_s0_2_1_t1_c27 1
    b_1_2_t1 loss_s0_2_1_t1_c28 1 loss_s1_1_2_t1_c33 -1
    b_1_2_t1 loss_s1_1_2_t1_c34 -1 loss_s1_0_2_t1_c39 -1
    b_1_2_t1 loss_s1_0_2_t1_c40 -1 loss_s1_2_0_t1_c42 1
    b_1_2_t1 loss_s1_2_0_t1_c43 1 loss_s1_2_1_t1_c45 1
    b_1_2_t1 loss_s1_2_1_t1_c46 1 loss_s2_2_0_t1_c48 1
    b_1_2_t1 loss_s2_2_0_t1_c49 1 loss_s2_2_1_t1_c51 1
    b_1_2_t1 loss_s2_2_1_t1_c52 1 loss_s2_0_2_t1_c57 -1
    b_1_2_t1 loss_s2_0_2_t1_c58 -1 loss_s2_1_2_t1_c63 -1
    b_1_2_t1 loss_s2_1_2_t1_c64 -1 loss_s3_0_2_t1_c69 -1
    b_1_2_t1 loss_s3_0_2_t1_c70 -1 loss_s3_1_2_t1_c72 -1
    b_1_2_t1 loss_s3_1_2_t1_c73 -1 loss_s3_2_1_t1_c75 1
    b_1_2_t1 loss_s3_2_1_t1_c76 1 upd_1_2_0_t2_c85 -1
    MARKER2 'MARKER' 'INTORG'
    z_s0_0_1_t1 loss_s0_0_1_t1_c14 1 loss_s0_0_1_t1_c15 1.578125
    z_s0_0_1_t1 loss_s0_0_1_t1_c16 2.078125 upd_1_0_0_t2_c77 -0.125
    z_s0_0_1_t1 upd_1_0_1_t2_c78 -0.0625 upd_1_1_0_t2_c79 0.125
    z_s0_0_1_t1 upd_1_1_1_t2_c80 0.0625 upd_1_0_0_t2_c83 -0.125
    z_s0_0_1_t1 upd_1_1_0_t2_c84 0.125
    z_s0_0_2_t1 loss_s0_0_2_t1_c17 1 loss_s0_0_2_t1_c18 1.8125
    z_s0_0_2_t1 loss_s0_0_2_t1_c19 1.421875 upd_1_0_0_t2_c77 -0.125
    z_s0_0_2_t1 upd_1_0_1_t2_c78 -0.0625 upd_1_2_0_t2_c81 0.125
    z_s0_0_2_t1 upd_1_2_1_t2_c82 0.0625 upd_1_0_0_t2_c83 -0.125
    z_s0_0_2_t1 upd_1_2_0_t2_c85 0.125
    z_s0_1_0_t1 loss_s0_1_0_t1_c20 1 loss_s0_1_0_t1_c21 0.078125
    z_s0_1_0_t1 loss_s0_1_0_t1_c22 3.578125 upd_1_0_0_t2_c77 0.125
    z_s0_1_0_t1 upd_1_0_1_t2_c78 0.0625 upd_1_1_0_t2_c79 -0.125
    z_s0_1_0_t1 upd_1_1_1_t2_c80 -0.0625 upd_1_0_0_t2_c83 0.125
    z_s0_1_0_t1 upd_1_1_0_t2_c84 -0.125
    z_s0_1_2_t1 loss_s0_1_2_t1_c23 1 loss_s0_1_2_t1_c24 1.203125
    z_s0_1_2_t1 loss_s0_1_2_t1_c25 2.3125 upd_1_1_0_t2_c79 -0.125
    z_s0_1_2_t1 upd_1_1_1_t2_c80 -0.0625 upd_1_2_0_t2_c81 0.125
    z_s0_1_2_t1 upd_1_2_1_t2_c82 0.0625 upd_1_1_0_t2_c84 -0.125
    z_s0_1_2_t1 upd_1_2_0_t2_c85 0.125
    z_s0_2_1_t1 loss_s0_2_1_t1_c26 1 loss_s0_2_1_t1_c27 0.3125
    z_s0_2_1_t1 loss_s0_2_1_t1_c28 3.203125 upd_1_1_0_t2_c79 0.125
    z_s0_2_1_t1 upd_1_1_1_t2_c80 0.0625 upd_1_2_0_t2_c81 -0.125
    z_s0_2_1_t1 upd_1_2_1_t2_c82 -0.0625 upd_1_1_0_t2_c84 0.125
    z_s0_2_1_t1 upd_1_2_0_t2_c85 -0.125
    z_s1_1_0_t1 loss_s1_1_0_t1_c29 1 loss_s1_1_0_t1_c30 0.7109375
    z_s1_1_0_t1 loss_s1_1_0_t1_c31 3.390625 upd_1_0_0_t2_c77 0.03125
    z_s1_1_0_t1 upd_1_0_1_t2_c78 0.1875 upd_1_1_0_t2_c79 -0.03125
    z_s1_1_0_t1 upd_1_1_1_t2_c80 -0.1875 upd_1_0_0_t2_c83 0.125
    z_s1_1_0_t1 upd_1_1_0_t2_c84 -0.125
    z_s1_1_2_t1 loss_s1_1_2_t1_c32 1 loss_s1_1_2_t1_c33 1.53125
    z_s1_1_2_t1 loss_s1_1_2_t1_c34 2.40625 upd_1_1_0_t2_c79 -0.03125
    z_s1_1_2_t1 upd_1_1_1_t2_c80 -0.1875 upd_1_2_0_t2_c81 0.03125
    z_s1_1_2_t1 upd_1_2_1_t2_c82 0.1875 upd_1_1_0_t2_c84 -0.125
    z_s1_1_2_t1 upd_1_2_0_t2_c85 0.125
    z_s1_0_1_t1 loss_s1_0_1_t1_c35 1 loss_s1_0_1_t1_c36 1.390625
    z_s1_0_1_t1 loss_s1_0_1_t1_c37 2.7109375 upd_1_0_0_t2_c77 -0.03125
    z_s1_0_1_t1 upd_1_0_1_t2_c78 -0.1875 upd_1_1_0_t2_c79 0.03125
    z_s1_0_1_t1 upd_1_1_1_t2_c80 0.1875 upd_1_0_0_t2_c83 -0.125
    z_s1_0_1_t1 upd_1_1_0_t2_c84 0.125
    z_s1_0_2_t1 loss_s1_0_2_t1_c38 1 loss_s1_0_2_t1_c39 1.8359375
    z_s1_0_2_t1 loss_s1_0_2_t1_c40 2.03125 upd_1_0_0_t2_c77 -0.03125
    z_s1_0_2_t1 upd_1_0_1_t2_c78 -0.1875 upd_1_2_0_t2_c81 0.03125
    z_s1_0_2_t1 upd_1_2_1_t2_c82 0.1875 upd_1_0_0_t2_c83 -0.125
    z_s1_0_2_t1 upd_1_2_0_t2_c85 0.125
    z_s1_2_0_t1 loss_s1_2_0_t1_c41 1 loss_s1_2_0_t1_c42 0.03125
    z_s1_2_0_t1 loss_s1_2_0_t1_c43 3.8359375 upd_1_0_0_t2_c77 0.03125
    z_s1_2_0_t1 upd_1_0_1_t2_c78 0.1875 upd_1_2_0_t2_c81 -0.03125
    z_s1_2_0_t1 upd_1_2_1_t2_c82 -0.1875 upd_1_0_0_t2_c83 0.125
    z_s1_2_0_t1 upd_1_2_0_t2_c85 -0.125
    z_s1_2_1_t1 loss_s1_2_1_t1_c44 1 loss_s1_2_1_t1_c45 0.40625
    z_s1_2_1_t1 loss_s1_2_1_t1_c46 3.53125 upd_1_1_0_t2_c79 0.03125
    z_s1_2_1_t1 upd_1_1_1_t2_c80 0.1875 upd_1_2_0_t2_c81 -0.03125
    z_s1_2_1_t1 upd_1_2_1_t2_c82 -0.1875 upd_1_1_0_t2_c84 0.125
    z_s1_2_1_t1 upd_1_2_0_t2_c85 -0.125
    z_s2_2_0_t1 loss_s2_2_0_t1_c47 1 loss_s2_2_0_t1_c48 1.3671875
    z_s2_2_0_t1 loss_s2_2_0_t1_c49 2.125 upd_1_0_0_t2_c77 -0.15625
    z_s2_2_0_t1 upd_1_0_1_t2_c78 -0.0625 upd_1_2_0_t2_c81 0.15625
    z_s2_2_0_t1 upd_1_2_1_t2_c82 0.0625 upd_1_0_0_t2_c83 0.125
    z_s2_2_0_t1 upd_1_2_0_t2_c85 -0.125
    z_s2_2_1_t1 loss_s2_2_1_t1_c50 1 loss_s2_2_1_t1_c51 1.4375
    z_s2_2_1_t1 loss_s2_2_1_t1_c52 2.40625 upd_1_1_0_t2_c79 -0.15625
    z_s2_2_1_t1 upd_1_1_1_t2_c80 -0.0625 upd_1_2_0_t2_c81 0.15625
    z_s2_2_1_t1 upd_1_2_1_t2_c82 0.0625 upd_1_1_0_t2_c84 0.125
    z_s2_2_1_t1 upd_1_2_0_t2_c85 -0.125
    z_s2_0_1_t1 loss_s2_0_1_t1_c53 1 loss_s2_0_1_t1_c54 0.8984375
    z_s2_0_1_t1 loss_s2_0_1_t1_c55 3.109375 upd_1_0_0_t2_c77 0.15625
    z_s2_0_1_t1 upd_1_0_1_t2_c78 0.0625 upd_1_1_0_t2_c79 -0.15625
    z_s2_0_1_t1 upd_1_1_1_t2_c80 -0.0625 upd_1_0_0_t2_c83 -0.125
    z_s2_0_1_t1 upd_1_1_0_t2_c84 0.125
    z_s2_0_2_t1 loss_s2_0_2_t1_c56 1 loss_s2_0_2_t1_c57 0.125
    z_s2_0_2_t1 loss_s2_0_2_t1_c58 3.3671875 upd_1_0_0_t2_c77 0.15625
    z_s2_0_2_t1 upd_1_0_1_t2_c78 0.0625 upd_1_2_0_t2_c81 -0.15625
    z_s2_0_2_t1 upd_1_2_1_t2_c82 -0.0625 upd_1_0_0_t2_c83 -0.125
    z_s2_0_2_t1 upd_1_2_0_t2_c85 0.125
    z_s2_1_0_t1 loss_s2_1_0_t1_c59 1 loss_s2_1_0_t1_c60 1.109375
    z_s2_1_0_t1 loss_s2_1_0_t1_c61 2.8984375 upd_1_0_0_t2_c77 -0.15625
    z_s2_1_0_t1 upd_1_0_1_t2_c78 -0.0625 upd_1_1_0_t2_c79 0.15625
    z_s2_1_0_t1 upd_1_1_1_t2_c80 0.0625 upd_1_0_0_t2_c83 0.125
    z_s2_1_0_t1 upd_1_1_0_t2_c84 -0.125
    z_s2_1_2_t1 loss_s2_1_2_t1_c62 1 loss_s2_1_2_t1_c63 0.40625
    z_s2_1_2_t1 loss_s2_1_2_t1_c64 3.4375 upd_1_1_0_t2_c79 0.15625
    z_s2_1_2_t1 upd_1_1_1_t2_c80 0.0625 upd_1_2_0_t2_c81 -0.15625
    z_s2_1_2_t1 upd_1_2_1_t2_c82 -0.0625 upd_1_1_0_t2_c84 -0.125
    z_s2_1_2_t1 upd_1_2_0_t2_c85 0.125
    z_s3_0_1_t1 loss_s3_0_1_t1_c65 1 loss_s3_0_1_t1_c66 1.1796875
    z_s3_0_1_t1 loss_s3_0_1_t1_c67 1.75 upd_1_0_0_t2_c77 -0.09375
    z_s3_0_1_t1 upd_1_0_1_t2_c78 0.03125 upd_1_1_0_t2_c79 0.09375
    z_s3_0_1_t1 upd_1_1_1_t2_c80 -0.03125 upd_1_0_0_t2_c83 -0.125
    z_s3_0_1_t1 upd_1_1_0_t2_c84 0.125
    z_s3_0_2_t1 loss_s3_0_2_t1_c68 1 loss_s3_0_2_t1_c69 1.15625
    z_s3_0_2_t1 loss_s3_0_2_t1_c70 1.46875 upd_1_0_0_t2_c77 -0.09375
    z_s3_0_2_t1 upd_1_0_1_t2_c78 0.03125 upd_1_2_0_t2_c81 0.09375
    z_s3_0_2_t1 upd_1_2_1_t2_c82 -0.03125 upd_1_0_0_t2_c83 -0.125
    z_s3_0_2_t1 upd_1_2_0_t2_c85 0.125
    z_s3_1_2_t1 loss_s3_1_2_t1_c71 1 loss_s3_1_2_t1_c72 0.546875
    z_s3_1_2_t1 loss_s3_1_2_t1_c73 2.2890625 upd_1_1_0_t2_c79 -0.09375
    z_s3_1_2_t1 upd_1_1_1_t2_c80 0.03125 upd_1_2_0_t2_c81 0.09375
    z_s3_1_2_t1 upd_1_2_1_t2_c82 -0.03125 upd_1_1_0_t2_c84 -0.125
    z_s3_1_2_t1 upd_1_2_0_t2_c85 0.125
    z_s3_2_1_t1 loss_s3_2_1_t1_c74 1 loss_s3_2_1_t1_c75 0.2890625
    z_s3_2_1_t1 loss_s3_2_1_t1_c76 2.546875 upd_1_1_0_t2_c79 0.09375
    z_s3_2_1_t1 upd_1_1_1_t2_c80 -0.03125 upd_1_2_0_t2_c81 -0.09375
    z_s3_2_1_t1 upd_1_2_1_t2_c82 0.03125 upd_1_1_0_t2_c84 0.125
    z_s3_2_1_t1 upd_1_2_0_t2_c85 -0.125
    MARKER3 'MARKER' 'INTEND'
    w_1_0_0_t2 upd_1_0_0_t2_c77 1 def_0_0_s0_c86 -0.75
    w_1_0_0_t2 def_0_1_s0_c87 -0.75
    w_1_0_1_t2 upd_1_0_1_t2_c78 1 def_0_0_s0_c86 -0.25
    w_1_0_1_t2 def_0_1_s0_c87 -0.25
    w_1_1_0_t2 upd_1_1_0_t2_c79 1 def_0_0_s0_c86 0.75
    w_1_1_1_t2 upd_1_1_1_t2_c80 1 def_0_0_s0_c86 0.25
    w_1_2_0_t2 upd_1_2_0_t2_c81 1 def_0_1_s0_c87 0.75
    w_1_2_1_t2 upd_1_2_1_t2_c82 1 def_0_1_s0_c87 0.25
    b_1_0_t2 upd_1_0_0_t2_c83 1 def_0_0_s0_c86 -1
    b_1_0_t2 def_0_1_s0_c87 -1
    b_1_1_t2 upd_1_1_0_t2_c84 1 def_0_0_s0_c86 1
    b_1_2_t2 upd_1_2_0_t2_c85 1 def_0_1_s0_c87 1
    c_0 def_0_0_s0_c86 1 goal_s0_0_c88 -1
    c_1 def_0_1_s0_c87 1 goal_s0_1_c89 -1
    worst objective 1 goal_s0_0_c88 1
    worst goal_s0_1_c89 1
    MARKER4 'MARKER' 'INTORG'
    o_s0_0 goal_s0_0_c88 -7 goal_s0_0_c90 1
    o_s0_1 goal_s0_1_c89 -7.2109375 goal_s0_0_c90 1
    MARKER5 'MARKER' 'INTEND'
    fp objective 0
RHS
    RHS onelabel_s0_c0 1
    RHS onelabel_s1_c1 1
    RHS onelabel_s2_c2 1
    RHS onelabel_s3_c3 1
    RHS budget_c4 1
    RHS upd_1_0_0_t1_c5 0.5625
    RHS upd_1_0_1_t1_c6 -0.0625
    RHS upd_1_1_1_t1_c8 0.40625
    RHS upd_1_2_0_t1_c9 -0.5625
    RHS upd_1_2_1_t1_c10 -0.34375
    RHS upd_1_0_0_t1_c11 0.25
    RHS upd_1_1_0_t1_c12 -0.125
    RHS upd_1_2_0_t1_c13 -0.125
    RHS loss_s0_0_1_t1_c14 1
    RHS loss_s0_0_1_t1_c15 2.578125
    RHS loss_s0_0_1_t1_c16 1
    RHS loss_s0_0_2_t1_c17 1
    RHS loss_s0_0_2_t1_c18 2.8125
    RHS loss_s0_0_2_t1_c19 1
    RHS loss_s0_1_0_t1_c21 1.078125
    RHS loss_s0_1_0_t1_c22 -2.578125
    RHS loss_s0_1_2_t1_c24 2.203125
    RHS loss_s0_1_2_t1_c25 -1.3125
    RHS loss_s0_2_1_t1_c27 1.3125
    RHS loss_s0_2_1_t1_c28 -2.203125
    RHS loss_s1_1_0_t1_c29 1
    RHS loss_s1_1_0_t1_c30 1.7109375
    RHS loss_s1_1_0_t1_c31 1
    RHS loss_s1_1_2_t1_c32 1
    RHS loss_s1_1_2_t1_c33 2.53125
    RHS loss_s1_1_2_t1_c34 1
    RHS loss_s1_0_1_t1_c36 2.390625
    RHS loss_s1_0_1_t1_c37 -1.7109375
    RHS loss_s1_0_2_t1_c39 2.8359375
    RHS loss_s1_0_2_t1_c40 -1.03125
    RHS loss_s1_2_0_t1_c42 1.03125
    RHS loss_s1_2_0_t1_c43 -2.8359375
    RHS loss_s1_2_1_t1_c45 1.40625
    RHS loss_s1_2_1_t1_c46 -2.53125
    RHS loss_s2_2_0_t1_c47 1
    RHS loss_s2_2_0_t1_c48 2.3671875
    RHS loss_s2_2_0_t1_c49 1
    RHS loss_s2_2_1_t1_c50 1
    RHS loss_s2_2_1_t1_c51 2.4375
    RHS loss_s2_2_1_t1_c52 1
    RHS loss_s2_0_1_t1_c54 1.8984375
    RHS loss_s2_0_1_t1_c55 -2.109375
    RHS loss_s2_0_2_t1_c57 1.125
    RHS loss_s2_0_2_t1_c58 -2.3671875
    RHS loss_s2_1_0_t1_c60 2.109375
    RHS loss_s2_1_0_t1_c61 -1.8984375
    RHS loss_s2_1_2_t1_c63 1.40625
    RHS loss_s2_1_2_t1_c64 -2.4375
    RHS loss_s3_0_1_t1_c65 1
    RHS loss_s3_0_1_t1_c66 2.1796875
    RHS loss_s3_0_1_t1_c67 1
    RHS loss_s3_0_2_t1_c68 1
    RHS loss_s3_0_2_t1_c69 2.15625
    RHS loss_s3_0_2_t1_c70 1
    RHS loss_s3_1_2_t1_c72 1.546875
    RHS loss_s3_1_2_t1_c73 -1.2890625
    RHS loss_s3_2_1_t1_c75 1.2890625
    RHS loss_s3_2_1_t1_c76 -1.546875
    RHS goal_s0_0_c88 -7
    RHS goal_s0_1_c89 -7.2109375
    RHS goal_s0_0_c90 1
BOUNDS
 BV BND l_s0_1
 BV BND l_s0_2
 BV BND l_s1_0
 BV BND l_s1_2
 BV BND l_s2_0
 BV BND l_s2_1
 BV BND l_s3_1
 BV BND l_s3_2
 LO BND w_1_0_0_t1 0.09375
 UP BND w_1_0_0_t1 0.65625
 LO BND w_1_0_1_t1 -0.25
 UP BND w_1_0_1_t1 0.5
 LO BND w_1_1_0_t1 -0.46875
 UP BND w_1_1_0_t1 0.375
 LO BND w_1_1_1_t1 -0.15625
 UP BND w_1_1_1_t1 0.59375
 LO BND w_1_2_0_t1 -0.5625
 UP BND w_1_2_0_t1 -0.09375
 LO BND w_1_2_1_t1 -0.4375
 UP BND w_1_2_1_t1 0.21875
 LO BND b_1_0_t1 -0.125
 UP BND b_1_0_t1 0.625
 LO BND b_1_1_t1 -0.5
 UP BND b_1_1_t1 0.25
 LO BND b_1_2_t1 -0.5
 UP BND b_1_2_t1 0.25
 BV BND z_s0_0_1_t1
 BV BND z_s0_0_2_t1
 BV BND z_s0_1_0_t1
 BV BND z_s0_1_2_t1
 BV BND z_s0_2_1_t1
 BV BND z_s1_1_0_t1
 BV BND z_s1_1_2_t1
 BV BND z_s1_0_1_t1
 BV BND z_s1_0_2_t1
 BV BND z_s1_2_0_t1
 BV BND z_s1_2_1_t1
 BV BND z_s2_2_0_t1
 BV BND z_s2_2_1_t1
 BV BND z_s2_0_1_t1
 BV BND z_s2_0_2_t1
 BV BND z_s2_1_0_t1
 BV BND z_s2_1_2_t1
 BV BND z_s3_0_1_t1
 BV BND z_s3_0_2_t1
 BV BND z_s3_1_2_t1
 BV BND z_s3_2_1_t1
 LO BND w_1_0_0_t2 -0.25
 UP BND w_1_0_0_t2 1.3125
 LO BND w_1_0_1_t2 -0.625
 UP BND w_1_0_1_t2 1.0625
 LO BND w_1_1_0_t2 -1
 UP BND w_1_1_0_t2 0.84375
 LO BND w_1_1_1_t2 -0.40625
 UP BND w_1_1_1_t2 1.1875
 LO BND w_1_2_0_t2 -1.125
 UP BND w_1_2_0_t2 0.15625
 LO BND w_1_2_1_t2 -0.875
 UP BND w_1_2_1_t2 0.625
 LO BND b_1_0_t2 -0.5
 UP BND b_1_0_t2 1.375
 LO BND b_1_1_t2 -1
 UP BND b_1_1_t2 0.75
 LO BND b_1_2_t2 -1
 UP BND b_1_2_t2 0.75
 LO BND c_0 -2.5234375
 UP BND c_0 4.4765625
 LO BND c_1 -1.8671875
 UP BND c_1 4.6875
 LO BND worst -2.5234375
 UP BND worst 4.4765625
 BV BND o_s0_0
 BV BND o_s0_1
 FX BND fp 406264
ENDATA
