//! What to say now, to whoever asks, and who knows that (B5, B6).

use super::Entry;
use crate::incident::fact::Fact;
use crate::incident::id::EventId;
use crate::incident::localized::Localized;
use crate::incident::policy::Policy;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::state::{Incident, Statement, Undelivered};
use crate::incident::time::Timestamp;
use crate::store::{Filter, Reader, StoreError};

/// What to say now.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The incident as it stands.
    pub incident: Incident,
    /// The only audience that was asked for.
    pub asked: Option<String>,
    /// What each audience was told last, those directly hit first (B2).
    pub audiences: Vec<Told>,
    /// What no longer holds, and what replaced it, the latest first (B6).
    pub gone: Vec<Gone>,
    /// Known questions, and what to answer.
    pub answers: Vec<Answer>,
    /// Who was told what to say, those who must be told again first.
    pub briefed: Vec<Briefed>,
    /// When what is to be said last changed.
    pub changed_at: Option<Timestamp>,
}

/// What an audience was told last, and when it hears more.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its slug.
    pub audience: String,
    /// Its name.
    pub title: Localized,
    /// The statement that stands; none where nothing went out.
    pub statement: Option<Said>,
    /// When the next update is due, and the deadline that says so: `status-page`.
    pub next: Option<(Timestamp, String)>,
}

/// A statement with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its display id.
    pub id: String,
    /// For whom it was.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Stage,
    /// When it went out.
    pub at: Timestamp,
    /// How.
    pub how: Conveyance,
    /// Through which channels.
    pub channels: Vec<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// The words; none where they were removed.
    pub text: Option<String>,
    /// Whether they were corrected after they were written down.
    pub corrected: bool,
    /// The channels through which it did not go, or not yet.
    pub undelivered: Vec<Undelivered>,
}

/// What was said and no longer holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Gone {
    /// A statement that another one corrected.
    Statement {
        /// The wrong one.
        was: Box<Said>,
        /// The one that replaced it.
        now: Option<Box<Said>>,
    },
    /// A workaround that another one replaced.
    Workaround {
        /// The old one; none where its words were removed.
        was: Option<String>,
        /// Since when it no longer holds.
        at: Timestamp,
    },
}

/// A question that people ask, and what to answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The entry's display id.
    pub id: String,
    /// When it was written.
    pub at: Timestamp,
    /// The question; none where the words were removed.
    pub question: Option<String>,
    /// What to answer.
    pub answer: String,
}

/// Somebody who was told what to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefed {
    /// Who.
    pub name: String,
    /// Whom they speak to; anybody where there is none.
    pub audience: Option<String>,
    /// When they were last told.
    pub at: Timestamp,
    /// When what they say changed after that; none while they know.
    pub changed_at: Option<Timestamp>,
}

impl Brief {
    /// Gathers what to say to everybody, or to one audience.
    pub fn gather(
        reader: &Reader<'_>,
        incident: Incident,
        policy: &Policy,
        asked: Option<&str>,
    ) -> Result<Self, StoreError> {
        let kinds = ["statement.drafted", "answer.added", "people.briefed", "incident.mitigated"];
        let filter = Filter { kinds: kinds.map(str::to_owned).into(), ..Filter::default() };
        let entries = reader.timeline(incident.id, &filter)?;
        Ok(Self::assemble(incident, &entries, policy, asked))
    }

    /// Puts together what the entries say.
    pub fn assemble(incident: Incident, entries: &[Entry], policy: &Policy, asked: Option<&str>) -> Self {
        let own = |entry: &&Entry| {
            entry.header.subject == incident.id && !entry.marks.iter().any(|(mark, _)| mark == "undone")
        };
        let entries: Vec<&Entry> = entries.iter().filter(own).collect();
        let words = Words { entries: &entries };
        let audiences: Vec<Told> = audiences(&incident, policy, asked)
            .into_iter()
            .map(|(audience, title)| Told {
                statement: incident.promises.standing(&audience).map(|statement| words.said(statement)),
                next: incident.next_for(&audience),
                title,
                audience,
            })
            .collect();
        let answers = words.answers();
        let changes = Changes::new(&incident, &words, &answers);
        let briefed = briefed(&entries, &changes, asked);
        let changed_at = changes.since(asked);
        let gone = words.gone(&incident, asked);
        Self { asked: asked.map(str::to_owned), audiences, gone, answers, briefed, changed_at, incident }
    }

