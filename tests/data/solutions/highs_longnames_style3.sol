Problem:    long
Rows:       3
Columns:    3 (1 integer, 0 binary)
Non-zeros:  7
Status:     INTEGER OPTIMAL
Objective:  obj = -123456787.9 (MINimum)

   No.   Row name        Activity     Lower bound   Upper bound
------ ------------    ------------- ------------- -------------
     1 a_rather_long_name_of_a_row_indeed_it_is
                             1.12346       1.12346               
     2 c2                      1e+09                 1.23457e+09 
     3 obj              -1.23457e+08                             

   No. Column name       Activity     Lower bound   Upper bound
------ ------------    ------------- ------------- -------------
     1 a_rather_long_name_of_a_variable_indeed
                             1.12346             0               
     2 x            *              0             0               
     3 y                       1e+09             0         1e+09 

Integer feasibility conditions:

KKT.PE: max.abs.err = 0.00e+00 on row 0
        max.rel.err = 0.00e+00 on row 0
        High quality

KKT.PB: max.abs.err = 0.00e+00 on row 0
        max.rel.err = 0.00e+00 on row 0
        High quality

End of output
