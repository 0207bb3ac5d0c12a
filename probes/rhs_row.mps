NAME p FREE
ROWS
 N obj
 L RHS
COLUMNS
    x obj -1 RHS 1
    y obj -1 RHS 1
RHS
    RHS RHS 3
ENDATA
