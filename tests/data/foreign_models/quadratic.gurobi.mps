NAME cost
ROWS
 N  OBJ
 G  plain   
 L  disk    
 G  area    
COLUMNS
    x         OBJ       1
    x         plain     1
    x         disk      1
    y         OBJ       2
    y         plain     1
    z         plain     1
    z         area      -1
RHS
    RHS1      plain     1.5
    RHS1      disk      6
    RHS1      area      -2
BOUNDS
 UP BND1      x         3
 UP BND1      y         3
 LO BND1      z         -1
 UP BND1      z         4
QUADOBJ
    x         x         2
    x         y         1
    y         y         3
QCMATRIX   disk    
    x         x         1
    y         y         2
QCMATRIX   area    
    x         y         1.5
    y         x         1.5
ENDATA
