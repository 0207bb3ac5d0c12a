NAME p FREE
ROWS
 N obj
 G c1
COLUMNS
    x obj 1 c1 1
    y obj 1 c1 1
RHS
    RHS c1 -4
BOUNDS
 LO BND y -9
 UP BND x -1
ENDATA
