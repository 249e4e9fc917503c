//! What the clock brings about by now: who is to be reminded of what, who is called next, which rule speaks up.

use super::ladder::on_tier;
use crate::engine::EngineError;
use crate::incident::command::Tick;
use crate::incident::communication::{Classification, fits};
use crate::incident::id::SubjectId;
use crate::incident::localized::Lang;
use crate::incident::policy::Policy;
use crate::incident::reminding::{addressees, due};
use crate::incident::roster::INCIDENT_MANAGER;
use crate::incident::state::{Call, Incident, Reminder};
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;
use crate::say;
use crate::store::{Reader, Running};
use crate::text::tick::{self, Subject};
use crate::text::{Moments, on_call_error};
use std::path::Path;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// On which incident.
    pub incident: SubjectId,
    /// What.
    pub tick: Tick,
    /// In words, for whoever reads what the scheduler did.
    pub line: String,
}

/// Everything to do now, and which deadlines need no look until when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What to do, in this order.
    pub deeds: Vec<Deed>,
    /// The deadline of an incident, and until when it can be left alone.
    pub quiet: Vec<(SubjectId, String, Timestamp)>,
    /// What went wrong on the way.
    pub problems: Vec<String>,
}

/// How many incidents send a message of their own in one go; beyond that somebody's clock jumped, or everything is on
/// fire, and the last message says that there is more.
const MESSAGES: usize = 20;

/// The longest time for which a deadline is left alone: by then the policy may be another one.
const QUIET: Span = Span::from_minutes(10);

/// What there is to do by now.
pub fn plan(
    reader: &Reader<'_>,
    policy: &Policy,
    config: Option<&Path>,
    moments: &Moments,
    now: Timestamp,
) -> Result<Plan, EngineError> {
    let mut plan = Plan::default();
    let unquiet = reader.unquiet(now)?;
    let mut sorted: Vec<&Running> = unquiet.iter().collect();
    sorted.sort_by_key(|running| (running.severity, running.incident));
    for group in sorted.chunk_by(|left, right| left.incident == right.incident) {
        let Some(incident) = group.first().map(|running| running.incident) else { continue };
        let Some(incident) = reader.incident(incident)? else { continue };
        remind(&mut plan, &incident, group, policy, moments, now);
        pass_on(&mut plan, &incident, (policy, config), moments, now);
    }
    for rule in &policy.classification {
        classify(&mut plan, reader, rule, moments, now)?;
    }
    Ok(plan)
}

/// Reminds once of everything in an incident whose moment has come.
fn remind(
    plan: &mut Plan,
    incident: &Incident,
    group: &[&Running],
    policy: &Policy,
    moments: &Moments,
    now: Timestamp,
) {
    let mut reminders: Vec<Reminder> = Vec::new();
    let mut to: Vec<String> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for running in group {
        let clock = &running.clock;
        let (reminder, next) = due(&policy.reminders, incident, clock, now);
        let until = next.map_or(now.plus(QUIET), |next| next.min(now.plus(QUIET)));
        plan.quiet.push((incident.id, clock.name.clone(), until));
        let Some((reminder, level)) = reminder else { continue };
        for person in addressees(&policy.reminders, incident, clock, level) {
            if !to.contains(&person) {
                to.push(person);
            }
        }
        let line = if incident.restricted { tick::masked_deadline } else { tick::deadline };
        lines.push(line(clock, now, moments));
        reminders.push(reminder);
    }
    if reminders.is_empty() {
        return;
    }
    let about = Subject::of(incident);
    let sent =
        plan.deeds.iter().filter(|deed| matches!(&deed.tick, Tick::Remind { channels, .. } if !channels.is_empty()));
    let room = MESSAGES.saturating_sub(sent.count());
    let channels = if room > 0 && !incident.drill { policy.reminders.channels.clone() } else { Vec::new() };
    if room == 1 {
        lines.push(tick::and_more(moments.lang()));
    }
    let line = marked(incident, tick::reminded(&about, &to, &lines, moments.lang()), moments.lang());
    let (subject, text) = (tick::reminder_subject(&about, moments.lang()), line.clone());
    plan.deeds.push(Deed {
        incident: incident.id,
        tick: Tick::Remind { reminders, to, channels, subject, text },
        line,
    });
}

