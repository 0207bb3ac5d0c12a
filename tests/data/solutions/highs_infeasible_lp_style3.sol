Problem:    infeasible_lp
Rows:       3
Columns:    2
Non-zeros:  6
Status:     INFEASIBLE (FINAL)
Objective:  obj = 0 (MINimum)

