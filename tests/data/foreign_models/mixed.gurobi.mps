NAME profit
OBJSENSE MAX
ROWS
 N  OBJ
 L  cap     
 G  low     
 E  mix     
 L  pick    
 G  both    
COLUMNS
    x         OBJ       3
    x         cap       2
    x         low       1
    x         mix       1
    y         OBJ       -2.5
    y         cap       3
    y         low       -1
    y         mix       1
    z         OBJ       0.1
    z         cap       1
    z         mix       1
    MARKER    'MARKER'                 'INTORG'
    n         OBJ       7
    n         cap       1
    n         pick      1
    b         OBJ       4
    b         pick      6
    b         both      1
    c         OBJ       -1
    c         pick      5
    c         both      1
    MARKER    'MARKER'                 'INTEND'
    u         OBJ       3.0000000000000004e-01
    u         mix       -1
RHS
    RHS1      cap       40.5
    RHS1      low       -3
    RHS1      mix       4.25
    RHS1      pick      11
    RHS1      both      1
BOUNDS
 LO BND1      x         -4
 UP BND1      x         12.5
 UP BND1      y         8
 FR BND1      z       
 LO BND1      n         1
 UP BND1      n         7
 BV BND1      b       
 BV BND1      c       
 MI BND1      u       
 UP BND1      u         6
ENDATA
