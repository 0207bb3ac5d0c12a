Problem:    unbounded_lp
Rows:       3
Columns:    2
Non-zeros:  6
Status:     UNBOUNDED
Objective:  obj = 3 (MAXimum)

   No.   Row name   St   Activity     Lower bound   Upper bound    Marginal
------ ------------ -- ------------- ------------- ------------- -------------
     1 c1           NU             3                           3             1 
     2 c2           B              3                           5 
     3 obj          B              3                             

   No. Column name  St   Activity     Lower bound   Upper bound    Marginal
------ ------------ -- ------------- ------------- ------------- -------------
     1 x            B              3             0               
     2 y            NL             0             0                           2 

Karush-Kuhn-Tucker optimality conditions:

KKT.PE: max.abs.err = 0.00e+00 on row 0
        max.rel.err = 0.00e+00 on row 0
        High quality

KKT.PB: max.abs.err = 0.00e+00 on row 0
        max.rel.err = 0.00e+00 on row 0
        High quality

KKT.DE: max.abs.err = 0.00e+00 on column 0
        max.rel.err = 0.00e+00 on column 0
        High quality

KKT.DB: max.abs.err = 2.00e+00 on column 2
        max.rel.err = 2.00e+00 on column 2
        DUAL SOLUTION IS INFEASIBLE

End of output
