NAME model FREE
ROWS
 N  obj
 L  row_c0
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_a  obj  -3  row_c0  2
    n_1_b  obj  -4  row_c0  3
    n_2_c  obj  -6  row_c0  4
    MARKER1  'MARKER'  'INTEND'
RHS
    RHS  row_c0  5
BOUNDS
 BV BND  n_0_a
 BV BND  n_1_b
 BV BND  n_2_c
ENDATA
