NAME model FREE
ROWS
 N  obj
 L  budget_c0
 E  def_1_0_s0_t0_c1
 E  def_1_1_s0_t0_c2
 E  def_1_0_s1_t0_c3
 E  def_1_1_s1_t0_c4
 E  def_1_0_s2_t0_c5
 E  def_1_1_s2_t0_c6
 E  def_1_0_s3_t0_c7
 E  def_1_1_s3_t0_c8
 E  upd_1_0_0_t1_c9
 E  upd_1_0_1_t1_c10
 E  upd_1_1_0_t1_c11
 E  upd_1_1_1_t1_c12
 E  upd_1_0_0_t1_c13
 E  upd_1_1_0_t1_c14
 E  upd_2_0_0_t1_c15
 E  upd_2_0_1_t1_c16
 E  upd_2_0_0_t1_c17
 E  fwd_1_1_s0_t1_c18
 G  relu_1_1_s0_t1_c19
 L  relu_1_1_s0_t1_c20
 L  relu_1_1_s0_t1_c21
 G  relu_1_1_s0_t1_c22
 L  relu_1_1_s0_t1_c23
 E  def_0_0_s0_c24
 E  def_0_0_s0_t1_c27
 L  loss_s0_0_0_t1_c28
 L  loss_s0_0_0_t1_c29
 G  loss_s0_0_0_t1_c30
 E  def_0_3_s0_c31
 G  bprod_4_c32
 L  bprod_4_c33
 G  bprod_4_c34
 L  bprod_4_c35
 G  bprod_5_c36
 L  bprod_5_c37
 G  bprod_5_c38
 L  bprod_5_c39
 G  bprod_6_c40
 L  bprod_6_c41
 G  bprod_6_c42
 L  bprod_6_c43
 G  bprod_7_c44
 L  bprod_7_c45
 G  bprod_7_c46
 L  bprod_7_c47
 G  bprod_8_c48
 L  bprod_8_c49
 G  bprod_8_c50
 L  bprod_8_c51
 G  bprod_9_c52
 L  bprod_9_c53
 G  bprod_9_c54
 L  bprod_9_c55
 E  def_1_0_s0_t1_c56
 G  bprod_10_c57
 L  bprod_10_c58
 G  bprod_10_c59
 L  bprod_10_c60
 G  bprod_11_c61
 L  bprod_11_c62
 G  bprod_11_c63
 L  bprod_11_c64
 E  def_1_1_s0_t1_c65
 G  bprod_12_c66
 L  bprod_12_c67
 G  bprod_12_c68
 L  bprod_12_c69
 E  def_0_13_s0_c70
 E  def_0_0_s1_t1_c72
 L  loss_s1_0_0_t1_c73
 L  loss_s1_0_0_t1_c74
 G  loss_s1_0_0_t1_c75
 E  def_0_15_s0_c76
 G  bprod_16_c77
 L  bprod_16_c78
 G  bprod_16_c79
 L  bprod_16_c80
 G  bprod_17_c81
 L  bprod_17_c82
 G  bprod_17_c83
 L  bprod_17_c84
 G  bprod_18_c85
 L  bprod_18_c86
 G  bprod_18_c87
 L  bprod_18_c88
 G  bprod_19_c89
 L  bprod_19_c90
 G  bprod_19_c91
 L  bprod_19_c92
 E  def_1_0_s1_t1_c93
 G  bprod_20_c94
 L  bprod_20_c95
 G  bprod_20_c96
 L  bprod_20_c97
 G  bprod_21_c98
 L  bprod_21_c99
 G  bprod_21_c100
 L  bprod_21_c101
 E  def_1_1_s1_t1_c102
 E  def_0_22_s0_c103
 E  def_0_0_s2_t1_c105
 L  loss_s2_0_0_t1_c106
 L  loss_s2_0_0_t1_c107
 G  loss_s2_0_0_t1_c108
 E  def_0_24_s0_c109
 G  bprod_25_c110
 L  bprod_25_c111
 G  bprod_25_c112
 L  bprod_25_c113
 G  bprod_26_c114
 L  bprod_26_c115
 G  bprod_26_c116
 L  bprod_26_c117
 G  bprod_27_c118
 L  bprod_27_c119
 G  bprod_27_c120
 L  bprod_27_c121
 G  bprod_28_c122
 L  bprod_28_c123
 G  bprod_28_c124
 L  bprod_28_c125
 E  def_1_0_s2_t1_c126
 G  bprod_29_c127
 L  bprod_29_c128
 G  bprod_29_c129
 L  bprod_29_c130
 G  bprod_30_c131
 L  bprod_30_c132
 G  bprod_30_c133
 L  bprod_30_c134
 E  def_1_1_s2_t1_c135
 E  def_0_31_s0_c136
 E  def_0_0_s3_t1_c138
 L  loss_s3_0_0_t1_c139
 L  loss_s3_0_0_t1_c140
 G  loss_s3_0_0_t1_c141
 E  def_0_33_s0_c142
 G  bprod_34_c143
 L  bprod_34_c144
 G  bprod_34_c145
 L  bprod_34_c146
 G  bprod_35_c147
 L  bprod_35_c148
 G  bprod_35_c149
 L  bprod_35_c150
 G  bprod_36_c151
 L  bprod_36_c152
 G  bprod_36_c153
 L  bprod_36_c154
 G  bprod_37_c155
 L  bprod_37_c156
 G  bprod_37_c157
 L  bprod_37_c158
 E  def_1_0_s3_t1_c159
 G  bprod_38_c160
 L  bprod_38_c161
 G  bprod_38_c162
 L  bprod_38_c163
 G  bprod_39_c164
 L  bprod_39_c165
 G  bprod_39_c166
 L  bprod_39_c167
 E  def_1_1_s3_t1_c168
 E  upd_1_0_0_t2_c169
 E  upd_1_0_1_t2_c170
 E  upd_1_1_0_t2_c171
 E  upd_1_1_1_t2_c172
 E  upd_1_0_0_t2_c173
 E  upd_1_1_0_t2_c174
 E  upd_2_0_0_t2_c175
 E  upd_2_0_1_t2_c176
 E  upd_2_0_0_t2_c177
 E  fwd_1_1_s0_c178
 G  relu_1_1_s0_c179
 L  relu_1_1_s0_c180
 L  relu_1_1_s0_c181
 G  relu_1_1_s0_c182
 L  relu_1_1_s0_c183
 E  def_0_40_s0_c184
 E  bilin_1_c25
 E  bilin_2_c26
 E  bilin_14_c71
 E  bilin_23_c104
 E  bilin_32_c137
 E  bilin_41_c185
 E  bilin_42_c186
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    r_s0  budget_c0  1  def_1_0_s0_t0_c1  -1
    r_s0  def_1_1_s0_t0_c2  1.5  upd_2_0_0_t1_c15  0.203125
    r_s0  upd_2_0_0_t1_c17  0.25  loss_s0_0_0_t1_c28  1
    r_s0  loss_s0_0_0_t1_c30  0.9068603515625  bprod_4_c32  -0.7265625
    r_s0  bprod_4_c33  -1.140625  bprod_4_c34  -1.140625
    r_s0  bprod_4_c35  -0.7265625  bprod_6_c41  -0.1875
    r_s0  bprod_6_c42  -0.1875  bprod_8_c48  -0.453125
    r_s0  bprod_8_c49  -0.75  bprod_8_c50  -0.75
    r_s0  bprod_8_c51  -0.453125  bprod_10_c57  0.92578125
    r_s0  bprod_10_c58  0.57421875  bprod_10_c59  0.57421875
    r_s0  bprod_10_c60  0.92578125  upd_2_0_0_t2_c177  0.125
    r_s1  budget_c0  1  def_1_0_s1_t0_c3  -1
    r_s1  def_1_1_s1_t0_c4  1.5  upd_2_0_0_t1_c15  0.296875
    r_s1  upd_2_0_0_t1_c17  0.25  loss_s1_0_0_t1_c73  1
    r_s1  loss_s1_0_0_t1_c75  0.5775146484375  bprod_16_c77  -1.0703125
    r_s1  bprod_16_c78  -1.5  bprod_16_c79  -1.5
    r_s1  bprod_16_c80  -1.0703125  bprod_18_c85  -0.453125
    r_s1  bprod_18_c86  -0.75  bprod_18_c87  -0.75
    r_s1  bprod_18_c88  -0.453125  bprod_20_c94  0.92578125
    r_s1  bprod_20_c95  0.57421875  bprod_20_c96  0.57421875
    r_s1  bprod_20_c97  0.92578125  upd_2_0_0_t2_c177  0.125
    r_s2  budget_c0  1  def_1_0_s2_t0_c5  1
    r_s2  def_1_1_s2_t0_c6  -1.5  upd_2_0_1_t1_c16  -0.3515625
    r_s2  upd_2_0_0_t1_c17  -0.25  loss_s2_0_0_t1_c106  1
    r_s2  loss_s2_0_0_t1_c108  0.8251495361328125  bprod_25_c110  -1.06640625
    r_s2  bprod_25_c111  -1.716796875  bprod_25_c112  -1.716796875
    r_s2  bprod_25_c113  -1.06640625  bprod_27_c118  -0.453125
    r_s2  bprod_27_c119  -0.75  bprod_27_c120  -0.75
    r_s2  bprod_27_c121  -0.453125  bprod_29_c127  0.92578125
    r_s2  bprod_29_c128  0.57421875  bprod_29_c129  0.57421875
    r_s2  bprod_29_c130  0.92578125  upd_2_0_0_t2_c177  -0.125
    r_s3  budget_c0  1  def_1_0_s3_t0_c7  0.5
    r_s3  def_1_1_s3_t0_c8  -0.75  upd_2_0_1_t1_c16  -0.2421875
    r_s3  upd_2_0_0_t1_c17  -0.125  loss_s3_0_0_t1_c139  1
    r_s3  loss_s3_0_0_t1_c141  0.540283203125  bprod_34_c143  -1.5625
    r_s3  bprod_34_c144  -2.107421875  bprod_34_c145  -2.107421875
    r_s3  bprod_34_c146  -1.5625  bprod_36_c151  -0.453125
    r_s3  bprod_36_c152  -0.75  bprod_36_c153  -0.75
    r_s3  bprod_36_c154  -0.453125  bprod_38_c160  0.92578125
    r_s3  bprod_38_c161  0.57421875  bprod_38_c162  0.57421875
    r_s3  bprod_38_c163  0.92578125  upd_2_0_0_t2_c177  -0.125
    MARKER1  'MARKER'  'INTEND'
    g_1_0_s0_t0  def_1_0_s0_t0_c1  1  upd_1_0_0_t1_c9  0.15625
    g_1_0_s0_t0  upd_1_0_1_t1_c10  0.0625  upd_1_0_0_t1_c13  0.125
    g_1_1_s0_t0  def_1_1_s0_t0_c2  1
    g_1_0_s1_t0  def_1_0_s1_t0_c3  1  upd_1_0_0_t1_c9  0.09375
    g_1_0_s1_t0  upd_1_0_1_t1_c10  -0.125  upd_1_0_0_t1_c13  0.125
    g_1_1_s1_t0  def_1_1_s1_t0_c4  1
    g_1_0_s2_t0  def_1_0_s2_t0_c5  1
    g_1_1_s2_t0  def_1_1_s2_t0_c6  1  upd_1_1_0_t1_c11  -0.1875
    g_1_1_s2_t0  upd_1_1_1_t1_c12  0.03125  upd_1_1_0_t1_c14  0.125
    g_1_0_s3_t0  def_1_0_s3_t0_c7  1
    g_1_1_s3_t0  def_1_1_s3_t0_c8  1  upd_1_1_0_t1_c11  -0.03125
    g_1_1_s3_t0  upd_1_1_1_t1_c12  0.21875  upd_1_1_0_t1_c14  0.125
    w_1_0_0_t1  upd_1_0_0_t1_c9  1  def_0_0_s0_c24  -1.25
    w_1_0_0_t1  def_0_3_s0_c31  -1.25  def_0_13_s0_c70  -0.75
    w_1_0_0_t1  def_0_15_s0_c76  -0.75  upd_1_0_0_t2_c169  -1
    w_1_0_1_t1  upd_1_0_1_t1_c10  1  def_0_0_s0_c24  -0.5
    w_1_0_1_t1  def_0_3_s0_c31  -0.5  def_0_13_s0_c70  1
    w_1_0_1_t1  def_0_15_s0_c76  1  upd_1_0_1_t2_c170  -1
    w_1_1_0_t1  upd_1_1_0_t1_c11  1  fwd_1_1_s0_t1_c18  -1.25
    w_1_1_0_t1  def_0_22_s0_c103  1.5  def_0_24_s0_c109  1.5
    w_1_1_0_t1  def_0_31_s0_c136  0.25  def_0_33_s0_c142  0.25
    w_1_1_0_t1  upd_1_1_0_t2_c171  -1
    w_1_1_1_t1  upd_1_1_1_t1_c12  1  fwd_1_1_s0_t1_c18  -0.5
    w_1_1_1_t1  def_0_22_s0_c103  -0.25  def_0_24_s0_c109  -0.25
    w_1_1_1_t1  def_0_31_s0_c136  -1.75  def_0_33_s0_c142  -1.75
    w_1_1_1_t1  upd_1_1_1_t2_c172  -1
    b_1_0_t1  upd_1_0_0_t1_c13  1  def_0_0_s0_c24  -1
    b_1_0_t1  def_0_3_s0_c31  -1  def_0_13_s0_c70  -1
    b_1_0_t1  def_0_15_s0_c76  -1  upd_1_0_0_t2_c173  -1
    b_1_1_t1  upd_1_1_0_t1_c14  1  fwd_1_1_s0_t1_c18  -1
    b_1_1_t1  def_0_22_s0_c103  -1  def_0_24_s0_c109  -1
    b_1_1_t1  def_0_31_s0_c136  -1  def_0_33_s0_c142  -1
    b_1_1_t1  upd_1_1_0_t2_c174  -1
    w_2_0_0_t1  upd_2_0_0_t1_c15  1  bprod_8_c50  -1
    w_2_0_0_t1  bprod_8_c51  -1  bprod_9_c54  -1
    w_2_0_0_t1  bprod_9_c55  -1  bprod_18_c87  -1
    w_2_0_0_t1  bprod_18_c88  -1  bprod_19_c91  -1
    w_2_0_0_t1  bprod_19_c92  -1  bprod_27_c120  -1
    w_2_0_0_t1  bprod_27_c121  -1  bprod_28_c124  -1
    w_2_0_0_t1  bprod_28_c125  -1  bprod_36_c153  -1
    w_2_0_0_t1  bprod_36_c154  -1  bprod_37_c157  -1
    w_2_0_0_t1  bprod_37_c158  -1  upd_2_0_0_t2_c175  -1
    w_2_0_1_t1  upd_2_0_1_t1_c16  1  bprod_10_c59  -1
    w_2_0_1_t1  bprod_10_c60  -1  bprod_11_c63  -1
    w_2_0_1_t1  bprod_11_c64  -1  bprod_20_c96  -1
    w_2_0_1_t1  bprod_20_c97  -1  bprod_21_c100  -1
    w_2_0_1_t1  bprod_21_c101  -1  bprod_29_c129  -1
    w_2_0_1_t1  bprod_29_c130  -1  bprod_30_c133  -1
    w_2_0_1_t1  bprod_30_c134  -1  bprod_38_c162  -1
    w_2_0_1_t1  bprod_38_c163  -1  bprod_39_c166  -1
    w_2_0_1_t1  bprod_39_c167  -1  upd_2_0_1_t2_c176  -1
    b_2_0_t1  upd_2_0_0_t1_c17  1  def_0_0_s0_t1_c27  -1
    b_2_0_t1  def_0_0_s1_t1_c72  -1  def_0_0_s2_t1_c105  -1
    b_2_0_t1  def_0_0_s3_t1_c138  -1  upd_2_0_0_t2_c177  -1
    a_1_1_s0_t1  fwd_1_1_s0_t1_c18  1  relu_1_1_s0_t1_c19  -1
    a_1_1_s0_t1  relu_1_1_s0_t1_c20  -1  relu_1_1_s0_t1_c22  1
    a_1_1_s0_t1  relu_1_1_s0_t1_c23  1
    MARKER2  'MARKER'  'INTORG'
    d_1_1_s0_t1  relu_1_1_s0_t1_c20  0.43359375  relu_1_1_s0_t1_c21  -0.1875
    d_1_1_s0_t1  relu_1_1_s0_t1_c22  -0.43359375  relu_1_1_s0_t1_c23  -0.1875
    d_1_1_s0_t1  bprod_12_c66  0.92578125  bprod_12_c67  -0.92578125
    d_1_1_s0_t1  bprod_12_c68  -0.92578125  bprod_12_c69  0.92578125
    MARKER3  'MARKER'  'INTEND'
    h_1_1_s0_t1  relu_1_1_s0_t1_c19  1  relu_1_1_s0_t1_c20  1
    h_1_1_s0_t1  relu_1_1_s0_t1_c21  1  bprod_6_c42  -1
    h_1_1_s0_t1  bprod_6_c43  -1  bprod_7_c46  -1
    h_1_1_s0_t1  bprod_7_c47  -1
    c_0  def_0_0_s0_c24  1
    p_1  bilin_1_c25  1  def_0_0_s0_t1_c27  -1
    p_2  bilin_2_c26  1  def_0_0_s0_t1_c27  -1
    f_0_s0_t1  def_0_0_s0_t1_c27  1  loss_s0_0_0_t1_c29  1
    f_0_s0_t1  loss_s0_0_0_t1_c30  1
    MARKER4  'MARKER'  'INTORG'
    u_s0_0_t1  loss_s0_0_0_t1_c28  1  loss_s0_0_0_t1_c29  0.29296875
    u_s0_0_t1  loss_s0_0_0_t1_c30  0.9068603515625  bprod_5_c36  -0.7265625
    u_s0_0_t1  bprod_5_c37  -1.140625  bprod_5_c38  -1.140625
    u_s0_0_t1  bprod_5_c39  -0.7265625  bprod_7_c45  -0.1875
    u_s0_0_t1  bprod_7_c46  -0.1875  bprod_9_c52  -0.453125
    u_s0_0_t1  bprod_9_c53  -0.75  bprod_9_c54  -0.75
    u_s0_0_t1  bprod_9_c55  -0.453125  bprod_11_c61  0.92578125
    u_s0_0_t1  bprod_11_c62  0.57421875  bprod_11_c63  0.57421875
    u_s0_0_t1  bprod_11_c64  0.92578125  upd_2_0_0_t2_c177  -0.125
    MARKER5  'MARKER'  'INTEND'
    c_3  def_0_3_s0_c31  1  bprod_4_c34  -1
    c_3  bprod_4_c35  -1  bprod_5_c38  -1
    c_3  bprod_5_c39  -1
    p_4  bprod_4_c32  1  bprod_4_c33  1
    p_4  bprod_4_c34  1  bprod_4_c35  1
    p_4  upd_2_0_0_t2_c175  0.125
    p_5  bprod_5_c36  1  bprod_5_c37  1
    p_5  bprod_5_c38  1  bprod_5_c39  1
    p_5  upd_2_0_0_t2_c175  -0.125
    p_6  bprod_6_c40  1  bprod_6_c41  1
    p_6  bprod_6_c42  1  bprod_6_c43  1
    p_6  upd_2_0_1_t2_c176  0.125
    p_7  bprod_7_c44  1  bprod_7_c45  1
    p_7  bprod_7_c46  1  bprod_7_c47  1
    p_7  upd_2_0_1_t2_c176  -0.125
    p_8  bprod_8_c48  1  bprod_8_c49  1
    p_8  bprod_8_c50  1  bprod_8_c51  1
    p_8  def_1_0_s0_t1_c56  -1
    p_9  bprod_9_c52  1  bprod_9_c53  1
    p_9  bprod_9_c54  1  bprod_9_c55  1
    p_9  def_1_0_s0_t1_c56  1
    g_1_0_s0_t1  def_1_0_s0_t1_c56  1  upd_1_0_0_t2_c169  0.15625
    g_1_0_s0_t1  upd_1_0_1_t2_c170  0.0625  upd_1_0_0_t2_c173  0.125
    p_10  bprod_10_c57  1  bprod_10_c58  1
    p_10  bprod_10_c59  1  bprod_10_c60  1
    p_10  def_1_1_s0_t1_c65  -1
    p_11  bprod_11_c61  1  bprod_11_c62  1
    p_11  bprod_11_c63  1  bprod_11_c64  1
    p_11  def_1_1_s0_t1_c65  1
    g_1_1_s0_t1  def_1_1_s0_t1_c65  1  bprod_12_c68  -1
    g_1_1_s0_t1  bprod_12_c69  -1
    p_12  bprod_12_c66  1  bprod_12_c67  1
    p_12  bprod_12_c68  1  bprod_12_c69  1
    p_12  upd_1_1_0_t2_c171  0.15625  upd_1_1_1_t2_c172  0.0625
    p_12  upd_1_1_0_t2_c174  0.125
    c_13  def_0_13_s0_c70  1
    p_14  bilin_14_c71  1  def_0_0_s1_t1_c72  -1
    f_0_s1_t1  def_0_0_s1_t1_c72  1  loss_s1_0_0_t1_c74  1
    f_0_s1_t1  loss_s1_0_0_t1_c75  1
    MARKER6  'MARKER'  'INTORG'
    u_s1_0_t1  loss_s1_0_0_t1_c73  1  loss_s1_0_0_t1_c74  0.5625
    u_s1_0_t1  loss_s1_0_0_t1_c75  0.5775146484375  bprod_17_c81  -1.0703125
    u_s1_0_t1  bprod_17_c82  -1.5  bprod_17_c83  -1.5
    u_s1_0_t1  bprod_17_c84  -1.0703125  bprod_19_c89  -0.453125
    u_s1_0_t1  bprod_19_c90  -0.75  bprod_19_c91  -0.75
    u_s1_0_t1  bprod_19_c92  -0.453125  bprod_21_c98  0.92578125
    u_s1_0_t1  bprod_21_c99  0.57421875  bprod_21_c100  0.57421875
    u_s1_0_t1  bprod_21_c101  0.92578125  upd_2_0_0_t2_c177  -0.125
    MARKER7  'MARKER'  'INTEND'
    c_15  def_0_15_s0_c76  1  bprod_16_c79  -1
    c_15  bprod_16_c80  -1  bprod_17_c83  -1
    c_15  bprod_17_c84  -1
    p_16  bprod_16_c77  1  bprod_16_c78  1
    p_16  bprod_16_c79  1  bprod_16_c80  1
    p_16  upd_2_0_0_t2_c175  0.125
    p_17  bprod_17_c81  1  bprod_17_c82  1
    p_17  bprod_17_c83  1  bprod_17_c84  1
    p_17  upd_2_0_0_t2_c175  -0.125
    p_18  bprod_18_c85  1  bprod_18_c86  1
    p_18  bprod_18_c87  1  bprod_18_c88  1
    p_18  def_1_0_s1_t1_c93  -1
    p_19  bprod_19_c89  1  bprod_19_c90  1
    p_19  bprod_19_c91  1  bprod_19_c92  1
    p_19  def_1_0_s1_t1_c93  1
    g_1_0_s1_t1  def_1_0_s1_t1_c93  1  upd_1_0_0_t2_c169  0.09375
    g_1_0_s1_t1  upd_1_0_1_t2_c170  -0.125  upd_1_0_0_t2_c173  0.125
    p_20  bprod_20_c94  1  bprod_20_c95  1
    p_20  bprod_20_c96  1  bprod_20_c97  1
    p_20  def_1_1_s1_t1_c102  -1
    p_21  bprod_21_c98  1  bprod_21_c99  1
    p_21  bprod_21_c100  1  bprod_21_c101  1
    p_21  def_1_1_s1_t1_c102  1
    g_1_1_s1_t1  def_1_1_s1_t1_c102  1
    c_22  def_0_22_s0_c103  1
    p_23  bilin_23_c104  1  def_0_0_s2_t1_c105  -1
    f_0_s2_t1  def_0_0_s2_t1_c105  1  loss_s2_0_0_t1_c107  -1
    f_0_s2_t1  loss_s2_0_0_t1_c108  -1
    MARKER8  'MARKER'  'INTORG'
    u_s2_0_t1  loss_s2_0_0_t1_c106  1  loss_s2_0_0_t1_c107  0.6518783569335938
    u_s2_0_t1  loss_s2_0_0_t1_c108  0.8251495361328125  bprod_26_c114  -1.06640625
    u_s2_0_t1  bprod_26_c115  -1.716796875  bprod_26_c116  -1.716796875
    u_s2_0_t1  bprod_26_c117  -1.06640625  bprod_28_c122  -0.453125
    u_s2_0_t1  bprod_28_c123  -0.75  bprod_28_c124  -0.75
    u_s2_0_t1  bprod_28_c125  -0.453125  bprod_30_c131  0.92578125
    u_s2_0_t1  bprod_30_c132  0.57421875  bprod_30_c133  0.57421875
    u_s2_0_t1  bprod_30_c134  0.92578125  upd_2_0_0_t2_c177  0.125
    MARKER9  'MARKER'  'INTEND'
    c_24  def_0_24_s0_c109  1  bprod_25_c112  -1
    c_24  bprod_25_c113  -1  bprod_26_c116  -1
    c_24  bprod_26_c117  -1
    p_25  bprod_25_c110  1  bprod_25_c111  1
    p_25  bprod_25_c112  1  bprod_25_c113  1
    p_25  upd_2_0_1_t2_c176  -0.125
    p_26  bprod_26_c114  1  bprod_26_c115  1
    p_26  bprod_26_c116  1  bprod_26_c117  1
    p_26  upd_2_0_1_t2_c176  0.125
    p_27  bprod_27_c118  1  bprod_27_c119  1
    p_27  bprod_27_c120  1  bprod_27_c121  1
    p_27  def_1_0_s2_t1_c126  1
    p_28  bprod_28_c122  1  bprod_28_c123  1
    p_28  bprod_28_c124  1  bprod_28_c125  1
    p_28  def_1_0_s2_t1_c126  -1
    g_1_0_s2_t1  def_1_0_s2_t1_c126  1
    p_29  bprod_29_c127  1  bprod_29_c128  1
    p_29  bprod_29_c129  1  bprod_29_c130  1
    p_29  def_1_1_s2_t1_c135  1
    p_30  bprod_30_c131  1  bprod_30_c132  1
    p_30  bprod_30_c133  1  bprod_30_c134  1
    p_30  def_1_1_s2_t1_c135  -1
    g_1_1_s2_t1  def_1_1_s2_t1_c135  1  upd_1_1_0_t2_c171  -0.1875
    g_1_1_s2_t1  upd_1_1_1_t2_c172  0.03125  upd_1_1_0_t2_c174  0.125
    c_31  def_0_31_s0_c136  1
    p_32  bilin_32_c137  1  def_0_0_s3_t1_c138  -1
    f_0_s3_t1  def_0_0_s3_t1_c138  1  loss_s3_0_0_t1_c140  -1
    f_0_s3_t1  loss_s3_0_0_t1_c141  -1
    MARKER10  'MARKER'  'INTORG'
    u_s3_0_t1  loss_s3_0_0_t1_c139  1  loss_s3_0_0_t1_c140  1.0135116577148438
    u_s3_0_t1  loss_s3_0_0_t1_c141  0.540283203125  bprod_35_c147  -1.5625
    u_s3_0_t1  bprod_35_c148  -2.107421875  bprod_35_c149  -2.107421875
    u_s3_0_t1  bprod_35_c150  -1.5625  bprod_37_c155  -0.453125
    u_s3_0_t1  bprod_37_c156  -0.75  bprod_37_c157  -0.75
    u_s3_0_t1  bprod_37_c158  -0.453125  bprod_39_c164  0.92578125
    u_s3_0_t1  bprod_39_c165  0.57421875  bprod_39_c166  0.57421875
    u_s3_0_t1  bprod_39_c167  0.92578125  upd_2_0_0_t2_c177  0.125
    MARKER11  'MARKER'  'INTEND'
    c_33  def_0_33_s0_c142  1  bprod_34_c145  -1
    c_33  bprod_34_c146  -1  bprod_35_c149  -1
    c_33  bprod_35_c150  -1
    p_34  bprod_34_c143  1  bprod_34_c144  1
    p_34  bprod_34_c145  1  bprod_34_c146  1
    p_34  upd_2_0_1_t2_c176  -0.125
    p_35  bprod_35_c147  1  bprod_35_c148  1
    p_35  bprod_35_c149  1  bprod_35_c150  1
    p_35  upd_2_0_1_t2_c176  0.125
    p_36  bprod_36_c151  1  bprod_36_c152  1
    p_36  bprod_36_c153  1  bprod_36_c154  1
    p_36  def_1_0_s3_t1_c159  1
    p_37  bprod_37_c155  1  bprod_37_c156  1
    p_37  bprod_37_c157  1  bprod_37_c158  1
    p_37  def_1_0_s3_t1_c159  -1
    g_1_0_s3_t1  def_1_0_s3_t1_c159  1
    p_38  bprod_38_c160  1  bprod_38_c161  1
    p_38  bprod_38_c162  1  bprod_38_c163  1
    p_38  def_1_1_s3_t1_c168  1
    p_39  bprod_39_c164  1  bprod_39_c165  1
    p_39  bprod_39_c166  1  bprod_39_c167  1
    p_39  def_1_1_s3_t1_c168  -1
    g_1_1_s3_t1  def_1_1_s3_t1_c168  1  upd_1_1_0_t2_c171  -0.03125
    g_1_1_s3_t1  upd_1_1_1_t2_c172  0.21875  upd_1_1_0_t2_c174  0.125
    w_1_0_0_t2  upd_1_0_0_t2_c169  1  def_0_40_s0_c184  -0.5
    w_1_0_1_t2  upd_1_0_1_t2_c170  1  def_0_40_s0_c184  -0.25
    w_1_1_0_t2  upd_1_1_0_t2_c171  1  fwd_1_1_s0_c178  -0.5
    w_1_1_1_t2  upd_1_1_1_t2_c172  1  fwd_1_1_s0_c178  -0.25
    b_1_0_t2  upd_1_0_0_t2_c173  1  def_0_40_s0_c184  -1
    b_1_1_t2  upd_1_1_0_t2_c174  1  fwd_1_1_s0_c178  -1
    w_2_0_0_t2  upd_2_0_0_t2_c175  1
    w_2_0_1_t2  upd_2_0_1_t2_c176  1
    b_2_0_t2  obj  1  upd_2_0_0_t2_c177  1
    ta_1_1_s0  fwd_1_1_s0_c178  1  relu_1_1_s0_c179  -1
    ta_1_1_s0  relu_1_1_s0_c180  -1  relu_1_1_s0_c182  1
    ta_1_1_s0  relu_1_1_s0_c183  1
    MARKER12  'MARKER'  'INTORG'
    td_1_1_s0  relu_1_1_s0_c180  0.513092041015625  relu_1_1_s0_c181  -0.83245849609375
    td_1_1_s0  relu_1_1_s0_c182  -0.513092041015625  relu_1_1_s0_c183  -0.83245849609375
    MARKER13  'MARKER'  'INTEND'
    th_1_1_s0  relu_1_1_s0_c179  1  relu_1_1_s0_c180  1
    th_1_1_s0  relu_1_1_s0_c181  1
    c_40  def_0_40_s0_c184  1
    p_41  obj  1  bilin_41_c185  1
    p_42  obj  1  bilin_42_c186  1
