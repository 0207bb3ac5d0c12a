NAME model FREE
ROWS
 N  obj
 G  row_c0
COLUMNS
    x  obj  1
RHS
    RHS  row_c0  1
BOUNDS
 LO BND  x  1
 UP BND  x  3
ENDATA
