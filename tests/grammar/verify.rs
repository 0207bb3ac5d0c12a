//! What specifications of verification mean: sets of inputs, by numbers worked out anew.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use bytes::Bytes;
use dashu::rational::RBig;
use theriac::bounds::Interval;
use theriac::cert::Verdict;
use theriac::cert::pipeline::RunOptions;
use theriac::cert::verification::run;
use theriac::front::spec::{self, Disk, FileRole, Loader, Spec};
use theriac::front::{onnx, vnnlib};
use theriac::network::graph::Rounding;
use theriac::question::verify::{
    Approach, Ask, Binarised, Case, Cases, Models, Passes, Perturbation, SmoothForm, Split,
    Subject, Truth, Verification, Whole,
};

use super::folder;

/// A specification beside those of `grammar/pass`.
fn resolved(text: &str) -> Spec<Verification> {
    let disk = Disk { folder: folder("grammar/pass") };
    let asked = spec::resolve("test", text, &disk);
    asked.unwrap_or_else(|errors| panic!("{}", errors.plain())).verify().unwrap()
}

fn load(name: &str) -> Spec<Verification> {
    resolved(&std::fs::read_to_string(folder("grammar/pass").join(name)).unwrap())
}

fn code(text: &str) -> String {
    let disk = Disk { folder: folder("grammar/pass") };
    spec::resolve("test", text, &disk).unwrap_err().list[0].code.to_owned()
}

fn big(x: f64) -> RBig {
    RBig::try_from(x).unwrap()
}

fn fraction(top: i64, bottom: u64) -> RBig {
    RBig::from_parts(top.into(), bottom.into())
}

/// The enclosure holds the number, and is a point or two neighbours.
fn narrow(found: Interval, real: &RBig) {
    assert!(big(found.lo) <= *real && *real <= big(found.hi), "{found:?} {real}");
    assert!(found.is_point() || found.hi == found.lo.next_up(), "{found:?}");
    assert!(!found.is_point() || big(found.lo) == *real);
}

fn only(q: &Verification) -> &Case {
    let [case] = q.cases.as_slice() else { panic!("{} cases", q.cases.len()) };
    case
}

/// The center, the label and the radius are those of the file, exactly.
#[test]
fn digits() {
    let spec = load("robust-digits.thr");
    let Subject::Robust { point, around, label, classes, .. } = &spec.question.subject else {
        panic!()
    };
    // Row 1 of rows 1 and 2 of the file.
    assert_eq!((point.as_str(), *label, *classes), ("test[1]", 1, 3));
    for (p, center) in around.center.iter().enumerate() {
        narrow(*center, &fraction((37 * 2 + 11 * p as i64) % 256, 255));
    }
    let [Perturbation::Linf(radius)] = around.perturbations[..] else { panic!() };
    narrow(radius, &fraction(8, 255));
    // Doubles that are nearest to points of the lattice lie in the set, others do not.
    let case = only(&spec.question);
    let pixel = |p: usize, by: i64| ((37 * 2 + 11 * p as i64) + by) as f64 / 255.0;
    let shifted = |by| (0..8).map(|p| pixel(p, by)).collect::<Vec<_>>();
    for by in -7..=7 {
        assert_eq!(case.admits(&shifted(by)), Truth::Perhaps, "{by}");
    }
    assert_eq!(case.admits(&shifted(9)), Truth::No);
    assert_eq!(case.admits(&shifted(0).iter().map(|v| v + 1e-3).collect::<Vec<_>>()), Truth::No);
    let roles: Vec<FileRole> = spec.files.iter().map(|f| f.role).collect();
    assert_eq!(roles, [FileRole::Network, FileRole::Data, FileRole::Data]);
}

