NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -3 c1 1
    S1 obj -2 c1 1
RHS
    RHS c1 3
BOUNDS
 UP BND x 1
 UP BND S1 1
SOS
 S1 set
    x 1
    S1 2
ENDATA
