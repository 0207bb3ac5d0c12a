NAME model FREE
ROWS
 N  objective
 L  abs_s3_0_t0_c0
 G  abs_s3_0_t0_c1
 L  abs_s3_0_t0_c2
 G  abs_s3_0_t0_c3
 L  abs_s3_0_t0_c4
 E  def_0_0_s0_c5
 G  bprod_1_c6
 L  bprod_1_c7
 G  bprod_1_c8
 L  bprod_1_c9
 E  upd_1_0_0_t1_c11
 E  upd_1_0_0_t1_c12
 E  bilin_2_c10
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    pr_s3 bprod_1_c6 1 bprod_1_c7 -1
    pr_s3 bprod_1_c8 -1 bprod_1_c9 1
    MARKER1 'MARKER' 'INTEND'
    xt_s3_0 objective 0
    dy_s3_0 abs_s3_0_t0_c0 1 abs_s3_0_t0_c1 1
    dy_s3_0 abs_s3_0_t0_c2 -1 abs_s3_0_t0_c3 -1
    MARKER2 'MARKER' 'INTORG'
    az_s3_0_t0 abs_s3_0_t0_c0 2 abs_s3_0_t0_c1 2
    az_s3_0_t0 abs_s3_0_t0_c4 1 def_0_0_s0_c5 -1
    az_s3_1_t0 abs_s3_0_t0_c2 2 abs_s3_0_t0_c3 2
    az_s3_1_t0 abs_s3_0_t0_c4 1 def_0_0_s0_c5 1
    MARKER3 'MARKER' 'INTEND'
    c_0 def_0_0_s0_c5 1 bprod_1_c8 -1
    c_0 bprod_1_c9 -1
    p_1 bprod_1_c6 1 bprod_1_c7 1
    p_1 bprod_1_c8 1 bprod_1_c9 1
    p_1 upd_1_0_0_t1_c12 0.08333333333333334
    p_2 bilin_2_c10 1 upd_1_0_0_t1_c11 0.08333333333333334
    w_1_0_0_t1 objective -1 upd_1_0_0_t1_c11 1
    b_1_0_t1 objective -0.5 upd_1_0_0_t1_c12 1
    fp objective 0
RHS
    RHS abs_s3_0_t0_c0 2
    RHS abs_s3_0_t0_c2 2
    RHS abs_s3_0_t0_c4 1
    RHS bprod_1_c8 -1
    RHS bprod_1_c9 1
    RHS upd_1_0_0_t1_c11 0.375
    RHS upd_1_0_0_t1_c12 0.08333333333333334
BOUNDS
 BV BND pr_s3
 LO BND xt_s3_0 -1
 UP BND xt_s3_0 1
 LO BND dy_s3_0 -2
 UP BND dy_s3_0 2
 BV BND az_s3_0_t0
 BV BND az_s3_1_t0
 LO BND c_0 -1
 UP BND c_0 1
 LO BND p_1 -1
 UP BND p_1 1
 LO BND p_2 -1
 UP BND p_2 1
 LO BND w_1_0_0_t1 0.2916666666666664
 UP BND w_1_0_0_t1 0.4583333333333336
 LO BND b_1_0_t1 -1.1102230246251565e-16
 UP BND b_1_0_t1 0.1666666666666668
 FX BND fp 573637
QCMATRIX bilin_2_c10
    xt_s3_0 p_1 -0.5
    p_1 xt_s3_0 -0.5
ENDATA
