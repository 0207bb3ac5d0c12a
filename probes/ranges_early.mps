NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    x obj 1 c1 1
    y obj 2 c1 1
RANGES
    RNG c1 4
RHS
    RHS c1 9
ENDATA
