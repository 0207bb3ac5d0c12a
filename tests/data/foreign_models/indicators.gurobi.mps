NAME obj
ROWS
 N  OBJ
 L  sum     
 L  on      
 E  off     
COLUMNS
    x         OBJ       -1
    x         sum       1
    x         on        1
    y         OBJ       -2
    y         sum       1
    y         on        1
    y         off       1
    z         OBJ       -3
    z         sum       1
    z         off       -1
    MARKER    'MARKER'                 'INTORG'
    b         OBJ       1
    MARKER    'MARKER'                 'INTEND'
RHS
    RHS1      sum       8
    RHS1      on        3
    RHS1      off       1
BOUNDS
 UP BND1      x         4
 UP BND1      y         5
 UP BND1      z         6
 BV BND1      b       
SOS
 S1 s0
    x            1
    y            2
    z            3
INDICATORS
 IF on        b         1
 IF off       b         0
ENDATA