RHS
    RHS  budget_c0  1
    RHS  def_1_0_s0_t0_c1  -0.5
    RHS  def_1_1_s0_t0_c2  0.75
    RHS  def_1_0_s1_t0_c3  -0.5
    RHS  def_1_1_s1_t0_c4  0.75
    RHS  def_1_0_s2_t0_c5  0.5
    RHS  def_1_1_s2_t0_c6  -0.75
    RHS  upd_1_0_0_t1_c9  0.75
    RHS  upd_1_0_1_t1_c10  -0.5
    RHS  upd_1_1_0_t1_c11  -0.625
    RHS  upd_1_1_1_t1_c12  0.875
    RHS  upd_1_0_0_t1_c13  0.125
    RHS  upd_1_1_0_t1_c14  0.25
    RHS  upd_2_0_0_t1_c15  0.75
    RHS  upd_2_0_1_t1_c16  -0.92578125
    RHS  upd_2_0_0_t1_c17  0.1875
    RHS  relu_1_1_s0_t1_c20  0.43359375
    RHS  relu_1_1_s0_t1_c22  -0.43359375
    RHS  loss_s0_0_0_t1_c28  1
    RHS  loss_s0_0_0_t1_c29  1.29296875
    RHS  loss_s0_0_0_t1_c30  1
    RHS  bprod_4_c34  -1.140625
    RHS  bprod_4_c35  -0.7265625
    RHS  bprod_5_c38  -1.140625
    RHS  bprod_5_c39  -0.7265625
    RHS  bprod_6_c42  -0.1875
    RHS  bprod_7_c46  -0.1875
    RHS  bprod_8_c50  -0.75
    RHS  bprod_8_c51  -0.453125
    RHS  bprod_9_c54  -0.75
    RHS  bprod_9_c55  -0.453125
    RHS  bprod_10_c59  0.57421875
    RHS  bprod_10_c60  0.92578125
    RHS  bprod_11_c63  0.57421875
    RHS  bprod_11_c64  0.92578125
    RHS  bprod_12_c68  -0.92578125
    RHS  bprod_12_c69  0.92578125
    RHS  loss_s1_0_0_t1_c73  1
    RHS  loss_s1_0_0_t1_c74  1.5625
    RHS  loss_s1_0_0_t1_c75  1
    RHS  bprod_16_c79  -1.5
    RHS  bprod_16_c80  -1.0703125
    RHS  bprod_17_c83  -1.5
    RHS  bprod_17_c84  -1.0703125
    RHS  bprod_18_c87  -0.75
    RHS  bprod_18_c88  -0.453125
    RHS  bprod_19_c91  -0.75
    RHS  bprod_19_c92  -0.453125
    RHS  bprod_20_c96  0.57421875
    RHS  bprod_20_c97  0.92578125
    RHS  bprod_21_c100  0.57421875
    RHS  bprod_21_c101  0.92578125
    RHS  loss_s2_0_0_t1_c106  1
    RHS  loss_s2_0_0_t1_c107  1.6518783569335938
    RHS  loss_s2_0_0_t1_c108  1
    RHS  bprod_25_c112  -1.716796875
    RHS  bprod_25_c113  -1.06640625
    RHS  bprod_26_c116  -1.716796875
    RHS  bprod_26_c117  -1.06640625
    RHS  bprod_27_c120  -0.75
    RHS  bprod_27_c121  -0.453125
    RHS  bprod_28_c124  -0.75
    RHS  bprod_28_c125  -0.453125
    RHS  bprod_29_c129  0.57421875
    RHS  bprod_29_c130  0.92578125
    RHS  bprod_30_c133  0.57421875
    RHS  bprod_30_c134  0.92578125
    RHS  loss_s3_0_0_t1_c139  1
    RHS  loss_s3_0_0_t1_c140  2.0135116577148438
    RHS  loss_s3_0_0_t1_c141  1
    RHS  bprod_34_c145  -2.107421875
    RHS  bprod_34_c146  -1.5625
    RHS  bprod_35_c149  -2.107421875
    RHS  bprod_35_c150  -1.5625
    RHS  bprod_36_c153  -0.75
    RHS  bprod_36_c154  -0.453125
    RHS  bprod_37_c157  -0.75
    RHS  bprod_37_c158  -0.453125
    RHS  bprod_38_c162  0.57421875
    RHS  bprod_38_c163  0.92578125
    RHS  bprod_39_c166  0.57421875
    RHS  bprod_39_c167  0.92578125
    RHS  relu_1_1_s0_c180  0.513092041015625
    RHS  relu_1_1_s0_c182  -0.513092041015625
