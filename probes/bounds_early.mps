NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -1 c1 1
    y obj -1 c1 1
BOUNDS
 UP BND x 4
 UP BND y 2
RHS
    RHS c1 9
ENDATA
