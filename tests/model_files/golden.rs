//! Every golden file says what the model says that it was written from.

use std::path::{Path, PathBuf};

use theriac::back::{NameStyle, Options, Written, emit, write};
use theriac::ir::save;
use theriac::lower::{Format, LowerOptions, Target, legalise};

use crate::models::readback::{column_names, read_back};

/// The file of a target in the folder of a case.
fn file(case: &Path, target: Target) -> Option<PathBuf> {
    let table = std::fs::read_to_string(case.join("targets.txt")).unwrap();
    let mut lines = table.lines().filter_map(|line| line.split_once(' '));
    let (_, words) = lines.find(|(name, _)| *name == target.name())?;
    (!words.trim().starts_with("refused: ")).then(|| case.join(words.trim()))
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
            let Some(path) = file(case, target) else { continue };
            let lowered = legalise(&model, target).unwrap();
            let checked = lowered.checked().unwrap();
            let written =
                write(&checked, target.format(), &Default::default(), &mut Vec::new()).unwrap();
            let style = NameStyle::Readable;
            let names = column_names(&lowered.model, &written, style);
            let bytes = std::fs::read(&path).unwrap();
            let shown = path.display().to_string();
            let (found, differences) =
                read_back(&lowered.model, target, &bytes, names.as_deref(), style, &shown);
            assert!(!found.maximise && found.notes.is_empty(), "{shown}: {:?}", found.notes);
            if !differences.is_empty() {
                wrong.push(format!("{shown}: {differences:?}"));
            }
            files[target.format() as usize] += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.iter().all(|n| *n >= 30), "{files:?}");
}

/// Where the user maximises, the file maximises the negative, in every format that has a word for
/// it, and is read back to the same minimised model.
#[test]
fn a_maximisation_reads_back_to_its_model() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut cases: Vec<_> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    let mut count = [0; 2];
    for case in cases.iter().filter(|c| c.join("model.thir").exists()) {
        let model = save::load(&case.join("model.thir")).unwrap();
        for target in Target::ALL.into_iter().filter(|t| t.format() != Format::Memory) {
            let options = Options { maximise: true, ..Options::default() };
            let mut bytes = Vec::new();
            let lowering = LowerOptions::default();
            let Ok(emitted) = emit(&model, target, lowering, &options, &mut bytes) else {
                continue;
            };
            assert_eq!(emitted.maximise, target.capabilities().maximise);
            let lowered = legalise(&model, target).unwrap();
            let written = Written { columns: emitted.columns };
            let style = NameStyle::Readable;
            let names = column_names(&lowered.model, &written, style);
            let shown = format!("{} {target:?}", case.display());
            let (found, differences) =
                read_back(&lowered.model, target, &bytes, names.as_deref(), style, &shown);
            assert_eq!(found.maximise, emitted.maximise, "{shown}");
            assert_eq!(differences, Vec::<String>::new(), "{shown}");
            count[usize::from(found.maximise)] += 1;
        }
    }
    assert!(count[0] >= 20 && count[1] >= 150, "{count:?}");
}
