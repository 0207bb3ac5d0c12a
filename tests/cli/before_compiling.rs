//! What is decided before, or in the midst of, a compilation.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::pipeline::{CompileOptions, PipelineError, compile, compile_until, start};
use theriac::encode::EncodeError;
use theriac::front::spec;
use theriac::search::exhaustive;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

#[test]
fn a_raised_flag_ends_a_compilation_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("moons");
    let (spec, options) = (examples().join("moons.thr"), CompileOptions::default());
    let raised = AtomicBool::new(true);
    let error = compile_until(&spec, &place, &options, &mut |_| {}, &raised).unwrap_err();
    assert!(matches!(error, PipelineError::Encode(EncodeError::Interrupted)), "{error}");
    assert!(!error.is_input());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_raised_flag_ends_the_search_for_a_start() {
    let question = spec::load(&examples().join("moons.thr")).unwrap().poison().unwrap().question;
    assert!(start::find(&question, true, &AtomicBool::new(false)).unwrap().is_some());
    assert_eq!(start::find(&question, true, &AtomicBool::new(true)).unwrap(), None);
}

#[test]
fn an_absolute_path_is_refused_at_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(examples().join("moons.thr")).unwrap();
    let data = examples().join("data");
    let absolute = format!("\"{}/moons_n100", data.display());
    let text =
        text.replace("\"data/moons_n100", &absolute).replace("\"data/moons_2-1", "\"net_2-1");
    std::fs::copy(data.join("moons_2-1_s1.onnx"), dir.path().join("net_2-1_s1.onnx")).unwrap();
    let path = dir.path().join("q.thr");
    std::fs::write(&path, text).unwrap();
    let options = CompileOptions::default();
    match compile(&path, &dir.path().join("out"), &options, &mut |_| {}).unwrap_err() {
        PipelineError::Spec(found) => {
            // The message is wrapped, and where depends on the length of this folder's name.
            let shown = found.plain().replace("\n  | ", " ");
            assert!(shown.contains("absolute path") && shown.contains("data    train"), "{shown}");
        }
        other => panic!("{other}"),
    }
}

/// 100 points of which up to five are flipped: sums of binomial coefficients, unless it is too many.
#[test]
fn attacks_are_counted() {
    let mut q = spec::load(&examples().join("moons.thr")).unwrap().poison().unwrap().question;
    assert_eq!(exhaustive::count(&q, 20_001), Some(20_001));
    q.threat.budget = theriac::question::Budget::Joint(2);
    assert_eq!(exhaustive::count(&q, 20_001), Some(1 + 100 + 4950));
    let features =
        spec::load(&examples().join("moons-features.thr")).unwrap().poison().unwrap().question;
    assert_eq!(exhaustive::count(&features, 20_001), None);
}
