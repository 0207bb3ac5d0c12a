NAME          COPTPROB
OBJSENSE
    MIN
ROWS
 N  __OBJ___
 G  plain   
 L  disk    
 G  area    
COLUMNS
    x         __OBJ___  1
    x         plain     1
    x         disk      1
    y         __OBJ___  2
    y         plain     1
    z         plain     1
    z         area      -1
RHS
    RHS       plain     1.5
    RHS       disk      6
    RHS       area      -2
BOUNDS
 UP BOUND     x         3
 UP BOUND     y         3
 LO BOUND     z         -1
 UP BOUND     z         4
QMATRIX
    x         x         2
    y         x         1
    x         y         1
    y         y         3
QCMATRIX   disk    
    x         x         1
    y         y         2
QCMATRIX   area    
    x         y         1.5
    y         x         1.5
ENDATA
