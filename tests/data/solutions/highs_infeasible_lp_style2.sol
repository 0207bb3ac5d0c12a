c Problem:    infeasible_lp
c Rows:       3
c Columns:    2
c Non-zeros:  6
c Status:     INFEASIBLE (FINAL)
c Objective:  obj = 0 (MINimum)
c
s bas 3 2 u u 0
