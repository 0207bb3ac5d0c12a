Model status
Optimal

# Primal solution values
Feasible
Objective -123456787.8888432
# Columns 3
a_rather_long_name_of_a_variable_indeed 1.1234567890123
x 0
y 1000000000
# Rows 2
a_rather_long_name_of_a_row_indeed_it_is 1.1234567890123
c2 1000000000

# Dual solution values
None

# Basis
HiGHS_basis_file v2
None
