* FICO Xpress v9.9.1, Community, written 1:57:31, Nov 22, 2026
* Written from user model (presolvestate=0x480061)
NAME          mixed
OBJSENSE  MAXIMIZE
ROWS
 N  profit  
 L  cap     
 G  low     
 E  mix     
 L  pick    
 G  both    
COLUMNS
    x         profit    3
    x         cap       2
    x         low       1
    x         mix       1
    y         profit    -2.5
    y         cap       3
    y         low       -1
    y         mix       1
    z         profit    0.1
    z         cap       1
    z         mix       1
    n         profit    7
    n         cap       1
    n         pick      1
    b         profit    4
    b         pick      6
    b         both      1
    c         profit    -1
    c         pick      5
    c         both      1
    u         profit    0.30000000000000004
    u         mix       -1
RHS
    RHS00001  cap       40.5
    RHS00001  low       -3
    RHS00001  mix       4.25
    RHS00001  pick      11
    RHS00001  both      1
BOUNDS
 UP BND00001  x         12.5
 LO BND00001  x         -4
 UP BND00001  y         8
 FR BND00001  z       
 UI BND00001  n         7
 LO BND00001  n         1
 BV BND00001  b       
 BV BND00001  c       
 UP BND00001  u         6
 MI BND00001  u       
ENDATA
