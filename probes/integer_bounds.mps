NAME p FREE
ROWS
 N obj
 L c1
COLUMNS
    M1 'MARKER' 'INTORG'
    x obj -2 c1 1
    M2 'MARKER' 'INTEND'
    y obj -1 c1 1
RHS
    RHS c1 2.5
ENDATA
