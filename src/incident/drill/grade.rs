//! How well an exercise was done, from the log alone (A5).
//!
//! In time is *fully*, late but within twice the time *partly*, anything else *not*: that counts 1, ½ and 0, each
//! criterion by its weight. Times are the scenario's. A cadence is graded by the longest silence, from the beginning to
//! the end: whoever speaks earlier never loses by it.

use super::play::Play;
use crate::incident::fact::{Criterion, DrillGraded, Fact, Graded, PersonGraded, RoleAssigned};
use crate::incident::roster::INCIDENT_MANAGER;
use crate::incident::slug::{Deed, Mark};
use crate::incident::state::Meta;
use crate::incident::time::{Span, Timestamp};
use std::collections::BTreeMap;

/// A grade, and whether it can still change by waiting.
#[derive(Debug, Clone, PartialEq)]
pub struct Grading {
    /// What is recorded of it.
    pub graded: DrillGraded,
    /// What each criterion asked for, in the order of the results.
    pub criteria: Vec<Criterion>,
}

/// Grades an exercise; `facts` are those that hold, in the order in which they happened.
pub fn grade(play: &Play, facts: &[(Meta, Fact)], now: Timestamp) -> Grading {
    let end = resolved_at(facts).unwrap_or(now).min(play.ends_at()).min(now).max(play.at);
    let mut results = Vec::new();
    let mut people: BTreeMap<(String, Option<String>), Points> = BTreeMap::new();
    let mut team = Points::default();
    for criterion in &play.started.criteria {
        let (actual, at) = actual(play, criterion, facts, end);
        let mark = mark(actual, criterion.within);
        let when = at.unwrap_or_else(|| play.at.plus(play.wall(criterion.within)).min(now));
        let holders = criterion.role.as_deref().map(|role| holders(play, role, facts, when)).unwrap_or_default();
        team.add(mark, criterion.weight);
        if let Some(role) = &criterion.role {
            let names: Vec<Option<String>> =
                if holders.is_empty() { vec![None] } else { holders.iter().cloned().map(Some).collect() };
            for name in names {
                people.entry((role.clone(), name)).or_default().add(mark, criterion.weight);
            }
        }
        results.push(Graded {
            criterion: criterion.id.clone(),
            within: criterion.within,
            actual,
            mark,
            role: criterion.role.clone(),
            holders,
        });
    }
    let person = |((role, person), points): ((String, Option<String>), Points)| PersonGraded {
        person,
        role,
        score: points.of_100(),
    };
    let people = people.into_iter().map(person).collect();
    Grading { graded: DrillGraded { score: team.of_100(), results, people }, criteria: play.started.criteria.clone() }
}

/// When a deed was done, as an inject waits for it: for anybody, by any of its criteria.
pub fn deed_done_at(play: &Play, deed: Deed, facts: &[(Meta, Fact)]) -> Option<Timestamp> {
    let own = play.started.criteria.iter().find(|criterion| criterion.deed == deed);
    let bare = Criterion {
        id: String::new(),
        deed,
        within: Span::from_millis(0),
        weight: 1,
        role: None,
        severity: None,
        audience: None,
        roles: Vec::new(),
        steps: Vec::new(),
    };
    done_at(play, own.unwrap_or(&bare), facts)
}

/// Half points that were got, and those that could be.
#[derive(Debug, Clone, Copy, Default)]
struct Points {
    got: u64,
    most: u64,
}

impl Points {
    fn add(&mut self, mark: Mark, weight: u32) {
        let half = match mark {
            Mark::Fully => 2,
            Mark::Partly => 1,
            Mark::Not => 0,
        };
        self.got += half * u64::from(weight);
        self.most += 2 * u64::from(weight);
    }

    fn of_100(self) -> u32 {
        let rounded = self.got.saturating_mul(100).saturating_add(self.most / 2).checked_div(self.most);
        u32::try_from(rounded.unwrap_or(0)).unwrap_or(100)
    }
}

fn mark(actual: Option<Span>, within: Span) -> Mark {
    match actual {
        Some(actual) if actual <= within => Mark::Fully,
        Some(actual) if actual.millis() <= within.millis().saturating_mul(2) => Mark::Partly,
        _ => Mark::Not,
    }
}

/// How long it took, and at which moment it was done.
fn actual(
    play: &Play,
    criterion: &Criterion,
    facts: &[(Meta, Fact)],
    end: Timestamp,
) -> (Option<Span>, Option<Timestamp>) {
    if criterion.deed == Deed::Cadence {
        let silence = longest_silence(play, criterion, facts, end);
        return (silence.map(|(span, _)| span), silence.map(|(_, at)| at));
    }
    let at = done_at(play, criterion, facts);
    (at.map(|at| play.into(at)), at)
}

/// The longest time without news for an audience, and when it ended; `None` where it never had any.
fn longest_silence(
    play: &Play,
    criterion: &Criterion,
    facts: &[(Meta, Fact)],
    end: Timestamp,
) -> Option<(Span, Timestamp)> {
    let mut told: Vec<Timestamp> = facts.iter().filter_map(|(meta, fact)| tells(meta, fact, criterion)).collect();
    if told.is_empty() {
        return None;
    }
    told.retain(|at| *at <= end);
    told.push(end);
    told.sort();
    let mut since = play.at;
    let mut longest = (Span::from_millis(0), since);
    for at in told {
        let silence = at
            .since(since)
            .map_or(Span::from_millis(0), |_| Span::from_millis(play.into(at).millis() - play.into(since).millis()));
        if silence > longest.0 {
            longest = (silence, at);
        }
        since = at.max(since);
    }
    Some(longest)
}

