NAME model FREE
ROWS
 N  objective
 L  row_c0
* cut
 L  row_c1
 L  row_c2
* lazy
 G  row_c3
* cut
 L  cut_4_c4
 G  cut_5_c5
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    a objective -2 row_c0 2
    a row_c1 1 row_c2 1
    a cut_4_c4 1
    b objective -1 row_c0 2
    b row_c1 1 row_c3 -1
    b cut_4_c4 1 cut_5_c5 1
    MARKER1 'MARKER' 'INTEND'
    x objective -1 row_c2 1
    x row_c3 1 cut_4_c4 1
    x cut_5_c5 1
RHS
    RHS row_c0 7
    RHS row_c1 3
    RHS row_c2 4.5
    RHS row_c3 -1
    RHS cut_4_c4 9
    RHS cut_5_c5 0.5
BOUNDS
 UP BND a 4
 UP BND b 4
 UP BND x 3
ENDATA
