//! What a signal does while a question is open: the terminal is put back as it was before the program ends.

use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is open on the terminal.
#[derive(Debug, Default)]
enum Open {
    /// Nothing: a signal does what it does anyway.
    #[default]
    Nothing,
    /// A question that changed the terminal, which was like this before.
    Changed(Termios),
    /// A question that reads whole lines: Ctrl-C is told here, so that what was typed before isn't lost.
    Line(UnixStream),
}

/// A watch over the terminal, from the first question to the end of the program.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    open: Arc<Mutex<Open>>,
}

impl Watch {
    /// Begins to watch. Where the system gives no thread, a signal ends the program as it would anyway.
    pub(super) fn begin() -> Self {
        let open: Arc<Mutex<Open>> = Arc::default();
        let watched = Arc::clone(&open);
        if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT]) {
            let watching = std::thread::Builder::new().spawn(move || {
                for signal in signals.forever() {
                    met(signal, &held(&watched));
                }
            });
            drop(watching);
        }
        Self { open }
    }

    /// Remembers how the terminal is now, and puts it back so when what is returned goes.
    pub(super) fn remember(&self) -> io::Result<Kept> {
        let before = tcgetattr(stdin())?;
        *held(&self.open) = Open::Changed(before.clone());
        Ok(Kept { open: Arc::clone(&self.open), before: Some(before) })
    }

    /// Passes every key on by itself until what is returned goes.
    pub(super) fn raw(&self) -> io::Result<Kept> {
        let kept = self.remember()?;
        if let Some(mut raw) = kept.before.clone() {
            raw.make_raw();
            // What was typed ahead stays typed.
            tcsetattr(stdin(), OptionalActions::Drain, &raw)?;
        }
        Ok(kept)
    }

    /// Tells Ctrl-C through a stream until what is returned goes.
    pub(super) fn line(&self) -> io::Result<(Kept, UnixStream)> {
        let (here, there) = UnixStream::pair()?;
        *held(&self.open) = Open::Line(there);
        Ok((Kept { open: Arc::clone(&self.open), before: None }, here))
    }
}

/// A terminal that is put back when this goes.
#[derive(Debug)]
pub(super) struct Kept {
    open: Arc<Mutex<Open>>,
    before: Option<Termios>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut open = held(&self.open);
        if let Some(before) = &self.before {
            let _ = tcsetattr(stdin(), OptionalActions::Drain, before);
        }
        *open = Open::Nothing;
    }
}

fn held(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

fn met(signal: i32, open: &Open) {
    match open {
        Open::Line(told) if signal == SIGINT => {
            let mut told: &UnixStream = told;
            let _ = told.write_all(b"!");
            return;
        }
        Open::Changed(before) => {
            let _ = tcsetattr(stdin(), OptionalActions::Now, before);
            // No pasting in brackets, and a cursor.
            super::put("\x1b[?2004l\x1b[?25h\r\n");
        }
        Open::Line(_) | Open::Nothing => {}
    }
    let _ = emulate_default_handler(signal);
}
