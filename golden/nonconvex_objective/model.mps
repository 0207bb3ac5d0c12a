NAME model FREE
ROWS
 N  objective
 G  row_c0
COLUMNS
    x row_c0 1
    y row_c0 1
RHS
BOUNDS
 LO BND x -1
 UP BND x 2
 LO BND y -3
 UP BND y 1
QUADOBJ
    x y 1
ENDATA
