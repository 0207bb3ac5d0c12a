//! Odd names: every group becomes one linear and one quadratic model in which each column has a
//! cost and a bound of its own, so that two columns that a reader takes for one show up.

use theriac::ir::names::{NameMap, Names};
use theriac::ir::{Guard, Model, Objective, Sense, Sos1, VarId};

use super::Entry;
use crate::models::build::*;

fn groups() -> Vec<(&'static str, Vec<String>)> {
    let words = |list: &str| list.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let long = |length: usize, last: &str| "a".repeat(length - last.len()) + last;
    let mut lengths: Vec<String> =
        [63, 64, 65, 119, 120, 121, 150, 151, 199, 200, 253, 254, 255, 256, 300, 511, 1000, 3000]
            .iter()
            .map(|n| long(*n, ""))
            .collect();
    for length in [64, 65, 120, 150, 254, 255, 256, 300] {
        lengths.extend([long(length, "b"), long(length, "c")]);
    }
    vec![
        (
            "reserved",
            words(
                "st bin gen general int integer end free inf infinity nan max min maximize minimize subject bound bounds sos semi",
            ),
        ),
        (
            "reserved_upper",
            words(
                "ST BIN Binaries Generals Integers END Free INF Infinity NaN Maximize MINIMISE Subject To such that Bounds SOS1 SOS2 semi-continuous lazy",
            ),
        ),
        (
            "reserved_mps",
            words(
                "NAME ROWS COLUMNS RHS RANGES BOUNDS ENDATA MARKER INTORG INTEND OBJSENSE QUADOBJ QCMATRIX INDICATORS SOS obj BND RNG FREE UP",
            ),
        ),
        (
            "exponents",
            words("e E e1 E1 e12x E9z e_1 1e5 1x 0 12 .5 1.5 -1 +2 d1 D2 inf1 infx nanx Inf_y"),
        ),
        (
            "brackets",
            words(
                "x[1] x[2] x[1,2] x(1) x(2) x{1} x<1> w[a][b] x[1 2] [x] (x) ]x[ x_1_ x_1__ x_1_2_",
            ),
        ),
        (
            "blanks",
            vec![
                "x y".into(),
                "x  y".into(),
                " x".into(),
                "x ".into(),
                "x\ty".into(),
                "x\ny".into(),
                "x\r\ny".into(),
                String::new(),
                " ".into(),
                "\t".into(),
                "x\u{a0}y".into(),
                "x\u{2028}y".into(),
                "x\0y".into(),
                "x\u{7f}".into(),
            ],
        ),
        (
            "utf8",
            words(
                "é e\u{301} 中 中文变量 Ωmega ß ẞ İ ı 🙂 👩\u{200d}🔬 \u{feff}x x\u{feff} \u{202e}abc ½ ² x² −1 １ ａ",
            ),
        ),
        ("lengths", lengths),
        ("case", words("x X xx xX Xx XX abc ABC Abc aBc abC x1 X1 C1 c1 B0 b0 I0 i0")),
        (
            "operators",
            words(
                "x+1 x-1 x*y x/y x^2 x:y x<y x>y x=1 x<=1 -x +x \\x $x *x #x .x _x x.1 x,1 x;1 x|y x&y x!y x?y x@y x~y x`y x'y x\"y x%y -> <-> := ::",
            ),
        ),
        (
            "computed",
            words(
                "n_0 n_1 n_2_x one low_0 sl_0 x0 x1 x2 c0 c1 s0 s1 obj n_7_x_1_ w_1_2_3 b_1 row_c0 r0 R0 t_0",
            ),
        ),
        ("duplicates", words("x x x y y X X")),
        // The lengths that give a line of free MPS the shape of fixed MPS, and one that does not.
        ("fixed_shape", words("position acf y velocity abd cdc momentum z abcdefgh xyz")),
        ("nine_characters", words("positions acf velocity1 abd distances y")),
        // Columns that SCIP makes by itself, and heads of sets: the members and the switch stand last.
        ("helpers", words("quadobjvar nlobjvar qmatrixvar y S2 S1 indslack_row_c5")),
        ("words", words("range Range pwl PWL subjectto SuchThat scenario CONES")),
        (
            "solution_words",
            words(
                "objective status solution optimal log =obj= name value unknown feasible infeasible # * Objective",
            ),
        ),
    ]
}

