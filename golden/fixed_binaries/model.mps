NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    off objective -8 row_c0 1
    on objective 2 row_c0 1
    half objective -4 row_c0 1
    most objective 1
    open objective -1 row_c0 1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 2
BOUNDS
 FX BND off 0
 FX BND on 1
 FX BND half 0
 FX BND most 1
 BV BND open
ENDATA
