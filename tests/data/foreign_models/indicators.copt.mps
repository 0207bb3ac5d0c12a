NAME          COPTPROB
OBJSENSE
    MIN
ROWS
 N  __OBJ___
 L  sum     
 L  on      
 E  off     
COLUMNS
    x         __OBJ___  -1
    x         sum       1
    x         on        1
    y         __OBJ___  -2
    y         sum       1
    y         on        1
    y         off       1
    z         __OBJ___  -3
    z         sum       1
    z         off       -1
    MARKER    'MARKER'                 'INTORG'
    b         __OBJ___  1
    MARKER    'MARKER'                 'INTEND'
RHS
    RHS       sum       8
    RHS       on        3
    RHS       off       1
BOUNDS
 UP BOUND     x         4
 UP BOUND     y         5
 UP BOUND     z         6
 UP BOUND     b         1
SOS
 S1 s1
    x         1
    y         2
    z         3
INDICATORS
 IF on        b         1
 IF off       b         0
ENDATA
