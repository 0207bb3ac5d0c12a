NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -2 c1 1
    y obj 1 c1 1
RHS
    RHS c1 9
QUADOBJ
    x x 2
ENDATA
