//! Rounds on many machines: what `theriac workflow` writes, run by a Slurm that is a script of its own.
//! Snakemake runs its part in `scripts/workflow.sh`.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::program::{err, out, status, theriac_in};

const QUESTION: &str = "network net = onnx \"net.onnx\"\n\
    data train = csv \"train.csv\" features x0, x1 label target in {0 -> -1, 1 -> +1} rows 0..11\n\
    data test = csv \"train.csv\" like train rows 40..59\n\
    train net on train { loss hinge; rate 0.5; steps 3; batch full }\n\
    threat { touch at most 12 of train; features linf 0.2 }\n\
    ask reach on test\nencode { rounds 1 }\nsolve { solver embedded; attack 500 evaluations }\n";

/// A Slurm of one machine: jobs are run when they are submitted, tasks one after another. Of what it was
/// told it keeps a list. It refuses to start a job before those that it waits for.
const SBATCH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
words=("$@")
script= name= log= waits=
while [ $# -gt 0 ]; do
  case "$1" in
    --parsable|--kill-on-invalid-dep=yes) ;;
    --job-name=*) name="${1#*=}";;
    --output=*) log="${1#*=}";;
    --dependency=*) waits="${1#*:}";;
    --partition) shift;;
    --*) echo "sbatch: unknown option $1" >&2; exit 1;;
    *) script="$1"; shift; break;;
  esac
  shift
done
count="$SLURM_PLACE/count"
id=$(($(cat "$count" 2>/dev/null || echo 100) + 1))
echo "$id" > "$count"
if [ -n "$waits" ] && [ ! -e "$SLURM_PLACE/ended-$waits" ]; then
  echo "sbatch: $waits is no job that has ended" >&2; exit 1
fi
printf '%s\n' "${words[*]}" >> "$SLURM_PLACE/submitted"
log="${log//%x/$name}"; log="${log//%A/$id}"; log="${log//%j/$id}"
last="$(sed -n 's/^#SBATCH --array=0-//p' "$script")"
if [ -n "$last" ]; then
  # The last first: an order is not promised.
  for ((task = last; task >= 0; task--)); do
    SLURM_ARRAY_TASK_ID="$task" bash "$script" "$@" > "${log//%a/$task}" 2>&1 || true
  done
else
  bash "$script" "$@" > "$log" 2>&1
fi
: > "$SLURM_PLACE/ended-$id"
echo "$id;somewhere"
"#;

/// A program that fails at one task of the second round, and is theriac else.
const FAILS: &str = "#!/usr/bin/env bash\n\
    case \" $* \" in *' --round 2 --task 1/'*) echo 'made to fail' >&2; exit 1;; esac\n\
    exec \"$THERIAC_REAL\" \"$@\"\n";

fn script(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A folder with the question, and a Slurm.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let copy = |from: &str, to: &str| std::fs::copy(data.join(from), dir.path().join(to)).unwrap();
    copy("moons_2-4-1_s1.onnx", "net.onnx");
    copy("moons_n100_noise0.1_seed0.csv", "train.csv");
    std::fs::write(dir.path().join("q.thr"), QUESTION).unwrap();
    std::fs::create_dir(dir.path().join("bin")).unwrap();
    script(&dir.path().join("bin/sbatch"), SBATCH);
    script(&dir.path().join("bin/fails"), FAILS);
    dir
}

fn done(dir: &Path, args: &[&str]) -> String {
    let done = theriac_in(dir, args);
    assert_eq!(status(&done), 0, "{args:?}: {}{}", out(&done), err(&done));
    out(&done)
}

/// Runs a submit script with the Slurm of the folder; `theriac` is the program that jobs find.
fn submit(dir: &Path, script: &str, theriac: &Path, words: &[&str]) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new(dir.join(script))
        .args(words)
        .current_dir("/")
        .env("PATH", format!("{}:{path}", dir.join("bin").display()))
        .env("SLURM_PLACE", dir)
        .env("THERIAC", theriac)
        .env("THERIAC_REAL", env!("CARGO_BIN_EXE_theriac"))
        .output()
        .unwrap()
}

