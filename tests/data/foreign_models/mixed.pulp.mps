*SENSE:Maximize
NAME          mixed
ROWS
 N  profit
 L  cap
 G  low
 E  mix
 L  pick
 G  both
COLUMNS
    MARK      'MARKER'                 'INTORG'
    b         pick       6.000000000000e+00
    b         both       1.000000000000e+00
    b         profit     4.000000000000e+00
    MARK      'MARKER'                 'INTEND'
    MARK      'MARKER'                 'INTORG'
    c         pick       5.000000000000e+00
    c         both       1.000000000000e+00
    c         profit    -1.000000000000e+00
    MARK      'MARKER'                 'INTEND'
    MARK      'MARKER'                 'INTORG'
    n         cap        1.000000000000e+00
    n         pick       1.000000000000e+00
    n         profit     7.000000000000e+00
    MARK      'MARKER'                 'INTEND'
    u         mix       -1.000000000000e+00
    u         profit     3.000000000000e-01
    x         cap        2.000000000000e+00
    x         low        1.000000000000e+00
    x         mix        1.000000000000e+00
    x         profit     3.000000000000e+00
    y         cap        3.000000000000e+00
    y         low       -1.000000000000e+00
    y         mix        1.000000000000e+00
    y         profit    -2.500000000000e+00
    z         cap        1.000000000000e+00
    z         mix        1.000000000000e+00
    z         profit     1.000000000000e-01
RHS
    RHS       cap        4.050000000000e+01
    RHS       low       -3.000000000000e+00
    RHS       mix        4.250000000000e+00
    RHS       pick       1.100000000000e+01
    RHS       both       1.000000000000e+00
BOUNDS
 BV BND       b       
 BV BND       c       
 LO BND       n          1.000000000000e+00
 UP BND       n          7.000000000000e+00
 MI BND       u       
 UP BND       u          6.000000000000e+00
 LO BND       x         -4.000000000000e+00
 UP BND       x          1.250000000000e+01
 UP BND       y          8.000000000000e+00
 FR BND       z       
ENDATA
