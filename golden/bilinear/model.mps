NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    x objective -1
    y objective -1
RHS
    RHS row_c0 4
BOUNDS
 UP BND x 4
 LO BND y 1
 UP BND y 5
QCMATRIX row_c0
    x y 0.5
    y x 0.5
ENDATA
