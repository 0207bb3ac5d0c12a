NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_k  obj  -2.8  row_c0  1
    MARKER1  'MARKER'  'INTEND'
    one  obj  1.96
RHS
    RHS  row_c0  4
BOUNDS
 UP BND  n_0_k  5
 FX BND  one  1
QUADOBJ
    n_0_k  n_0_k  2
ENDATA
