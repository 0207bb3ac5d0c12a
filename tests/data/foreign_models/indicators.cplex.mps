* ENCODING=ISO-8859-1
NAME          indicators.lp
ROWS
 N  obj     
 L  sum     
 L  on      
 E  off     
COLUMNS
    x         obj                            -1
    x         sum                             1
    x         on                              1
    y         obj                            -2
    y         sum                             1
    y         on                              1
    y         off                             1
    z         obj                            -3
    z         sum                             1
    z         off                            -1
    MARK0000  'MARKER'                 'INTORG'
    b         obj                             1
    MARK0001  'MARKER'                 'INTEND'
RHS
    rhs       sum                             8
    rhs       on                              3
    rhs       off                             1
BOUNDS
 UP bnd       x                               4
 UP bnd       y                               5
 UP bnd       z                               6
 BV bnd       b       
SOS
 S1 set
    x                               1
    y                               2
    z                               3
INDICATORS
 IF on        b                               1
 IF off       b                               0
ENDATA