    /// Those who must be told again.
    pub fn outdated(&self) -> impl Iterator<Item = &Briefed> {
        self.briefed.iter().filter(|one| one.changed_at.is_some())
    }
}

/// The audiences that were told something or wait for it, with their names.
fn audiences(incident: &Incident, policy: &Policy, asked: Option<&str>) -> Vec<(String, Localized)> {
    let title = |id: &str| policy.audience(id).map_or_else(|| Localized::same(id), |audience| audience.title.clone());
    if let Some(asked) = asked {
        return vec![(asked.to_owned(), title(asked))];
    }
    let promises = &incident.promises;
    let told = promises.statements.iter().filter(|statement| statement.stands()).flat_map(|one| &one.audiences);
    let mut found: Vec<String> = Vec::new();
    for audience in told.chain(promises.clocks.iter().map(|clock| &clock.audience)) {
        if !found.contains(audience) {
            found.push(audience.clone());
        }
    }
    let rank = |id: &String| {
        let place = policy.audience.iter().position(|audience| audience.id == *id);
        (place.and_then(|place| policy.audience.get(place)?.priority).unwrap_or(u32::MAX), place)
    };
    found.sort_by_key(rank);
    found.into_iter().map(|id| (id.clone(), title(&id))).collect()
}

struct Words<'a> {
    entries: &'a [&'a Entry],
}

impl Words<'_> {
    fn entry(&self, id: EventId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.header.id == id).copied()
    }

    fn said(&self, statement: &Statement) -> Said {
        let entry = self.entry(statement.id);
        let drafted = entry.and_then(|entry| match &entry.fact {
            Fact::StatementDrafted(drafted) => Some(drafted),
            _ => None,
        });
        let (at, how) = statement.sent.unwrap_or((statement.at, Conveyance::ByHand));
        Said {
            id: entry.map_or_else(|| statement.id.tag(), |entry| entry.short.clone()),
            audiences: statement.audiences.clone(),
            stage: statement.stage,
            at,
            how,
            channels: statement.channels.clone(),
            subject: drafted.and_then(|drafted| drafted.subject.clone()),
            text: drafted.map(|drafted| drafted.text.clone()).filter(|text| !text.is_empty()),
            corrected: entry.is_some_and(|entry| entry.correction.is_some()),
            undelivered: statement.undelivered.clone(),
        }
    }

    /// Questions with their last answers, in the order in which they were first asked.
    fn answers(&self) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for entry in self.entries {
            let Fact::AnswerAdded(added) = &entry.fact else { continue };
            let question = Some(added.question.clone()).filter(|question| !question.is_empty());
            let answer = Answer {
                id: entry.short.clone(),
                at: changed(entry),
                question: question.clone(),
                answer: added.answer.clone(),
            };
            // The same question again has a new answer.
            let fold = |question: &String| question.trim().to_lowercase();
            let same = |known: &&mut Answer| known.question.as_ref().map(fold) == question.as_ref().map(fold);
            match answers.iter_mut().filter(|known| known.question.is_some()).find(same) {
                Some(known) => *known = answer,
                None => answers.push(answer),
            }
        }
        answers
    }

    fn gone(&self, incident: &Incident, asked: Option<&str>) -> Vec<Gone> {
        let mut gone: Vec<(Timestamp, Gone)> = Vec::new();
        let heard = |statement: &&Statement| asked.is_none_or(|asked| statement.audiences.iter().any(|a| a == asked));
        for wrong in incident.promises.statements.iter().filter(heard) {
            let Some(by) = wrong.superseded_by else { continue };
            let now = incident.promises.statement(by).map(|statement| Box::new(self.said(statement)));
            let at = now.as_ref().map_or(wrong.at, |now| now.at);
            gone.push((at, Gone::Statement { was: Box::new(self.said(wrong)), now }));
        }
        let mut before: Option<&Entry> = None;
        for entry in self.entries.iter().filter(|entry| matches!(entry.fact, Fact::IncidentMitigated(_))) {
            if let Some(Fact::IncidentMitigated(old)) = before.map(|entry| &entry.fact) {
                let was = Some(old.workaround.clone()).filter(|text| !text.is_empty());
                gone.push((entry.header.at, Gone::Workaround { was, at: entry.header.at }));
            }
            before = Some(entry);
        }
        gone.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        gone.into_iter().map(|(_, gone)| gone).collect()
    }
}

