//! The responder's own terminal, lent to a command for as long as it runs.

use rustix::termios::{OptionalActions, Termios, Winsize, tcgetattr, tcgetwinsize, tcsetattr};

/// A terminal that passes every key on; put back as it was when this goes.
pub(super) struct Lent {
    before: Termios,
}

impl Lent {
    /// Lends standard input, where it is a terminal.
    pub(super) fn stdin() -> Option<Self> {
        let before = tcgetattr(std::io::stdin()).ok()?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(std::io::stdin(), OptionalActions::Now, &raw).ok()?;
        Some(Self { before })
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Drain, &self.before);
    }
}

/// How large the responder's terminal is.
pub(super) fn size() -> Option<Winsize> {
    tcgetwinsize(std::io::stdout()).ok()
}
