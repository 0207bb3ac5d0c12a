//! Smooth functions against values of 60 digits (`tests/data/graph/README.md`).

use theriac::bounds::Interval;
use theriac::network::graph::Function;
use theriac::network::graph::eval::smooth::{enclosure, slope, value};

const TABLE: &str = include_str!("../data/graph/smooth.csv");

fn rows() -> Vec<(Function, f64, f64, f64)> {
    let function = |name: &str| match name {
        "Sigmoid" => Function::Sigmoid,
        "Tanh" => Function::Tanh,
        "Softplus" => Function::Softplus,
        "Erf" => Function::Erf,
        "Exp" => Function::Exp,
        "Log" => Function::Log,
        "Sqrt" => Function::Sqrt,
        other => panic!("{other}"),
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |k: usize| cells[k].parse::<f64>().expect("number");
        (function(cells[0]), number(1), number(2), number(3))
    };
    TABLE.lines().skip(1).map(row).collect()
}

#[test]
fn enclosures_contain_the_real_value_and_are_narrow() {
    assert_eq!(rows().len(), 151);
    for (f, x, below, above) in rows() {
        let e = enclosure(f, Interval::point(x));
        assert!(e.lo <= below && above <= e.hi, "{f:?}({x}) in {below} .. {above}, not {e:?}");
        let narrow = 1e-13 * below.abs().max(if f == Function::Exp { 1e-307 } else { 1e-2 });
        assert!(
            e.hi - e.lo <= narrow || x > 700.0 || (f == Function::Log && x < 1e-299),
            "{f:?}({x}): {e:?}"
        );
    }
}

/// Where products vanish the series of erf must end, too; there `2/sqrt(pi) (x - x^3/3) < erf x < 2/sqrt(pi) x`.
#[test]
fn tiny_arguments_have_an_end() {
    for x in [f64::from_bits(1), 1e-310, 1e-200, 1e-163, 1e-100, 1e-99, 1e-30] {
        for f in [Function::Erf, Function::Tanh, Function::Exp, Function::Softplus, Function::Sqrt]
        {
            let e = enclosure(f, Interval::new(0.0, x));
            assert!(e.lo <= e.hi && e.hi.is_finite(), "{f:?}({x}): {e:?}");
        }
        let e = enclosure(Function::Erf, Interval::point(x));
        let limit = std::f64::consts::FRAC_2_SQRT_PI.next_up() * x;
        assert!(e.lo < limit.next_up() && e.hi >= (limit * 0.999_999).next_down(), "{x}: {e:?}");
        assert!(e.hi - e.lo <= 1e-12 * x + 1e-322, "{x}: {e:?}");
        let minus = enclosure(Function::Erf, Interval::point(-x));
        assert_eq!((minus.lo, minus.hi), (-e.hi, -e.lo));
    }
}

#[test]
fn values_are_accurate() {
    for (f, x, below, above) in rows() {
        let y = value(f, x);
        let slack = 4e-15 * below.abs().max(1e-300);
        assert!(
            below - slack <= y && y <= above + slack,
            "{f:?}({x}) = {y}, not {below} .. {above}"
        );
    }
}

/// Against central differences.
#[test]
fn slopes_are_derivatives() {
    for (f, x, _, _) in rows().into_iter().filter(|r| r.1.abs() < 20.0) {
        if matches!(f, Function::Log | Function::Sqrt) && x < 1e-3 {
            continue;
        }
        let h = 1e-6 * x.abs().max(1.0);
        let h = if matches!(f, Function::Log | Function::Sqrt) { h.min(x / 1e3) } else { h };
        let difference = (value(f, x + h) - value(f, x - h)) / (2.0 * h);
        let scale = difference.abs().max(1.0);
        assert!((slope(f, x) - difference).abs() < 1e-5 * scale, "{f:?} at {x}");
    }
}
