NAME model FREE
ROWS
 N  obj
 E  row_c0
COLUMNS
    n_0_x  row_c0  1
    n_1_unused  obj  0
    MARKER0  'MARKER'  'INTORG'
    n_2_b  row_c0  1
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  4.5
BOUNDS
 UP BND  n_0_x  4
 LO BND  n_1_unused  1
 UP BND  n_1_unused  2
 BV BND  n_2_b
ENDATA
