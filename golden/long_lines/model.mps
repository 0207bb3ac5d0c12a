NAME model FREE
ROWS
 N  obj
 G  row_c0
 G  row_c1
COLUMNS
    MARKER0  'MARKER'  'INTORG'
    n_0_item0  obj  1  row_c0  1
    n_0_item0  row_c1  -1
    MARKER1  'MARKER'  'INTEND'
    n_1_amount1  obj  1  row_c0  1.125
    n_2_amount2  obj  1  row_c0  1.25
    n_2_amount2  row_c1  -1.25
    MARKER2  'MARKER'  'INTORG'
    n_3_item3  obj  1  row_c0  1.375
    MARKER3  'MARKER'  'INTEND'
    n_4_amount4  obj  1  row_c0  1
    n_4_amount4  row_c1  -1
    n_5_amount5  obj  1  row_c0  1.125
    MARKER4  'MARKER'  'INTORG'
    n_6_item6  obj  1  row_c0  1.25
    n_6_item6  row_c1  -1.25
    MARKER5  'MARKER'  'INTEND'
    n_7_amount7  obj  1  row_c0  1.375
    n_8_amount8  obj  1  row_c0  1
    n_8_amount8  row_c1  -1
    MARKER6  'MARKER'  'INTORG'
    n_9_item9  obj  1  row_c0  1.125
    MARKER7  'MARKER'  'INTEND'
    n_10_amount10  obj  1  row_c0  1.25
    n_10_amount10  row_c1  -1.25
    n_11_amount11  obj  1  row_c0  1.375
    MARKER8  'MARKER'  'INTORG'
    n_12_item12  obj  1  row_c0  1
    n_12_item12  row_c1  -1
    MARKER9  'MARKER'  'INTEND'
    n_13_amount13  obj  1  row_c0  1.125
    n_14_amount14  obj  1  row_c0  1.25
    n_14_amount14  row_c1  -1.25
    MARKER10  'MARKER'  'INTORG'
    n_15_item15  obj  1  row_c0  1.375
    MARKER11  'MARKER'  'INTEND'
    n_16_amount16  obj  1  row_c0  1
    n_16_amount16  row_c1  -1
    n_17_amount17  obj  1  row_c0  1.125
    MARKER12  'MARKER'  'INTORG'
    n_18_item18  obj  1  row_c0  1.25
    n_18_item18  row_c1  -1.25
    MARKER13  'MARKER'  'INTEND'
    n_19_amount19  obj  1  row_c0  1.375
    n_20_amount20  obj  1  row_c0  1
    n_20_amount20  row_c1  -1
    MARKER14  'MARKER'  'INTORG'
    n_21_item21  obj  1  row_c0  1.125
    MARKER15  'MARKER'  'INTEND'
    n_22_amount22  obj  1  row_c0  1.25
    n_22_amount22  row_c1  -1.25
    n_23_amount23  obj  1  row_c0  1.375
    MARKER16  'MARKER'  'INTORG'
    n_24_item24  obj  1  row_c0  1
    n_24_item24  row_c1  -1
    MARKER17  'MARKER'  'INTEND'
    n_25_amount25  obj  1  row_c0  1.125
    n_26_amount26  obj  1  row_c0  1.25
    n_26_amount26  row_c1  -1.25
    MARKER18  'MARKER'  'INTORG'
    n_27_item27  obj  1  row_c0  1.375
    MARKER19  'MARKER'  'INTEND'
    n_28_amount28  obj  1  row_c0  1
    n_28_amount28  row_c1  -1
    n_29_amount29  obj  1  row_c0  1.125
    MARKER20  'MARKER'  'INTORG'
    n_30_item30  obj  1  row_c0  1.25
    n_30_item30  row_c1  -1.25
    MARKER21  'MARKER'  'INTEND'
    n_31_amount31  obj  1  row_c0  1.375
    n_32_amount32  obj  1  row_c0  1
    n_32_amount32  row_c1  -1
    MARKER22  'MARKER'  'INTORG'
    n_33_item33  obj  1  row_c0  1.125
    MARKER23  'MARKER'  'INTEND'
    n_34_amount34  obj  1  row_c0  1.25
    n_34_amount34  row_c1  -1.25
    n_35_amount35  obj  1  row_c0  1.375
    MARKER24  'MARKER'  'INTORG'
    n_36_item36  obj  1  row_c0  1
    n_36_item36  row_c1  -1
    MARKER25  'MARKER'  'INTEND'
    n_37_amount37  obj  1  row_c0  1.125
    n_38_amount38  obj  1  row_c0  1.25
    n_38_amount38  row_c1  -1.25
    MARKER26  'MARKER'  'INTORG'
    n_39_item39  obj  1  row_c0  1.375
    MARKER27  'MARKER'  'INTEND'
    n_40_amount40  obj  1  row_c0  1
    n_40_amount40  row_c1  -1
    n_41_amount41  obj  1  row_c0  1.125
    MARKER28  'MARKER'  'INTORG'
    n_42_item42  obj  1  row_c0  1.25
    n_42_item42  row_c1  -1.25
    MARKER29  'MARKER'  'INTEND'
    n_43_amount43  obj  1  row_c0  1.375
    n_44_amount44  obj  1  row_c0  1
    n_44_amount44  row_c1  -1
    MARKER30  'MARKER'  'INTORG'
    n_45_item45  obj  1  row_c0  1.125
    MARKER31  'MARKER'  'INTEND'
    n_46_amount46  obj  1  row_c0  1.25
    n_46_amount46  row_c1  -1.25
    n_47_amount47  obj  1  row_c0  1.375
    MARKER32  'MARKER'  'INTORG'
    n_48_item48  obj  1  row_c0  1
    n_48_item48  row_c1  -1
    MARKER33  'MARKER'  'INTEND'
    n_49_amount49  obj  1  row_c0  1.125
    n_50_amount50  obj  1  row_c0  1.25
    n_50_amount50  row_c1  -1.25
    MARKER34  'MARKER'  'INTORG'
    n_51_item51  obj  1  row_c0  1.375
    MARKER35  'MARKER'  'INTEND'
    n_52_amount52  obj  1  row_c0  1
    n_52_amount52  row_c1  -1
    n_53_amount53  obj  1  row_c0  1.125
    MARKER36  'MARKER'  'INTORG'
    n_54_item54  obj  1  row_c0  1.25
    n_54_item54  row_c1  -1.25
    MARKER37  'MARKER'  'INTEND'
    n_55_amount55  obj  1  row_c0  1.375
    n_56_amount56  obj  1  row_c0  1
    n_56_amount56  row_c1  -1
    MARKER38  'MARKER'  'INTORG'
    n_57_item57  obj  1  row_c0  1.125
    MARKER39  'MARKER'  'INTEND'
    n_58_amount58  obj  1  row_c0  1.25
    n_58_amount58  row_c1  -1.25
    n_59_amount59  obj  1  row_c0  1.375
    MARKER40  'MARKER'  'INTORG'
    n_60_item60  obj  1  row_c0  1
    n_60_item60  row_c1  -1
    MARKER41  'MARKER'  'INTEND'
    n_61_amount61  obj  1  row_c0  1.125
    n_62_amount62  obj  1  row_c0  1.25
    n_62_amount62  row_c1  -1.25
    MARKER42  'MARKER'  'INTORG'
    n_63_item63  obj  1  row_c0  1.375
    MARKER43  'MARKER'  'INTEND'
    n_64_amount64  obj  1  row_c0  1
    n_64_amount64  row_c1  -1
    n_65_amount65  obj  1  row_c0  1.125
    MARKER44  'MARKER'  'INTORG'
    n_66_item66  obj  1  row_c0  1.25
    n_66_item66  row_c1  -1.25
    MARKER45  'MARKER'  'INTEND'
    n_67_amount67  obj  1  row_c0  1.375
    n_68_amount68  obj  1  row_c0  1
    n_68_amount68  row_c1  -1
    MARKER46  'MARKER'  'INTORG'
    n_69_item69  obj  1  row_c0  1.125
    MARKER47  'MARKER'  'INTEND'
    n_70_amount70  obj  1  row_c0  1.25
    n_70_amount70  row_c1  -1.25
    n_71_amount71  obj  1  row_c0  1.375
    MARKER48  'MARKER'  'INTORG'
    n_72_item72  obj  1  row_c0  1
    n_72_item72  row_c1  -1
    MARKER49  'MARKER'  'INTEND'
    n_73_amount73  obj  1  row_c0  1.125
    n_74_amount74  obj  1  row_c0  1.25
    n_74_amount74  row_c1  -1.25
    MARKER50  'MARKER'  'INTORG'
    n_75_item75  obj  1  row_c0  1.375
    MARKER51  'MARKER'  'INTEND'
    n_76_amount76  obj  1  row_c0  1
    n_76_amount76  row_c1  -1
    n_77_amount77  obj  1  row_c0  1.125
    MARKER52  'MARKER'  'INTORG'
    n_78_item78  obj  1  row_c0  1.25
    n_78_item78  row_c1  -1.25
    MARKER53  'MARKER'  'INTEND'
    n_79_amount79  obj  1  row_c0  1.375
    n_80_amount80  obj  1  row_c0  1
    n_80_amount80  row_c1  -1
    MARKER54  'MARKER'  'INTORG'
    n_81_item81  obj  1  row_c0  1.125
    MARKER55  'MARKER'  'INTEND'
    n_82_amount82  obj  1  row_c0  1.25
    n_82_amount82  row_c1  -1.25
    n_83_amount83  obj  1  row_c0  1.375
    MARKER56  'MARKER'  'INTORG'
    n_84_item84  obj  1  row_c0  1
    n_84_item84  row_c1  -1
    MARKER57  'MARKER'  'INTEND'
    n_85_amount85  obj  1  row_c0  1.125
    n_86_amount86  obj  1  row_c0  1.25
    n_86_amount86  row_c1  -1.25
    MARKER58  'MARKER'  'INTORG'
    n_87_item87  obj  1  row_c0  1.375
    MARKER59  'MARKER'  'INTEND'
    n_88_amount88  obj  1  row_c0  1
    n_88_amount88  row_c1  -1
    n_89_amount89  obj  1  row_c0  1.125
    MARKER60  'MARKER'  'INTORG'
    n_90_item90  obj  1  row_c0  1.25
    n_90_item90  row_c1  -1.25
    MARKER61  'MARKER'  'INTEND'
    n_91_amount91  obj  1  row_c0  1.375
    n_92_amount92  obj  1  row_c0  1
    n_92_amount92  row_c1  -1
    MARKER62  'MARKER'  'INTORG'
    n_93_item93  obj  1  row_c0  1.125
    MARKER63  'MARKER'  'INTEND'
    n_94_amount94  obj  1  row_c0  1.25
    n_94_amount94  row_c1  -1.25
    n_95_amount95  obj  1  row_c0  1.375
    MARKER64  'MARKER'  'INTORG'
    n_96_item96  obj  1  row_c0  1
    n_96_item96  row_c1  -1
    MARKER65  'MARKER'  'INTEND'
    n_97_amount97  obj  1  row_c0  1.125
    n_98_amount98  obj  1  row_c0  1.25
    n_98_amount98  row_c1  -1.25
    MARKER66  'MARKER'  'INTORG'
    n_99_item99  obj  1  row_c0  1.375
    MARKER67  'MARKER'  'INTEND'
    n_100_amount100  obj  1  row_c0  1
    n_100_amount100  row_c1  -1
    n_101_amount101  obj  1  row_c0  1.125
    MARKER68  'MARKER'  'INTORG'
    n_102_item102  obj  1  row_c0  1.25
    n_102_item102  row_c1  -1.25
    MARKER69  'MARKER'  'INTEND'
    n_103_amount103  obj  1  row_c0  1.375
    n_104_amount104  obj  1  row_c0  1
    n_104_amount104  row_c1  -1
    MARKER70  'MARKER'  'INTORG'
    n_105_item105  obj  1  row_c0  1.125
    MARKER71  'MARKER'  'INTEND'
    n_106_amount106  obj  1  row_c0  1.25
    n_106_amount106  row_c1  -1.25
    n_107_amount107  obj  1  row_c0  1.375
    MARKER72  'MARKER'  'INTORG'
    n_108_item108  obj  1  row_c0  1
    n_108_item108  row_c1  -1
    MARKER73  'MARKER'  'INTEND'
    n_109_amount109  obj  1  row_c0  1.125
    n_110_amount110  obj  1  row_c0  1.25
    n_110_amount110  row_c1  -1.25
    MARKER74  'MARKER'  'INTORG'
    n_111_item111  obj  1  row_c0  1.375
    MARKER75  'MARKER'  'INTEND'
    n_112_amount112  obj  1  row_c0  1
    n_112_amount112  row_c1  -1
    n_113_amount113  obj  1  row_c0  1.125
    MARKER76  'MARKER'  'INTORG'
    n_114_item114  obj  1  row_c0  1.25
    n_114_item114  row_c1  -1.25
    MARKER77  'MARKER'  'INTEND'
    n_115_amount115  obj  1  row_c0  1.375
    n_116_amount116  obj  1  row_c0  1
    n_116_amount116  row_c1  -1
    MARKER78  'MARKER'  'INTORG'
    n_117_item117  obj  1  row_c0  1.125
    MARKER79  'MARKER'  'INTEND'
    n_118_amount118  obj  1  row_c0  1.25
    n_118_amount118  row_c1  -1.25
    n_119_amount119  obj  1  row_c0  1.375
    MARKER80  'MARKER'  'INTORG'
    n_120_item120  obj  1  row_c0  1
    n_120_item120  row_c1  -1
    MARKER81  'MARKER'  'INTEND'
    n_121_amount121  obj  1  row_c0  1.125
    n_122_amount122  obj  1  row_c0  1.25
    n_122_amount122  row_c1  -1.25
    MARKER82  'MARKER'  'INTORG'
    n_123_item123  obj  1  row_c0  1.375
    MARKER83  'MARKER'  'INTEND'
    n_124_amount124  obj  1  row_c0  1
    n_124_amount124  row_c1  -1
    n_125_amount125  obj  1  row_c0  1.125
    MARKER84  'MARKER'  'INTORG'
    n_126_item126  obj  1  row_c0  1.25
    n_126_item126  row_c1  -1.25
    MARKER85  'MARKER'  'INTEND'
    n_127_amount127  obj  1  row_c0  1.375
    n_128_amount128  obj  1  row_c0  1
    n_128_amount128  row_c1  -1
    MARKER86  'MARKER'  'INTORG'
    n_129_item129  obj  1  row_c0  1.125
    MARKER87  'MARKER'  'INTEND'
    n_130_amount130  obj  1  row_c0  1.25
    n_130_amount130  row_c1  -1.25
    n_131_amount131  obj  1  row_c0  1.375
    MARKER88  'MARKER'  'INTORG'
    n_132_item132  obj  1  row_c0  1
    n_132_item132  row_c1  -1
    MARKER89  'MARKER'  'INTEND'
    n_133_amount133  obj  1  row_c0  1.125
    n_134_amount134  obj  1  row_c0  1.25
    n_134_amount134  row_c1  -1.25
    MARKER90  'MARKER'  'INTORG'
    n_135_item135  obj  1  row_c0  1.375
    MARKER91  'MARKER'  'INTEND'
    n_136_amount136  obj  1  row_c0  1
    n_136_amount136  row_c1  -1
    n_137_amount137  obj  1  row_c0  1.125
    MARKER92  'MARKER'  'INTORG'
    n_138_item138  obj  1  row_c0  1.25
    n_138_item138  row_c1  -1.25
    MARKER93  'MARKER'  'INTEND'
    n_139_amount139  obj  1  row_c0  1.375
    n_140_amount140  obj  1  row_c0  1
    n_140_amount140  row_c1  -1
    MARKER94  'MARKER'  'INTORG'
    n_141_item141  obj  1  row_c0  1.125
    MARKER95  'MARKER'  'INTEND'
    n_142_amount142  obj  1  row_c0  1.25
    n_142_amount142  row_c1  -1.25
    n_143_amount143  obj  1  row_c0  1.375
    MARKER96  'MARKER'  'INTORG'
    n_144_item144  obj  1  row_c0  1
    n_144_item144  row_c1  -1
    MARKER97  'MARKER'  'INTEND'
    n_145_amount145  obj  1  row_c0  1.125
    n_146_amount146  obj  1  row_c0  1.25
    n_146_amount146  row_c1  -1.25
    MARKER98  'MARKER'  'INTORG'
    n_147_item147  obj  1  row_c0  1.375
    MARKER99  'MARKER'  'INTEND'
    n_148_amount148  obj  1  row_c0  1
    n_148_amount148  row_c1  -1
    n_149_amount149  obj  1  row_c0  1.125
