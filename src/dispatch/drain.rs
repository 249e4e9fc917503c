//! Emptying the outbox: each message under its own key until it arrives or is given up.
//!
//! That an attempt begins is on disk before it begins, and what came of it right after: whoever is killed between the
//! two leaves a message of which the next one knows that it may have arrived.

use super::letter::{About, Letter, letter};
use crate::engine::{EngineError, Request, Session, Stamp, Subject};
use crate::incident::channel::ChannelKind;
use crate::incident::command::{Command, Delivery, Tick};
use crate::incident::id::EventId;
use crate::incident::localized::Lang;
use crate::incident::policy::Policy;
use crate::incident::slug::Purpose;
use crate::incident::time::{Span, Timestamp};
use crate::notify::{self, Message, Outcome};
use crate::store::Pending;
use crate::text::no_longer;
use crate::text::tick::masked_answer;
use std::time::{Duration, Instant};

/// How much time there is.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// When the last attempt must have ended.
    pub until: Instant,
    /// The most that one attempt may take.
    pub each: Duration,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drained {
    /// How many arrived.
    pub delivered: usize,
    /// How many are tried again later.
    pub postponed: usize,
    /// Those that were given up.
    pub given_up: Vec<GivenUp>,
    /// What the other ends remarked.
    pub notes: Vec<String>,
}

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    /// The message.
    pub message: EventId,
    /// The channel.
    pub channel: String,
    /// Why.
    pub reason: String,
    /// What it was about.
    pub about: About,
}

/// How many are on their way at once.
const AT_ONCE: usize = 16;

/// Attempts after which a message is given up: some three hours.
const ATTEMPTS: u32 = 12;

/// The wait after the first failure; each one after that is twice as long.
const FIRST_WAIT: Span = Span::from_millis(15_000);

/// The longest wait.
const LONGEST_WAIT: Span = Span::from_minutes(30);

/// The longest wait that another end can ask for.
const LONGEST_ASKED: Span = Span::from_minutes(6 * 60);

/// The least time in which an attempt is worth beginning.
const WORTHWHILE: Duration = Duration::from_millis(100);

/// Delivers what is to be tried by `now`, a group at a time, until nothing is left or the time is up.
pub fn drain(
    session: &mut Session<'_>,
    policy: &Policy,
    lang: Lang,
    mut stamp: impl FnMut() -> Option<Stamp>,
    budget: Budget,
) -> Result<Drained, EngineError> {
    let mut drained = Drained::default();
    loop {
        let left = budget.until.saturating_duration_since(Instant::now());
        // Without randomness there are no ids, and nothing can be written down.
        let Some(Stamp { now, .. }) = stamp() else { return Ok(drained) };
        let group = session.reader().outbox(now, AT_ONCE)?;
        if group.is_empty() || left < WORTHWHILE {
            return Ok(drained);
        }
        let mut letters = Vec::with_capacity(group.len());
        let mut abouts = Vec::with_capacity(group.len());
        for pending in &group {
            let (letter, about) = letter(&session.reader(), pending, lang)?;
            letters.push(letter);
            abouts.push(about);
        }
        session.begin_attempts(group.iter().map(|pending| pending.message))?;
        let each = budget.each.min(left);
        let outcomes = send_all(&group, (&letters, &abouts), policy, (each, now), lang);
        let mut requests = Vec::with_capacity(group.len());
        for ((pending, outcome), about) in group.iter().zip(outcomes).zip(abouts) {
            let Some(stamp) = stamp() else { return Ok(drained) };
            let delivery = settle((pending, about), outcome, (stamp.now, lang), &mut drained);
            requests.push(Request {
                subject: Subject::Incident(pending.incident),
                command: Command::Tick(Tick::Deliver(delivery)),
                at: None,
                key: None,
                named: None,
                stamp,
            });
        }
        for recorded in session.record_all(&requests)? {
            recorded?;
        }
    }
}

/// Sends a group at once, each in a thread of its own.
fn send_all(
    group: &[Pending],
    (letters, abouts): (&[Letter], &[About]),
    policy: &Policy,
    (each, now): (Duration, Timestamp),
    lang: Lang,
) -> Vec<Outcome> {
    let send = |pending: &Pending, letter: &Letter, about: &About| match letter {
        Letter::Void(why) => refused(why.clone()),
        Letter::Ready(message) => send_one((pending, about), message, policy, (each, now), lang),
    };
    std::thread::scope(|scope| {
        let all = group.iter().zip(letters).zip(abouts);
        let threads: Vec<_> =
            all.map(|((pending, letter), about)| scope.spawn(move || send(pending, letter, about))).collect();
        let lost = |_| failed("the attempt broke off".to_owned());
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(lost)).collect()
    })
}

