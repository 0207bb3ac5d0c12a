NAME           
* Written by MOSEK version 11.2.7
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
    rhs       cap       40.5
    rhs       low       -3
    rhs       mix       4.25
    rhs       pick      11
    rhs       both      1
RANGES
BOUNDS
 LO bound     x         -4
 UP bound     x         12.5
 UP bound     y         8
 FR bound     z       
 LI bound     n         1
 UI bound     n         7
 BV bound     b       
 BV bound     c       
 MI bound     u       
 UP bound     u         6
ENDATA
