NAME model FREE
ROWS
 N  obj
COLUMNS
    one  obj  3
RHS
BOUNDS
 FX BND  one  1
ENDATA