fn real() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_theriac"))
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The array gives the certificate of the loop, byte for byte; from a folder with blanks and quotes, moved
/// after the workflow was written.
#[test]
fn arrays_of_jobs_give_the_certificate_of_the_loop() {
    let dir = folder();
    let dir = dir.path();
    done(dir, &["run", "q.thr", "-o", "loop"]);
    let loop_bytes = std::fs::read(dir.join("loop/certificate.json")).unwrap();
    done(dir, &["compile", "q.thr", "-o", "m"]);
    done(dir, &["workflow", "m", "--tasks", "3"]);
    let moved = "it's $HOME \"m\"";
    std::fs::rename(dir.join("m"), dir.join(moved)).unwrap();
    let told = submit(
        dir,
        &format!("{moved}/workflow/slurm/submit.sh"),
        real(),
        &["--partition", "short"],
    );
    assert_eq!(status(&told), 0, "{}{}", out(&told), err(&told));
    assert_eq!(out(&told).lines().count(), 4, "{}", out(&told));
    assert_eq!(std::fs::read(dir.join(moved).join("certificate.json")).unwrap(), loop_bytes);
    // There were nine tasks, and each found its round open.
    let log = dir.join(moved).join("workflow/slurm/log");
    let tasks = std::fs::read_dir(&log).unwrap().flatten();
    let tasks = tasks.filter(|f| f.file_name().to_string_lossy().starts_with("theriac-round-"));
    let words: Vec<String> = tasks.map(|f| std::fs::read_to_string(f.path()).unwrap()).collect();
    assert_eq!(words.len(), 9);
    assert!(words.iter().all(|w| w.contains("is solved as far as asked")), "{words:?}");
    // What was asked of Slurm: each conclusion waits for its array however that ends, each array for the
    // conclusion before it.
    let asked = std::fs::read_to_string(dir.join("submitted")).unwrap();
    let lines: Vec<&str> = asked.lines().collect();
    assert_eq!(lines.len(), 7, "{asked}");
    assert!(lines.iter().all(|l| l.contains("--partition short")), "{asked}");
    let waits: Vec<&str> = lines
        .iter()
        .map(|l| l.split(' ').find_map(|w| w.strip_prefix("--dependency=")).unwrap_or(""))
        .collect();
    let expected =
        ["", "afterany:101", "afterok:102", "afterany:103", "afterok:104", "afterany:105"];
    assert_eq!(waits[..6], expected, "{asked}");
    assert_eq!(waits[6], "afterok:106", "{asked}");
    // The check accepts, and calls no file of the workflow a stranger.
    let said = done(dir, &["check", moved]);
    assert!(said.starts_with("ACCEPTED") && !said.contains("workflow/"), "{said}");
    // Nothing is left to do but the certificate.
    let again = submit(dir, &format!("{moved}/workflow/slurm/submit.sh"), real(), &[]);
    assert_eq!(out(&again).lines().count(), 1, "{}{}", out(&again), err(&again));
    assert_eq!(std::fs::read(dir.join(moved).join("certificate.json")).unwrap(), loop_bytes);
}

