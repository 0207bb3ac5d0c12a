NAME model FREE
ROWS
 N  obj
 L  row_c0
 L  row_c1
COLUMNS
    x  obj  -1  row_c0  1
    x  row_c1  1
    MARKER0  'MARKER'  'INTORG'
    b  obj  -10
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  3
    RHS  row_c1  9
BOUNDS
 BV BND  b
INDICATORS
 IF row_c0  b  1
ENDATA
