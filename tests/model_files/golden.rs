//! Every golden file says what the model says that it was written from.

use std::path::Path;

use theriac::back::{NameStyle, nl};
use theriac::front::model::{ModelFormat, read};
use theriac::ir::compare::differences;
use theriac::ir::{Family, Model, Place, VarId, save};
use theriac::lower::{Format, Target, legalise};

/// The model with every variable called as files call it.
fn as_written(model: &Model) -> Model {
    let mut out = Model { names: Vec::new(), vars: Default::default(), ..model.clone() };
    for v in model.vars.iter() {
        out.names.push(NameStyle::Readable.var_string(model, v.id));
        out.add_var(v.kind, v.lower, v.upper, Family::Named.at(Place::NONE.i(v.id.index())));
    }
    out
}

fn format(target: Target) -> ModelFormat {
    match target.format() {
        Format::Lp => ModelFormat::Lp,
        Format::Mps => ModelFormat::Mps,
        Format::NlText | Format::NlBinary => ModelFormat::Nl,
        Format::Memory => panic!("no file"),
    }
}

/// Whether both have the same objective and are violated alike at random points; the columns of
/// `found` have the names of those of `model`.
fn different_values(model: &Model, found: &Model, names: &[String]) -> Vec<String> {
    let place: Vec<usize> = (0..model.var_count())
        .map(|j| NameStyle::Readable.var_string(model, VarId(j as u32)))
        .map(|name| names.iter().position(|n| *n == name).unwrap())
        .collect();
    let mut rng = fastrand::Rng::with_seed(5);
    let mut out = Vec::new();
    for _ in 0..100 {
        let x: Vec<f64> = place.iter().map(|_| rng.f64() * 3.0).collect();
        let mut y = vec![0.0; x.len()];
        place.iter().zip(&x).for_each(|(k, v)| y[*k] = *v);
        let values = |m: &Model, x: &[f64]| [m.objective_at(x), m.violation(x).amount];
        let (a, b) = (values(model, &x), values(found, &y));
        if a.iter().zip(&b).any(|(a, b)| (a - b).abs() > 1e-12 * (1.0 + a.abs())) {
            out.push(format!("{a:?} and {b:?} at {x:?}"));
        }
    }
    out
}

#[test]
fn golden_files_read_back_to_their_models() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut files = [0; 4];
    let mut wrong = Vec::new();
    let mut cases: Vec<_> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    for case in cases.iter().filter(|c| c.join("model.thir").exists()) {
        let model = save::load(&case.join("model.thir")).unwrap();
        for target in Target::ALL {
            let path = case.join(target.file_name());
            if target.format() == Format::Memory || !path.exists() {
                continue;
            }
            let lowered = legalise(&model, target).unwrap();
            let names: Option<Vec<String>> =
                matches!(target.format(), Format::NlText | Format::NlBinary).then(|| {
                    let checked = lowered.checked().unwrap();
                    let options = Default::default();
                    let columns =
                        nl::write(&checked, nl::Encoding::Text, &options, &mut Vec::new()).unwrap();
                    let name = |v: &VarId| NameStyle::Readable.var_string(&lowered.model, *v);
                    columns.vars.iter().map(name).collect()
                });
            let bytes = std::fs::read(&path).unwrap();
            let shown = path.display().to_string();
            let found = read(&bytes, format(target), names.as_deref(), &shown);
            let found = found.unwrap_or_else(|e| panic!("{e}"));
            assert!(!found.maximise && found.notes.is_empty(), "{shown}: {:?}", found.notes);
            let differences = if lowered.model.exprs.is_empty() {
                differences(&as_written(&lowered.model), &found.model, 5)
            } else {
                different_values(&lowered.model, &found.model, names.as_deref().unwrap())
            };
            if !differences.is_empty() {
                wrong.push(format!("{shown}: {differences:?}"));
            }
            files[target.format() as usize] += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.iter().all(|n| *n >= 30), "{files:?}");
}
