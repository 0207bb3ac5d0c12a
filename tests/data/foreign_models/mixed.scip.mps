* SCIP STATISTICS
*   Problem name     : /tmp/h/front/tests/data/foreign_models/mixed.lp
*   Variables        : 7 (2 binary, 1 integer, 0 implicit integer, 4 continuous)
*   Constraints      : 5
NAME          /tmp/h/front/tests/data/foreign_models/mixed.lp
OBJSENSE
  MAX
ROWS
 N  Obj 
 L  cap 
 G  low 
 E  mix 
 L  pick 
 G  both 
COLUMNS
    INTSTART  'MARKER'                            'INTORG'                           
    n         pick                             1  Obj                              7 
    n         cap                              1 
    b         both                             1  Obj                              4 
    b         pick                             6 
    c         pick                             5  both                             1 
    c         Obj                             -1 
    INTEND    'MARKER'                            'INTEND'                           
    x         mix                              1  Obj                              3 
    x         low                              1  cap                              2 
    y         cap                              3  mix                              1 
    y         Obj                           -2.5  low                             -1 
    z         Obj                            0.1  cap                              1 
    z         mix                              1 
    u         Obj                            0.3  mix                             -1 
RHS
    RHS       cap                           40.5  low                             -3 
    RHS       mix                           4.25  pick                            11 
    RHS       both                             1 
BOUNDS
 BV Bound     b                                  
 BV Bound     c                                  
 LO Bound     n                                1 
 UP Bound     n                                7 
 MI Bound     u                                  
 UP Bound     u                                6 
 LO Bound     x                               -4 
 UP Bound     x                             12.5 
 UP Bound     y                                8 
 FR Bound     z                                  
ENDATA