NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    a objective -3 row_c0 2
    b objective -4 row_c0 3
    c objective -6 row_c0 4
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 5
BOUNDS
 BV BND a
 BV BND b
 BV BND c
ENDATA
