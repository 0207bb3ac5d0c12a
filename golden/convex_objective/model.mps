NAME model FREE
ROWS
 N  objective
 G  row_c0
COLUMNS
    x objective -3 row_c0 1
    y row_c0 1
    one objective 10
RHS
    RHS row_c0 1
BOUNDS
 UP BND x 10
 UP BND y 10
 FX BND one 1
QUADOBJ
    x x 2
    x y 1
    y y 2
ENDATA
