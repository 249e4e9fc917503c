//! An empty home with a clock that ticks: what every end-to-end test starts from.

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program under test.
pub const HIKESHI: &str = env!("CARGO_BIN_EXE_hikeshi");

/// When the clock starts: 2026-11-20T05:00:00Z.
const START: i64 = 1_795_150_800;

/// A home of its own.
pub struct Place {
    folder: tempfile::TempDir,
    ticks: Cell<i64>,
    actor: Cell<&'static str>,
    lang: Cell<&'static str>,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, ticks: Cell::new(0), actor: Cell::new("aki"), lang: Cell::new("en") }
    }

    /// A place where an outage of the API was declared by aki as sev2.
    pub fn declared() -> Self {
        let place = Self::new();
        place.ok(&["declare", "API down", "--category", "outage", "--service", "api"]);
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> PathBuf {
        self.path().join("data/hikeshi.db")
    }

    /// From now on this person acts.
    pub fn actor(&self, name: &'static str) -> &Self {
        self.actor.set(name);
        self
    }

    /// From now on in this language.
    pub fn lang(&self, lang: &'static str) -> &Self {
        self.lang.set(lang);
        self
    }

    /// Lets this many seconds pass.
    pub fn wait(&self, seconds: i64) -> &Self {
        self.ticks.set(self.ticks.get() + seconds);
        self
    }

    /// A command in a cleared environment, a second after the one before.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.wait(1);
        let now = START + self.ticks.get();
        let now = format!("{}", jiff::Timestamp::from_second(now).expect("an instant"));
        let mut command = Command::new(HIKESHI);
        command
            .env_clear()
            .env("HOME", self.path())
            .env("HIKESHI_DB", self.store())
            .env("HIKESHI_NOW", now)
            .env("HIKESHI_SEED", "test")
            .env("HIKESHI_ACTOR", self.actor.get())
            .env("HIKESHI_LANG", self.lang.get())
            .env("TZ", "UTC")
            .current_dir(self.path())
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().expect("runs").into()
    }

    /// Runs with this on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        // The program may end before it has read everything.
        let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("ends");
        feeder.join().expect("fed");
        output.into()
    }

    /// Runs, must succeed; returns standard output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}\n{}\n{}", ran.out, ran.err);
        ran.out
    }

    /// Runs, must fail with this code; returns standard error.
    pub fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}\n{}\n{}", ran.out, ran.err);
        ran.err
    }

    /// Runs with `--json`, must succeed; returns the document.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let out = self.ok(&[&["--json"], arguments].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{out}"))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// A mount of a tmpfs, where this machine lets us; undone when dropped.
pub struct Mount(pub PathBuf);

impl Mount {
    pub fn tmpfs(at: &Path, options: &str) -> Option<Self> {
        std::fs::create_dir_all(at).ok()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Mount {
    /// Mounts it again with other options; whether that was let.
    pub fn again(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-o", &format!("remount,{options}")]).arg(&self.0).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
