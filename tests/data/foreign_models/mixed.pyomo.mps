* Source:     Pyomo MPS Writer
* Format:     Free MPS
*
NAME unknown
OBJSENSE
 MAX
ROWS
 N  profit
 L  c_u_cap_
 G  c_l_low_
 E  c_e_mix_
 L  c_u_pick_
 G  c_l_both_
COLUMNS
     x profit 3
     x c_u_cap_ 2
     x c_l_low_ 1
     x c_e_mix_ 1
     y profit -2.5
     y c_u_cap_ 3
     y c_l_low_ -1
     y c_e_mix_ 1
     z profit 0.10000000000000001
     z c_u_cap_ 1
     z c_e_mix_ 1
     u profit 0.30000000000000004
     u c_e_mix_ -1
     n profit 7
     n c_u_cap_ 1
     n c_u_pick_ 1
     b profit 4
     b c_u_pick_ 6
     b c_l_both_ 1
     c profit -1
     c c_u_pick_ 5
     c c_l_both_ 1
RHS
     RHS c_u_cap_ 40.5
     RHS c_l_low_ -3
     RHS c_e_mix_ 4.25
     RHS c_u_pick_ 11
     RHS c_l_both_ 1
BOUNDS
 LO BOUND x -4
 UP BOUND x 12.5
 LO BOUND y 0
 UP BOUND y 8
 FR BOUND z
 MI BOUND u
 UP BOUND u 6
 LI BOUND n 1
 UI BOUND n 7
 BV BOUND b
 BV BOUND c
ENDATA
