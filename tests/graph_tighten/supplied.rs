//! Bounds that somebody else vouches for.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::graph::{Plan, Tighten, TightenError};
use theriac::front::node_bounds::{NodeBoundsProblem, load_bytes};

use super::{line, run};

const BOX: [Interval; 1] = [Interval { lo: -1.0, hi: 1.0 }];

#[test]
fn supplied_bounds_are_met_and_named() {
    let graph = line::network(&mut Rng::with_seed(1));
    let plan = Plan::new(&graph);
    let (_, plain) = run(&plan, &BOX, &Tighten::default()).unwrap();
    let node = graph.ids().find(|id| graph.node(*id).origin == "dense1").unwrap();
    let e = plain.of(node).iter().position(|v| v.lo < 0.0 && v.hi > 0.0).unwrap();
    let ours = plain.of(node)[e];
    // One that is better on one side, and one that ours implies.
    let text = format!(
        "node,element,lower,upper\ndense1,{e},,{}\ndense1,{e},{},\n",
        ours.hi / 2.0,
        ours.lo - 1.0
    );
    let supplied = load_bytes("b.csv", text.as_bytes(), &graph).unwrap();
    assert_eq!(supplied.iter().map(|s| s.line).collect::<Vec<_>>(), [2, 3]);
    let how = Tighten { supplied: &supplied, ..Tighten::default() };
    let (done, bounds) = run(&plan, &BOX, &how).unwrap();
    let [assumed] = done.assumed.as_slice() else { panic!("{:?}", done.assumed) };
    assert_eq!((assumed.node, assumed.element, assumed.supplied), (node, e, 0));
    assert_eq!(assumed.proved, ours);
    // The decimal of a double that is no short decimal is enclosed.
    assert_eq!(assumed.used.lo, ours.lo);
    assert!(assumed.used.hi >= ours.hi / 2.0 && assumed.used.hi <= (ours.hi / 2.0).next_up());
    assert!(bounds.of(node)[e].hi <= assumed.used.hi);
    // What follows from it is passed on.
    let y = graph.outputs[0].node;
    let width = |b: &theriac::bounds::graph::GraphBounds| -> f64 {
        b.of(y).iter().map(|v| v.hi - v.lo).sum()
    };
    assert!(width(&bounds) < width(&plain));
}

#[test]
fn a_contradiction_names_node_element_and_line() {
    let graph = line::network(&mut Rng::with_seed(1));
    let plan = Plan::new(&graph);
    let supplied =
        load_bytes("b.csv", b"element,node,upper,lower\n0,dense0,1e3,999\n", &graph).unwrap();
    let how = Tighten { supplied: &supplied, ..Tighten::default() };
    let e = run(&plan, &BOX, &how).unwrap_err();
    assert!(
        matches!(&e, TightenError::Contradiction { line: 2, node, element: 0, .. } if node == "dense0"),
        "{e}"
    );
    assert!(
        e.to_string().starts_with("line 2: element 0 of node dense0 is supplied as [999, 1000]")
    );
}

#[test]
fn files_that_make_no_sense_are_refused() {
    let graph = line::network(&mut Rng::with_seed(1));
    let problem = |text: &str| {
        let e = load_bytes("b.csv", text.as_bytes(), &graph).unwrap_err();
        assert!(e.to_string().starts_with("b.csv"), "{e}");
        (e.line, e.problem)
    };
    let head = "node,element,lower,upper\n";
    let (line, p) = problem("node,lower,upper\n");
    assert!(line == Some(1) && matches!(p, NodeBoundsProblem::Header(_)));
    let (line, p) = problem(&format!("{head}dense0,0,,\ndense9,0,0,1\n"));
    assert_eq!(line, Some(3));
    assert!(matches!(p, NodeBoundsProblem::Node { name, near: Some(_) } if name == "dense9"));
    for element in ["6", "-1", "x", ""] {
        let (_, p) = problem(&format!("{head}dense0,{element},0,1\n"));
        assert!(matches!(p, NodeBoundsProblem::Element { last: 5, .. }), "{element}");
    }
    for number in ["nan", "inf", "1e999", "one"] {
        let (_, p) = problem(&format!("{head}dense0,0,{number},1\n"));
        assert!(matches!(p, NodeBoundsProblem::Number { column: "lower", .. }), "{number}");
    }
    let (_, p) = problem(&format!("{head}dense0,0,2,1\n"));
    assert!(matches!(p, NodeBoundsProblem::Crossed { .. }));
    let (_, p) = problem(&format!("{head}dense0,0\n"));
    assert!(matches!(p, NodeBoundsProblem::File(_)));
}

/// No more is claimed than the decimal says.
#[test]
fn decimals_are_rounded_outward() {
    let graph = line::network(&mut Rng::with_seed(1));
    let text = "node,element,lower,upper\nx,0,0.1,0.1\ny,1,-0.5,inf\n";
    let all = load_bytes("b.csv", text.as_bytes(), &graph).unwrap();
    assert!(all[0].range.lo < all[0].range.hi && all[0].range.contains(0.1));
    assert_eq!(all[1].range, Interval { lo: -0.5, hi: f64::INFINITY });
    assert_eq!((all[1].node, all[1].element), (graph.outputs[0].node, 1));
}
