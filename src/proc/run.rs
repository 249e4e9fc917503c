//! Running a command as if it had been typed: same terminal, same signals, same exit code, its output kept on the way.

use super::capture::{Capture, Captured};
use super::terminal::{Lent, size};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;
use std::ffi::OsString;
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long output is awaited after the command ended: what it left running may hold its terminal open for ever.
const GRACE: Duration = Duration::from_millis(300);

/// Where a command's output goes besides being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Where it would go anyway; it is not kept.
    Untouched,
    /// Where it would go anyway.
    AsTyped,
    /// To standard error: standard output is for a document.
    OnStderr,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// How long it ran.
    pub duration: Duration,
    /// Its exit code, where it had one.
    pub exit_code: Option<i32>,
    /// The signal that ended it, where one did.
    pub signal: Option<i32>,
    /// Why it could not be started.
    pub not_started: Option<String>,
    /// What it printed, where that was to be kept.
    pub output: Option<Captured>,
}

impl Ran {
    /// The exit code as a shell gives it: 127 not found, 126 not to be run, 128 and the signal's number.
    pub fn code(&self) -> u8 {
        let code = self.exit_code.or_else(|| self.signal.map(|signal| 128 + signal)).unwrap_or(127);
        u8::try_from(code & 0xff).unwrap_or(1)
    }
}

type Shared = Arc<Mutex<Capture>>;

/// Runs a command to its end. Ctrl-C ends the command, not this program.
pub fn run(words: &[OsString], show: Show) -> Ran {
    let begun = Instant::now();
    // From here on a signal is the command's business.
    let signals = Signals::new([SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGWINCH]).ok();
    let capture = Shared::default();
    let ended = if show == Show::Untouched {
        plain(words, signals)
    } else if show == Show::AsTyped && std::io::stdout().is_terminal() && std::io::stderr().is_terminal() {
        in_terminal(words, signals, &capture)
    } else {
        in_pipes(words, signals, &capture, show)
    };
    let duration = begun.elapsed();
    let kept = std::mem::take(&mut *capture.lock().unwrap_or_else(PoisonError::into_inner));
    let output = (show != Show::Untouched).then(|| kept.finish());
    match ended {
        Ok(status) => Ran { duration, exit_code: status.code(), signal: status.signal(), not_started: None, output },
        Err(error) => {
            let code = if error.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 };
            let not_started = Some(error.to_string());
            Ran { duration, exit_code: Some(code), signal: None, not_started, output: None }
        }
    }
}

fn command(words: &[OsString]) -> Command {
    let mut command = Command::new(words.first().map_or_else(OsString::new, Clone::clone));
    command.args(words.iter().skip(1));
    command
}

fn plain(words: &[OsString], signals: Option<Signals>) -> std::io::Result<ExitStatus> {
    let child = command(words).spawn()?;
    wait(child, signals, None)
}

/// The command's output goes through pipes, each piece on its way at once.
fn in_pipes(words: &[OsString], signals: Option<Signals>, capture: &Shared, show: Show) -> std::io::Result<ExitStatus> {
    let first = match show {
        Show::OnStderr => relay(std::io::stderr(), capture),
        _ => relay(std::io::stdout(), capture),
    };
    let (Ok(out), Ok(err)) = (first, relay(std::io::stderr(), capture)) else { return plain(words, signals) };
    let mut child = command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let ends = [
        child.stdout.take().map(|stdout| out.pass(stdout.into())),
        child.stderr.take().map(|stderr| err.pass(stderr.into())),
    ];
    let status = wait(child, signals, None);
    for end in ends.into_iter().flatten() {
        let _ = end.recv_timeout(GRACE);
    }
    status
}

