* SCIP STATISTICS
*   Problem name     : /tmp/h/front/tests/data/foreign_models/quadratic.lp
*   Variables        : 4 (0 binary, 0 integer, 0 implicit integer, 4 continuous)
*   Constraints      : 4
NAME          /tmp/h/front/tests/data/foreign_models/quadratic.lp
OBJSENSE
  MIN
ROWS
 N  Obj 
 L  quadobj 
 G  plain 
 L  disk 
 G  area 
COLUMNS
    x           Obj                                1  quadobj                            0 
    x           disk                               1  disk                               0 
    x           plain                              1  quadobj                            0 
    x           area                               0 
    y           quadobj                            0  quadobj                            0 
    y           disk                               0  plain                              1 
    y           Obj                                2  area                               0 
    quadobjvar  quadobj                           -1  Obj                                1 
    z           Obj                                0  area                              -1 
    z           plain                              1 
RHS
    RHS         quadobj                            0  plain                            1.5 
    RHS         disk                               6  area                              -2 
BOUNDS
 UP Bound       x                                  3 
 UP Bound       y                                  3 
 FR Bound       quadobjvar                           
 LO Bound       z                                 -1 
 UP Bound       z                                  4 
QCMATRIX quadobj
    x           x                                  1 
    y           y                                1.5 
    x           y                                0.5 
    y           x                                0.5 
QCMATRIX disk
    x           x                                  1 
    y           y                                  2 
QCMATRIX area
    x           y                                1.5 
    y           x                                1.5 
ENDATA