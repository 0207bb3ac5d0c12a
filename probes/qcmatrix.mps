NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -1
    y obj -1
RHS
    RHS c1 8
BOUNDS
 UP BND x 9
 UP BND y 9
QCMATRIX c1
    x x 1
    y y 1
ENDATA
