//! The start attack of an instance directory, in the form of every target.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::instance::manifest::TargetRecord;
use theriac::cert::pipeline::{
    CompileOptions, Job, RunOptions, VerifyOptions, certify, certify_solution, compile, solve,
    verify,
};
use theriac::ir::Names;
use theriac::ir::names::NameMap;
use theriac::lower::{Target, legalise};
use theriac::sol::{self, Solution, Status, Values, assign};

const FILES: [Target; 16] = [
    Target::PortableLp,
    Target::PortableMps,
    Target::NlText,
    Target::NlBinary,
    Target::ScipLp,
    Target::GurobiLp,
    Target::GurobiMps,
    Target::HighsLp,
    Target::HighsMps,
    Target::CplexLp,
    Target::XpressMps,
    Target::CoptLp,
    Target::CbcMps,
    Target::ScipMps,
    Target::NlScip,
    Target::NlCopt,
];

/// Six points, one flip, two steps; the worst margin is -19/400.
fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr")
}

fn compiled(dir: &Path, names: &Names) -> Job {
    let options = CompileOptions {
        targets: FILES.to_vec(),
        names: names.clone(),
        ..CompileOptions::default()
    };
    compile(&spec(), dir, &options, &mut |_| {}).unwrap()
}

/// The values of a target's start, one a variable of the lowered model.
fn values(dir: &Path, record: &TargetRecord, names: &[String]) -> Vec<f64> {
    if let [file] = record.starts.as_slice() {
        assert!(file.path.starts_with(&record.model.path), "{}", file.path);
        let bytes = std::fs::read(dir.join(&file.path)).unwrap();
        let plain = file.path.ends_with(".mst") && !file.path.starts_with("cplex");
        let (gurobi, scip) = (plain, file.path.starts_with("scip"));
        let solution = if file.path.starts_with("cplex") {
            // A start has no status, without which our reader takes no solution.
            let text = String::from_utf8(bytes).unwrap();
            let status = "solutionStatusValue=\"101\" solutionStatusString=\"optimal\" MIPStart";
            sol::parse(&file.path, text.replacen("MIPStart", status, 1).as_bytes()).unwrap()
        } else if gurobi || scip {
            // Lines of name and value; SCIP's has a status before them and leaves out zeros.
            let skip = if scip { b"solution status: unknown\n".len() } else { 0 };
            let values = sol::gurobi::parse_start(&file.path, &bytes[skip..]).unwrap();
            let values = Values::Named { values, complete: gurobi };
            Solution { values, ..Solution::pointless(Status::Optimal) }
        } else {
            sol::parse(&file.path, &bytes).unwrap()
        };
        return assign(&solution, names).unwrap();
    }
    assert!(record.starts.is_empty());
    let bytes = std::fs::read(dir.join(&record.model.path)).unwrap();
    let n = names.len();
    let by_column: Vec<f64> = if record.format == "nl" {
        let text = String::from_utf8(bytes).unwrap();
        let at = text.find(&format!("\nx{n}\n")).expect("a start") + format!("\nx{n}\n").len();
        text[at..].lines().take(n).map(|l| l.split_once(' ').unwrap().1.parse().unwrap()).collect()
    } else {
        let mark = [b"x".as_slice(), &(n as i32).to_le_bytes(), &0_i32.to_le_bytes()].concat();
        let at = bytes.windows(mark.len()).position(|w| w == mark).expect("a start") + 5;
        let pairs = bytes[at..].chunks(12).take(n);
        pairs.map(|p| f64::from_le_bytes(p[4..12].try_into().unwrap())).collect()
    };
    let columns = record.columns.as_ref().unwrap();
    let mut values = vec![f64::NAN; n];
    for (column, value) in by_column.into_iter().enumerate() {
        values[columns[column] as usize] = value;
    }
    values
}

#[test]
fn every_target_starts_at_the_found_attack() {
    let rules = "w = weight({layer},{i},{j})[@{step}]\none = the_one\nrow upd = u{row}\n";
    let map = Names::from(NameMap::parse("rules", rules).unwrap());
    for names in [Names::Readable, Names::Short, map] {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("instance");
        let job = compiled(&place, &names);
        let start = job.start.as_ref().unwrap();
        assert!((start.value + 19.0 / 400.0).abs() < 1e-12, "{}", start.value);
        assert_eq!(job.instance.manifest.targets.len(), FILES.len());
        let mut with_file = 0;
        for record in &job.instance.manifest.targets {
            let target = Target::from_name(&record.target).unwrap();
            let lowered = legalise(&job.program.model, target).unwrap();
            let model = &lowered.model;
            let written: Vec<String> =
                model.vars.iter().map(|v| names.style().var_string(model, v.id)).collect();
            let x = values(&place, record, &written);
            let violation = model.violation(&x);
            assert!(violation.amount < 1e-12, "{}: {violation:?}", record.target);
            let value = job.program.goal_value(model.objective_at(&x));
            assert!((value - start.value).abs() < 1e-12, "{}: {value}", record.target);
            let attack = job.program.decode(&job.spec.question, &x);
            assert_eq!(attack, start.attack, "{}", record.target);
            with_file += record.starts.len();
        }
        assert_eq!(with_file, 12);
    }
}

