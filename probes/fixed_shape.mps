NAME p FREE
ROWS
 N  obj
 G  c0
COLUMNS
    position  obj  0.5  c0  1
    y  obj  2  c0  1
RHS
    RHS  c0  4
BOUNDS
 UP BND  position  3
 UP BND  y  3
ENDATA
