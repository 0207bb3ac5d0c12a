Problem:    timelimit_noincumbent
Rows:       6
Columns:    40 (40 integer, 40 binary)
Non-zeros:  199
Status:     UNDEFINED
Objective:  obj = inf (MINimum)

