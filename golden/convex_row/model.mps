NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    x objective 1
    y objective 1
RHS
    RHS row_c0 2
BOUNDS
 LO BND x -5
 UP BND x 5
 LO BND y -5
 UP BND y 5
QCMATRIX row_c0
    x x 1
    y y 1
ENDATA
