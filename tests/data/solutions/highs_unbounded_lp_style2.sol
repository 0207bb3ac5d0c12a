c Problem:    unbounded_lp
c Rows:       3
c Columns:    2
c Non-zeros:  6
c Status:     UNBOUNDED
c Objective:  obj = 3 (MAXimum)
c
s bas 3 2 f i 3
i 1 u 3 1
i 2 b 3 0
i 3 b 3 0
j 1 b 3 0
j 2 l 0 2
e o f
