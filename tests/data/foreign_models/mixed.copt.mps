NAME          COPTPROB
OBJSENSE
    MAX
ROWS
 N  __OBJ___
 L  cap     
 G  low     
 E  mix     
 L  pick    
 G  both    
COLUMNS
    x         __OBJ___  3
    x         cap       2
    x         low       1
    x         mix       1
    y         __OBJ___  -2.5
    y         cap       3
    y         low       -1
    y         mix       1
    z         __OBJ___  0.10000000000000001
    z         cap       1
    z         mix       1
    MARKER    'MARKER'                 'INTORG'
    n         __OBJ___  7
    n         cap       1
    n         pick      1
    b         __OBJ___  4
    b         pick      6
    b         both      1
    c         __OBJ___  -1
    c         pick      5
    c         both      1
    MARKER    'MARKER'                 'INTEND'
    u         __OBJ___  0.30000000000000004
    u         mix       -1
RHS
    RHS       cap       40.5
    RHS       low       -3
    RHS       mix       4.25
    RHS       pick      11
    RHS       both      1
BOUNDS
 LO BOUND     x         -4
 UP BOUND     x         12.5
 UP BOUND     y         8
 FR BOUND     z       
 LO BOUND     n         1
 UP BOUND     n         7
 UP BOUND     b         1
 UP BOUND     c         1
 MI BOUND     u       
 UP BOUND     u         6
ENDATA
