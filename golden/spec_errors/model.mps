NAME model FREE
ROWS
 N  objective
 L  budget_c0
 E  upd_1_0_0_t1_c1
 E  upd_1_0_1_t1_c2
 E  upd_1_0_0_t1_c3
 E  def_0_0_s4_t1_c4
 E  def_0_0_s5_t1_c5
 E  def_0_0_s7_t1_c6
 E  upd_1_0_0_t2_c7
 E  upd_1_0_1_t2_c8
 E  upd_1_0_0_t2_c9
 L  goal_s0_0_c10
 L  goal_s1_0_c11
 L  goal_s2_0_c12
 L  goal_s3_0_c13
 L  goal_s4_0_c14
 L  goal_s5_0_c15
 L  goal_s6_0_c16
 L  goal_s7_0_c17
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    r_s0 budget_c0 1 upd_1_0_0_t1_c1 0.013370921515179135
    r_s0 upd_1_0_1_t1_c2 -0.24814549865055505 upd_1_0_0_t1_c3 -0.25
    r_s1 budget_c0 1 upd_1_0_0_t1_c1 0.45497496837738594
    r_s1 upd_1_0_1_t1_c2 -0.043899996840359286 upd_1_0_0_t1_c3 0.25
    r_s2 budget_c0 1 upd_1_0_0_t1_c1 -0.23883914565745373
    r_s2 upd_1_0_1_t1_c2 -0.014999855684756976 upd_1_0_0_t1_c3 -0.25
    r_s3 budget_c0 1 upd_1_0_0_t1_c1 0.0038953668353108022
    r_s3 upd_1_0_1_t1_c2 0.027704258727553676 upd_1_0_0_t1_c3 0.25
    r_s4 budget_c0 1 upd_1_0_0_t2_c7 0.2411373486038537
    r_s4 upd_1_0_1_t2_c8 -0.12819116045317294 upd_1_0_0_t2_c9 0.25
    r_s5 budget_c0 1 upd_1_0_0_t2_c7 0.4972242159195758
    r_s5 upd_1_0_1_t2_c8 0.07596246031040427 upd_1_0_0_t2_c9 0.25
    r_s6 budget_c0 1 upd_1_0_0_t2_c7 -0.13387315303177616
    r_s6 upd_1_0_1_t2_c8 -0.1706439069616524 upd_1_0_0_t2_c9 -0.25
    r_s7 budget_c0 1 upd_1_0_0_t2_c7 0.23001070703178259
    r_s7 upd_1_0_1_t2_c8 -0.14531941125305062 upd_1_0_0_t2_c9 0.25
    MARKER1 'MARKER' 'INTEND'
    w_1_0_0_t1 upd_1_0_0_t1_c1 1 def_0_0_s4_t1_c4 -0.9645493944154148
    w_1_0_0_t1 def_0_0_s5_t1_c5 -1.988896863678303 def_0_0_s7_t1_c6 -0.9200428281271303
    w_1_0_0_t1 upd_1_0_0_t2_c7 -1
    w_1_0_1_t1 upd_1_0_1_t1_c2 1 def_0_0_s4_t1_c4 0.5127646418126918
    w_1_0_1_t1 def_0_0_s5_t1_c5 -0.30384984124161707 def_0_0_s7_t1_c6 0.5812776450122025
    w_1_0_1_t1 upd_1_0_1_t2_c8 -1
    b_1_0_t1 upd_1_0_0_t1_c3 1 def_0_0_s4_t1_c4 -1
    b_1_0_t1 def_0_0_s5_t1_c5 -1 def_0_0_s7_t1_c6 -1
    b_1_0_t1 upd_1_0_0_t2_c9 -1
    f_0_s4_t1 def_0_0_s4_t1_c4 1
    f_0_s5_t1 def_0_0_s5_t1_c5 1
    f_0_s7_t1 def_0_0_s7_t1_c6 1
    w_1_0_0_t2 upd_1_0_0_t2_c7 1 goal_s0_0_c10 0.05348368606071654
    w_1_0_0_t2 goal_s1_0_c11 1.8198998735095437 goal_s2_0_c12 -0.9553565826298149
    w_1_0_0_t2 goal_s3_0_c13 0.015581467341243209 goal_s4_0_c14 0.9645493944154148
    w_1_0_0_t2 goal_s5_0_c15 1.988896863678303 goal_s6_0_c16 -0.5354926121271046
    w_1_0_0_t2 goal_s7_0_c17 0.9200428281271303
    w_1_0_1_t2 upd_1_0_1_t2_c8 1 goal_s0_0_c10 -0.9925819946022202
    w_1_0_1_t2 goal_s1_0_c11 -0.17559998736143714 goal_s2_0_c12 -0.059999422739027905
    w_1_0_1_t2 goal_s3_0_c13 0.1108170349102147 goal_s4_0_c14 -0.5127646418126918
    w_1_0_1_t2 goal_s5_0_c15 0.30384984124161707 goal_s6_0_c16 -0.6825756278466096
    w_1_0_1_t2 goal_s7_0_c17 -0.5812776450122025
    b_1_0_t2 upd_1_0_0_t2_c9 1 goal_s0_0_c10 -1
    b_1_0_t2 goal_s1_0_c11 1 goal_s2_0_c12 -1
    b_1_0_t2 goal_s3_0_c13 1 goal_s4_0_c14 1
    b_1_0_t2 goal_s5_0_c15 1 goal_s6_0_c16 -1
    b_1_0_t2 goal_s7_0_c17 1
    MARKER2 'MARKER' 'INTORG'
    o_s0_0 objective -1 goal_s0_0_c10 0.5945565039099888
    o_s1_0 objective -1 goal_s1_0_c11 1.890418005733021
    o_s2_0 objective -1 goal_s2_0_c12 1.124261915744659
    o_s3_0 objective -1 goal_s3_0_c13 0.34227965838631186
    o_s4_0 objective -1 goal_s4_0_c14 1.0299274559158635
    o_s5_0 objective -1 goal_s5_0_c15 2.3057164671258743
    o_s6_0 objective -1 goal_s6_0_c16 0.8251702671294366
    o_s7_0 objective -1 goal_s7_0_c17 0.9744693284249416
    MARKER3 'MARKER' 'INTEND'
    fp objective 0