RHS
    RHS  row_c0  99.75
    RHS  row_c1  -20
BOUNDS
 UP BND  n_0_item0  9
 UP BND  n_1_amount1  9.5
 UP BND  n_2_amount2  9.5
 UP BND  n_3_item3  9
 UP BND  n_4_amount4  9.5
 UP BND  n_5_amount5  9.5
 UP BND  n_6_item6  9
 UP BND  n_7_amount7  9.5
 UP BND  n_8_amount8  9.5
 UP BND  n_9_item9  9
 UP BND  n_10_amount10  9.5
 UP BND  n_11_amount11  9.5
 UP BND  n_12_item12  9
 UP BND  n_13_amount13  9.5
 UP BND  n_14_amount14  9.5
 UP BND  n_15_item15  9
 UP BND  n_16_amount16  9.5
 UP BND  n_17_amount17  9.5
 UP BND  n_18_item18  9
 UP BND  n_19_amount19  9.5
 UP BND  n_20_amount20  9.5
 UP BND  n_21_item21  9
 UP BND  n_22_amount22  9.5
 UP BND  n_23_amount23  9.5
 UP BND  n_24_item24  9
 UP BND  n_25_amount25  9.5
 UP BND  n_26_amount26  9.5
 UP BND  n_27_item27  9
 UP BND  n_28_amount28  9.5
 UP BND  n_29_amount29  9.5
 UP BND  n_30_item30  9
 UP BND  n_31_amount31  9.5
 UP BND  n_32_amount32  9.5
 UP BND  n_33_item33  9
 UP BND  n_34_amount34  9.5
 UP BND  n_35_amount35  9.5
 UP BND  n_36_item36  9
 UP BND  n_37_amount37  9.5
 UP BND  n_38_amount38  9.5
 UP BND  n_39_item39  9
 UP BND  n_40_amount40  9.5
 UP BND  n_41_amount41  9.5
 UP BND  n_42_item42  9
 UP BND  n_43_amount43  9.5
 UP BND  n_44_amount44  9.5
 UP BND  n_45_item45  9
 UP BND  n_46_amount46  9.5
 UP BND  n_47_amount47  9.5
 UP BND  n_48_item48  9
 UP BND  n_49_amount49  9.5
 UP BND  n_50_amount50  9.5
 UP BND  n_51_item51  9
 UP BND  n_52_amount52  9.5
 UP BND  n_53_amount53  9.5
 UP BND  n_54_item54  9
 UP BND  n_55_amount55  9.5
 UP BND  n_56_amount56  9.5
 UP BND  n_57_item57  9
 UP BND  n_58_amount58  9.5
 UP BND  n_59_amount59  9.5
 UP BND  n_60_item60  9
 UP BND  n_61_amount61  9.5
 UP BND  n_62_amount62  9.5
 UP BND  n_63_item63  9
 UP BND  n_64_amount64  9.5
 UP BND  n_65_amount65  9.5
 UP BND  n_66_item66  9
 UP BND  n_67_amount67  9.5
 UP BND  n_68_amount68  9.5
 UP BND  n_69_item69  9
 UP BND  n_70_amount70  9.5
 UP BND  n_71_amount71  9.5
 UP BND  n_72_item72  9
 UP BND  n_73_amount73  9.5
 UP BND  n_74_amount74  9.5
 UP BND  n_75_item75  9
 UP BND  n_76_amount76  9.5
 UP BND  n_77_amount77  9.5
 UP BND  n_78_item78  9
 UP BND  n_79_amount79  9.5
 UP BND  n_80_amount80  9.5
 UP BND  n_81_item81  9
 UP BND  n_82_amount82  9.5
 UP BND  n_83_amount83  9.5
 UP BND  n_84_item84  9
 UP BND  n_85_amount85  9.5
 UP BND  n_86_amount86  9.5
 UP BND  n_87_item87  9
 UP BND  n_88_amount88  9.5
 UP BND  n_89_amount89  9.5
 UP BND  n_90_item90  9
 UP BND  n_91_amount91  9.5
 UP BND  n_92_amount92  9.5
 UP BND  n_93_item93  9
 UP BND  n_94_amount94  9.5
 UP BND  n_95_amount95  9.5
 UP BND  n_96_item96  9
 UP BND  n_97_amount97  9.5
 UP BND  n_98_amount98  9.5
 UP BND  n_99_item99  9
 UP BND  n_100_amount100  9.5
 UP BND  n_101_amount101  9.5
 UP BND  n_102_item102  9
 UP BND  n_103_amount103  9.5
 UP BND  n_104_amount104  9.5
 UP BND  n_105_item105  9
 UP BND  n_106_amount106  9.5
 UP BND  n_107_amount107  9.5
 UP BND  n_108_item108  9
 UP BND  n_109_amount109  9.5
 UP BND  n_110_amount110  9.5
 UP BND  n_111_item111  9
 UP BND  n_112_amount112  9.5
 UP BND  n_113_amount113  9.5
 UP BND  n_114_item114  9
 UP BND  n_115_amount115  9.5
 UP BND  n_116_amount116  9.5
 UP BND  n_117_item117  9
 UP BND  n_118_amount118  9.5
 UP BND  n_119_amount119  9.5
 UP BND  n_120_item120  9
 UP BND  n_121_amount121  9.5
 UP BND  n_122_amount122  9.5
 UP BND  n_123_item123  9
 UP BND  n_124_amount124  9.5
 UP BND  n_125_amount125  9.5
 UP BND  n_126_item126  9
 UP BND  n_127_amount127  9.5
 UP BND  n_128_amount128  9.5
 UP BND  n_129_item129  9
 UP BND  n_130_amount130  9.5
 UP BND  n_131_amount131  9.5
 UP BND  n_132_item132  9
 UP BND  n_133_amount133  9.5
 UP BND  n_134_amount134  9.5
 UP BND  n_135_item135  9
 UP BND  n_136_amount136  9.5
 UP BND  n_137_amount137  9.5
 UP BND  n_138_item138  9
 UP BND  n_139_amount139  9.5
 UP BND  n_140_amount140  9.5
 UP BND  n_141_item141  9
 UP BND  n_142_amount142  9.5
 UP BND  n_143_amount143  9.5
 UP BND  n_144_item144  9
 UP BND  n_145_amount145  9.5
 UP BND  n_146_amount146  9.5
 UP BND  n_147_item147  9
 UP BND  n_148_amount148  9.5
 UP BND  n_149_amount149  9.5
ENDATA
