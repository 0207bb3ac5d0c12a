NAME model FREE
ROWS
 N  objective
 G  row_c0
 G  row_c1
COLUMNS
    MARKER0 'MARKER' 'INTORG'
    item0 objective 1 row_c0 1
    item0 row_c1 -1
    MARKER1 'MARKER' 'INTEND'
    amount1 objective 1 row_c0 1.125
    amount2 objective 1 row_c0 1.25
    amount2 row_c1 -1.25
    MARKER2 'MARKER' 'INTORG'
    item3 objective 1 row_c0 1.375
    MARKER3 'MARKER' 'INTEND'
    amount4 objective 1 row_c0 1
    amount4 row_c1 -1
    amount5 objective 1 row_c0 1.125
    MARKER4 'MARKER' 'INTORG'
    item6 objective 1 row_c0 1.25
    item6 row_c1 -1.25
    MARKER5 'MARKER' 'INTEND'
    amount7 objective 1 row_c0 1.375
    amount8 objective 1 row_c0 1
    amount8 row_c1 -1
    MARKER6 'MARKER' 'INTORG'
    item9 objective 1 row_c0 1.125
    MARKER7 'MARKER' 'INTEND'
    amount10 objective 1 row_c0 1.25
    amount10 row_c1 -1.25
    amount11 objective 1 row_c0 1.375
    MARKER8 'MARKER' 'INTORG'
    item12 objective 1 row_c0 1
    item12 row_c1 -1
    MARKER9 'MARKER' 'INTEND'
    amount13 objective 1 row_c0 1.125
    amount14 objective 1 row_c0 1.25
    amount14 row_c1 -1.25
    MARKER10 'MARKER' 'INTORG'
    item15 objective 1 row_c0 1.375
    MARKER11 'MARKER' 'INTEND'
    amount16 objective 1 row_c0 1
    amount16 row_c1 -1
    amount17 objective 1 row_c0 1.125
    MARKER12 'MARKER' 'INTORG'
    item18 objective 1 row_c0 1.25
    item18 row_c1 -1.25
    MARKER13 'MARKER' 'INTEND'
    amount19 objective 1 row_c0 1.375
    amount20 objective 1 row_c0 1
    amount20 row_c1 -1
    MARKER14 'MARKER' 'INTORG'
    item21 objective 1 row_c0 1.125
    MARKER15 'MARKER' 'INTEND'
    amount22 objective 1 row_c0 1.25
    amount22 row_c1 -1.25
    amount23 objective 1 row_c0 1.375
    MARKER16 'MARKER' 'INTORG'
    item24 objective 1 row_c0 1
    item24 row_c1 -1
    MARKER17 'MARKER' 'INTEND'
    amount25 objective 1 row_c0 1.125
    amount26 objective 1 row_c0 1.25
    amount26 row_c1 -1.25
    MARKER18 'MARKER' 'INTORG'
    item27 objective 1 row_c0 1.375
    MARKER19 'MARKER' 'INTEND'
    amount28 objective 1 row_c0 1
    amount28 row_c1 -1
    amount29 objective 1 row_c0 1.125
    MARKER20 'MARKER' 'INTORG'
    item30 objective 1 row_c0 1.25
    item30 row_c1 -1.25
    MARKER21 'MARKER' 'INTEND'
    amount31 objective 1 row_c0 1.375
    amount32 objective 1 row_c0 1
    amount32 row_c1 -1
    MARKER22 'MARKER' 'INTORG'
    item33 objective 1 row_c0 1.125
    MARKER23 'MARKER' 'INTEND'
    amount34 objective 1 row_c0 1.25
    amount34 row_c1 -1.25
    amount35 objective 1 row_c0 1.375
    MARKER24 'MARKER' 'INTORG'
    item36 objective 1 row_c0 1
    item36 row_c1 -1
    MARKER25 'MARKER' 'INTEND'
    amount37 objective 1 row_c0 1.125
    amount38 objective 1 row_c0 1.25
    amount38 row_c1 -1.25
    MARKER26 'MARKER' 'INTORG'
    item39 objective 1 row_c0 1.375
    MARKER27 'MARKER' 'INTEND'
    amount40 objective 1 row_c0 1
    amount40 row_c1 -1
    amount41 objective 1 row_c0 1.125
    MARKER28 'MARKER' 'INTORG'
    item42 objective 1 row_c0 1.25
    item42 row_c1 -1.25
    MARKER29 'MARKER' 'INTEND'
    amount43 objective 1 row_c0 1.375
    amount44 objective 1 row_c0 1
    amount44 row_c1 -1
    MARKER30 'MARKER' 'INTORG'
    item45 objective 1 row_c0 1.125
    MARKER31 'MARKER' 'INTEND'
    amount46 objective 1 row_c0 1.25
    amount46 row_c1 -1.25
    amount47 objective 1 row_c0 1.375
    MARKER32 'MARKER' 'INTORG'
    item48 objective 1 row_c0 1
    item48 row_c1 -1
    MARKER33 'MARKER' 'INTEND'
    amount49 objective 1 row_c0 1.125
    amount50 objective 1 row_c0 1.25
    amount50 row_c1 -1.25
    MARKER34 'MARKER' 'INTORG'
    item51 objective 1 row_c0 1.375
    MARKER35 'MARKER' 'INTEND'
    amount52 objective 1 row_c0 1
    amount52 row_c1 -1
    amount53 objective 1 row_c0 1.125
    MARKER36 'MARKER' 'INTORG'
    item54 objective 1 row_c0 1.25
    item54 row_c1 -1.25
    MARKER37 'MARKER' 'INTEND'
    amount55 objective 1 row_c0 1.375
    amount56 objective 1 row_c0 1
    amount56 row_c1 -1
    MARKER38 'MARKER' 'INTORG'
    item57 objective 1 row_c0 1.125
    MARKER39 'MARKER' 'INTEND'
    amount58 objective 1 row_c0 1.25
    amount58 row_c1 -1.25
    amount59 objective 1 row_c0 1.375
    MARKER40 'MARKER' 'INTORG'
    item60 objective 1 row_c0 1
    item60 row_c1 -1
    MARKER41 'MARKER' 'INTEND'
    amount61 objective 1 row_c0 1.125
    amount62 objective 1 row_c0 1.25
    amount62 row_c1 -1.25
    MARKER42 'MARKER' 'INTORG'
    item63 objective 1 row_c0 1.375
    MARKER43 'MARKER' 'INTEND'
    amount64 objective 1 row_c0 1
    amount64 row_c1 -1
    amount65 objective 1 row_c0 1.125
    MARKER44 'MARKER' 'INTORG'
    item66 objective 1 row_c0 1.25
    item66 row_c1 -1.25
    MARKER45 'MARKER' 'INTEND'
    amount67 objective 1 row_c0 1.375
    amount68 objective 1 row_c0 1
    amount68 row_c1 -1
    MARKER46 'MARKER' 'INTORG'
    item69 objective 1 row_c0 1.125
    MARKER47 'MARKER' 'INTEND'
    amount70 objective 1 row_c0 1.25
    amount70 row_c1 -1.25
    amount71 objective 1 row_c0 1.375
    MARKER48 'MARKER' 'INTORG'
    item72 objective 1 row_c0 1
    item72 row_c1 -1
    MARKER49 'MARKER' 'INTEND'
    amount73 objective 1 row_c0 1.125
    amount74 objective 1 row_c0 1.25
    amount74 row_c1 -1.25
    MARKER50 'MARKER' 'INTORG'
    item75 objective 1 row_c0 1.375
    MARKER51 'MARKER' 'INTEND'
    amount76 objective 1 row_c0 1
    amount76 row_c1 -1
    amount77 objective 1 row_c0 1.125
    MARKER52 'MARKER' 'INTORG'
    item78 objective 1 row_c0 1.25
    item78 row_c1 -1.25
    MARKER53 'MARKER' 'INTEND'
    amount79 objective 1 row_c0 1.375
    amount80 objective 1 row_c0 1
    amount80 row_c1 -1
    MARKER54 'MARKER' 'INTORG'
    item81 objective 1 row_c0 1.125
    MARKER55 'MARKER' 'INTEND'
    amount82 objective 1 row_c0 1.25
    amount82 row_c1 -1.25
    amount83 objective 1 row_c0 1.375
    MARKER56 'MARKER' 'INTORG'
    item84 objective 1 row_c0 1
    item84 row_c1 -1
    MARKER57 'MARKER' 'INTEND'
    amount85 objective 1 row_c0 1.125
    amount86 objective 1 row_c0 1.25
    amount86 row_c1 -1.25
    MARKER58 'MARKER' 'INTORG'
    item87 objective 1 row_c0 1.375
    MARKER59 'MARKER' 'INTEND'
    amount88 objective 1 row_c0 1
    amount88 row_c1 -1
    amount89 objective 1 row_c0 1.125
    MARKER60 'MARKER' 'INTORG'
    item90 objective 1 row_c0 1.25
    item90 row_c1 -1.25
    MARKER61 'MARKER' 'INTEND'
    amount91 objective 1 row_c0 1.375
    amount92 objective 1 row_c0 1
    amount92 row_c1 -1
    MARKER62 'MARKER' 'INTORG'
    item93 objective 1 row_c0 1.125
    MARKER63 'MARKER' 'INTEND'
    amount94 objective 1 row_c0 1.25
    amount94 row_c1 -1.25
    amount95 objective 1 row_c0 1.375
    MARKER64 'MARKER' 'INTORG'
    item96 objective 1 row_c0 1
    item96 row_c1 -1
    MARKER65 'MARKER' 'INTEND'
    amount97 objective 1 row_c0 1.125
    amount98 objective 1 row_c0 1.25
    amount98 row_c1 -1.25
    MARKER66 'MARKER' 'INTORG'
    item99 objective 1 row_c0 1.375
    MARKER67 'MARKER' 'INTEND'
    amount100 objective 1 row_c0 1
    amount100 row_c1 -1
    amount101 objective 1 row_c0 1.125
    MARKER68 'MARKER' 'INTORG'
    item102 objective 1 row_c0 1.25
    item102 row_c1 -1.25
    MARKER69 'MARKER' 'INTEND'
    amount103 objective 1 row_c0 1.375
    amount104 objective 1 row_c0 1
    amount104 row_c1 -1
    MARKER70 'MARKER' 'INTORG'
    item105 objective 1 row_c0 1.125
    MARKER71 'MARKER' 'INTEND'
    amount106 objective 1 row_c0 1.25
    amount106 row_c1 -1.25
    amount107 objective 1 row_c0 1.375
    MARKER72 'MARKER' 'INTORG'
    item108 objective 1 row_c0 1
    item108 row_c1 -1
    MARKER73 'MARKER' 'INTEND'
    amount109 objective 1 row_c0 1.125
    amount110 objective 1 row_c0 1.25
    amount110 row_c1 -1.25
    MARKER74 'MARKER' 'INTORG'
    item111 objective 1 row_c0 1.375
    MARKER75 'MARKER' 'INTEND'
    amount112 objective 1 row_c0 1
    amount112 row_c1 -1
    amount113 objective 1 row_c0 1.125
    MARKER76 'MARKER' 'INTORG'
    item114 objective 1 row_c0 1.25
    item114 row_c1 -1.25
    MARKER77 'MARKER' 'INTEND'
    amount115 objective 1 row_c0 1.375
    amount116 objective 1 row_c0 1
    amount116 row_c1 -1
    MARKER78 'MARKER' 'INTORG'
    item117 objective 1 row_c0 1.125
    MARKER79 'MARKER' 'INTEND'
    amount118 objective 1 row_c0 1.25
    amount118 row_c1 -1.25
    amount119 objective 1 row_c0 1.375
    MARKER80 'MARKER' 'INTORG'
    item120 objective 1 row_c0 1
    item120 row_c1 -1
    MARKER81 'MARKER' 'INTEND'
    amount121 objective 1 row_c0 1.125
    amount122 objective 1 row_c0 1.25
    amount122 row_c1 -1.25
    MARKER82 'MARKER' 'INTORG'
    item123 objective 1 row_c0 1.375
    MARKER83 'MARKER' 'INTEND'
    amount124 objective 1 row_c0 1
    amount124 row_c1 -1
    amount125 objective 1 row_c0 1.125
    MARKER84 'MARKER' 'INTORG'
    item126 objective 1 row_c0 1.25
    item126 row_c1 -1.25
    MARKER85 'MARKER' 'INTEND'
    amount127 objective 1 row_c0 1.375
    amount128 objective 1 row_c0 1
    amount128 row_c1 -1
    MARKER86 'MARKER' 'INTORG'
    item129 objective 1 row_c0 1.125
    MARKER87 'MARKER' 'INTEND'
    amount130 objective 1 row_c0 1.25
    amount130 row_c1 -1.25
    amount131 objective 1 row_c0 1.375
    MARKER88 'MARKER' 'INTORG'
    item132 objective 1 row_c0 1
    item132 row_c1 -1
    MARKER89 'MARKER' 'INTEND'
    amount133 objective 1 row_c0 1.125
    amount134 objective 1 row_c0 1.25
    amount134 row_c1 -1.25
    MARKER90 'MARKER' 'INTORG'
    item135 objective 1 row_c0 1.375
    MARKER91 'MARKER' 'INTEND'
    amount136 objective 1 row_c0 1
    amount136 row_c1 -1
    amount137 objective 1 row_c0 1.125
    MARKER92 'MARKER' 'INTORG'
    item138 objective 1 row_c0 1.25
    item138 row_c1 -1.25
    MARKER93 'MARKER' 'INTEND'
    amount139 objective 1 row_c0 1.375
    amount140 objective 1 row_c0 1
    amount140 row_c1 -1
    MARKER94 'MARKER' 'INTORG'
    item141 objective 1 row_c0 1.125
    MARKER95 'MARKER' 'INTEND'
    amount142 objective 1 row_c0 1.25
    amount142 row_c1 -1.25
    amount143 objective 1 row_c0 1.375
    MARKER96 'MARKER' 'INTORG'
    item144 objective 1 row_c0 1
    item144 row_c1 -1
    MARKER97 'MARKER' 'INTEND'
    amount145 objective 1 row_c0 1.125
    amount146 objective 1 row_c0 1.25
    amount146 row_c1 -1.25
    MARKER98 'MARKER' 'INTORG'
    item147 objective 1 row_c0 1.375
    MARKER99 'MARKER' 'INTEND'
    amount148 objective 1 row_c0 1
    amount148 row_c1 -1
    amount149 objective 1 row_c0 1.125