fn send_one(
    (pending, about): (&Pending, &About),
    message: &Message,
    policy: &Policy,
    (each, now): (Duration, Timestamp),
    lang: Lang,
) -> Outcome {
    match policy.channel.iter().find(|channel| channel.id == pending.channel) {
        Some(channel) if channel.kind == ChannelKind::Email => {
            // A telephone number is no place for mail.
            let mut message = message.clone();
            message.recipients.retain(|address| address.contains('@'));
            notify::send(channel, &message, each, now)
        }
        // What many read doesn't list who is on a restricted incident; a program needs to know whom to reach.
        Some(channel)
            if about.restricted && about.purpose == Some(Purpose::Reminder) && channel.kind != ChannelKind::Command =>
        {
            let mut message = message.clone();
            message.recipients.clear();
            notify::send(channel, &message, each, now)
        }
        Some(channel) => notify::send(channel, message, each, now),
        None => failed(no_longer::no_channel(&pending.channel, lang)),
    }
}

fn refused(reason: String) -> Outcome {
    Outcome::Failed { reason, permanent: true, uncertain: false, retry_after: None }
}

fn failed(reason: String) -> Outcome {
    Outcome::Failed { reason, permanent: false, uncertain: false, retry_after: None }
}

/// What the log is told of an attempt.
fn settle(
    (pending, about): (&Pending, About),
    outcome: Outcome,
    (now, lang): (Timestamp, Lang),
    drained: &mut Drained,
) -> Delivery {
    let statement = about.statement;
    let masked = about.restricted.then(|| masked_answer(about.number.unwrap_or_default(), lang));
    let attempt = pending.attempts.saturating_add(1);
    let delivery = |failed, uncertain, next_at| Delivery {
        message: pending.message,
        channel: pending.channel.clone(),
        attempt,
        // An attempt that began and of which nothing is known may have arrived.
        uncertain: uncertain || pending.begun,
        failed,
        next_at,
        about: statement,
    };
    match outcome {
        Outcome::Delivered { note } => {
            drained.delivered += 1;
            drained.notes.extend(note.map(|note| masked.unwrap_or(note)));
            delivery(None, false, None)
        }
        Outcome::Failed { reason, permanent, uncertain, retry_after } => {
            let next_at = (!permanent && attempt < ATTEMPTS).then(|| now.plus(wait(attempt, retry_after)));
            if next_at.is_some() {
                drained.postponed += 1;
            } else {
                let (message, channel) = (pending.message, pending.channel.clone());
                let told = masked.unwrap_or_else(|| reason.clone());
                drained.given_up.push(GivenUp { message, channel, reason: told, about });
            }
            delivery(Some(reason), uncertain, next_at)
        }
    }
}

/// How long to wait after attempt number `attempt`: twice as long each time, and no less than the other end asks for.
fn wait(attempt: u32, asked: Option<Duration>) -> Span {
    let doubled = FIRST_WAIT.millis().saturating_mul(1_i64 << attempt.saturating_sub(1).min(20));
    let own = Span::from_millis(doubled.min(LONGEST_WAIT.millis()));
    let asked = asked.and_then(|asked| i64::try_from(asked.as_millis()).ok()).map(Span::from_millis);
    asked.map_or(own, |asked| own.max(asked.min(LONGEST_ASKED)))
}

#[cfg(test)]
mod tests {
    use super::wait;
    use crate::incident::time::Span;
    use std::time::Duration;

    #[test]
    fn waits_double_up_to_a_bound_and_honour_what_is_asked() {
        let seconds = |attempt, asked| wait(attempt, asked).millis() / 1000;
        assert_eq!([1, 2, 3, 4].map(|attempt| seconds(attempt, None)), [15, 30, 60, 120]);
        assert_eq!(wait(40, None), Span::from_minutes(30));
        assert_eq!(seconds(1, Some(Duration::from_mins(2))), 120);
        assert_eq!(seconds(3, Some(Duration::from_secs(1))), 60);
        assert_eq!(wait(1, Some(Duration::from_hours(999))), Span::from_minutes(360));
    }
}
