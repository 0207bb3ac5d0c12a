NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  budget_t4_c1
 G  link_s12_3_t4_c2
 G  onelabel_s12_c3
 G  ball_s12_3_t4_c4
 G  onehot_s12_3_t4_c5
 G  def_1_3_s12_c6
 G  relu_1_3_s12_t4_c7
 G  loss_s12_3_2_t4_c8
 G  bprod_3_c9
 G  bilin_3_c10
 G  mcc_3_c11
 G  upd_1_3_2_c12
 G  vel_1_3_2_t4_c13
 G  clip_1_3_2_t4_c14
 G  goal_s12_3_c15
* cut
 G  blink_1_3_2_t4_c16
* cut
 G  off_s12_3_t4_c17
 G  sym_s12_c18
 G  low_3_c19
 G  fwd_1_3_s12_t4_c20
* cut
 G  cut_3_c21
 G  den_t4_c22
 G  abs_s12_3_t4_c23
 G  ndef_5_3_c24
 G  nsplit_5_3_c25
 G  ncase_5_3_c26
 G  nsum_5_3_c27
* cut
 G  ncut_5_3_c28
 G  set_3_c29
 G  prop_3_c30
 G  changes_s12_3_t4_c31
 G  cells_t4_c32
 G  rel_s12_3_c33
 G  cond_s12_3_t4_c34
 G  thr_1_3_c35
 G  moves_3_c36
 G  lball_3_c37
 G  oneclass_c38
 G  select_3_2_c39
 G  hull_1_3_c40
 G  lift_1_3_c41
