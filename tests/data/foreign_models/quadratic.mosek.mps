NAME           
* Written by MOSEK version 11.2.7
OBJSENSE
    MIN
ROWS
 N  cost
 G  plain
 L  disk
 G  area
COLUMNS
    x         cost      1
    x         plain     1
    x         disk      1
    y         cost      2
    y         plain     1
    z         cost      0
    z         plain     1
    z         area      -1
RHS     
    rhs       plain     1.5
    rhs       disk      6
    rhs       area      -2
RANGES
BOUNDS
 UP bound     x         3
 UP bound     y         3
 LO bound     z         -1
 UP bound     z         4
QSECTION      cost
    x         x         2
    y         x         1
    y         y         3
QSECTION      disk
    x         x         2
    y         y         4
QSECTION      area
    y         x         3
ENDATA