/// When an entry last said something new.
fn changed(entry: &Entry) -> Timestamp {
    let corrected = entry.correction.as_ref().map(|correction| correction.recorded_at);
    corrected.map_or(entry.header.at, |corrected| corrected.max(entry.header.at))
}

/// When what is to be said changed: for everybody, and for each audience.
struct Changes<'a> {
    incident: &'a Incident,
    common: Option<Timestamp>,
    corrected: Vec<(EventId, Timestamp)>,
}

impl<'a> Changes<'a> {
    fn new(incident: &'a Incident, words: &Words<'_>, answers: &[Answer]) -> Self {
        let held = incident.workaround.as_ref();
        let workaround = held.into_iter().flat_map(|held| [Some(held.at), held.reverted_at]).flatten();
        let mitigated = words.entries.iter().filter(|entry| matches!(entry.fact, Fact::IncidentMitigated(_)));
        let common = workaround.chain(mitigated.map(|entry| changed(entry))).chain(answers.iter().map(|one| one.at));
        let drafts = words.entries.iter().filter(|entry| matches!(entry.fact, Fact::StatementDrafted(_)));
        let corrected = drafts.filter_map(|entry| Some((entry.header.id, entry.correction.as_ref()?.recorded_at)));
        Self { incident, common: common.max(), corrected: corrected.collect() }
    }

    /// When it last changed for an audience, or for any.
    fn since(&self, audience: Option<&str>) -> Option<Timestamp> {
        let heard = |statement: &&Statement| audience.is_none_or(|one| statement.audiences.iter().any(|a| a == one));
        let sent = self.incident.promises.statements.iter().filter(heard).filter_map(|statement| {
            let (at, _) = statement.sent?;
            let corrected = self.corrected.iter().find(|(id, _)| *id == statement.id).map(|(_, at)| *at);
            Some(corrected.map_or(at, |corrected| corrected.max(at)))
        });
        sent.chain(self.common).max()
    }
}

/// Who was told when, and whether something changed since.
fn briefed(entries: &[&Entry], changes: &Changes<'_>, asked: Option<&str>) -> Vec<Briefed> {
    let mut found: Vec<Briefed> = Vec::new();
    for entry in entries {
        let Fact::PeopleBriefed(fact) = &entry.fact else { continue };
        for name in &fact.names {
            // Whoever is told everything needs nothing of what they were told before.
            found.retain(|one| one.name != *name || (fact.audience.is_some() && one.audience != fact.audience));
            let audience = fact.audience.clone();
            found.push(Briefed { name: name.clone(), audience, at: entry.header.at, changed_at: None });
        }
    }
    found.retain(|one| asked.is_none_or(|asked| one.audience.as_deref().is_none_or(|audience| audience == asked)));
    for one in &mut found {
        one.changed_at = changes.since(one.audience.as_deref().or(asked)).filter(|changed| *changed > one.at);
    }
    found.sort_by(|left, right| {
        let order = |one: &Briefed| (one.changed_at.is_none(), one.at);
        order(left).cmp(&order(right)).then_with(|| left.name.cmp(&right.name))
    });
    found
}

#[cfg(test)]
mod tests;
