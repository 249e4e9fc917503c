//! A home with a store in it, and the ways to run the program there.

use super::strace;
use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");

/// Longer than the program waits for anything: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(40);

/// Numbers words and scenes, so that no two are alike in one run.
static NEXT: AtomicUsize = AtomicUsize::new(1);

/// A word that no other fact of this run holds, and that is no part of another.
pub fn word() -> String {
    format!("fact{:08}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A command under test.
#[derive(Debug, Clone)]
pub struct Call {
    pub arguments: Vec<String>,
    /// Lines for standard input, each a fact of its own; none for a command that is one fact.
    pub lines: Vec<String>,
    /// The word of each fact.
    pub words: Vec<String>,
}

/// How a command ended, and what it said until then.
#[derive(Debug, Clone, Default)]
pub struct Ended {
    /// `None` when a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    pub hung: bool,
}

/// A home with its store.
#[derive(Debug)]
pub struct Scene {
    root: PathBuf,
    /// Where the commands that run while it is some leave their traces.
    traces: RefCell<Option<Vec<PathBuf>>>,
    /// A scene in which something went wrong stays, for people to look at.
    keep: bool,
}

impl Scene {
    /// A home without a store, in this folder.
    pub fn empty(under: &Path) -> Self {
        let root = under.join(format!("scene{}", NEXT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&root).expect("a folder");
        // Traces name files by their real paths.
        let root = root.canonicalize().expect("a folder");
        Self { root, traces: RefCell::new(None), keep: false }
    }

    /// A home whose store holds one incident.
    pub fn declared(under: &Path) -> Self {
        let scene = Self::empty(under);
        scene.must(&["declare", "API down", "--category", "outage", "--service", "api", "-q"]);
        scene
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn store(&self) -> PathBuf {
        self.root.join("data/h.db")
    }

    pub fn spool(&self) -> PathBuf {
        self.store().with_extension("spool")
    }

    pub fn keep(&mut self) {
        self.keep = true;
    }

    /// From now on every command is traced.
    pub fn trace(&self) {
        *self.traces.borrow_mut() = Some(Vec::new());
    }

    /// The traces so far, in order; no more are made.
    pub fn traced(&self) -> Vec<PathBuf> {
        self.traces.borrow_mut().take().unwrap_or_default()
    }

    /// Runs a command that must succeed; what it printed.
    pub fn must(&self, arguments: &[&str]) -> String {
        let ended = self.run(&arguments.iter().map(|&one| one.to_owned()).collect::<Vec<_>>(), &[]);
        assert_eq!(ended.code, Some(0), "{}: {arguments:?}: {}{}", self.root.display(), ended.out, ended.err);
        ended.out
    }

    /// Runs a command unharmed.
    pub fn run(&self, arguments: &[String], lines: &[String]) -> Ended {
        let log = self.root.with_extension(format!("{}.trace", NEXT.fetch_add(1, Ordering::Relaxed)));
        let tracing = self.traces.borrow().is_some();
        let command =
            if tracing { self.under(&strace::recording(&log), arguments) } else { self.under(&[], arguments) };
        let ended = Running::start(command, lines, Duration::from_millis(2)).end(None);
        if let Some(traces) = self.traces.borrow_mut().as_mut() {
            traces.push(log);
        }
        ended
    }

    /// Runs a command and kills it after a while.
    pub fn killed(&self, call: &Call, after: Duration) -> Ended {
        let pause = Duration::from_micros(300);
        Running::start(self.under(&[], &call.arguments), &call.lines, pause).end(Some(after))
    }

    /// Runs a command with strace in between, told so; the trace.
    pub fn strained(&self, call: &Call, options: &[&str]) -> (Ended, String) {
        let log = self.root.with_extension("strain");
        let mut all: Vec<String> = strace::watching(&log);
        all.extend(options.iter().map(|&option| option.to_owned()));
        let running = Running::start(self.under(&all, &call.arguments), &call.lines, Duration::from_millis(4));
        let ended = running.end(None);
        let trace = std::fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let _ = std::fs::remove_file(&log);
        (ended, trace)
    }

    /// A command in a cleared environment, run by another program where one is named.
    fn under(&self, before: &[String], arguments: &[String]) -> Command {
        let mut command = Command::new(before.first().map_or(HIKESHI, String::as_str));
        if before.len() > 1 {
            command.args(&before[1..]).arg(HIKESHI);
        }
        command
            .env_clear()
            .env("PATH", std::env::var("PATH").unwrap_or_default())
            .env("HOME", &self.root)
            .env("HIKESHI_DB", self.store())
            .env("HIKESHI_ACTOR", "aki")
            .env("HIKESHI_LANG", "en")
            .env("TZ", "UTC")
            .current_dir(&self.root)
            .args(arguments);
        command
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        for log in self.traced() {
            let _ = std::fs::remove_file(log);
        }
        if !self.keep && !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.root);
        }
    }
}

/// Whether the program has this verb.
pub fn has_verb(verb: &str) -> bool {
    let mut command = Command::new(HIKESHI);
    command.args([verb, "--help"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A process with threads on its pipes.
struct Running {
    child: Child,
    begin: Instant,
    threads: [std::thread::JoinHandle<Vec<u8>>; 2],
    feeder: std::thread::JoinHandle<()>,
}

impl Running {
    /// Feeds the lines in small groups with pauses, so that they make several commits.
    fn start(mut command: Command, lines: &[String], pause: Duration) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{}: {error}; `tests/run` installs what is needed", command.get_program().display())
        });
        let begin = Instant::now();
        let mut input = child.stdin.take().expect("a pipe");
        let lines = lines.to_vec();
        let feeder = std::thread::spawn(move || {
            for (index, line) in lines.iter().enumerate() {
                if writeln!(input, "{line}").is_err() {
                    return;
                }
                if index % 3 == 2 {
                    std::thread::sleep(pause);
                }
            }
        });
        let out = child.stdout.take().expect("a pipe");
        let err = child.stderr.take().expect("a pipe");
        Self { child, begin, threads: [listen(out), listen(err)], feeder }
    }

    /// Waits for its end, or kills it after this long.
    fn end(mut self, kill: Option<Duration>) -> Ended {
        let deadline = kill.unwrap_or(PATIENCE);
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("waited") {
                break status;
            }
            let left = deadline.saturating_sub(self.begin.elapsed());
            if left.is_zero() {
                self.child.kill().expect("killed");
                break self.child.wait().expect("ended");
            }
            std::thread::sleep(left.min(Duration::from_micros(300)));
        };
        let hung = kill.is_none() && self.begin.elapsed() >= deadline;
        self.feeder.join().expect("fed");
        let [out, err] = self.threads.map(|thread| {
            let bytes = thread.join().expect("read");
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Ended { code: status.code(), out, err, hung }
    }
}

fn listen(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}
