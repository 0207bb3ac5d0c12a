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
            let differences = differences(&as_written(&lowered.model), &found.model, 5);
            let differences: Vec<_> =
                differences.iter().filter(|d| !d.contains("smooth")).collect();
            if !differences.is_empty() {
                wrong.push(format!("{shown}: {differences:?}"));
            }
            files[target.format() as usize] += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.iter().all(|n| *n >= 30), "{files:?}");
}
