//! Who is on call, as a command says it: run without a shell, in bounded time, one name per line.

use crate::incident::limits::NAME;
use crate::incident::oncall::{CommandFault, MOST_NAMES};
use crate::incident::secret::Masker;
use crate::incident::time::Timestamp;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::collections::VecDeque;
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The most bytes of output that are kept, of its beginning or its end.
const MOST: usize = 64 * 1024;

/// How long output is awaited after the command ended: what it left running may hold it open for ever.
const GRACE: Duration = Duration::from_millis(300);

/// How long one look at the command is from the next.
const LOOK: Duration = Duration::from_millis(5);

/// The names that the command prints.
pub(super) fn on_call(
    (words, withheld): (&[String], &[String]),
    at: Timestamp,
    timeout: Duration,
) -> Result<Vec<String>, CommandFault> {
    let begun = Instant::now();
    let (program, arguments) = words.split_first().ok_or(CommandFault::Empty)?;
    let refused = |error: std::io::Error| CommandFault::NotStarted { reason: error.to_string() };
    let mut command = Command::new(program);
    for name in withheld.iter().filter(|name| !name.is_empty() && !name.contains(['=', '\0'])) {
        command.env_remove(name);
    }
    let mut child = command
        .args(arguments)
        .env("HIKESHI_ON_CALL_AT", at.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(refused)?;
    let out = child.stdout.take().map(|pipe| Keeper::start(pipe, End::First));
    let err = child.stderr.take().map(|pipe| Keeper::start(pipe, End::Last));
    let deadline = begun.checked_add(timeout);
    let in_time = await_end(&child, deadline);
    if !in_time {
        kill(&child);
    }
    let patience = Instant::now() + GRACE;
    let take = |keeper: Option<std::io::Result<Keeper>>| match keeper {
        Some(Ok(keeper)) => keeper.take(&child, patience),
        // Without a thread to read it the command's output is lost.
        Some(Err(error)) => Err(refused(error)),
        None => Ok(Vec::new()),
    };
    let (out, err) = (take(out), take(err));
    let status = child.wait().map_err(refused)?;
    let (out, said) = (out?, last_line(err?));
    if !in_time {
        return Err(CommandFault::TimedOut { after: timeout, said });
    }
    match status.code() {
        Some(0) => names(&out),
        code => {
            let code = code.or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
            Err(CommandFault::Failed { code, said })
        }
    }
}

/// Waits until the command has ended, without taking it from the process table: its number stays its own until it and
/// its group were dealt with. Whether it ended in time.
fn await_end(child: &Child, deadline: Option<Instant>) -> bool {
    let Some(pid) = pid(child) else { return true };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    loop {
        match waitid(WaitId::Pid(pid), options) {
            Ok(None) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Ok(Some(_)) | Err(_) => return true,
        }
        let left = deadline.map_or(LOOK, |deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return false;
        }
        std::thread::sleep(left.min(LOOK));
    }
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Kills the command and everything it started.
fn kill(child: &Child) {
    if let Some(group) = pid(child) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Which end of too much output is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// A thread that reads output to its end, so that the command never stands still.
struct Keeper(Receiver<Vec<u8>>);

impl Keeper {
    fn start(mut pipe: impl Read + Send + 'static, end: End) -> std::io::Result<Self> {
        let (done, kept) = mpsc::channel();
        std::thread::Builder::new().spawn(move || {
            let mut bytes: VecDeque<u8> = VecDeque::new();
            let mut piece = [0; 8192];
            while let Ok(read @ 1..) = pipe.read(&mut piece) {
                bytes.extend(piece.get(..read).unwrap_or_default());
                match end {
                    End::First => bytes.truncate(MOST + 1),
                    End::Last => drop(bytes.drain(..bytes.len().saturating_sub(MOST))),
                }
            }
            let _ = done.send(bytes.into());
        })?;
        Ok(Self(kept))
    }

    /// What was kept. Whatever still holds the output open is killed when the patience is over.
    fn take(self, child: &Child, patience: Instant) -> Result<Vec<u8>, CommandFault> {
        match self.0.recv_timeout(patience.saturating_duration_since(Instant::now())) {
            Ok(bytes) => Ok(bytes),
            Err(RecvTimeoutError::Timeout) => {
                kill(child);
                // What left the group keeps the output; nothing more is awaited from it.
                Ok(self.0.recv_timeout(GRACE).unwrap_or_default())
            }
            Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
        }
    }
}

/// One name per line, blank lines left out, each once.
fn names(bytes: &[u8]) -> Result<Vec<String>, CommandFault> {
    if bytes.len() > MOST {
        return Err(CommandFault::NotAName { line: bytes.split(|byte| *byte == b'\n').count() });
    }
    let mut names: Vec<String> = Vec::new();
    for (place, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let wrong = CommandFault::NotAName { line: place + 1 };
        let Ok(name) = std::str::from_utf8(line).map(str::trim) else { return Err(wrong) };
        if name.len() > NAME || name.chars().any(char::is_control) {
            return Err(wrong);
        }
        if name.is_empty() || names.iter().any(|known| known == name) {
            continue;
        }
        if names.len() == MOST_NAMES {
            return Err(CommandFault::TooMany);
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

/// The last line that says something, secrets masked, its beginning.
fn last_line(bytes: Vec<u8>) -> Option<String> {
    const LONGEST: usize = 300;
    let mut masker = Masker::new();
    let mut masked = masker.push(&bytes);
    masked.extend(masker.finish());
    let text = String::from_utf8_lossy(&masked);
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    Some(line.chars().take(LONGEST).collect())
}