RHS
    RHS row_c0 99.75
    RHS row_c1 -20
BOUNDS
 UP BND item0 9
 UP BND amount1 9.5
 UP BND amount2 9.5
 UP BND item3 9
 UP BND amount4 9.5
 UP BND amount5 9.5
 UP BND item6 9
 UP BND amount7 9.5
 UP BND amount8 9.5
 UP BND item9 9
 UP BND amount10 9.5
 UP BND amount11 9.5
 UP BND item12 9
 UP BND amount13 9.5
 UP BND amount14 9.5
 UP BND item15 9
 UP BND amount16 9.5
 UP BND amount17 9.5
 UP BND item18 9
 UP BND amount19 9.5
 UP BND amount20 9.5
 UP BND item21 9
 UP BND amount22 9.5
 UP BND amount23 9.5
 UP BND item24 9
 UP BND amount25 9.5
 UP BND amount26 9.5
 UP BND item27 9
 UP BND amount28 9.5
 UP BND amount29 9.5
 UP BND item30 9
 UP BND amount31 9.5
 UP BND amount32 9.5
 UP BND item33 9
 UP BND amount34 9.5
 UP BND amount35 9.5
 UP BND item36 9
 UP BND amount37 9.5
 UP BND amount38 9.5
 UP BND item39 9
 UP BND amount40 9.5
 UP BND amount41 9.5
 UP BND item42 9
 UP BND amount43 9.5
 UP BND amount44 9.5
 UP BND item45 9
 UP BND amount46 9.5
 UP BND amount47 9.5
 UP BND item48 9
 UP BND amount49 9.5
 UP BND amount50 9.5
 UP BND item51 9
 UP BND amount52 9.5
 UP BND amount53 9.5
 UP BND item54 9
 UP BND amount55 9.5
 UP BND amount56 9.5
 UP BND item57 9
 UP BND amount58 9.5
 UP BND amount59 9.5
 UP BND item60 9
 UP BND amount61 9.5
 UP BND amount62 9.5
 UP BND item63 9
 UP BND amount64 9.5
 UP BND amount65 9.5
 UP BND item66 9
 UP BND amount67 9.5
 UP BND amount68 9.5
 UP BND item69 9
 UP BND amount70 9.5
 UP BND amount71 9.5
 UP BND item72 9
 UP BND amount73 9.5
 UP BND amount74 9.5
 UP BND item75 9
 UP BND amount76 9.5
 UP BND amount77 9.5
 UP BND item78 9
 UP BND amount79 9.5
 UP BND amount80 9.5
 UP BND item81 9
 UP BND amount82 9.5
 UP BND amount83 9.5
 UP BND item84 9
 UP BND amount85 9.5
 UP BND amount86 9.5
 UP BND item87 9
 UP BND amount88 9.5
 UP BND amount89 9.5
 UP BND item90 9
 UP BND amount91 9.5
 UP BND amount92 9.5
 UP BND item93 9
 UP BND amount94 9.5
 UP BND amount95 9.5
 UP BND item96 9
 UP BND amount97 9.5
 UP BND amount98 9.5
 UP BND item99 9
 UP BND amount100 9.5
 UP BND amount101 9.5
 UP BND item102 9
 UP BND amount103 9.5
 UP BND amount104 9.5
 UP BND item105 9
 UP BND amount106 9.5
 UP BND amount107 9.5
 UP BND item108 9
 UP BND amount109 9.5
 UP BND amount110 9.5
 UP BND item111 9
 UP BND amount112 9.5
 UP BND amount113 9.5
 UP BND item114 9
 UP BND amount115 9.5
 UP BND amount116 9.5
 UP BND item117 9
 UP BND amount118 9.5
 UP BND amount119 9.5
 UP BND item120 9
 UP BND amount121 9.5
 UP BND amount122 9.5
 UP BND item123 9
 UP BND amount124 9.5
 UP BND amount125 9.5
 UP BND item126 9
 UP BND amount127 9.5
 UP BND amount128 9.5
 UP BND item129 9
 UP BND amount130 9.5
 UP BND amount131 9.5
 UP BND item132 9
 UP BND amount133 9.5
 UP BND amount134 9.5
 UP BND item135 9
 UP BND amount136 9.5
 UP BND amount137 9.5
 UP BND item138 9
 UP BND amount139 9.5
 UP BND amount140 9.5
 UP BND item141 9
 UP BND amount142 9.5
 UP BND amount143 9.5
 UP BND item144 9
 UP BND amount145 9.5
 UP BND amount146 9.5
 UP BND item147 9
 UP BND amount148 9.5
 UP BND amount149 9.5
ENDATA
