NAME model FREE
ROWS
 N  objective
 E  row_c0
 G  row_c1
COLUMNS
    x row_c1 0.5
    y objective 0
    z objective 1 row_c0 -1
RHS
    RHS row_c1 0.25
BOUNDS
 LO BND x -1
 UP BND x 2
 LO BND y -3
 UP BND y 1
 LO BND z -10
 UP BND z 10
QCMATRIX row_c0
    x y 0.5
    y x 0.5
QCMATRIX row_c1
    x x 3
    x y -1
    y x -1
    y y 1.5
ENDATA
