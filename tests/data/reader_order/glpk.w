c Problem:    
c Rows:       4
c Columns:    10
c Non-zeros:  7
c Status:     INTEGER OPTIMAL
c Objective:  obj = -9 (MINimum)
c
s mip 4 10 o -9
i 1 13
i 2 -1
i 3 6
i 4 9
j 1 5
j 2 7
j 3 4
j 4 9
j 5 3
j 6 10
j 7 2
j 8 6
j 9 1
j 10 8
e o f