COLUMNS
    one objective 1 row_c0 1
    s_s12_t4 objective 1 row_c0 1
    s_s12_t4 budget_t4_c1 1
    sx_s12_t4 objective 1 budget_t4_c1 1
    sx_s12_t4 link_s12_3_t4_c2 1
    sy_s12 objective 1 link_s12_3_t4_c2 1
    sy_s12 onelabel_s12_c3 1
    r_s12_t4 objective 1 onelabel_s12_c3 1
    r_s12_t4 ball_s12_3_t4_c4 1
    l_s12_3_t4 objective 1 ball_s12_3_t4_c4 1
    l_s12_3_t4 onehot_s12_3_t4_c5 1
    dy_s12_3 objective 1 onehot_s12_3_t4_c5 1
    dy_s12_3 def_1_3_s12_c6 1
    _e_s12_3_t4 objective 1 def_1_3_s12_c6 1
    _e_s12_3_t4 relu_1_3_s12_t4_c7 1
    ae_s12_3_t4 objective 1 relu_1_3_s12_t4_c7 1
    ae_s12_3_t4 loss_s12_3_2_t4_c8 1
    xt_s12_3 objective 1 loss_s12_3_2_t4_c8 1
    xt_s12_3 bprod_3_c9 1
    om_s12_t4 objective 1 bprod_3_c9 1
    om_s12_t4 bilin_3_c10 1
    pr_s12_t4 objective 1 bilin_3_c10 1
    pr_s12_t4 mcc_3_c11 1
    w_1_3_2 objective 1 mcc_3_c11 1
    w_1_3_2 upd_1_3_2_c12 1
    b_1_3_t4 objective 1 upd_1_3_2_c12 1
    b_1_3_t4 vel_1_3_2_t4_c13 1
    vw_1_3_2_t4 objective 1 vel_1_3_2_t4_c13 1
    vw_1_3_2_t4 clip_1_3_2_t4_c14 1
    vb_1_3 objective 1 clip_1_3_2_t4_c14 1
    vb_1_3 goal_s12_3_c15 1
    a_1_3_s12_t4 objective 1 goal_s12_3_c15 1
    a_1_3_s12_t4 blink_1_3_2_t4_c16 1
    d_1_3_s12_t4 objective 1 blink_1_3_2_t4_c16 1
    d_1_3_s12_t4 off_s12_3_t4_c17 1
    h_1_3_s12 objective 1 off_s12_3_t4_c17 1
    h_1_3_s12 sym_s12_c18 1
    u_s12_3_t4 objective 1 sym_s12_c18 1
    u_s12_3_t4 low_3_c19 1
    v_s12_3_t4 objective 1 low_3_c19 1
    v_s12_3_t4 fwd_1_3_s12_t4_c20 1
    z_s12_3_2 objective 1 fwd_1_3_s12_t4_c20 1
    z_s12_3_2 cut_3_c21 1
    q_s12_3_t4 objective 1 cut_3_c21 1
    q_s12_3_t4 den_t4_c22 1
    g_1_3_s12_t4 objective 1 den_t4_c22 1
    g_1_3_s12_t4 abs_s12_3_t4_c23 1
    gd_1_3_s12 objective 1 abs_s12_3_t4_c23 1
    gd_1_3_s12 ndef_5_3_c24 1
    k_3_s12_t4 objective 1 ndef_5_3_c24 1
    k_3_s12_t4 nsplit_5_3_c25 1
    kz_3_2_s12_t4 objective 1 nsplit_5_3_c25 1
    kz_3_2_s12_t4 ncase_5_3_c26 1
    p_3 objective 1 ncase_5_3_c26 1
    p_3 nsum_5_3_c27 1
    c_3 objective 1 nsum_5_3_c27 1
    c_3 ncut_5_3_c28 1
    _err_s12 objective 1 ncut_5_3_c28 1
    _err_s12 set_3_c29 1
    o_s12_3 objective 1 set_3_c29 1
    o_s12_3 prop_3_c30 1
    tl_s12_3 objective 1 prop_3_c30 1
    tl_s12_3 changes_s12_3_t4_c31 1
    _et_s12_3 objective 1 changes_s12_3_t4_c31 1
    _et_s12_3 cells_t4_c32 1
    ta_1_3_s12 objective 1 cells_t4_c32 1
    ta_1_3_s12 rel_s12_3_c33 1
    td_1_3_s12 objective 1 rel_s12_3_c33 1
    td_1_3_s12 cond_s12_3_t4_c34 1
    th_1_3_s12 objective 1 cond_s12_3_t4_c34 1
    th_1_3_s12 thr_1_3_c35 1
    worst objective 1 thr_1_3_c35 1
    worst moves_3_c36 1
    sl_3 objective 1 moves_3_c36 1
    sl_3 lball_3_c37 1
    low_3 objective 1 lball_3_c37 1
    low_3 oneclass_c38 1
    f_3_s12 objective 1 oneclass_c38 1
    f_3_s12 select_3_2_c39 1
    bs_t4 objective 1 select_3_2_c39 1
    bs_t4 hull_1_3_c40 1
    mg_1_3_2_t4 objective 1 hull_1_3_c40 1
    mg_1_3_2_t4 lift_1_3_c41 1
    sg_1_3_2_s12 objective 1 lift_1_3_c41 1
    az_s12_3_t4 objective 1
    hz_s12_3_2_t4 objective 1
    fp objective 1
    xin_3 objective 1
    nval_5_3 objective 1
    npart_5_3_2 objective 1
    ncase_5_3_2 objective 1
    branch_3 objective 1
    margin_3 objective 1
    ch_s12_3_t4 objective 1
    cs_s12_3_2_t4 objective 1
    xl_s12_3_2 objective 1
    lat_3 objective 1
    mov_3_2 objective 1
    neu_1_3 objective 1
    cls_3 objective 1
    sel_3_2 objective 1
    neum_1_3 objective 1
