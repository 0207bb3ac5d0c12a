NAME model FREE
ROWS
 N  obj
 G  row_c0
 L  row_c1
COLUMNS
    n_0_free  obj  1  row_c0  1
    fixed  obj  1
    lower  obj  1
    both  obj  1
    negative  obj  -1
    plain  obj  1  row_c1  1
    upper  obj  -1
    open  obj  -1
    positive  obj  1  row_c1  -1
    zero  row_c1  1
RHS
    RHS  row_c0  -7
    RHS  row_c1  3
BOUNDS
 FR BND  n_0_free
 FX BND  fixed  2.5
 LO BND  lower  -3
 LO BND  both  -2
 UP BND  both  4
 MI BND  negative
 UP BND  negative  -1
 UP BND  upper  5
 MI BND  open
 UP BND  open  5
 LO BND  positive  1
 FX BND  zero  0
ENDATA
