//! Running a program for a channel: no shell, no terminal, a time limit that its children can't outlive.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, ErrorKind, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often is looked whether the program has ended, when nothing else tells.
const TICK: Duration = Duration::from_millis(20);
/// How long a killed program is waited for; one that waits for a dead disk can't die.
const REAPING: Duration = Duration::from_millis(100);
/// The most bytes of output that are kept.
const MOST: usize = 16_384;

/// What of a program's output is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The beginning of its standard output.
    Beginning,
    /// The end of what it says on standard error.
    Complaint,
}

/// A program to run.
pub(super) struct Program<'a> {
    pub words: &'a [String],
    pub variables: &'a [(&'static str, String)],
    /// Variables of this process that are not for it.
    pub withheld: &'a [String],
    pub input: &'a [u8],
    pub keep: Keep,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Code(i32),
    Signal(i32),
    /// It was killed, and every process of its group with it.
    TimedOut,
}

/// What became of a program.
pub(super) struct Ran {
    pub ended: Ended,
    pub kept: Vec<u8>,
}

impl Program<'_> {
    /// Runs it until its end, or until its time is over. An error means that it was not started.
    pub fn run(&self, until: Instant) -> io::Result<Ran> {
        let (program, arguments) = self.words.split_first().ok_or(ErrorKind::NotFound)?;
        let (out, err) = match self.keep {
            Keep::Beginning => (Stdio::piped(), Stdio::null()),
            Keep::Complaint => (Stdio::null(), Stdio::piped()),
        };
        let mut command = Command::new(program);
        for name in self.withheld.iter().filter(|name| is_name(name)) {
            command.env_remove(name);
        }
        let mut child = command
            .args(arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn()?;
        let output: Option<OwnedFd> =
            child.stdout.take().map(OwnedFd::from).or_else(|| child.stderr.take().map(OwnedFd::from));
        let mut pipes =
            Pipes { input: child.stdin.take(), rest: self.input, output, kept: Vec::new(), keep: self.keep };
        let ended = pipes.serve(&mut child, until);
        Ok(Ran { ended, kept: pipes.kept })
    }
}

/// A running program's ends of its input and output.
struct Pipes<'a> {
    input: Option<ChildStdin>,
    rest: &'a [u8],
    output: Option<OwnedFd>,
    kept: Vec<u8>,
    keep: Keep,
}

impl Pipes<'_> {
    fn serve(&mut self, child: &mut Child, until: Instant) -> Ended {
        for pipe in [self.input.as_ref().map(AsFd::as_fd), self.output.as_ref().map(AsFd::as_fd)].into_iter().flatten()
        {
            let _ = fcntl_getfl(pipe).and_then(|flags| fcntl_setfl(pipe, flags | OFlags::NONBLOCK));
        }
        loop {
            self.write();
            self.read();
            if let Ok(Some(status)) = child.try_wait() {
                self.read();
                return ended(status);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                kill(child);
                return Ended::TimedOut;
            }
            self.wait(left.min(TICK));
        }
    }

    /// Waits until there is something to read or room to write, or the time is over.
    fn wait(&self, time: Duration) {
        let mut waited: Vec<PollFd> = Vec::with_capacity(2);
        waited.extend(self.input.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::OUT)));
        waited.extend(self.output.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)));
        let time = Timespec { tv_sec: 0, tv_nsec: i64::from(time.subsec_nanos()) };
        let _ = poll(&mut waited, Some(&time));
    }

    fn write(&mut self) {
        let Some(input) = &mut self.input else { return };
        while !self.rest.is_empty() {
            match input.write(self.rest) {
                Ok(written @ 1..) => self.rest = self.rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                // A program that does not want its input is none the worse for it.
                Ok(0) | Err(_) => self.rest = &[],
            }
        }
        self.input = None;
    }

    fn read(&mut self) {
        let mut piece = [0; 4_096];
        // What never stops talking is not listened to for ever at a time.
        for _ in 0..64 {
            let Some(output) = &self.output else { return };
            match rustix::io::read(output, &mut piece) {
                Ok(read @ 1..) => self.keep(piece.get(..read).unwrap_or_default()),
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => return,
                Ok(0) | Err(_) => self.output = None,
            }
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        match self.keep {
            Keep::Beginning => {
                let room = MOST.saturating_sub(self.kept.len()).min(bytes.len());
                self.kept.extend(bytes.get(..room).unwrap_or_default());
            }
            Keep::Complaint => {
                self.kept.extend(bytes);
                let over = self.kept.len().saturating_sub(MOST);
                self.kept.drain(..over);
            }
        }
    }
}

/// Whether an environment can hold a variable of this name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

fn ended(status: ExitStatus) -> Ended {
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Code(code),
        (None, signal) => Ended::Signal(signal.unwrap_or_default()),
    }
}

/// Ends a program that was not waited for yet, and all that it started and did not send away.
fn kill(child: &mut Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = child.kill();
    let until = Instant::now() + REAPING;
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
}
