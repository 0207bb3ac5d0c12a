Model status
Unbounded

# Primal solution values
Feasible
Objective 3
# Columns -1
x 3 0
