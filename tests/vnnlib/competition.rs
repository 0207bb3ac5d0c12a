//! The properties of a competition, if a folder with its `instances.csv` is named.

use std::fs;
use std::path::Path;
use std::time::Instant;

use theriac::front::packing::{Packing, unpack_model};
use theriac::front::vnnlib::load;
use theriac::question::verify::{Truth, cases};

/// Reads every property that `instances.csv` lists, takes it apart, and looks whether the recorded
/// counterexamples lie in the input set.
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
    let (property, inputs, outputs, example) =
        (column("vnnlib"), column("inputs"), column("outputs"), column("counterexample"));
    let (mut count, mut seconds, mut bytes, mut examples) = (0, 0.0, 0, 0);
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let plain = folder.join(cells[property]);
        let path = if plain.exists() { plain } else { plain.with_extension("vnnlib.gz") };
        let start = Instant::now();
        let query = load(&path).unwrap();
        seconds += start.elapsed().as_secs_f64();
        bytes += fs::metadata(&path).unwrap().len();
        let sizes = (query.property.inputs.to_string(), query.property.outputs.to_string());
        assert_eq!(sizes, (cells[inputs].to_owned(), cells[outputs].to_owned()), "{line}");
        let cases = cases(&query.property).unwrap();
        assert!(!cases.is_empty(), "{line}");
        let between = cases.iter().map(|c| c.between.len()).max().unwrap();
        println!("{}: {} cases, {} points", cells[property], cases.len(), between);
        if !cells[example].is_empty() {
            let mut text = fs::read(folder.join(cells[example])).unwrap();
            if let Some(packing) = Packing::of_bytes(&text) {
                text = unpack_model(&text, packing).unwrap();
            }
            let text = String::from_utf8(text).unwrap();
            let x: Vec<f64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
            let inside = cases.iter().map(|c| c.admits(&x)).max();
            if inside != Some(Truth::Yes) {
                println!("    counterexample: {inside:?}");
            }
            examples += 1;
        }
        count += 1;
    }
    println!("{count} files, {examples} examples, {bytes} bytes in {seconds:.3} s");
    assert!(count > 0);
}