RHS
    RHS budget_c0 1
    RHS upd_1_0_0_t1_c1 0.13341935745729397
    RHS upd_1_0_1_t1_c2 0.4973813341355908
    RHS upd_1_0_0_t1_c3 -0.503234326839447
    RHS upd_1_0_0_t2_c7 0.417249559261718
    RHS upd_1_0_1_t2_c8 -0.18409600917873586
    RHS upd_1_0_0_t2_c9 0.25
    RHS goal_s0_0_c10 0.5945565039099889
    RHS goal_s1_0_c11 1.8904180057330213
    RHS goal_s2_0_c12 1.1242619157446592
    RHS goal_s3_0_c13 0.3422796583863119
    RHS goal_s4_0_c14 1.0299274559158638
    RHS goal_s5_0_c15 2.3057164671258747
    RHS goal_s6_0_c16 0.8251702671294368
    RHS goal_s7_0_c17 0.9744693284249417
BOUNDS
 BV BND r_s0
 BV BND r_s1
 BV BND r_s2
 BV BND r_s3
 BV BND r_s4
 BV BND r_s5
 BV BND r_s6
 BV BND r_s7
 LO BND w_1_0_0_t1 -0.32155561092009205
 UP BND w_1_0_0_t1 0.3722585031147478
 LO BND w_1_0_1_t1 0.469677075408037
 UP BND w_1_0_1_t1 0.7455268327861461
 LO BND b_1_0_t1 -0.753234326839447
 UP BND b_1_0_t1 -0.253234326839447
 LO BND f_0_s4_t1 -1.3409405244211399
 UP BND f_0_s4_t1 -0.15690357036386074
 LO BND f_0_s5_t1 -1.228307026412537
 UP BND f_0_s5_t1 0.6428363856652102
 LO BND f_0_s7_t1 -1.3637139978693469
 UP BND f_0_s7_t1 -0.2085762922066442
 LO BND w_1_0_0_t2 -0.40153026757794996
 UP BND w_1_0_0_t2 0.923381215408242
 LO BND w_1_0_1_t2 0.20961860591889686
 UP BND w_1_0_1_t2 0.7320747305690627
 LO BND b_1_0_t2 -0.753234326839447
 UP BND b_1_0_t2 0.24676567316055298
 BV BND o_s0_0
 BV BND o_s1_0
 BV BND o_s2_0
 BV BND o_s3_0
 BV BND o_s4_0
 BV BND o_s5_0
 BV BND o_s6_0
 BV BND o_s7_0
 FX BND fp 886246
ENDATA
