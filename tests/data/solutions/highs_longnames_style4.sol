Model status
Optimal

# Primal solution values
Feasible
Objective -123456787.8888432
# Columns -2
a_rather_long_name_of_a_variable_indeed 1.1234567890123 0
y 1000000000 2
