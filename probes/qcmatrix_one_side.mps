NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -1
    y obj -1
RHS
    RHS c1 4
BOUNDS
 UP BND x 4
 UP BND y 4
QCMATRIX c1
    x y 1
ENDATA
