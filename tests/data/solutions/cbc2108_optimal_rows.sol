Optimal - objective value 11.36666667
      0 row.1                  6                      -0
      1 row_2               1.25              -1.3333333
      2 r3                   0.7                       1
      3 r4                     4                      -0
      0 b.1                    1                       3
      1 b#2                    0                       2
      2 n_1                    4               2.3333333
      3 y(1)               -2.75                       0
      4 z                   3.45                       0
      5 unused                 0                      -0
