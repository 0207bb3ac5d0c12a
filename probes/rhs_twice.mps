NAME p FREE
ROWS
 N obj
 L c1
 L c2
COLUMNS
    x obj -1 c1 1
    y obj -1 c2 1
RHS
    RHS c1 4
RHS
    RHS c2 2
ENDATA
