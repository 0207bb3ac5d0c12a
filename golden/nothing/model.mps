NAME model FREE
ROWS
 N  objective
COLUMNS
    one objective 3
RHS
BOUNDS
 FX BND one 1
ENDATA