/// `(v / 255 - mean) / std` of pixels whose channels are last, in the order of planes; what may change
/// is said before the mean.
#[test]
fn colours() {
    let q = load("robust-colours.thr").question;
    let Subject::Robust { around, label, .. } = &q.subject else { panic!() };
    assert_eq!(*label, 2);
    let (mean, std) = ([(5, 10), (4, 10), (3, 10)], [(1, 4), (1, 5), (1, 10)]);
    let case = only(&q);
    for at in 0..12 {
        let (c, r, k) = (at / 4, at / 2 % 2, at % 2);
        let stored = (40 * 2 + 20 * r + 10 * k + 3 * c) as i64 % 256;
        let moved = |v: RBig| (v - fraction(mean[c].0, mean[c].1)) / fraction(std[c].0, std[c].1);
        narrow(around.center[at], &moved(fraction(stored, 255)));
        let ends = [moved(fraction(stored - 2, 255)), moved(fraction(stored + 2, 255))];
        let (outer, inner) = (case.outer[at], case.inner[at]);
        assert!(big(outer.lo) <= ends[0] && big(outer.hi) >= ends[1]);
        assert!(big(inner.lo) >= ends[0] && big(inner.hi) <= ends[1]);
        assert!(inner.lo - outer.lo < 1e-15 && outer.hi - inner.hi < 1e-15);
    }
    // `x[0] - x[4] <= 0.1` of the data: x = std * input + mean.
    let [row] = around.rows.as_slice() else { panic!() };
    let mut rng = fastrand::Rng::with_seed(2);
    let mut counts = [0; 2];
    for _ in 0..500 {
        let input: Vec<f64> = (0..12).map(|_| rng.f64() * 4.0 - 2.0).collect();
        let x = |at: usize, c: usize| {
            fraction(std[c].0, std[c].1) * big(input[at]) + fraction(mean[c].0, mean[c].1)
        };
        let holds = x(0, 0) - x(4, 1) <= fraction(1, 10);
        let found = row.margin(&input, &[]) >= 0.0;
        assert_eq!(holds, found);
        counts[usize::from(holds)] += 1;
    }
    assert!(counts.iter().all(|c| *c > 100), "{counts:?}");
}

/// A domain cuts the change of normalised data where the data end.
#[test]
fn domains_are_cut_before_the_mean() {
    let text = "network net = onnx \"../data/colour.onnx\"
data test = npy \"../data/colour.npy\" labels \"../data/colour_labels.npy\"
            scale 1/255 mean (0.5, 0.4, 0.3) std (0.25, 0.2, 0.1) channels last -> first
ask robust at test[0]
perturb { linf 0.1 within [0, 1] }
";
    let case = only(&resolved(text).question).clone();
    // The first pixel of the first image is 0: (0 - 0.5) / 0.25 below, (0.1 - 0.5) / 0.25 above.
    assert!((case.outer[0].lo + 2.0).abs() < 1e-15 && (case.outer[0].hi + 1.6).abs() < 1e-15);
    assert!(case.outer[0].lo <= -2.0 && case.inner[0].lo >= -2.0);
}

#[test]
fn archives_and_balls() {
    let q = load("robust-archive.thr").question;
    let Subject::Robust { around, label, .. } = &q.subject else { panic!() };
    // Row 0 of rows 1 to 3, stored as planes over 256.
    assert_eq!(*label, 1);
    for (at, center) in around.center.iter().enumerate() {
        let (c, r, k) = (at / 4, at / 2 % 2, at % 2);
        let stored = (40 + 20 * r + 10 * k + 3 * c) as i64;
        narrow(*center, &((fraction(stored, 256) - fraction(1, 2)) * RBig::from(4)));
    }
    let [Perturbation::L1(radius)] = around.perturbations[..] else { panic!() };
    narrow(radius, &fraction(1, 5));
    let (lo, hi) = around.within.unwrap();
    assert_eq!((lo, hi), (Interval::point(-2.0), Interval::point(2.0)));
}

#[test]
fn cifar() {
    let q = load("robust-cifar.thr").question;
    let Subject::Robust { around, label, classes, .. } = &q.subject else { panic!() };
    assert_eq!((*label, *classes, around.center.len()), (8, 10, 3072));
    for p in [0, 1, 1023, 1024, 3071] {
        narrow(around.center[p], &fraction((8 + 3 * p as i64) % 256, 255));
    }
}

