//! Runs a solver as a process: lines as they come, interrupted on request, killed if deaf.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Lines of the log that an error or a report shows.
const TAIL: usize = 30;

/// What to start.
#[derive(Clone, Debug, Default)]
pub(super) struct Job {
    pub(super) program: PathBuf,
    pub(super) args: Vec<String>,
    pub(super) env: Vec<(&'static str, String)>,
    pub(super) dir: PathBuf,
}

/// How it ended.
#[derive(Clone, Debug)]
pub(super) struct Finished {
    pub(super) exit: ExitStatus,
    /// We asked it to stop, because the user cancelled.
    pub(super) cancelled: bool,
    /// We asked it to stop, because its time was over and it went on.
    pub(super) overtime: bool,
    pub(super) seconds: f64,
    /// All that it printed, both streams as they came.
    pub(super) log: String,
}

impl Finished {
    /// The exit in words: `exit status 3`, `signal 11`.
    pub(super) fn how(&self) -> String {
        self.exit.to_string()
    }

    /// Its last lines.
    pub(super) fn tail(&self) -> String {
        let lines: Vec<&str> = self.log.lines().collect();
        lines.get(lines.len().saturating_sub(TAIL)..).unwrap_or_default().join("\n")
    }
}

/// Starts `job` and hands each line of its output to `on_line` with the seconds since the start.
///
/// The process is interrupted when `cancel` is set or after `seconds`, and killed `grace` seconds
/// after that. `seconds` is a safety net: the solver should know its time limit itself.
pub(super) fn run(
    job: &Job,
    seconds: Option<f64>,
    grace: f64,
    cancel: &AtomicBool,
    on_line: &mut dyn FnMut(f64, &str),
) -> std::io::Result<Finished> {
    let begin = Instant::now();
    let mut child = spawn(job)?;
    let (sender, lines) = channel();
    let readers = [
        child.stdout.take().map(|out| reader(out, sender.clone())),
        child.stderr.take().map(|err| reader(err, sender)),
    ];
    let mut log = String::new();
    let mut hear = |line: &str| {
        on_line(begin.elapsed().as_secs_f64(), line);
        log.push_str(line);
        log.push('\n');
    };
    let mut interrupted: Option<Instant> = None;
    let (mut cancelled, mut killed) = (false, false);
    let mut open = true;
    let exit = loop {
        if open {
            match lines.recv_timeout(Duration::from_millis(50)) {
                Ok(line) => hear(&line),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
        } else if let Some(exit) = child.try_wait()? {
            break exit;
        } else {
            std::thread::sleep(Duration::from_millis(10));
        }
        let elapsed = begin.elapsed().as_secs_f64();
        match interrupted {
            None => {
                cancelled = cancel.load(Ordering::Relaxed);
                if cancelled || seconds.is_some_and(|s| elapsed > s) {
                    interrupt(&mut child);
                    interrupted = Some(Instant::now());
                }
            }
            Some(since) if since.elapsed().as_secs_f64() > grace => {
                // Its children, if any, may hold the pipes open: do not wait for the readers.
                child.kill()?;
                killed = true;
                let exit = child.wait()?;
                while let Ok(line) = lines.try_recv() {
                    hear(&line);
                }
                break exit;
            }
            Some(_) => {}
        }
    };
    if !killed {
        for thread in readers.into_iter().flatten() {
            let _ = thread.join();
        }
    }
    let overtime = interrupted.is_some() && !cancelled;
    let seconds = begin.elapsed().as_secs_f64();
    Ok(Finished { exit, cancelled, overtime, seconds, log })
}

/// Runs `program` to its end and returns what it prints, or `None` if it fails or takes more than
/// ten seconds. For questions such as `--version`.
pub(super) fn ask(program: &Path, args: &[&str], env: &[(&'static str, String)]) -> Option<String> {
    let job = Job {
        program: program.to_owned(),
        args: args.iter().map(|a| (*a).to_owned()).collect(),
        env: env.to_vec(),
        // Python looks for modules in its working folder: that must not be a public one.
        dir: program.parent().unwrap_or(Path::new(".")).to_owned(),
    };
    let mut out = String::new();
    let never = AtomicBool::new(false);
    let finished = run(&job, Some(10.0), 1.0, &never, &mut |_, line| {
        out.push_str(line);
        out.push('\n');
    });
    finished.ok().filter(|f| f.exit.success()).map(|_| out)
}

fn spawn(job: &Job) -> std::io::Result<Child> {
    let mut command = Command::new(&job.program);
    command
        .args(&job.args)
        .current_dir(&job.dir)
        .env("LC_ALL", "C")
        .envs(job.env.iter().map(|(k, v)| (k, v)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    {
        // Ctrl-C on the terminal reaches us alone; we decide when the solver hears of it.
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    command.spawn()
}

fn reader(from: impl Read + Send + 'static, to: Sender<String>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if to.send(text).is_err() {
                break;
            }
        }
    })
}

/// Asks the process to end: the signal of Ctrl-C, where there is one.
fn interrupt(child: &mut Child) {
    #[cfg(unix)]
    {
        unsafe extern "C" {
            fn kill(pid: i32, signal: i32) -> i32;
        }
        const SIGINT: i32 = 2;
        if let Ok(pid) = i32::try_from(child.id()) {
            // SAFETY: `kill` only sends a signal; the child is ours and not yet waited for, so its
            // number is not reused.
            unsafe { kill(pid, SIGINT) };
        }
    }
    #[cfg(not(unix))]
    {
        let _ = child.kill();
    }
}
