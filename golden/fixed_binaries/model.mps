NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_off  obj  -8  row_c0  1
    n_1_on  obj  2  row_c0  1
    n_2_half  obj  -4  row_c0  1
    n_3_most  obj  1
    n_4_open  obj  -1  row_c0  1
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  2
BOUNDS
 FX BND  n_0_off  0
 FX BND  n_1_on  1
 FX BND  n_2_half  0
 FX BND  n_3_most  1
 BV BND  n_4_open
ENDATA
