Problem:    infeasible
Rows:       3
Columns:    2 (1 integer, 0 binary)
Non-zeros:  6
Status:     INTEGER EMPTY
Objective:  obj = inf (MINimum)

