//! Properties put in the order of a network's elements.

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
