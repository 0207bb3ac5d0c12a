* Source:     Pyomo MPS Writer
* Format:     Free MPS
*
NAME unknown
OBJSENSE
 MIN
ROWS
 N  cost
 G  c_l_plain_
 L  c_u_disk_
 G  c_l_area_
COLUMNS
     x cost 1
     x c_l_plain_ 1
     x c_u_disk_ 1
     y cost 2
     y c_l_plain_ 1
     z c_l_plain_ 1
     z c_l_area_ -1
RHS
     RHS c_l_plain_ 1.5
     RHS c_u_disk_ 6
     RHS c_l_area_ -2
BOUNDS
 LO BOUND x 0
 UP BOUND x 3
 LO BOUND y 0
 UP BOUND y 3
 LO BOUND z -1
 UP BOUND z 4
QUADOBJ
     x x 2
     x y 1
     y y 3
QCMATRIX    c_u_disk_
     x x 1
     y y 2
QCMATRIX    c_l_area_
     x y 1.5
     y x 1.5
ENDATA
