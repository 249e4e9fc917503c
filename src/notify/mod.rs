//! Carrying a message to the other end: a message and its key in, an outcome out. Knows no store.
//!
//! Each kind of channel is one file. A transport passes the gate before it does what can't be taken back, so that a
//! message that was given up for lost is not delivered behind its sender's back, and one that may have arrived is
//! never called undelivered.

mod attempt;
mod body;
mod cause;
mod command;
mod email;
mod file;
mod http;
mod letter;
mod program;
mod roots;
mod secret;
mod slack;
#[cfg(test)]
mod tests;
mod webhook;

use crate::incident::channel::{Channel, ChannelKind};
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use attempt::{Attempt, Gate};
use cause::{Cause, Failure};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long a transport gets beyond its time to say itself what became of the message.
const GRACE: Duration = Duration::from_millis(150);

/// The longest time that an attempt may take, whatever was asked for.
const LONGEST: Duration = Duration::from_hours(1);

/// What is to be told, and to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The key: the same at every attempt, so that the other end can tell a repeat.
    pub id: Uuid,
    /// The incident's number.
    pub incident: u32,
    /// What it is about, one line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The people whom it is for, by name.
    pub who: Vec<String>,
    /// Who gets it; nobody named means the channel's own `to`.
    pub recipients: Vec<String>,
    /// What programs read: passed on as it is by the kinds that carry JSON.
    pub data: serde_json::Value,
    /// Its language, and that of a failure's reason.
    pub lang: Lang,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other end has taken it.
    Delivered {
        /// Whom it did not reach all the same, and why: mail that was refused for some and taken for others.
        note: Option<String>,
    },
    /// The other end has not taken it, or it can't be known.
    Failed {
        /// Why: one line of at most 300 characters, control characters escaped, no secret in it.
        reason: String,
        /// Whether another attempt is of no use before somebody changes something.
        permanent: bool,
        /// Whether it may have arrived all the same: the answer was lost, not the message.
        uncertain: bool,
        /// How long the other end asks to wait; not capped.
        retry_after: Option<Duration>,
    },
}

/// Sends a message once, and takes no longer than `timeout` and a fifth of a second.
///
/// `now` goes into what is sent (the signature's time, the mail's date) and is what a `Retry-After` date is measured
/// from. Secrets are read from where the channel says, now, and kept nowhere.
pub fn send(channel: &Channel, message: &Message, timeout: Duration, now: Timestamp) -> Outcome {
    let gate = Arc::new(Gate::default());
    let timeout = timeout.min(LONGEST);
    let until = Instant::now() + timeout;
    let (done, outcome) = mpsc::channel();
    let attempt = Attempt::new(channel.clone(), message.clone(), now, until, Arc::clone(&gate));
    // Looking up a name or writing to a file system that has gone away can't be told to end in time.
    let thread = std::thread::Builder::new().name("notify".to_owned()).spawn(move || {
        let _ = done.send(outcome_of(&attempt));
    });
    if thread.is_err() {
        return outcome_of(&Attempt::new(channel.clone(), message.clone(), now, until, gate));
    }
    match outcome.recv_timeout(timeout + GRACE) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => {
            let sent = !gate.give_up();
            outcome.try_recv().unwrap_or_else(|_| timed_out(sent, message.lang))
        }
        Err(RecvTimeoutError::Disconnected) => timed_out(!gate.give_up(), message.lang),
    }
}

fn outcome_of(attempt: &Attempt) -> Outcome {
    match carry(attempt) {
        Ok(note) => Outcome::Delivered { note: note.map(|note| attempt.shown(&note)) },
        Err(failure) => Outcome::Failed {
            reason: attempt.shown(&failure.cause.said(attempt.message.lang)),
            permanent: failure.permanent,
            uncertain: failure.uncertain,
            retry_after: failure.retry_after,
        },
    }
}

fn timed_out(sent: bool, lang: Lang) -> Outcome {
    let reason = Cause::TimedOut { sent }.said(lang);
    Outcome::Failed { reason, permanent: false, uncertain: sent, retry_after: None }
}

/// What each transport gives: whom it did not reach, where it reached others.
type Carried = Result<Option<String>, Failure>;

fn carry(attempt: &Attempt) -> Carried {
    if let Some(fault) = attempt.channel.faults().first() {
        return Err(Failure::never(Cause::Unfit { key: fault.key() }));
    }
    match attempt.channel.kind {
        ChannelKind::Slack => slack::carry(attempt),
        ChannelKind::Webhook => webhook::carry(attempt),
        ChannelKind::Email => email::carry(attempt),
        ChannelKind::Command => command::carry(attempt),
        ChannelKind::File => file::carry(attempt),
    }
}