/// Calls the next tier where nobody of this one comes (D3).
fn pass_on(
    plan: &mut Plan,
    incident: &Incident,
    (policy, config): (&Policy, Option<&Path>),
    moments: &Moments,
    now: Timestamp,
) {
    let lang = moments.lang();
    for call in incident.promises.unanswered(now) {
        let about = Subject::of(incident);
        let next = next_tier(plan, call, (policy, config), moments, now);
        let (who, channel, wait) = next.unwrap_or_default();
        let ended = who.is_empty();
        let (line, subject, text) = if ended {
            let line = tick::nobody_answers(&about, &call.who, lang);
            let text = format!("{line}\n{}", tick::call_somebody(&about, lang));
            (line, tick::nobody_subject(&about, lang), text)
        } else {
            let line = tick::calls_next(&about, &call.who, &who, lang);
            (line, tick::call_subject(&about, lang), tick::call_text(&about, &who, call.reason.as_deref(), lang))
        };
        let line = marked(incident, line, lang);
        let leaders = incident.carriers(INCIDENT_MANAGER).into_iter().map(str::to_owned);
        let to = if ended { leaders.collect() } else { Vec::new() };
        let channels = if ended { policy.reminders.channels.clone() } else { Vec::new() };
        plan.deeds.push(Deed {
            incident: incident.id,
            tick: Tick::CallNext { call: call.id, who, channel, wait, subject, text, channels, to },
            line,
        });
    }
}

/// Who is called next, by which channel, and how long they have to answer.
type Next = (Vec<String>, Option<String>, Option<Span>);

fn next_tier(
    plan: &mut Plan,
    call: &Call,
    (policy, config): (&Policy, Option<&Path>),
    moments: &Moments,
    now: Timestamp,
) -> Option<Next> {
    let ladder = policy.ladder(call.ladder.as_deref()?)?;
    let next = on_tier(ladder, config, call.tier.saturating_add(1), now)?;
    plan.problems.extend(next.problems.iter().map(|problem| on_call_error(problem, moments.lang())));
    Some((next.who, next.channel, next.wait))
}

/// Says, or lets it be so at once, that an incident is worse than it is classified (B1, D6).
fn classify(
    plan: &mut Plan,
    reader: &Reader<'_>,
    rule: &Classification,
    moments: &Moments,
    now: Timestamp,
) -> Result<(), EngineError> {
    let Ok(after) = parse_span(&rule.after) else { return Ok(()) };
    for id in reader.unclassified(&rule.id, (rule.from, rule.severity), now.minus(after))? {
        let Some(incident) = reader.incident(id)? else { continue };
        // What came to nothing, or is another tool's history, is as bad as it was.
        if incident.near_miss || incident.imported.is_some() {
            continue;
        }
        let looks = rule.from.is_none_or(|from| incident.severity == from);
        let held = incident.workaround.as_ref().is_some_and(|held| held.reverted_at.is_none());
        if !looks || (rule.without_workaround && held) || !fits(rule.customers, incident.customers) {
            continue;
        }
        let reason = rule.title.get(moments.lang()).to_owned();
        let line = tick::reclassified(&Subject::of(&incident), rule.severity, &reason, rule.apply, moments.lang());
        plan.deeds.push(Deed {
            incident: id,
            tick: Tick::Reclassify { rule: rule.id.clone(), to: rule.severity, apply: rule.apply, reason },
            line,
        });
    }
    Ok(())
}

/// An exercise says so before anything else: a scheduler's words may be mailed to somebody (A5).
fn marked(incident: &Incident, line: String, lang: Lang) -> String {
    if incident.drill { say!(lang, "[drill] {line}", "[演習] {line}") } else { line }
}
