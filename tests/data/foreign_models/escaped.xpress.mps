* Names escaped using: @
* FICO Xpress v9.9.1, Community, written 10:01:22, Nov 22, 2026
* Written from user model (presolvestate=0x680061)
NAME          noname
ROWS
 N  __OBJ___
 L  R1      
COLUMNS
    a@40b     __OBJ___  1
    a@40b     R1        1
    a@20b     __OBJ___  1
    a@20b     R1        1
    n@4020    __OBJ___  1
    n@4020    R1        1
    plain     __OBJ___  1
    plain     R1        1
RHS
    RHS00001  R1        7
BOUNDS
 UI BND00001  a@40b     2
 LO BND00001  a@40b     1
 UI BND00001  a@20b     2
 LO BND00001  a@20b     1
 UI BND00001  n@4020    2
 LO BND00001  n@4020    1
 UI BND00001  plain     2
 LO BND00001  plain     1
ENDATA
