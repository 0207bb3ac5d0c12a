//! Random formulas: what was read holds at a point exactly where the text does.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::front::vnnlib::load_bytes;
use theriac::question::verify::Truth;

/// An expression or formula as it is written.
enum Tree {
    Number(String, RBig),
    Variable(usize),
    Compute(&'static str, Vec<Tree>),
    Compare(&'static str, Vec<Tree>),
    Connect(&'static str, Vec<Tree>),
}

/// Three inputs and two outputs, as both versions write them.
const ONE: [&str; 5] = ["X_0", "X_1", "X_2", "Y_0", "Y_1"];
const TWO: [&str; 5] = ["A[0,0]", "A [ 0 , 1 ]", "B", "Out[0]", "Out[1]"];

const HEAD_ONE: &str = "(declare-const X_0 Real)(declare-const X_1 Real)(declare-fun X_2 () Real)
(declare-const Y_1 Real) (declare-const Y_0 Real) ; in any order
";
const HEAD_TWO: &str = "(vnnlib-version <2.0>)
(declare-network n (declare-input A float32 [1,2]) (declare-input B Real [])
  (declare-output Out Real [2]))
";

impl Tree {
    fn write(&self, names: &[&str; 5], out: &mut String) {
        let (word, parts) = match self {
            Tree::Number(text, _) => return out.push_str(text),
            Tree::Variable(v) => return out.push_str(names[*v]),
            Tree::Compute(word, parts)
            | Tree::Compare(word, parts)
            | Tree::Connect(word, parts) => (word, parts),
        };
        out.push('(');
        out.push_str(word);
        for part in parts {
            out.push_str(if out.len().is_multiple_of(7) { " ; or ( not\n" } else { " " });
            part.write(names, out);
        }
        out.push(')');
    }

    fn value(&self, at: &[RBig; 5]) -> RBig {
        match self {
            Tree::Number(_, value) => value.clone(),
            Tree::Variable(v) => at[*v].clone(),
            Tree::Compute(word, parts) => {
                let values: Vec<RBig> = parts.iter().map(|p| p.value(at)).collect();
                let (first, rest) = values.split_first().unwrap();
                match (*word, rest.is_empty()) {
                    ("-", true) => -first,
                    ("+", _) => rest.iter().fold(first.clone(), |a, b| a + b),
                    ("-", _) => rest.iter().fold(first.clone(), |a, b| a - b),
                    ("*", _) => rest.iter().fold(first.clone(), |a, b| a * b),
                    _ => rest.iter().fold(first.clone(), |a, b| a / b),
                }
            }
            Tree::Compare(..) | Tree::Connect(..) => panic!("no value"),
        }
    }

    fn holds(&self, at: &[RBig; 5]) -> bool {
        match self {
            Tree::Compare(word, parts) => {
                let values: Vec<RBig> = parts.iter().map(|p| p.value(at)).collect();
                values.windows(2).all(|w| match *word {
                    "<=" => w[0] <= w[1],
                    "<" => w[0] < w[1],
                    ">=" => w[0] >= w[1],
                    ">" => w[0] > w[1],
                    "!=" => w[0] != w[1],
                    _ => w[0] == w[1],
                })
            }
            Tree::Connect(word, parts) => match *word {
                "and" => parts.iter().all(|p| p.holds(at)),
                "or" => parts.iter().any(|p| p.holds(at)),
                "not" => !parts[0].holds(at),
                word => word == "true",
            },
            Tree::Number(..) | Tree::Variable(_) | Tree::Compute(..) => panic!("no formula"),
        }
    }

    fn number(rng: &mut Rng) -> Tree {
        let quarters = rng.i32(-12..=12);
        let value = f64::from(quarters) / 4.0;
        let text = match rng.u8(..4) {
            0 => format!("{value:.3}"),
            1 => format!("{}e-2", quarters * 25),
            2 => format!("{value:e}"),
            _ => format!("{value}"),
        };
        Tree::Number(text, RBig::from(quarters) / RBig::from(4))
    }

    fn linear(rng: &mut Rng, depth: u32) -> Tree {
        if depth == 0 {
            return if rng.u8(..3) == 0 {
                Self::number(rng)
            } else {
                Tree::Variable(rng.usize(..5))
            };
        }
        let parts =
            |rng: &mut Rng| (0..rng.usize(1..4)).map(|_| Self::linear(rng, depth - 1)).collect();
        match rng.u8(..6) {
            0 | 1 => Tree::Compute("+", parts(rng)),
            2 => Tree::Compute("-", parts(rng)),
            3 => Tree::Compute("*", vec![Self::number(rng), Self::linear(rng, depth - 1)]),
            4 => Tree::Compute(
                "*",
                vec![Self::linear(rng, depth - 1), Self::number(rng), Self::number(rng)],
            ),
            _ => {
                let half = Tree::Number("-.5".to_owned(), RBig::from(-1) / RBig::from(2));
                Tree::Compute("/", vec![Self::linear(rng, depth - 1), half])
            }
        }
    }

    fn formula(rng: &mut Rng, depth: u32) -> Tree {
        let parts =
            |rng: &mut Rng| (0..rng.usize(1..4)).map(|_| Self::formula(rng, depth - 1)).collect();
        match if depth == 0 { 4 } else { rng.u8(..6) } {
            0 => Tree::Connect("and", parts(rng)),
            1 => Tree::Connect("or", parts(rng)),
            2 => Tree::Connect("not", vec![Self::formula(rng, depth - 1)]),
            3 if rng.u8(..4) == 0 => {
                // `(and true)`, because the words alone are no lists.
                Tree::Connect(
                    "or",
                    vec![Tree::Connect(if rng.bool() { "and" } else { "or" }, parts(rng))],
                )
            }
            _ => {
                let word = ["<=", "<", ">=", ">", "=", "!="][rng.usize(..6)];
                let count = if word == "!=" { 2 } else { rng.usize(2..4) };
                Tree::Compare(word, (0..count).map(|_| Self::linear(rng, 2)).collect())
            }
        }
    }
}

#[test]
fn random_formulas_hold_where_their_text_does() {
    let mut rng = Rng::with_seed(44);
    let mut counts = [0, 0];
    for round in 0..3000 {
        let trees: Vec<Tree> = (0..rng.usize(1..3)).map(|_| Tree::formula(&mut rng, 4)).collect();
        let text = |names: &[&str; 5], head: &str| {
            let mut out = head.to_owned();
            for tree in &trees {
                out.push_str("(assert ");
                tree.write(names, &mut out);
                out.push_str(")\n");
            }
            out
        };
        let (one, two) = (text(&ONE, HEAD_ONE), text(&TWO, HEAD_TWO));
        let first = load_bytes("one", one.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{one}"));
        let second = load_bytes("two", two.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{two}"));
        assert_eq!((first.property.inputs, first.property.outputs), (3, 2));
        assert_eq!(first.property.formula.to_string(), second.property.formula.to_string());
        let simple = first.property.formula.clone().simplified();
        for _ in 0..10 {
            let halves: [i32; 5] = std::array::from_fn(|_| rng.i32(-4..=4));
            let exact = halves.map(|h| RBig::from(h) / RBig::from(2));
            let doubles = halves.map(|h| f64::from(h) / 2.0);
            let holds = trees.iter().all(|t| t.holds(&exact));
            let expected = if holds { Truth::Yes } else { Truth::No };
            let (x, y) = doubles.split_at(3);
            assert_eq!(
                first.property.formula.truth_at(x, y),
                expected,
                "{round}: {doubles:?}\n{one}"
            );
            assert_eq!(simple.truth_at(x, y), expected, "{round}: simplified");
            counts[usize::from(holds)] += 1;
        }
    }
    assert!(counts.iter().all(|c| *c > 4000), "{counts:?}");
}