/// When a statement reached the audience of a criterion.
fn tells(meta: &Meta, fact: &Fact, criterion: &Criterion) -> Option<Timestamp> {
    let Fact::StatementSent(sent) = fact else { return None };
    let wanted = criterion.audience.as_deref();
    wanted.is_none_or(|wanted| sent.audiences.iter().any(|audience| audience == wanted)).then_some(meta.at)
}

fn done_at(play: &Play, criterion: &Criterion, facts: &[(Meta, Fact)]) -> Option<Timestamp> {
    let first = |is: &dyn Fn(&Meta, &Fact) -> bool| {
        facts.iter().filter(|(meta, fact)| is(meta, fact)).map(|(meta, _)| meta.at).min()
    };
    match criterion.deed {
        Deed::Declared => first(&|_, fact| matches!(fact, Fact::IncidentDeclared(_))),
        Deed::Commander => first(&|meta, fact| gives(play, meta, fact, INCIDENT_MANAGER)),
        Deed::Roles => {
            let each = |role: &String| first(&|meta, fact| gives(play, meta, fact, role));
            last_of(criterion.roles.iter().map(each))
        }
        Deed::Severity => first(&|_, fact| match fact {
            Fact::IncidentDeclared(declared) => Some(declared.severity) == criterion.severity,
            Fact::SeverityChanged(changed) => Some(changed.to) == criterion.severity,
            _ => false,
        }),
        Deed::Escalated => first(&|_, fact| matches!(fact, Fact::PeopleCalled(_))),
        Deed::FirstNotice | Deed::Cadence => facts.iter().filter_map(|(meta, fact)| tells(meta, fact, criterion)).min(),
        Deed::Briefed => first(&|_, fact| matches!(fact, Fact::PeopleBriefed(_))),
        Deed::Identified => first(&|_, fact| matches!(fact, Fact::IncidentIdentified(_))),
        Deed::Steps => last_of(criterion.steps.iter().map(|step| step_done_at(step, facts))),
        Deed::Workaround => first(&|_, fact| matches!(fact, Fact::IncidentMitigated(_) | Fact::IncidentResolved(_))),
        Deed::Resolved => resolved_at(facts),
        Deed::Postmortem => first(&|_, fact| matches!(fact, Fact::PostmortemFiled(_) | Fact::PostmortemApproved(_))),
    }
}

/// When the last of several was done; `None` while one of them wasn't, or where there is none.
fn last_of(times: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
    let all: Option<Vec<Timestamp>> = times.collect();
    all?.into_iter().max()
}

/// When a step was ticked for good: a tick that was taken back counts for nothing.
fn step_done_at(step: &str, facts: &[(Meta, Fact)]) -> Option<Timestamp> {
    let reopened = facts.iter().filter(|(_, fact)| matches!(fact, Fact::StepReopened(open) if open.step == step));
    let since = reopened.map(|(meta, _)| meta.at).max();
    let ticks = facts.iter().filter(|(_, fact)| matches!(fact, Fact::StepChecked(done) if done.step == step));
    ticks.map(|(meta, _)| meta.at).filter(|at| since.is_none_or(|since| *at >= since)).min()
}

/// When service was restored for good.
fn resolved_at(facts: &[(Meta, Fact)]) -> Option<Timestamp> {
    let reopened = facts.iter().filter(|(_, fact)| matches!(fact, Fact::IncidentReopened(_)));
    let since = reopened.map(|(meta, _)| meta.at).max();
    let resolved = facts.iter().filter(|(_, fact)| matches!(fact, Fact::IncidentResolved(_)));
    resolved.map(|(meta, _)| meta.at).filter(|at| since.is_none_or(|since| *at >= since)).min()
}

/// Whether a fact gives a role to somebody who is to carry it.
fn gives(play: &Play, meta: &Meta, fact: &Fact, role: &str) -> bool {
    matches!(fact, Fact::RoleAssigned(assigned) if assigned.role == role && !stands_in(play, meta, assigned))
}

/// Whether somebody holds the lead only because they had to declare the exercise for the team.
fn stands_in(play: &Play, meta: &Meta, assigned: &RoleAssigned) -> bool {
    let holder = Some(&assigned.holder);
    assigned.role == INCIDENT_MANAGER && play.started.stand_in.as_ref() == holder && meta.at <= play.at
}

/// Who carries a role at a moment: those who hold it, or whoever leads (C1).
fn holders(play: &Play, role: &str, facts: &[(Meta, Fact)], when: Timestamp) -> Vec<String> {
    let own = held(play, role, facts, when);
    if own.is_empty() { held(play, INCIDENT_MANAGER, facts, when) } else { own }
}

fn held(play: &Play, role: &str, facts: &[(Meta, Fact)], when: Timestamp) -> Vec<String> {
    let mut holders: Vec<String> = Vec::new();
    for (meta, fact) in facts.iter().filter(|(meta, _)| meta.at <= when) {
        match fact {
            Fact::RoleAssigned(assigned) if assigned.role == role => {
                if assigned.beside_others {
                    holders.retain(|name| *name != assigned.holder);
                } else {
                    holders.clear();
                }
                if !stands_in(play, meta, assigned) {
                    holders.push(assigned.holder.clone());
                }
            }
            Fact::RoleUnassigned(taken) if taken.role == role => holders.retain(|name| !taken.holders.contains(name)),
            _ => {}
        }
    }
    holders
}