/// A task that fails stops nothing: its objectives are counted as missing. The workflow lies elsewhere.
#[test]
fn a_task_that_fails_is_counted() {
    let dir = folder();
    let dir = dir.path();
    done(dir, &["compile", "q.thr", "-o", "a 'b'"]);
    done(dir, &["workflow", "a 'b'", "--tasks", "3", "-o", "jobs here"]);
    let fails = dir.join("bin/fails");
    let told = submit(dir, "jobs here/slurm/submit.sh", &fails, &[]);
    assert_eq!(status(&told), 0, "{}{}", out(&told), err(&told));
    let instance = dir.join("a 'b'");
    let answers = |n: usize| json(&instance.join(format!("rounds/{n}/answers.json")));
    let missing = |n: usize| {
        let answers = answers(n);
        let ends = answers["ends"].as_array().unwrap().clone();
        let names = ends.into_iter().filter(|e| e["outcome"] == "missing");
        names.map(|e| e["end"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(missing(1).is_empty() && missing(3).is_empty());
    let asked = json(&instance.join("rounds/2/round.json"));
    let share: Vec<String> = asked["objectives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["end"].as_str().unwrap().to_owned())
        .enumerate()
        .filter(|(place, _)| place % 3 == 1)
        .map(|(_, end)| end)
        .collect();
    assert!(!share.is_empty());
    assert_eq!(missing(2), share);
    let said = done(dir, &["check", "a 'b'"]);
    assert!(said.starts_with("ACCEPTED"), "{said}");
    assert!(said.contains(&format!("{} objectives of the rounds have no bound", share.len())));
}

/// A round that cannot be concluded ends the submission: nothing is certified.
#[test]
fn a_program_that_is_not_there_is_told() {
    let dir = folder();
    let dir = dir.path();
    done(dir, &["compile", "q.thr", "-o", "m"]);
    done(dir, &["workflow", "m"]);
    let told = submit(dir, "m/workflow/slurm/submit.sh", Path::new("/nowhere/theriac"), &[]);
    assert_ne!(status(&told), 0, "{}", out(&told));
    assert!(!dir.join("m/certificate.json").exists());
}

/// The same bytes each time; scripts that bash can read; limits where they were asked for.
#[test]
fn what_is_written() {
    let dir = folder();
    let dir = dir.path();
    done(dir, &["compile", "q.thr", "-o", "m"]);
    let files = [
        "Snakefile",
        "profiles/default/config.yaml",
        "slurm/submit.sh",
        "slurm/round.sh",
        "slurm/next.sh",
        "slurm/end.sh",
    ];
    let texts = || files.map(|f| std::fs::read_to_string(dir.join("m/workflow").join(f)).unwrap());
    let told = done(dir, &["workflow", "m", "--tasks", "4", "--time-limit", "90", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&told["rounds"], &told["tasks"]), (&3.into(), &4.into()), "{told}");
    assert_eq!(told["files"].as_array().unwrap().len(), files.len());
    let first = texts();
    done(dir, &["workflow", "m", "--tasks", "4", "--time-limit", "90"]);
    assert_eq!(first, texts());
    for (name, text) in files.iter().zip(&first) {
        assert!(text.is_ascii() && !text.contains(dir.to_str().unwrap()), "{name}: {text}");
        if name.ends_with(".sh") {
            let path = dir.join("m/workflow").join(name);
            let parsed = Command::new("bash").arg("-n").arg(&path).output().unwrap();
            assert_eq!(status(&parsed), 0, "{name}: {}", err(&parsed));
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o100, 0o100);
        }
    }
    // 34 ends: up to 9 objectives of 99 seconds, and a quarter of an hour.
    assert!(first[0].contains("runtime=30,") && first[3].contains("#SBATCH --time=30\n"));
    assert!(first[0].contains("--time-limit 90") && first[3].contains("--time-limit 90"));
    assert!(first[3].contains("#SBATCH --array=0-3\n"), "{}", first[3]);
    // Without a limit nothing is said of time; there are no more tasks than ends.
    done(dir, &["workflow", "m", "--tasks", "1000000"]);
    let free = texts();
    assert!(!free[0].contains("runtime=") && !free[3].contains("--time"), "{}", free[3]);
    assert!(free[3].contains("#SBATCH --array=0-33\n"), "{}", free[3]);
    // A new compilation takes the workflow of the old one away, with the marks of its runs.
    std::fs::create_dir_all(dir.join("m/workflow/done/round-1")).unwrap();
    std::fs::write(dir.join("m/workflow/done/round-1/concluded"), "").unwrap();
    done(dir, &["compile", "q.thr", "-o", "m"]);
    assert!(!dir.join("m/workflow").exists());
}

#[test]
fn what_is_refused() {
    let dir = folder();
    let dir = dir.path();
    done(dir, &["compile", "q.thr", "-o", "m"]);
    let plain = QUESTION.replace("encode { rounds 1 }\n", "").replace("solver embedded; ", "");
    std::fs::write(dir.join("plain.thr"), plain).unwrap();
    done(dir, &["compile", "plain.thr", "-o", "plain"]);
    std::fs::create_dir(dir.join("mine")).unwrap();
    std::fs::write(dir.join("mine/Snakefile"), "rule all:\n    input: []\n").unwrap();
    for (args, code, says) in [
        (&["workflow", "plain"][..], 2, "has no rounds"),
        (&["workflow", "nowhere"], 2, "nowhere"),
        (&["workflow", "m", "--tasks", "0"], 2, "at least 1"),
        (&["workflow", "m", "--tasks", "-1"], 2, "at least 1"),
        (&["workflow", "m", "--time-limit", "0"], 2, "greater than 0"),
        (&["workflow", "m", "-o", "mine"], 2, "not theriac's"),
        (&["workflow", "m", "-o", "q.thr"], 2, "q.thr"),
    ] {
        let done = theriac_in(dir, args);
        assert_eq!(status(&done), code, "{args:?}: {}{}", out(&done), err(&done));
        assert!(err(&done).contains(says), "{args:?}: {}", err(&done));
    }
    let kept = std::fs::read_to_string(dir.join("mine/Snakefile")).unwrap();
    assert!(kept.starts_with("rule all:"));
    assert_eq!(std::fs::read_dir(dir.join("mine")).unwrap().count(), 1);
}
