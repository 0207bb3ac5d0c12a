Columns
    Index Status        Lower        Upper       Primal         Dual  Type        Name
        0                   0          inf      1.12346               Continuous  a_rather_long_name_of_a_variable_indeed
        1                   0          inf            0               Integer     x
        2                   0        1e+09        1e+09               Continuous  y
Rows
    Index Status        Lower        Upper       Primal         Dual  Name
        0             1.12346          inf      1.12346               a_rather_long_name_of_a_row_indeed_it_is
        1                -inf  1.23457e+09        1e+09               c2

Model status: Optimal

Objective value: -123456787.8888432