/// The formula that is written in the specification, computed by hand.
#[test]
fn formulas_mean_what_they_say() {
    let q = load("never.thr").question;
    let Subject::Property { source, property } = &q.subject else { panic!() };
    assert_eq!(source, "of the specification");
    let mut rng = fastrand::Rng::with_seed(8);
    let mut counts = [0; 2];
    let mut number = |span: i32| f64::from(rng.i32(-span..=3 * span)) / f64::from(2 * span);
    for _ in 0..20_000 {
        let x = [number(8), number(8)];
        let y = [number(4) * 4.0, number(4) * 4.0, number(8)];
        let inside = (0.0..=1.0).contains(&x[0])
            && (0.25..=0.5).contains(&x[1])
            && x[0] + x[1] <= 1.0
            && (x[0] >= 0.5 || (x[0] < 0.25 && x[1] != 1.0 / 3.0));
        let bad = y[0] <= y[1] - 0.5
            && (y[2] >= 0.1 || 2.0 * y[2] + x[0] > 1.5 || !(0.0 <= y[1] && y[1] <= 2.0));
        let expected = inside && bad;
        let found = property.formula.truth_at(&x, &y);
        assert_eq!(found == Truth::Yes, expected, "{x:?} {y:?}");
        assert_ne!(found, Truth::Perhaps);
        let cases = q.cases.iter().map(|c| c.attacked(&x, &y)).max().unwrap();
        assert!(cases == found || cases == Truth::Perhaps, "{x:?} {y:?}");
        counts[usize::from(expected)] += 1;
    }
    assert!(counts.iter().all(|c| *c > 200), "{counts:?}");
    // Atoms know their lines.
    let lines: Vec<u32> = property.formula.atoms().map(|a| a.line).collect();
    assert_eq!((lines.iter().min(), lines.iter().max()), (Some(&4), Some(&9)));
}

/// A property file and the same property written out.
#[test]
fn files_and_formulas_agree() {
    let file = load("property-file.thr").question;
    let text = "network net = onnx \"../data/two.onnx\"
inputs { x[0] in [0.9, 1.1]; x[1] in [0, 1/5] }
ask never y[0] <= y[1] or y[0] <= y[2]
";
    let written = resolved(text).question;
    assert_eq!(file.graph, written.graph);
    let bare = |cases: &[Case]| -> Vec<(Vec<Interval>, Vec<Interval>, String)> {
        let one = |c: &Case| (c.outer.clone(), c.inner.clone(), c.goal.to_string());
        cases.iter().map(one).collect()
    };
    assert_eq!(bare(&file.cases), bare(&written.cases));
    let network = onnx::load_graph(&folder("grammar/data/two.onnx"), &Default::default()).unwrap();
    let property = vnnlib::load(&folder("grammar/data/two.vnnlib")).unwrap();
    let Subject::Property { property: found, .. } = &file.subject else { panic!() };
    assert_eq!(*found, property.fit_loaded(&network).unwrap());
}

#[test]
fn what_a_file_leaves_open() {
    let q = load("never-in-a-sequence.thr").question;
    assert_eq!(q.graph.inputs[0].shape, [1, 3, 2]);
    let q = load("never-masked.thr").question;
    let names: Vec<&str> = q.graph.inputs.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["x"]);
    // y[0] = x[0] + 2 x[2] with the mask 1, 0, 1.
    let value = q.graph.eval(&[0.5, 0.75, 0.25], Rounding::Double).unwrap();
    assert_eq!(value[0], 1.0);
}

#[test]
fn settings() {
    let spec = load("robust-at-a-point.thr");
    let expected = Approach {
        bounds: Passes { linear: true, steps: 20, programs: 500, nodes: 10 },
        evaluations: Some(10_000),
        nodes: Some(2000),
        models: Models::Together,
        split: Split::Partition { parts: 2 },
        cases: Cases::Indicator,
        smooth: Some(SmoothForm::Pieces(8)),
        ask: Ask::Feasibility,
        cuts: 3,
        binarised: None,
    };
    assert_eq!(spec.question.approach, expected);
    assert_eq!(spec.solve.solver, spec::SolverChoice::Branch);
    let whole = load("binarised.thr").question;
    assert_eq!(whole.approach.binarised, Some(Binarised { layerwise: 50 }));
    assert_eq!((whole.approach.models, whole.approach.cuts), (Models::Together, 2));
    let points = Whole::new(&whole.graph, &whole.cases[0]).unwrap().points;
    assert_eq!((points.q, points.low, points.high), (4, vec![1, 0, 0], vec![4, 3, 4]));
    let off = load("robust-l2.thr").question.approach;
    assert_eq!((off.evaluations, off.nodes, off.bounds.linear), (Some(0), Some(0), false));
    let Subject::Robust { around, .. } = load("robust-at-a-point.thr").question.subject else {
        panic!()
    };
    let [Perturbation::Offsets(offsets)] = &around.perturbations[..] else { panic!() };
    narrow(offsets[1].0, &fraction(-1, 20));
    narrow(offsets[1].1, &fraction(1, 5));
    narrow(around.rows[0].constant, &fraction(8, 5));
}

