NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    off  obj  -8  row_c0  1
    on  obj  2  row_c0  1
    half  obj  -4  row_c0  1
    most  obj  1
    open  obj  -1  row_c0  1
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  2
BOUNDS
 FX BND  off  0
 FX BND  on  1
 FX BND  half  0
 FX BND  most  1
 BV BND  open
ENDATA
