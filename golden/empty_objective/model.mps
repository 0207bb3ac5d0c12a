NAME model FREE
ROWS
 N  objective
 E  row_c0
COLUMNS
    x row_c0 1
    unused objective 0
    MARKER0 'MARKER' 'INTORG'
    b row_c0 1
    MARKER1 'MARKER' 'INTEND'
RHS
    RHS row_c0 4.5
BOUNDS
 UP BND x 4
 LO BND unused 1
 UP BND unused 2
 BV BND b
ENDATA
