* SCIP STATISTICS
*   Problem name     : /tmp/h/front/tests/data/foreign_models/indicators.lp
*   Variables        : 7 (1 binary, 0 integer, 0 implicit integer, 6 continuous)
*   Constraints      : 8
NAME          /tmp/h/front/tests/data/foreign_models/indicators.lp
OBJSENSE
  MIN
ROWS
 N  Obj 
 L  sum 
 L  indlin_on 
 L  indlin_off 
 L  indlin_off_eqneg 
COLUMNS
    INTSTART            'MARKER'                                      'INTORG'                                     
    b                   Obj                                        1 
    INTEND              'MARKER'                                      'INTEND'                                     
    x                   sum                                        1  Obj                                       -1 
    x                   indlin_on                                  1 
    y                   Obj                                       -2  sum                                        1 
    y                   indlin_on                                  1  indlin_off                                 1 
    y                   indlin_off_eqneg                          -1 
    z                   Obj                                       -3  sum                                        1 
    z                   indlin_off_eqneg                           1  indlin_off                                -1 
RHS
    RHS                 sum                                        8  indlin_on                                  3 
    RHS                 indlin_off                                 1  indlin_off_eqneg                          -1 
BOUNDS
 BV Bound               b                                            
 UP Bound               y                                          5 
 UP Bound               z                                          6 
 UP Bound               x                                          4 
SOS
 S1 set 
    x                                          1
    y                                          2
    z                                          3
INDICATORS
 IF indlin_on           b                                          1 
 IF indlin_off          b                                          0 
 IF indlin_off_eqneg    b                                          0 
ENDATA