/// The command gets a terminal of its own, of the same size, and the responder's keys.
fn in_terminal(words: &[OsString], signals: Option<Signals>, capture: &Shared) -> std::io::Result<ExitStatus> {
    let failed = |error: pty_process::Error| match error {
        pty_process::Error::Io(error) => error,
        pty_process::Error::Rustix(error) => error.into(),
    };
    let Ok(screen) = relay(std::io::stdout(), capture) else { return plain(words, signals) };
    let (pty, end) = pty_process::blocking::open().map_err(failed)?;
    let ours: OwnedFd = pty.into();
    if let Some(size) = size() {
        let _ = rustix::termios::tcsetwinsize(&ours, size);
    }
    let name = words.first().map_or_else(OsString::new, Clone::clone);
    let mut command = pty_process::blocking::Command::new(name).args(words.iter().skip(1));
    let keys = std::io::stdin().is_terminal();
    if !keys {
        command = command.stdin(Stdio::inherit());
    }
    if keys {
        let mut keyboard = File::from(ours.try_clone()?);
        // It ends with the program: a read of the keyboard can't be taken back.
        let typing = std::thread::Builder::new().spawn(move || std::io::copy(&mut std::io::stdin(), &mut keyboard));
        typing.map(drop)?;
    }
    let child = command.spawn(end).map_err(failed)?;
    let lent = Lent::stdin().filter(|_| keys);
    let screen = screen.pass(ours.try_clone()?);
    let status = wait(child, signals, Some(ours));
    let _ = screen.recv_timeout(GRACE);
    drop(lent);
    status
}

/// A thread that passes output on, ready before there is any: a command whose output nobody takes would stand still.
struct Relay {
    source: Sender<OwnedFd>,
    ended: Receiver<()>,
}

impl Relay {
    /// Passes this on from now on; what is returned tells when it has ended.
    fn pass(self, source: OwnedFd) -> Receiver<()> {
        let _ = self.source.send(source);
        self.ended
    }
}

/// Passes output on as it comes, and keeps it.
fn relay(mut to: impl Write + Send + 'static, capture: &Shared) -> std::io::Result<Relay> {
    let (source, sources) = mpsc::channel::<OwnedFd>();
    let (done, ended) = mpsc::channel();
    let capture = Arc::clone(capture);
    std::thread::Builder::new().spawn(move || {
        let Ok(mut from) = sources.recv().map(File::from) else { return };
        let mut piece = [0; 16_384];
        // A terminal whose last user has gone answers with an error.
        while let Ok(read @ 1..) = from.read(&mut piece) {
            capture.lock().unwrap_or_else(PoisonError::into_inner).push(&piece[..read]);
            // When the reader has gone away the command's next write fails, as if it had been typed.
            if to.write_all(&piece[..read]).and_then(|()| to.flush()).is_err() {
                break;
            }
        }
        drop(from);
        let _ = done.send(());
    })?;
    Ok(Relay { source, ended })
}

/// Waits for the command; signals for this program are passed on to it.
fn wait(mut child: Child, signals: Option<Signals>, terminal: Option<OwnedFd>) -> std::io::Result<ExitStatus> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let handle = signals.as_ref().map(Signals::handle);
    let listener = signals.and_then(|mut signals| {
        let typed = std::io::stdin().is_terminal() && terminal.is_none();
        let listening = std::thread::Builder::new().spawn(move || {
            for signal in signals.forever() {
                match (signal, &terminal) {
                    (SIGWINCH, Some(terminal)) => {
                        if let Some(size) = size() {
                            let _ = rustix::termios::tcsetwinsize(terminal, size);
                        }
                    }
                    // What is typed reaches the command by itself.
                    (SIGINT | SIGQUIT, _) if typed => {}
                    (SIGWINCH, None) => {}
                    (SIGINT | SIGQUIT, Some(terminal)) => {
                        // Typed before the terminal was lent: it is meant for whatever runs in front.
                        let front = rustix::termios::tcgetpgrp(terminal).ok().or(pid);
                        if let (Some(front), Some(signal)) = (front, Signal::from_named_raw(signal)) {
                            let _ = kill_process_group(front, signal);
                        }
                    }
                    (other, _) => {
                        if let (Some(pid), Some(signal)) = (pid, Signal::from_named_raw(other)) {
                            let _ = kill_process(pid, signal);
                        }
                    }
                }
            }
        });
        listening.ok()
    });
    let status = child.wait();
    if let (Some(handle), Some(listener)) = (handle, listener) {
        handle.close();
        drop(listener.join());
    }
    status
}
