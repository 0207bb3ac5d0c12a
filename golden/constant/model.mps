NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  row_c1
COLUMNS
    x objective 1 row_c0 3
    x row_c1 1
    one objective 0.1
RHS
    RHS row_c0 1
    RHS row_c1 0.3333333333333333
BOUNDS
 FX BND one 1
ENDATA
