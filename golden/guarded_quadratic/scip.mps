NAME model FREE
ROWS
 N  objective
 L  row_c1
 L  row_c0
COLUMNS
    x objective -1
    y objective -1
    MARKER0 'MARKER' 'INTORG'
    b objective -2
    MARKER1 'MARKER' 'INTEND'
    low_0 row_c0 -1 row_c1 1
RHS
    RHS row_c1 1
BOUNDS
 UP BND x 2
 UP BND y 2
 BV BND b
 FR BND low_0
QCMATRIX row_c0
    x y 0.5
    y x 0.5
INDICATORS
 IF row_c1 b 1
ENDATA
