//! One attempt at sending a message: its time, its secrets, and the gate before what can't be taken back.

use super::Message;
use super::cause::{Cause, Failure, shown};
use super::secret::Masks;
use crate::incident::channel::Channel;
use crate::incident::time::Timestamp;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const GIVEN_UP: u8 = 2;

/// What stands between preparing to send and sending: whoever comes first, the sender or the one who gives up, wins.
#[derive(Debug, Default)]
pub(super) struct Gate(AtomicU8);

impl Gate {
    /// Begins to send; false when it was given up.
    pub fn begin(&self) -> bool {
        self.0.compare_exchange(WAITING, BEGUN, Ordering::SeqCst, Ordering::SeqCst).is_ok()
            || self.0.load(Ordering::SeqCst) == BEGUN
    }

    /// Gives up; false when sending had begun.
    pub fn give_up(&self) -> bool {
        let was = self.0.compare_exchange(WAITING, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst);
        was != Err(BEGUN)
    }
}

/// One attempt.
pub(super) struct Attempt {
    pub channel: Channel,
    pub message: Message,
    pub now: Timestamp,
    pub until: Instant,
    gate: Arc<Gate>,
    masks: RefCell<Masks>,
}

impl Attempt {
    pub fn new(channel: Channel, message: Message, now: Timestamp, until: Instant, gate: Arc<Gate>) -> Self {
        Self { channel, message, now, until, gate, masks: RefCell::default() }
    }

    /// Who gets the message.
    pub fn recipients(&self) -> &[String] {
        if self.message.recipients.is_empty() { &self.channel.to } else { &self.message.recipients }
    }

    /// The time that is left.
    pub fn left(&self) -> Result<Duration, Failure> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(Failure::later(Cause::TimedOut { sent: false })) } else { Ok(left) }
    }

    /// Passes the gate: from here on the message may arrive.
    pub fn begin(&self) -> Result<(), Failure> {
        if self.gate.begin() { Ok(()) } else { Err(Failure::later(Cause::TimedOut { sent: false })) }
    }

    /// Never shows these words again.
    pub fn hide(&self, secret: &str) {
        self.masks.borrow_mut().add(secret);
    }

    /// What the other end said, as people may read it.
    pub fn shown(&self, text: &str) -> String {
        shown(&self.masks.borrow().apply(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn whoever_comes_first_wins() {
        let gate = Gate::default();
        assert!(gate.begin() && gate.begin() && !gate.give_up());
        let gate = Gate::default();
        assert!(gate.give_up() && gate.give_up() && !gate.begin());
    }
}
