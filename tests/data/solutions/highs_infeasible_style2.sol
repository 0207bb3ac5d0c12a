c Problem:    infeasible
c Rows:       3
c Columns:    2
c Non-zeros:  6
c Status:     INTEGER EMPTY
c Objective:  obj = inf (MINimum)
c
s mip 3 2 n inf
