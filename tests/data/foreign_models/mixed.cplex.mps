* ENCODING=ISO-8859-1
NAME          mixed.lp
ROWS
 N  profit  
 L  cap     
 G  low     
 E  mix     
 L  pick    
 G  both    
COLUMNS
    x         profit                         -3
    x         cap                             2
    x         low                             1
    x         mix                             1
    y         profit                        2.5
    y         cap                             3
    y         low                            -1
    y         mix                             1
    z         profit                       -0.1
    z         cap                             1
    z         mix                             1
    MARK0000  'MARKER'                 'INTORG'
    n         profit                         -7
    n         cap                             1
    n         pick                            1
    b         profit                         -4
    b         pick                            6
    b         both                            1
    c         profit                          1
    c         pick                            5
    c         both                            1
    MARK0001  'MARKER'                 'INTEND'
    u         profit                       -0.3
    u         mix                            -1
RHS
    rhs       cap                          40.5
    rhs       low                            -3
    rhs       mix                          4.25
    rhs       pick                           11
    rhs       both                            1
BOUNDS
 LO bnd       x                              -4
 UP bnd       x                            12.5
 UP bnd       y                               8
 FR bnd       z       
 LO bnd       n                               1
 UP bnd       n                               7
 BV bnd       b       
 BV bnd       c       
 MI bnd       u       
 UP bnd       u                               6
ENDATA
