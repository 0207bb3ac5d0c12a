c Problem:    timelimit_noincumbent
c Rows:       6
c Columns:    40
c Non-zeros:  199
c Status:     UNDEFINED
c Objective:  obj = inf (MINimum)
c
s mip 6 40 u inf
