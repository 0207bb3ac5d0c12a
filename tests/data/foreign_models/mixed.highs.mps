NAME        mixed
OBJSENSE
  MAX
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
    MARK0000  'MARKER'                 'INTORG'
    n         profit    7
    n         cap       1
    n         pick      1
    b         profit    4
    b         pick      6
    b         both      1
    c         profit    -1
    c         pick      5
    c         both      1
    MARK0001  'MARKER'                 'INTEND'
    u         profit    0.3
    u         mix       -1
RHS
    RHS_V     cap       40.5
    RHS_V     low       -3
    RHS_V     mix       4.25
    RHS_V     pick      11
    RHS_V     both      1
BOUNDS
 LO BOUND     x         -4
 UP BOUND     x         12.5
 UP BOUND     y         8
 FR BOUND     z       
 LI BOUND     n         1
 UI BOUND     n         7
 BV BOUND     b       
 BV BOUND     c       
 MI BOUND     u       
 UP BOUND     u         6
ENDATA
