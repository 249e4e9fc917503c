//! What a verb does about messages that it queued: a short try at once, and the rest is the scheduler's.

use super::Desk;
use crate::dispatch::{About, Budget, Drained, drain};
use crate::engine::{EngineError, Receipt, Stamp};
use crate::incident::fact::Fact;
use crate::incident::header::ActorSource;
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::slug::Purpose;
use crate::say;
use crate::store::{Turn, last_tick};
use crate::text::one_line;
use std::time::{Duration, Instant};

/// How long a verb tries: an unreachable channel never holds anybody up.
const PATIENCE: Duration = Duration::from_secs(2);

/// The name under which the program itself acts.
const PROGRAM: &str = "hikeshi";

impl Desk {
    /// The stamp of something that nobody typed.
    pub fn own_stamp(&self) -> Option<Stamp> {
        let stamp = self.stamp().ok()?;
        Some(Stamp { actor: PROGRAM.to_owned(), actor_from: ActorSource::Program, ..stamp })
    }

    /// Tries for two seconds to deliver what a command queued, unless a scheduler is at it; says what came of it.
    pub fn deliver(&self, receipt: &Receipt) {
        let queued = receipt.entries.iter().filter(|entry| matches!(entry.fact, Fact::MessageQueued(_))).count();
        if queued == 0 || receipt.duplicate {
            return;
        }
        let drained = match Turn::take(self.engine.path()) {
            Ok(Some(_turn)) => self.drain(PATIENCE).unwrap_or_default(),
            Ok(None) | Err(_) => Drained::default(),
        };
        self.report(&drained, queued);
    }

    /// Delivers what is due, for as long as this.
    pub fn drain(&self, time: Duration) -> Result<Drained, EngineError> {
        // An attempt without the channel's settings would only count as a failure.
        if self.engine.library().policy_left_out {
            return Ok(Drained::default());
        }
        let mut session = self.try_open()?;
        let budget = Budget { until: Instant::now() + time, each: time.min(Duration::from_secs(20)) };
        let policy = &self.engine.library().policy;
        drain(&mut session, policy, self.lang, || self.own_stamp(), budget)
    }

    fn report(&self, drained: &Drained, queued: usize) {
        let (delivered, left) = (drained.delivered, queued.saturating_sub(drained.delivered + drained.given_up.len()));
        if delivered > 0 {
            self.ui.remark(&say!(self.lang, "delivered: {delivered}", "配信しました: {delivered}件"));
        }
        if left > 0 {
            self.ui.warning(&say!(
                self.lang,
                "{left} messages are not delivered yet; `hikeshi tick` goes on trying",
                "未配信が{left}件あります。`hikeshi tick` が再送を続けます"
            ));
        }
        for note in &drained.notes {
            self.ui.warning(&one_line(note));
        }
        for line in given_up(drained, self.lang) {
            self.ui.warning(&line);
        }
    }

    /// Warns when the scheduler that once ran doesn't any more, while deadlines run.
    pub fn warn_about_tick(&self) {
        let Some(last) = last_tick(self.engine.path()) else { return };
        let now = self.env.now();
        let Some(age) = now.since(last).filter(|age| *age > self.tick_limit()) else { return };
        let runs = self.engine.read().and_then(|store| Ok(store.reader().has_clocks()?)).unwrap_or(false);
        if runs {
            let age = self.moments().span(age);
            self.ui.warning(&say!(
                self.lang,
                "`hikeshi tick` last ran {age} ago: nobody is reminded and nothing is delivered (crontab -l)",
                "`hikeshi tick` が{age}前から動いていません。通知も配信も止まっています（crontab -l）"
            ));
        }
    }

    /// How old the last tick may be. The policy is read only where the compiled-in limit has passed.
    fn tick_limit(&self) -> crate::incident::time::Span {
        let usual = crate::incident::time::Span::from_minutes(10);
        let last = last_tick(self.engine.path());
        let late = last.and_then(|last| self.env.now().since(last)).is_some_and(|age| age > usual);
        if !late {
            return usual;
        }
        let written = self.engine.library().policy.limits.tick.as_deref();
        written.and_then(|span| crate::incident::when::parse_span(span).ok()).unwrap_or(usual)
    }
}

/// Messages that were given up, in words.
pub fn given_up(drained: &Drained, lang: Lang) -> Vec<String> {
    let one = |one: &crate::dispatch::GivenUp| {
        let (channel, reason) = (one_line(&one.channel), one_line(&one.reason));
        let (what, instead) = (undelivered(&one.about, lang), instead(&one.about, lang));
        say!(
            lang,
            "NOT DELIVERED and given up: {what} through {channel}: {reason}; {instead}",
            "配信を断念しました: {what}（{channel}）: {reason}。{instead}"
        )
    };
    drained.given_up.iter().map(one).collect()
}

/// What did not arrive, and at whom it was aimed.
fn undelivered(about: &About, lang: Lang) -> String {
    let to = one_line(&about.to.join(", ")).into_owned();
    let number = about.number.unwrap_or_default();
    match (about.purpose, about.statement) {
        (Some(Purpose::Statement), Some(id)) => {
            let id = &id.tag()[..TAG_SHORTEST];
            say!(lang, "#{number}, statement {id} for {to}", "#{number} {to} への告知文 {id}")
        }
        (Some(Purpose::Call), _) if to.is_empty() => say!(lang, "#{number}, a call", "#{number} の呼び出し"),
        (Some(Purpose::Reminder), _) if to.is_empty() => {
            say!(lang, "#{number}, a reminder", "#{number} の期限の通知")
        }
        (Some(Purpose::Call), _) => say!(lang, "#{number}, the call to {to}", "#{number} {to} への呼び出し"),
        (Some(Purpose::Reminder), _) => {
            say!(lang, "#{number}, the reminder to {to}", "#{number} {to} への期限の通知")
        }
        _ => say!(lang, "a message", "メッセージ"),
    }
}

/// What to do about a message that did not arrive.
fn instead(about: &About, lang: Lang) -> String {
    let on = about.number.map_or_else(|| "hikeshi".to_owned(), |number| format!("hikeshi -i {number}"));
    match (about.purpose, about.statement) {
        (Some(Purpose::Statement), Some(id)) => {
            let id = &id.tag()[..TAG_SHORTEST];
            let then = format!("{on} update --statement {id} --sent-by-hand");
            say!(lang, "say it another way: {then}", "別の手段で伝えて記録: {then}")
        }
        (Some(Purpose::Call), _) => {
            say!(lang, "call them yourself, then: {on} ack --for NAME", "直接連絡して記録: {on} ack --for 名前")
        }
        _ => format!("{on} due"),
    }
}