/// Files in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Loader for Memory {
    fn bytes(&self, path: &Path) -> io::Result<Bytes> {
        let found = path.to_str().and_then(|p| self.0.get(p));
        found.map(|b| Bytes::from(b.clone())).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Constants beside a network come from where the network does, and are files of the specification.
#[test]
fn constants_in_another_file() {
    let read = |name: &str| std::fs::read(folder("grammar/data").join(name)).unwrap();
    let text = "network net = onnx \"sub/outside.onnx\"\nask robust at (1, 0) label 0\n\
                perturb { linf 0.125 }\n";
    let mut files = BTreeMap::from([("sub/outside.onnx".to_owned(), read("outside.onnx"))]);
    let errors = spec::resolve("test", text, &Memory(files.clone())).unwrap_err();
    assert_eq!(errors.list[0].code, "THR0111");
    assert!(errors.list[0].message.contains("outside.bin"), "{errors:?}");
    files.insert("sub/outside.bin".to_owned(), read("outside.bin"));
    let spec = spec::resolve("test", text, &Memory(files)).unwrap().verify().unwrap();
    let paths: Vec<&str> = spec.files.iter().map(|f| f.path.to_str().unwrap()).collect();
    assert_eq!(paths, ["sub/outside.onnx", "sub/outside.bin"]);
    assert!(spec.files.iter().all(|f| f.role == FileRole::Network));
    let inside = load("property-file.thr").question.graph;
    assert_eq!(spec.question.graph.nodes.len(), inside.nodes.len());
}

/// A link beside a network does not lead out of its folder.
#[cfg(unix)]
#[test]
fn links_that_leave_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let net = dir.path().join("net");
    std::fs::create_dir(&net).unwrap();
    let data = folder("grammar/data");
    std::fs::copy(data.join("outside.onnx"), net.join("outside.onnx")).unwrap();
    std::os::unix::fs::symlink(data.join("outside.bin"), net.join("outside.bin")).unwrap();
    let text = "network net = onnx \"net/outside.onnx\"\nask robust at (1, 0) label 0\n\
                perturb { linf 0.125 }\n";
    let disk = Disk { folder: dir.path().to_owned() };
    let errors = spec::resolve("test", text, &disk).unwrap_err();
    assert!(errors.list[0].message.contains("outside the folder"), "{errors:?}");
    std::fs::remove_file(net.join("outside.bin")).unwrap();
    std::fs::copy(data.join("outside.bin"), net.join("outside.bin")).unwrap();
    assert!(spec::resolve("test", text, &disk).is_ok());
}

/// Numbers that are no doubles are refused where one is needed, and taken where a quotient is.
#[test]
fn extreme_numbers() {
    let ask = |perturb: &str| {
        format!(
            "network net = onnx \"../data/two.onnx\"\nask robust at (1, 0) label 0\n\
             perturb {{ {perturb} }}\n"
        )
    };
    assert_eq!(code(&ask("linf 1e308/1e-308")), "THR0002");
    assert_eq!(code(&ask("linf 1/0")), "THR0160");
    assert_eq!(code(&ask(&format!("linf 0.{}", "1".repeat(3000)))), "THR0160");
    assert_eq!(code(&ask("linf 1; lattice 1/9007199254740993")), "THR0160");
    assert_eq!(code(&ask("linf 1; x[0] * 2 <= 1")), "THR0001");
    assert_eq!(
        only(&resolved(&ask("linf 0")).question).outer,
        [Interval::point(1.0), Interval::point(0.0)]
    );
}

/// A proof that rests on bounds of the user says so, and names the file among those that it read.
#[test]
fn supplied_bounds_are_named_in_the_certificate() {
    let path = folder("grammar/pass").join("bounds-from-a-file.thr");
    let spec = load("bounds-from-a-file.thr");
    assert_eq!(spec.question.supplied.len(), 2);
    assert_eq!(spec.files[1].role, FileRole::Bounds);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let (options, never) = (RunOptions::default(), AtomicBool::new(false));
    let found = run((&path, spec), &out, &options, &mut |_| {}, &never).unwrap().1.certificate;
    assert_eq!(found.verdict, Verdict::Certified);
    assert!(found.reason.contains("if the bounds of 2 neurons"), "{}", found.reason);
    assert!(found.trust.iter().any(|t| t.contains("does not prove them")), "{:?}", found.trust);
    assert!(found.files.iter().any(|f| f.path.ends_with("two_bounds.csv")), "{:?}", found.files);
}