/// Column `j` lies in `[0, j + 1]`, alternately real and integer, and earns `j + 1` a unit:
/// `-sum (j + 1)^2`. A chain of rows does not bind. A switch at the end earns 100 and requires
/// that the first column is at most 0.5, which costs 0.5; of the last two columns but the switch
/// one must be zero, which costs the smaller square.
fn linear(names: &[String]) -> (Model, Vec<VarId>, f64) {
    let mut m = Model::new();
    let last = names.len() - 1;
    let mut vars = Vec::new();
    for (j, name) in names[..last].iter().enumerate() {
        let top = (j + 1) as f64;
        vars.push(if j % 2 == 0 {
            real(&mut m, name, 0.0, top)
        } else {
            int(&mut m, name, 0.0, top)
        });
    }
    let b = bin(&mut m, &names[last]);
    for pair in vars.windows(2) {
        let rhs = (pair[0].0 + pair[1].0 + 3) as f64;
        row(&mut m, &[(pair[0], 1.0), (pair[1], 1.0)], Sense::Le, rhs);
    }
    let guard = Guard { var: b, value: true };
    m.add_guarded_row(guard, &[(vars[0], 1.0)], Sense::Le, 0.5, origin());
    let (p, q) = (vars[last - 2], vars[last - 1]);
    m.sos1.push(Sos1 { members: vec![(p, 1.0), (q, 2.0)], origin: origin() });
    let mut cost: Vec<(VarId, f64)> = vars.iter().map(|v| (*v, -f64::from(v.0 + 1))).collect();
    cost.push((b, -100.0));
    m.objective = Objective::new(&cost, &[], 0.0);
    let all: f64 = (1..=last).map(|k| (k * k) as f64).sum();
    let square = (last - 1) as f64 * (last - 1) as f64;
    let lost = if last - 1 == 1 { 0.5 } else { square + 0.5 };
    (m, vars, -all - 100.0 + lost)
}

/// A user's rules, with what they may contain.
const RULES: &str = "n = the({i})@,~col!\nrow row = _a({row}).is,row";

fn styles() -> [(&'static str, Names); 3] {
    let map = NameMap::parse("corpus", RULES).unwrap();
    [("short", Names::Short), ("readable", Names::Readable), ("map", map.into())]
}

pub fn add(out: &mut Vec<Entry>) {
    for (group, names) in groups() {
        let (m, vars, optimum) = linear(&names);
        let mut quadratic = m.clone();
        // The third column is at most 1 by its square instead of 3.
        let third = vars[2];
        quad_row(&mut quadratic, &[(vars[0], 0.0)], &[q(third, third, 1.0)], Sense::Le, 1.0);
        // The first column is 0.5 at the optimum, where its square adds 0.25.
        let mut curved = quadratic.clone();
        curved.objective.quad.push(q(vars[0], vars[0], 1.0));
        for (word, style) in styles() {
            if group == "helpers" {
                let name = format!("names_{group}_curved_{word}");
                let optimum = optimum + 6.25;
                out.push(Entry::closed(&name, curved.clone(), optimum).called(style.clone()));
            }
            let name = format!("names_{group}_{word}");
            out.push(Entry::closed(&name, m.clone(), optimum).called(style.clone()));
            let name = format!("names_{group}_quadratic_{word}");
            out.push(Entry::closed(&name, quadratic.clone(), optimum + 6.0).called(style.clone()));
        }
    }
}
