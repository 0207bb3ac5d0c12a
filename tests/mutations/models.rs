//! 10,000 mutated model files of every format.

use theriac::front::model::{ModelFormat, read};
use theriac::ir::stats;
use theriac::valid::validate;

use super::memory::measured;
use super::model_files::model_files;
use super::mutate::mutate;

/// Golden cases with every construct, and the files of other writers.
const FOLDERS: [&str; 9] = [
    "tests/data/foreign_models",
    "golden/all_orders",
    "golden/smooth",
    "golden/bounds",
    "golden/indicators",
    "golden/sos1",
    "golden/integers",
    "golden/nonconvex_objective",
    "golden/spec_relu",
];

fn seeds() -> Vec<(String, Vec<u8>, ModelFormat)> {
    let files = model_files(&FOLDERS).into_iter().filter(|f| f.1.len() < 20_000);
    files.map(|(path, bytes, format)| (path.display().to_string(), bytes, format)).collect()
}

#[test]
fn ten_thousand_model_files() {
    let seeds = seeds();
    let formats = |format: ModelFormat| seeds.iter().filter(|s| s.2 == format).count();
    assert!(formats(ModelFormat::Lp) > 15 && formats(ModelFormat::Mps) > 15);
    assert!(formats(ModelFormat::Nl) > 8 && formats(ModelFormat::Saved) > 4);
    let mut rng = fastrand::Rng::with_seed(34);
    let (mut refused, mut models) = (0, 0);
    for round in 0..10_000 {
        let (name, bytes, format) = &seeds[round % seeds.len()];
        let other = &seeds[rng.usize(..seeds.len())].1;
        let mutated = mutate(bytes, other, &mut rng);
        let (found, held) = measured(|| read(&mutated, *format, None, "m"));
        assert!(held <= 256 * mutated.len() + 262_144, "{name}: {held} for {}", mutated.len());
        match found {
            Ok(found) => {
                models += 1;
                assert!(validate(&found.model, None).is_ok(), "{name}");
                let columns = found.model.var_count();
                let s = stats::stats(&found.model);
                assert_eq!(s.continuous + s.integers + s.binaries, columns, "{name}");
                let x: Vec<f64> =
                    found.model.vars.iter().map(|v| v.lower.max(-1e3).min(v.upper)).collect();
                let worst = found.model.violation(&x).amount;
                assert!(worst >= 0.0 || worst.is_nan(), "{name}");
            }
            Err(e) => {
                refused += 1;
                let words = e.to_string();
                assert!(words.starts_with('m') && words.len() < 500, "{name}: {words}");
            }
        }
    }
    assert!(refused > 4000 && models > 800, "{refused} refused, {models} read");
}