RHS
    RHS row_c0 1
    RHS budget_t4_c1 1
    RHS link_s12_3_t4_c2 1
    RHS onelabel_s12_c3 1
    RHS ball_s12_3_t4_c4 1
    RHS onehot_s12_3_t4_c5 1
    RHS def_1_3_s12_c6 1
    RHS relu_1_3_s12_t4_c7 1
    RHS loss_s12_3_2_t4_c8 1
    RHS bprod_3_c9 1
    RHS bilin_3_c10 1
    RHS mcc_3_c11 1
    RHS upd_1_3_2_c12 1
    RHS vel_1_3_2_t4_c13 1
    RHS clip_1_3_2_t4_c14 1
    RHS goal_s12_3_c15 1
    RHS blink_1_3_2_t4_c16 1
    RHS off_s12_3_t4_c17 1
    RHS sym_s12_c18 1
    RHS low_3_c19 1
    RHS fwd_1_3_s12_t4_c20 1
    RHS cut_3_c21 1
    RHS den_t4_c22 1
    RHS abs_s12_3_t4_c23 1
    RHS ndef_5_3_c24 1
    RHS nsplit_5_3_c25 1
    RHS ncase_5_3_c26 1
    RHS nsum_5_3_c27 1
    RHS ncut_5_3_c28 1
    RHS set_3_c29 1
    RHS prop_3_c30 1
    RHS changes_s12_3_t4_c31 1
    RHS cells_t4_c32 1
    RHS rel_s12_3_c33 1
    RHS cond_s12_3_t4_c34 1
    RHS thr_1_3_c35 1
    RHS moves_3_c36 1
    RHS lball_3_c37 1
    RHS oneclass_c38 1
    RHS select_3_2_c39 1
    RHS hull_1_3_c40 1
    RHS lift_1_3_c41 1
BOUNDS
 FX BND one 1
 UP BND s_s12_t4 2
 UP BND sx_s12_t4 2
 UP BND sy_s12 2
 UP BND r_s12_t4 2
 UP BND l_s12_3_t4 2
 UP BND dy_s12_3 2
 UP BND _e_s12_3_t4 2
 UP BND ae_s12_3_t4 2
 UP BND xt_s12_3 2
 UP BND om_s12_t4 2
 UP BND pr_s12_t4 2
 UP BND w_1_3_2 2
 UP BND b_1_3_t4 2
 UP BND vw_1_3_2_t4 2
 UP BND vb_1_3 2
 UP BND a_1_3_s12_t4 2
 UP BND d_1_3_s12_t4 2
 UP BND h_1_3_s12 2
 UP BND u_s12_3_t4 2
 UP BND v_s12_3_t4 2
 UP BND z_s12_3_2 2
 UP BND q_s12_3_t4 2
 UP BND g_1_3_s12_t4 2
 UP BND gd_1_3_s12 2
 UP BND k_3_s12_t4 2
 UP BND kz_3_2_s12_t4 2
 UP BND p_3 2
 UP BND c_3 2
 UP BND _err_s12 2
 UP BND o_s12_3 2
 UP BND tl_s12_3 2
 UP BND _et_s12_3 2
 UP BND ta_1_3_s12 2
 UP BND td_1_3_s12 2
 UP BND th_1_3_s12 2
 UP BND worst 2
 UP BND sl_3 2
 UP BND low_3 2
 UP BND f_3_s12 2
 UP BND bs_t4 2
 UP BND mg_1_3_2_t4 2
 UP BND sg_1_3_2_s12 2
 UP BND az_s12_3_t4 2
 UP BND hz_s12_3_2_t4 2
 UP BND fp 2
 UP BND xin_3 2
 UP BND nval_5_3 2
 UP BND npart_5_3_2 2
 UP BND ncase_5_3_2 2
 UP BND branch_3 2
 UP BND margin_3 2
 UP BND ch_s12_3_t4 2
 UP BND cs_s12_3_2_t4 2
 UP BND xl_s12_3_2 2
 UP BND lat_3 2
 UP BND mov_3_2 2
 UP BND neu_1_3 2
 UP BND cls_3 2
 UP BND sel_3_2 2
 UP BND neum_1_3 2
ENDATA
