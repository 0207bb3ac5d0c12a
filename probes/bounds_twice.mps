NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -1 c1 1
    y obj -1 c1 1
RHS
    RHS c1 9
BOUNDS
 UP BND x 4
BOUNDS
 UP BND y 2
ENDATA
