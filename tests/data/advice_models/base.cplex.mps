* ENCODING=ISO-8859-1
NAME          base.lp
ROWS
 N  obj     
 L  first   
 L  second  
USERCUTS
 L  cut     
LAZYCONS
 L  rare    
COLUMNS
    MARK0000  'MARKER'                 'INTORG'
    x         obj                            -3
    x         first                           1
    x         second                          1
    x         cut                             1
    x         rare                            1
    y         obj                            -2
    y         first                           1
    y         second                          3
    y         cut                             1
    MARK0001  'MARKER'                 'INTEND'
    z         obj                            -1
    z         second                          1
    z         rare                            1
RHS
    rhs       first                           4
    rhs       second                          6
    rhs       cut                             4
    rhs       rare                            7
BOUNDS
 UP bnd       x                               3
 UP bnd       y                               5
 UP bnd       z                               9
ENDATA
