NAME p FREE
ROWS
 N obj
 G c1
COLUMNS
    x obj 1 c1 1
    y obj 1 c1 1
RHS
    RHS obj -1 c1 1
ENDATA
