NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -3 c1 1
    y obj -2 c1 1
RHS
    RHS c1 3
BOUNDS
 UP BND x 1
 UP BND y 1
SOS
 S1 SOS s1
    SOS x 1
    SOS y 2
ENDATA
