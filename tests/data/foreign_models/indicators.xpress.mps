* FICO Xpress v9.9.1, Community, written 1:57:33, Nov 22, 2026
* Written from user model (presolvestate=0x480061)
NAME          indicators
ROWS
 N  obj     
 L  sum     
 L  on      
 E  off     
COLUMNS
    x         obj       -1
    x         sum       1
    x         on        1
    y         obj       -2
    y         sum       1
    y         on        1
    y         off       1
    z         obj       -3
    z         sum       1
    z         off       -1
    b         obj       1
SETS
 S1 set     
    set       x         1
    set       y         2
    set       z         3
RHS
    RHS00001  sum       8
    RHS00001  on        3
    RHS00001  off       1
BOUNDS
 UP BND00001  x         4
 UP BND00001  y         5
 UP BND00001  z         6
 BV BND00001  b       
INDICATORS
 IF on        b         1
 IF off       b         0
ENDATA
