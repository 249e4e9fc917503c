//! Who is on a tier of a ladder now, and what a name that somebody calls stands for (D3, E12).

use crate::incident::policy::Policy;
use crate::incident::service::{Ladder, Tier};
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;
use crate::oncall::{Source, on_call};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a command may take to say who is on call.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whom a name stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// The people.
    pub who: Vec<String>,
    /// The ladder, and the tier from 1, where it is by one.
    pub ladder: Option<(String, u32)>,
    /// The channel.
    pub channel: Option<String>,
    /// How long they have to answer.
    pub wait: Option<Span>,
    /// What could not be found out.
    pub problems: Vec<crate::incident::oncall::OnCallError>,
}

/// What a name that somebody calls stands for: a ladder, a service with one, or the person themselves.
pub fn reach(policy: &Policy, config: Option<&Path>, name: &str, at: Timestamp) -> Called {
    match policy.ladder(name) {
        Some(ladder) => on_tier(ladder, config, 1, at).unwrap_or_default(),
        None => Called { who: vec![name.to_owned()], ..Called::default() },
    }
}

/// Who is on a ladder's tier, from 1; `None` where the ladder has ended. A tier on which nobody can be found is passed
/// over, but never in silence.
pub fn on_tier(ladder: &Ladder, config: Option<&Path>, tier: u32, at: Timestamp) -> Option<Called> {
    let mut problems = Vec::new();
    for (number, one) in (1..).zip(&ladder.tier).skip_while(|(number, _)| *number < tier) {
        let who = people(one, config, at, &mut problems);
        if !who.is_empty() {
            return Some(Called {
                who,
                ladder: Some((ladder.id.clone(), number)),
                channel: one.channel.clone(),
                wait: one.wait.as_deref().and_then(|wait| parse_span(wait).ok()),
                problems,
            });
        }
    }
    if problems.is_empty() { None } else { Some(Called { problems, ..Called::default() }) }
}

fn people(
    tier: &Tier,
    config: Option<&Path>,
    at: Timestamp,
    problems: &mut Vec<crate::incident::oncall::OnCallError>,
) -> Vec<String> {
    let mut who = tier.call.clone();
    let calendar: Option<PathBuf> = tier.calendar.as_ref().map(|path| match config {
        Some(folder) => folder.join(path),
        None => PathBuf::from(path),
    });
    let mut ask = |source: Source<'_>| match on_call(&source, at, PATIENCE) {
        Ok(found) => who.extend(found.into_iter().filter(|name| !tier.call.contains(name))),
        Err(error) => problems.push(error),
    };
    if let Some(path) = &calendar {
        ask(Source::Calendar(path));
    }
    if !tier.command.is_empty() {
        ask(Source::Command(&tier.command, &tier.withheld));
    }
    who
}
