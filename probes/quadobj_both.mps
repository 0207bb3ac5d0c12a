NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj -2 c1 1
    y obj -2 c1 1
RHS
    RHS c1 9
QUADOBJ
    x x 2
    y y 2
    x y 1
    y x 1
ENDATA
