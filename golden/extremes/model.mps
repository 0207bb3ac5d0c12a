NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  row_c1
 L  row_c2
COLUMNS
    x objective 1 row_c0 1.099511627776
    y objective 1 row_c0 1.099511627776
    z objective 1 row_c1 1
    w objective -1 row_c2 1000000000
RHS
    RHS row_c0 2.199023255552
    RHS row_c1 0.12345678901234566
    RHS row_c2 3000000000
BOUNDS
 UP BND x 1000000000000000.0
 UP BND y 0.1
 LO BND z -1000000
 UP BND z 7
 UP BND w 1000000
ENDATA
