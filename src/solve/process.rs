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
    if let Some(out) = child.0.stdout.take() {
        read_lines(out, sender.clone());
    }
    if let Some(err) = child.0.stderr.take() {
        read_lines(err, sender);
    }
    let mut log = String::new();
    let mut hear = |line: &str| {
        on_line(begin.elapsed().as_secs_f64(), line);
        log.push_str(line);
        log.push('\n');
    };
    let mut asked: Option<Asked> = None;
    let mut ended: Option<(Instant, ExitStatus)> = None;
    let mut cancelled = false;
    let exit = loop {
        let heard = lines.recv_timeout(Duration::from_millis(50));
        let closed = heard == Err(RecvTimeoutError::Disconnected);
        if let Ok(line) = &heard {
            hear(line);
        }
        if let Some((at, exit)) = ended {
            // All is heard once the pipes are closed. Whatever else holds them open is not the
            // solver, and is not waited for.
            if closed || at.elapsed() > Duration::from_secs(2) {
                break exit;
            }
            continue;
        }
        if heard.is_err()
            && let Some(exit) = child.0.try_wait()?
        {
            ended = Some((Instant::now(), exit));
            continue;
        }
        if closed {
            std::thread::sleep(Duration::from_millis(5));
        }
        let elapsed = begin.elapsed().as_secs_f64();
        match &mut asked {
            None => {
                cancelled = cancel.load(Ordering::Relaxed);
                if cancelled || seconds.is_some_and(|s| elapsed > s) {
                    child.interrupt();
                    asked = Some(Asked { first: Instant::now(), last: Instant::now(), times: 1 });
                }
            }
            Some(asked) if asked.first.elapsed().as_secs_f64() > grace => {
                child.kill();
                let exit = child.0.wait()?;
                while let Ok(line) = lines.try_recv() {
                    hear(&line);
                }
                break exit;
            }
            Some(asked) => asked.again(&child),
        }
    };
    let overtime = asked.is_some() && !cancelled;
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

fn spawn(job: &Job) -> std::io::Result<Process> {
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
    command.spawn().map(Process)
}

fn read_lines(from: impl Read + Send + 'static, to: Sender<String>) {
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
    });
}

/// When and how often the process was asked to end.
struct Asked {
    first: Instant,
    last: Instant,
    times: u32,
}

impl Asked {
    /// Asks again after some seconds: a solver that was still reading may have missed the signal.
    /// At the fifth SCIP would end without writing.
    fn again(&mut self, child: &Process) {
        if self.times < 4 && self.last.elapsed() > Duration::from_secs(3) {
            child.interrupt();
            self.last = Instant::now();
            self.times += 1;
        }
    }
}

/// A child that does not outlive the call that started it.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            self.kill();
            let _ = self.0.wait();
        }
    }
}

#[cfg(unix)]
impl Process {
    /// Asks the process to end: the signal of Ctrl-C.
    fn interrupt(&self) {
        const SIGINT: i32 = 2;
        self.signal(SIGINT);
    }

    /// Ends it, and whatever it started.
    fn kill(&mut self) {
        const SIGKILL: i32 = 9;
        self.signal(SIGKILL);
    }

    /// Sends a signal to the group of the child, which it leads: wrappers pass nothing on.
    fn signal(&self, signal: i32) {
        unsafe extern "C" {
            fn kill(pid: i32, signal: i32) -> i32;
        }
        if let Ok(group) = i32::try_from(self.0.id()) {
            // SAFETY: `kill` only sends a signal; the child is ours and not waited for, so that
            // its number is not reused.
            unsafe { kill(-group, signal) };
        }
    }
}

#[cfg(not(unix))]
impl Process {
    /// There is no gentle way here: the process ends at once.
    fn interrupt(&self) {
        let id = self.0.id().to_string();
        let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &id]).status();
    }

    fn kill(&mut self) {
        let _ = self.0.kill();
    }
}
