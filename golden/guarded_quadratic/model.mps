NAME model FREE
ROWS
 N  objective
 L  row_c0
COLUMNS
    x objective -1
    y objective -1
    MARKER0 'MARKER' 'INTORG'
    b objective -2 row_c0 3
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 4
BOUNDS
 UP BND x 2
 UP BND y 2
 BV BND b
QCMATRIX row_c0
    x y 0.5
    y x 0.5
ENDATA
