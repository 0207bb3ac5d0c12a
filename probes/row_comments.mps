NAME p FREE
ROWS
 N obj
* cut
 L c1
* lazy
 L c2
COLUMNS
    x obj -1 c1 1
    x c2 1
    y obj -1 c1 1
    y c2 -1
RHS
    RHS c1 3 c2 1
ENDATA
