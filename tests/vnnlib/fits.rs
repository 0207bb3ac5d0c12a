//! Properties put in the order of a network's elements.

use theriac::front::onnx::import::{LoadedGraph, Note, Stripped};
use theriac::front::vnnlib::load_bytes;
use theriac::network::graph::{Graph, NodeId, Port};

fn graph(inputs: &[(&str, &[usize])], outputs: &[(&str, &[usize])]) -> Graph {
    let ports = |list: &[(&str, &[usize])]| -> Vec<Port> {
        let port = |(name, shape): &(&str, &[usize])| Port {
            name: (*name).to_owned(),
            node: NodeId(0),
            shape: shape.to_vec(),
        };
        list.iter().map(port).collect()
    };
    Graph { nodes: Vec::new(), inputs: ports(inputs), outputs: ports(outputs) }
}

fn two(a: &str, b: &str, y: &str) -> String {
    format!(
        "(vnnlib-version <2.0>)(declare-network n (declare-input A Real [2,2] {a})\
         (declare-input B Real [3] {b})(declare-output Y Real [1,2] {y}))\
         (assert (and (<= (+ A[1,0] B[2]) 1) (>= Y[0,1] B[0])))"
    )
}

#[test]
fn tensors_are_matched_by_order_or_by_name() {
    let net = graph(&[("a", &[1, 2, 2]), ("b", &[3, 1])], &[("y", &[2])]);
    let query = load_bytes("p", two("", "", "").as_bytes()).unwrap();
    let fitted = query.fit(&net).unwrap();
    assert_eq!(fitted, query.property);
    assert_eq!((fitted.inputs, fitted.outputs), (7, 2));
    assert_eq!(fitted.formula.to_string(), "(and (<= (+ X_2 X_6) 1) (<= (+ X_4 (* -1 Y_1)) 0))");
    let swapped = graph(&[("b", &[3]), ("a", &[2, 2])], &[("y", &[1, 2])]);
    let named = load_bytes("p", two("\"a\"", "\"b\"", "\"y\"").as_bytes()).unwrap();
    assert_eq!(
        named.fit(&swapped).unwrap().formula.to_string(),
        "(and (<= (+ X_2 X_5) 1) (<= (+ X_0 (* -1 Y_1)) 0))"
    );
    let told = |query: &theriac::front::vnnlib::Query, net: &Graph| {
        query.fit(net).unwrap_err().to_string()
    };
    assert_eq!(
        told(&query, &swapped),
        "p: `A` has the shape [2, 2], but input `b` has the shape [3] in the network; take the right pair"
    );
    let other = graph(&[("a", &[2, 2]), ("c", &[3])], &[("y", &[2])]);
    assert_eq!(told(&named, &other), "p: the network has no input `b`; it has `a`, `c`");
    let twice = load_bytes("p", two("\"a\"", "\"a\"", "\"y\"").as_bytes()).unwrap();
    let same = graph(&[("a", &[2, 2]), ("b", &[2, 2])], &[("y", &[2])]);
    assert!(told(&twice, &same).starts_with("p: `B` has the shape [3]"));
    let fewer = graph(&[("a", &[2, 2])], &[("y", &[2])]);
    assert_eq!(
        told(&query, &fewer),
        "p: the property has 2 input tensors, but the network has 1; take the right pair"
    );
}

#[test]
fn version_1_counts_elements() {
    let text = "(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)\
                (assert (<= X_0 Y_0))";
    let query = load_bytes("p", text.as_bytes()).unwrap();
    let net = graph(&[("a", &[1]), ("b", &[1])], &[("y", &[1, 1])]);
    assert_eq!(query.fit(&net).unwrap(), query.property);
    let other = graph(&[("a", &[1, 3])], &[("y", &[1, 1])]);
    assert_eq!(
        query.fit(&other).unwrap_err().to_string(),
        "p: the property has 2 input elements, but the network has 3; take the right pair"
    );
}

/// A network whose last node, over two groups of three scores, was left out.
fn without(function: Stripped) -> LoadedGraph {
    let graph = graph(&[("x", &[1])], &[("z", &[2]), ("y", &[2, 3])]);
    let node = "last".to_owned();
    let note = Note { output: 1, node, function, shape: vec![2, 3], axes: (1, 2) };
    LoadedGraph {
        graph,
        sha256: String::new(),
        external: Vec::new(),
        opset: 13,
        ir_version: 8,
        producer: String::new(),
        input_kinds: Vec::new(),
        output_kinds: Vec::new(),
        parameters: theriac::network::graph::parameters::Parameters::default(),
        notes: vec![note],
    }
}

#[test]
fn scores_that_were_left_out_may_only_be_compared() {
    let head: String = (0..8).map(|j| format!("(declare-const Y_{j} Real)\n")).collect();
    let query = |atom: &str| {
        let text = format!("(declare-const X_0 Real){head}(assert (or (<= X_0 Y_0) {atom}))");
        load_bytes("p", text.as_bytes()).unwrap()
    };
    let softmax = without(Stripped::Softmax);
    let allowed = ["(<= Y_2 Y_4)", "(< (* 2 Y_7) (* 2 Y_5))", "(= (- Y_5 Y_6) 0)", "(<= Y_1 0.5)"];
    for atom in allowed {
        assert!(query(atom).fit_loaded(&softmax).is_ok(), "{atom}");
    }
    let refused = [
        "(<= Y_2 0.5)",
        "(<= Y_4 Y_5)",
        "(<= Y_2 (+ Y_3 0.1))",
        "(<= Y_2 (* 2 Y_3))",
        "(<= Y_2 X_0)",
    ];
    for atom in refused {
        let told = query(atom).fit_loaded(&softmax).unwrap_err().to_string();
        assert!(told.starts_with("p:9:1: node \"last\" (Softmax) is left out"), "{atom}: {told}");
        assert!(query(atom).fit(&softmax.graph).is_ok(), "{atom}");
    }
    let class = without(Stripped::ArgMax { select_last: false });
    let told = query("(<= Y_2 Y_4)").fit_loaded(&class).unwrap_err().to_string();
    assert!(told.starts_with("p: node \"last\" (ArgMax) is left out"), "{told}");
}
