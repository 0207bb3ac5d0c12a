NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    k objective -2.8 row_c0 1
    MARKER1 'MARKER' 'INTEND'
    one objective 1.96
RHS
    RHS row_c0 4
BOUNDS
 UP BND k 5
 FX BND one 1
QUADOBJ
    k k 2
ENDATA
