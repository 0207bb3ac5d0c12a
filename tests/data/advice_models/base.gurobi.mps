NAME obj
OBJSENSE MAX
ROWS
 N  OBJ
 L  first   
LAZYCONS
 L  second  
COLUMNS
    MARKER    'MARKER'                 'INTORG'
    x         OBJ       3
    x         first     1
    x         second    1
    y         OBJ       2
    y         first     1
    y         second    3
    MARKER    'MARKER'                 'INTEND'
    z         OBJ       1
    z         second    1
RHS
    RHS1      first     4
    RHS1      second    6
BOUNDS
 UP BND1      x         3
 UP BND1      y         5
 UP BND1      z         9
ENDATA