BOUNDS
 BV BND  r_s0
 BV BND  r_s1
 BV BND  r_s2
 BV BND  r_s3
 LO BND  g_1_0_s0_t0  -0.5
 UP BND  g_1_0_s0_t0  0.5
 LO BND  g_1_1_s0_t0  -0.75
 UP BND  g_1_1_s0_t0  0.75
 LO BND  g_1_0_s1_t0  -0.5
 UP BND  g_1_0_s1_t0  0.5
 LO BND  g_1_1_s1_t0  -0.75
 UP BND  g_1_1_s1_t0  0.75
 LO BND  g_1_0_s2_t0  -0.5
 UP BND  g_1_0_s2_t0  0.5
 LO BND  g_1_1_s2_t0  -0.75
 UP BND  g_1_1_s2_t0  0.75
 LO BND  g_1_0_s3_t0  -0.5
 UP BND  g_1_0_s3_t0  0
 UP BND  g_1_1_s3_t0  0.75
 LO BND  w_1_0_0_t1  0.71875
 UP BND  w_1_0_0_t1  0.875
 LO BND  w_1_0_1_t1  -0.59375
 UP BND  w_1_0_1_t1  -0.40625
 LO BND  w_1_1_0_t1  -0.765625
 UP BND  w_1_1_0_t1  -0.484375
 LO BND  w_1_1_1_t1  0.734375
 UP BND  w_1_1_1_t1  0.8984375
 LO BND  b_1_0_t1  0.125
 UP BND  b_1_0_t1  0.25
 LO BND  b_1_1_t1  0.15625
 UP BND  b_1_1_t1  0.34375
 LO BND  w_2_0_0_t1  0.453125
 UP BND  w_2_0_0_t1  0.75
 LO BND  w_2_0_1_t1  -0.92578125
 UP BND  w_2_0_1_t1  -0.57421875
 LO BND  b_2_0_t1  -0.0625
 UP BND  b_2_0_t1  0.4375
 LO BND  a_1_1_s0_t1  -0.43359375
 UP BND  a_1_1_s0_t1  0.1875
 BV BND  d_1_1_s0_t1
 UP BND  h_1_1_s0_t1  0.1875
 LO BND  c_0  0.7265625
 UP BND  c_0  1.140625
 LO BND  p_1  0.3292236328125
 UP BND  p_1  0.85546875
 LO BND  p_2  -0.173583984375
 UP BND  p_2  0
 LO BND  f_0_s0_t1  0.0931396484375
 UP BND  f_0_s0_t1  1.29296875
 BV BND  u_s0_0_t1
 LO BND  c_3  0.7265625
 UP BND  c_3  1.140625
 UP BND  p_4  1.140625
 UP BND  p_5  1.140625
 UP BND  p_6  0.1875
 UP BND  p_7  0.1875
 UP BND  p_8  0.75
 UP BND  p_9  0.75
 LO BND  g_1_0_s0_t1  -0.75
 UP BND  g_1_0_s0_t1  0.75
 LO BND  p_10  -0.92578125
 UP BND  p_10  0
 LO BND  p_11  -0.92578125
 UP BND  p_11  0
 LO BND  g_1_1_s0_t1  -0.92578125
 UP BND  g_1_1_s0_t1  0.92578125
 LO BND  p_12  -0.92578125
 UP BND  p_12  0.92578125
 LO BND  c_13  1.0703125
 UP BND  c_13  1.5
 LO BND  p_14  0.4849853515625
 UP BND  p_14  1.125
 LO BND  f_0_s1_t1  0.4224853515625
 UP BND  f_0_s1_t1  1.5625
 BV BND  u_s1_0_t1
 LO BND  c_15  1.0703125
 UP BND  c_15  1.5
 UP BND  p_16  1.5
 UP BND  p_17  1.5
 UP BND  p_18  0.75
 UP BND  p_19  0.75
 LO BND  g_1_0_s1_t1  -0.75
 UP BND  g_1_0_s1_t1  0.75
 LO BND  p_20  -0.92578125
 UP BND  p_20  0
 LO BND  p_21  -0.92578125
 UP BND  p_21  0
 LO BND  g_1_1_s1_t1  -0.92578125
 UP BND  g_1_1_s1_t1  0.92578125
 LO BND  c_22  1.06640625
 UP BND  c_22  1.716796875
 LO BND  p_23  -1.5893783569335938
 UP BND  p_23  -0.6123504638671875
 LO BND  f_0_s2_t1  -1.6518783569335938
 UP BND  f_0_s2_t1  -0.1748504638671875
 BV BND  u_s2_0_t1
 LO BND  c_24  1.06640625
 UP BND  c_24  1.716796875
 UP BND  p_25  1.716796875
 UP BND  p_26  1.716796875
 UP BND  p_27  0.75
 UP BND  p_28  0.75
 LO BND  g_1_0_s2_t1  -0.75
 UP BND  g_1_0_s2_t1  0.75
 LO BND  p_29  -0.92578125
 UP BND  p_29  0
 LO BND  p_30  -0.92578125
 UP BND  p_30  0
 LO BND  g_1_1_s2_t1  -0.92578125
 UP BND  g_1_1_s2_t1  0.92578125
 LO BND  c_31  1.5625
 UP BND  c_31  2.107421875
 LO BND  p_32  -1.9510116577148438
 UP BND  p_32  -0.897216796875
 LO BND  f_0_s3_t1  -2.0135116577148438
 UP BND  f_0_s3_t1  -0.459716796875
 BV BND  u_s3_0_t1
 LO BND  c_33  1.5625
 UP BND  c_33  2.107421875
 UP BND  p_34  2.107421875
 UP BND  p_35  2.107421875
 UP BND  p_36  0.75
 UP BND  p_37  0.75
 LO BND  g_1_0_s3_t1  -0.75
 UP BND  g_1_0_s3_t1  0.75
 LO BND  p_38  -0.92578125
 UP BND  p_38  0
 LO BND  p_39  -0.92578125
 UP BND  p_39  0
 LO BND  g_1_1_s3_t1  -0.92578125
 UP BND  g_1_1_s3_t1  0.92578125
 LO BND  w_1_0_0_t2  0.6015625
 UP BND  w_1_0_0_t2  1.0625
 LO BND  w_1_0_1_t2  -0.734375
 UP BND  w_1_0_1_t2  -0.265625
 LO BND  w_1_1_0_t2  -1.11279296875
 UP BND  w_1_1_0_t2  -0.310791015625
 LO BND  w_1_1_1_t2  0.4739990234375
 UP BND  w_1_1_1_t2  1.187744140625
 LO BND  b_1_0_t2  0.03125
 UP BND  b_1_0_t2  0.4375
 LO BND  b_1_1_t2  -0.0751953125
 UP BND  b_1_1_t2  0.69091796875
 LO BND  w_2_0_0_t2  0.265625
 UP BND  w_2_0_0_t2  1.080078125
 LO BND  w_2_0_1_t2  -1.42724609375
 UP BND  w_2_0_1_t2  -0.287353515625
 LO BND  b_2_0_t2  -0.4375
 UP BND  b_2_0_t2  0.8125
 LO BND  ta_1_1_s0  -0.513092041015625
 UP BND  ta_1_1_s0  0.83245849609375
 BV BND  td_1_1_s0
 UP BND  th_1_1_s0  0.83245849609375
 LO BND  c_40  0.1484375
 UP BND  c_40  0.90234375
 LO BND  p_41  0.0394287109375
 UP BND  p_41  0.9746017456054688
 LO BND  p_42  -1.1881231367588043
 UP BND  p_42  0
QCMATRIX bilin_1_c25
    w_2_0_0_t1  c_0  -0.5
    c_0  w_2_0_0_t1  -0.5
QCMATRIX bilin_2_c26
    w_2_0_1_t1  h_1_1_s0_t1  -0.5
    h_1_1_s0_t1  w_2_0_1_t1  -0.5
QCMATRIX bilin_14_c71
    w_2_0_0_t1  c_13  -0.5
    c_13  w_2_0_0_t1  -0.5
QCMATRIX bilin_23_c104
    w_2_0_1_t1  c_22  -0.5
    c_22  w_2_0_1_t1  -0.5
QCMATRIX bilin_32_c137
    w_2_0_1_t1  c_31  -0.5
    c_31  w_2_0_1_t1  -0.5
QCMATRIX bilin_41_c185
    w_2_0_0_t2  c_40  -0.5
    c_40  w_2_0_0_t2  -0.5
QCMATRIX bilin_42_c186
    w_2_0_1_t2  th_1_1_s0  -0.5
    th_1_1_s0  w_2_0_1_t2  -0.5
ENDATA