#[test]
fn a_changed_start_is_refused_and_a_repeated_compilation_gives_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    let job = compiled(&a, &Names::Readable);
    compiled(&b, &Names::Readable);
    for record in job.instance.manifest.files() {
        let read = |dir: &Path| std::fs::read(dir.join(&record.path)).unwrap();
        assert_eq!(read(&a), read(&b), "{}", record.path);
    }
    Job::open(&a).unwrap();
    for record in job.instance.manifest.targets.iter().flat_map(|t| &t.starts) {
        let path = a.join(&record.path);
        let honest = std::fs::read(&path).unwrap();
        let mut changed = honest.clone();
        let last = changed.iter().rposition(u8::is_ascii_digit).unwrap();
        changed[last] = if changed[last] == b'1' { b'0' } else { b'1' };
        std::fs::write(&path, changed).unwrap();
        let refused = Job::open(&a).unwrap_err().to_string();
        assert!(refused.contains(&record.path), "{refused}");
        std::fs::write(&path, honest).unwrap();
    }
    Job::open(&a).unwrap();
}

/// Without a start nothing of it is written, the programs are the same, and the instance opens,
/// solves and checks; a question with a cutoff has one all the same.
#[test]
fn a_start_is_left_out_where_nothing_needs_it() {
    let dir = tempfile::tempdir().unwrap();
    let (with, without) = (dir.path().join("with"), dir.path().join("without"));
    compiled(&with, &Names::Readable);
    let options =
        CompileOptions { targets: FILES.to_vec(), start: false, ..CompileOptions::default() };
    let job = compile(&spec(), &without, &options, &mut |_| {}).unwrap();
    assert_eq!((&job.start, &job.instance.manifest.start), (&None, &None));
    for record in &job.instance.manifest.targets {
        assert!(record.starts.is_empty(), "{:?}", record.starts);
        if !record.format.starts_with("nl") {
            let read = |dir: &Path| std::fs::read(dir.join(&record.model.path)).unwrap();
            assert_eq!(read(&with), read(&without), "{}", record.model.path);
        }
    }
    let choice = RunOptions::default().over(&job.spec.solve);
    let stop = AtomicBool::new(false);
    solve(&job, &choice, &mut |_| {}, &stop).unwrap();
    certify(&Job::open(&without).unwrap()).unwrap();
    let certificate = without.join("certificate.json");
    let (_, checked) = verify(&certificate, VerifyOptions::default(), &stop).unwrap();
    assert!(checked.accepted(), "{:?}", checked.findings);

    let text = std::fs::read_to_string(spec()).unwrap();
    let place = dir.path().join("cutoff.thr");
    std::fs::write(&place, text.replace("tighten interval", "tighten interval; cutoff list"))
        .unwrap();
    let job = compile(&place, &dir.path().join("cut"), &options, &mut |_| {}).unwrap();
    assert!(job.start.is_some() && job.program.cutoff.is_some());
}

/// A solution of the NL file comes back by position, and `check` compiles that file again with its
/// start in it.
#[test]
fn a_certificate_over_an_nl_file_is_checked_with_its_start() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("instance");
    let options = CompileOptions { targets: vec![Target::NlText], ..CompileOptions::default() };
    let job = compile(&spec(), &place, &options, &mut |_| {}).unwrap();
    let record = &job.instance.manifest.targets[0];
    let start = job.start.as_ref().unwrap();
    let point = job.program.start(&job.spec.question, &start.attack);
    let columns = record.columns.as_ref().unwrap();
    let rows = job.program.model.row_count();
    let mut text = format!("a point\n\nOptions\n3\n1\n0\n1\n{rows}\n0\n{0}\n{0}\n", point.len());
    for column in columns {
        text += &format!("{}\n", point[*column as usize]);
    }
    text += "objno 0 400\n";
    let file = dir.path().join("point.sol");
    std::fs::write(&file, text).unwrap();
    let assembled = certify_solution(&job, &file, None).unwrap();
    let attack = assembled.certificate.attack.as_ref().unwrap();
    assert_eq!(attack.value, start.value);
    let certificate = place.join("certificate.json");
    let (_, checked) =
        verify(&certificate, VerifyOptions::default(), &AtomicBool::new(false)).unwrap();
    assert!(checked.accepted(), "{:?}", checked.findings);
    let again = "model.nl was compiled again, byte for byte the same";
    assert!(checked.findings.iter().any(|f| f.ok && f.what == again), "{:?}", checked.findings);
}
