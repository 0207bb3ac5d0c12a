c Problem:    long
c Rows:       3
c Columns:    3
c Non-zeros:  7
c Status:     INTEGER OPTIMAL
c Objective:  obj = -123456787.9 (MINimum)
c
s mip 3 3 o -123456787.8888432
i 1 1.1234567890123
i 2 1000000000
i 3 -123456787.8888432
j 1 1.1234567890123
j 2 0
j 3 1000000000
e o f
