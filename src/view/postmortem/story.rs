//! Incidents made up for tests: facts one after the other, folded and listed as the store would.

use super::Postmortem;
use crate::incident::command::{Customers, NoteKind};
use crate::incident::fact::{EntryUndone, Fact, IncidentDeclared, NoteAdded, RoleAssigned};
use crate::incident::header::{ActorSource, Header};
use crate::incident::id::{BatchId, EventId, OriginId, SpaceId, SubjectId, uuid_v7};
use crate::incident::localized::Localized;
use crate::incident::order::Hlc;
use crate::incident::playbook::RoleSpec;
use crate::incident::severity::Severity;
use crate::incident::state::{Incident, Meta, fold};
use crate::incident::time::{Span, Timestamp};
use crate::store::Entry;
use uuid::Uuid;

/// 2026-11-20 05:00 UTC, 14:00 in Tokyo: minute 0 of every story.
pub const START: i64 = 1_795_150_800_000;

/// An instant so many minutes into the story.
pub fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_millis(START + minutes * 60_000)
}

/// Facts as they are told.
#[derive(Debug, Clone, Default)]
pub struct Story {
    entries: Vec<Entry>,
}

impl Story {
    /// Nothing has happened.
    pub fn new() -> Self {
        Self::default()
    }

    /// `actor` recorded a fact in this minute, when it happened.
    pub fn at(self, at: i64, actor: &str, fact: impl Into<Fact>) -> Self {
        self.late(at, at, actor, fact)
    }

    /// `actor` recorded in minute `recorded` what happened in minute `at`.
    pub fn late(self, at: i64, recorded: i64, actor: &str, fact: impl Into<Fact>) -> Self {
        self.entry(Self::subject(), at, recorded, actor, fact.into())
    }

    /// A fact of another incident, a duplicate of this one.
    pub fn elsewhere(self, at: i64, actor: &str, fact: impl Into<Fact>) -> Self {
        self.entry(SubjectId(Uuid::from_u128(99)), at, at, actor, fact.into())
    }

    /// The last entry's time is only approximately known.
    pub fn about(mut self) -> Self {
        self.entries.last_mut().expect("an entry").header.approximate = true;
        self
    }

    /// The last entry's words were removed.
    pub fn redacted(mut self) -> Self {
        let last = self.entries.last_mut().expect("an entry");
        last.fact = Fact::decode(last.fact.kind(), last.fact.version(), &last.fact.encode().facts, None);
        last.redacted = true;
        self
    }

    /// The last entry is taken back.
    pub fn undone(self, at: i64) -> Self {
        let last = self.entries.last().expect("an entry").header.clone();
        let undone = EntryUndone { batch: last.batch, entries: vec![last.id], kinds: vec![last.kind] };
        self.at(at, &last.actor, undone)
    }

    /// The id of the last entry.
    pub fn last(&self) -> EventId {
        self.entries.last().expect("an entry").header.id
    }

    fn entry(mut self, subject: SubjectId, at: i64, recorded: i64, actor: &str, fact: Fact) -> Self {
        let seq = self.entries.len() as u64 + 1;
        let batch = BatchId(uuid_v7(START, seq.to_be_bytes().repeat(2)[..10].try_into().expect("ten bytes")));
        let hlc = self.entries.last().map_or(Hlc::default(), |entry| entry.header.hlc).next(minute(recorded));
        let header = Header {
            id: batch.event(0),
            origin: OriginId(Uuid::nil()),
            seq,
            batch,
            key: None,
            subject,
            hlc,
            at: minute(at),
            approximate: false,
            zone: None,
            recorded_at: minute(recorded),
            actor: actor.to_owned(),
            actor_from: ActorSource::User,
            kind: fact.kind().to_owned(),
            version: fact.version(),
            clock: None,
        };
        let short = header.id.tag()[..6].to_owned();
        self.entries.push(Entry {
            header,
            fact,
            hash: [0; 32],
            short,
            marks: Vec::new(),
            redacted: false,
            correction: None,
        });
        self
    }

    /// What the story is about.
    pub fn subject() -> SubjectId {
        SubjectId(Uuid::from_u128(1))
    }

    /// The incident as it stands.
    pub fn incident(&self) -> Incident {
        let own = self.entries.iter().filter(|entry| entry.header.subject == Self::subject());
        let facts: Vec<(Meta, Fact)> = own
            .map(|entry| {
                let meta = Meta { id: entry.header.id, at: entry.header.at, actor: entry.header.actor.clone() };
                (meta, entry.fact.clone())
            })
            .collect();
        fold(Self::subject(), facts.iter().map(|(meta, fact)| (meta, fact)))
    }

    /// The entries in the order in which they happened.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = self.entries.clone();
        entries.sort_by_key(|entry| (entry.header.at, entry.header.hlc));
        entries
    }

    /// The postmortem, gathered so many minutes into the story.
    pub fn postmortem(&self, now: i64) -> Postmortem {
        Postmortem::assemble(&self.incident(), &self.entries(), &sections(), minute(now))
    }
}

/// The sections that the compiled-in policy asks for.
fn sections() -> crate::incident::writing::PostmortemRule {
    let policy: crate::incident::policy::Policy = toml::from_str(crate::policy::POLICY).expect("the policy");
    policy.postmortem
}

/// A sev1 that was declared, and nothing more.
pub fn declared(title: &str) -> IncidentDeclared {
    IncidentDeclared {
        space: SpaceId(Uuid::nil()),
        number: 12,
        title: title.to_owned(),
        severity: Severity::Sev1,
        severity_by_default: false,
        category: Some("outage".to_owned()),
        services: vec!["api".to_owned(), "web".to_owned()],
        customers: Some(Customers::Many),
        summary: None,
        started_at: None,
        detected_at: None,
        detected_by: None,
        drill: false,
        restricted: false,
        near_miss: false,
    }
}

/// A note of this kind.
pub fn note(kind: NoteKind, text: &str) -> NoteAdded {
    NoteAdded { text: text.to_owned(), note: kind, pinned: false, bridge: None, confirms: None, refutes: None }
}

/// `holder` takes a role over.
pub fn assigned(role: &str, holder: &str) -> RoleAssigned {
    RoleAssigned {
        role: role.to_owned(),
        holder: holder.to_owned(),
        beside_others: false,
        relieved: Vec::new(),
        spec: None,
        scope: None,
        duty: None,
        handover: None,
        hand_over_by: None,
    }
}

/// A role with titles in both languages.
pub fn role(id: &str, en: &str, ja: &str) -> RoleSpec {
    RoleSpec {
        id: id.to_owned(),
        title: Localized { en: en.to_owned(), ja: ja.to_owned() },
        primary: Localized::default(),
        secondary: Localized::default(),
        also: Vec::new(),
    }
}

/// So many minutes.
pub const fn minutes(count: i64) -> Span {
    Span::from_minutes(count)
}
