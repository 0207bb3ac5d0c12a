NAME model FREE
ROWS
 N  objective
 L  row_c0
 L  row_c1
COLUMNS
    x objective -1 row_c0 1
    x row_c1 1
    MARKER0 'MARKER' 'INTORG'
    b objective -10
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 3
    RHS row_c1 9
BOUNDS
 BV BND b
INDICATORS
 IF row_c0 b 1
ENDATA
