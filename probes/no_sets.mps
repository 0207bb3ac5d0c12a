NAME p FREE
ROWS
 N obj
 L c1
 L c2
COLUMNS
    x obj -1 c1 1
    y obj -1 c2 1
RHS
    c1 4 c2 3
BOUNDS
 UP y 2
ENDATA
