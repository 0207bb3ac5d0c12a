* FICO Xpress v9.9.1, Community, written 1:57:32, Nov 22, 2026
* Written from user model (presolvestate=0x480061)
NAME          quadratic
ROWS
 N  cost    
 G  plain   
 L  disk    
 G  area    
COLUMNS
    x         cost      1
    x         plain     1
    x         disk      1
    y         cost      2
    y         plain     1
    z         plain     1
    z         area      -1
RHS
    RHS00001  plain     1.5
    RHS00001  disk      6
    RHS00001  area      -2
BOUNDS
 UP BND00001  x         3
 UP BND00001  y         3
 UP BND00001  z         4
 LO BND00001  z         -1
QUADOBJ
    x         x         2
    x         y         1
    y         y         3
QCMATRIX      disk    
    x         x         1
    y         y         2
QCMATRIX      area    
    x         y         1.5
    y         x         1.5
ENDATA
