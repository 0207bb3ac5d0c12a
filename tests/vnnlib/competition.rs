//! The properties of a competition, if a folder with its `instances.csv` is named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use theriac::front::onnx::import::{LoadedGraph, Options, load_graph};
use theriac::front::packing::{Packing, unpack_model};
use theriac::front::vnnlib::load;
use theriac::network::graph::Rounding;
use theriac::question::verify::cases;

/// Reads every property that `instances.csv` lists, puts it in the order of its network, takes it
/// apart, and replays the recorded counterexamples.
#[test]
fn every_instance_is_read() {
    let Ok(folder) = std::env::var("THERIAC_VNNCOMP") else {
        println!("skipped: THERIAC_VNNCOMP names no folder with instances.csv");
        return;
    };
    let folder = Path::new(&folder);
    let table = fs::read_to_string(folder.join("instances.csv")).unwrap();
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| columns.iter().position(|c| *c == name).unwrap();
    let (onnx, vnnlib, inputs, outputs, example) = (
        column("onnx"),
        column("vnnlib"),
        column("inputs"),
        column("outputs"),
        column("counterexample"),
    );
    let mut networks: BTreeMap<String, LoadedGraph> = BTreeMap::new();
    let (mut count, mut seconds, mut bytes) = (0, 0.0, 0);
    let mut examples: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let path = packed(folder, cells[vnnlib]);
        let start = Instant::now();
        let query = load(&path).unwrap();
        seconds += start.elapsed().as_secs_f64();
        bytes += fs::metadata(&path).unwrap().len();
        let sizes = (query.property.inputs.to_string(), query.property.outputs.to_string());
        assert_eq!(sizes, (cells[inputs].to_owned(), cells[outputs].to_owned()), "{line}");
        let loaded = networks.entry(cells[onnx].to_owned()).or_insert_with(|| {
            load_graph(&packed(folder, cells[onnx]), &Options::default()).unwrap()
        });
        let property = query.fit_loaded(loaded).unwrap();
        let graph = &loaded.graph;
        assert_eq!(property, query.property);
        let cases = cases(&property).unwrap();
        assert!(!cases.is_empty(), "{line}");
        count += 1;
        if cells[example].is_empty() {
            continue;
        }
        let mut text = fs::read(folder.join(cells[example])).unwrap();
        if let Some(packing) = Packing::of_bytes(&text) {
            text = unpack_model(&text, packing).unwrap();
        }
        let text = String::from_utf8(text).unwrap();
        let x: Vec<f64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
        let admitted = cases.iter().map(|c| c.admits(&x)).max().unwrap();
        let replay = || graph.eval(&x, Rounding::Double).unwrap();
        let goal = if graph.work() < 20_000_000 {
            let y = replay();
            format!("{:?}", cases.iter().map(|c| c.goal.truth_at(&x, &y)).max().unwrap())
        } else {
            "not replayed".to_owned()
        };
        *examples.entry(format!("in the set {admitted:?}, goal {goal}")).or_default() += 1;
    }
    println!("{count} files, {bytes} bytes in {seconds:.3} s; counterexamples: {examples:?}");
    assert!(count > 0);
    assert!(examples.keys().all(|k| !k.contains("No,") && !k.ends_with("No")), "{examples:?}");
}

/// The file, or the file with the ending of gzip.
fn packed(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if plain.exists() { plain } else { folder.join(format!("{name}.gz")) }
}
