* ENCODING=ISO-8859-1
NAME          quadratic.lp
ROWS
 N  cost    
 G  plain   
 L  disk    
 G  area    
COLUMNS
    x         cost                            1
    x         plain                           1
    x         disk                            1
    y         cost                            2
    y         plain                           1
    z         plain                           1
    z         area                           -1
RHS
    rhs       plain                         1.5
    rhs       disk                            6
    rhs       area                           -2
BOUNDS
 UP bnd       x                               3
 UP bnd       y                               3
 LO bnd       z                              -1
 UP bnd       z                               4
QMATRIX
    x         x                               2
    x         y                               1
    y         x                               1
    y         y                               3
QCMATRIX   disk
    x         x                               1
    y         y                               2
QCMATRIX   area
    x         y                             1.5
    y         x                             1.5
ENDATA
