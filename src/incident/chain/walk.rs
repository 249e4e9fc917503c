//! The walk along every origin's chain.

use super::said::{Said, read};
use super::{BREAKS, Break, Fault, Noted, Verification, WalkedOrigin};
use crate::incident::fact::{EntryRedacted, Gap, Head, OriginStarted, StoreSalvaged, StoreSealed};
use crate::incident::header::{Hash, first_link, link, words_digest};
use crate::incident::id::{EventId, OriginId, SubjectId};
use crate::incident::time::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use uuid::Uuid;

/// An entry as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// The copy of the store, by the place of the row.
    pub origin: OriginId,
    /// Its number, by the place of the row.
    pub seq: u64,
    /// Copies of the header, for queries.
    pub columns: Columns<'a>,
    /// What it says about itself.
    pub header: &'a [u8],
    /// What happened: structure.
    pub facts: &'a [u8],
    /// What happened: words.
    pub words: Option<&'a [u8]>,
    /// The salt of the words.
    pub salt: Option<&'a [u8]>,
    /// What stands for words that were removed.
    pub words_digest: Option<&'a [u8]>,
    /// Its hash.
    pub hash: &'a [u8],
}

/// Columns that repeat the header.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// What it is about.
    pub subject: Option<SubjectId>,
    /// Its display id.
    pub tag: &'a str,
    /// The command.
    pub batch: &'a [u8],
    /// The idempotency key.
    pub key: Option<&'a str>,
    /// The clock of the log.
    pub hlc: i64,
    /// When it happened.
    pub at: i64,
    /// When it was recorded.
    pub recorded_at: i64,
    /// Who acted.
    pub actor: &'a str,
    /// The kind of fact.
    pub kind: &'a str,
}

/// Walks entries in the order of their places and remembers what doesn't hold.
#[derive(Debug, Default)]
pub struct Walk {
    noted: Vec<Noted>,
    here: Option<WalkedOrigin>,
    entries: u64,
    redacted: u64,
    origins: Vec<WalkedOrigin>,
    breaks: Vec<Break>,
    missing: Vec<(Gap, usize)>,
    blanked: Vec<(EventId, Break)>,
    redactions: HashSet<EventId>,
    salvaged: Vec<Gap>,
    parents: Vec<Head>,
    seals: Vec<(Timestamp, String, StoreSealed)>,
}

impl Walk {
    /// A walk that compares with these heads.
    pub fn new(noted: Vec<Noted>) -> Self {
        Self { noted, ..Self::default() }
    }

    /// Takes the next entry; an origin's entries come together, in the order of their numbers.
    pub fn take(&mut self, stored: &Stored<'_>) {
        self.entries += 1;
        if self.here.is_none_or(|here| here.origin != stored.origin) {
            self.origins.extend(self.here.take());
        }
        let previous = self.here.map(|here| (here.seq, here.hash));
        let (last, prev) = previous.unwrap_or_else(|| (0, first_link(stored.origin)));
        let follows = stored.seq == last + 1;
        if !follows {
            self.gap(stored.origin, last + 1, stored.seq - 1);
        }
        let hash: Hash = stored.hash.try_into().unwrap_or([0; 32]);
        match read(stored.header) {
            Err(reason) => self.broken(stored, None, Fault::Unreadable { reason }),
            Ok(said) => self.check(stored, &said, follows.then_some(&prev), &hash),
        }
        self.here = Some(WalkedOrigin { origin: stored.origin, seq: stored.seq, hash, continued: false });
    }

    fn check(&mut self, stored: &Stored<'_>, said: &Said<'_>, prev: Option<&Hash>, hash: &Hash) {
        let entry = said.id;
        if said.origin != stored.origin.0 || said.seq != stored.seq {
            let fault = Fault::Misplaced { origin: OriginId(said.origin), seq: said.seq };
            self.broken(stored, Some(entry), fault);
            return;
        }
        let digest = match (stored.words, stored.words_digest) {
            (None, Some(digest)) => digest.try_into().unwrap_or([0; 32]),
            (words, _) => words_digest(stored.salt.unwrap_or_default(), words.unwrap_or_default()),
        };
        // The first entry after a gap follows something that nobody has any more.
        if let Some(prev) = prev {
            let expected = link(prev, stored.header, stored.facts, &digest);
            if expected != *hash {
                let bare = stored.words.is_none() && stored.words_digest.is_none();
                // A note always has words.
                let lost = bare && (stored.salt.is_some() || said.kind == "note.added");
                let fault =
                    if lost { Fault::Blanked } else { Fault::Changed { expected: hex(&expected), found: hex(hash) } };
                self.broken(stored, Some(entry), fault);
            }
        }
        if stored.words.is_none() && stored.words_digest.is_some() {
            self.redacted += 1;
            let fault = Fault::Blanked;
            let (origin, seq) = (name(stored.origin), stored.seq);
            self.blanked.push((entry, Break { origin, seq, entry: Some(entry.tag()), fault }));
        }
        if let Some(fault) = differing_column(&stored.columns, said) {
            self.broken(stored, Some(entry), fault);
        }
        self.learn(stored, said);
    }

    /// Remembers what an entry says about others.
    fn learn(&mut self, stored: &Stored<'_>, said: &Said<'_>) {
        match said.kind.as_ref() {
            "entry.redacted" => {
                self.redactions.extend(parse::<EntryRedacted>(stored.facts).map(|redacted| redacted.entry));
            }
            "origin.started" => {
                if let Some(started) = parse::<OriginStarted>(stored.facts)
                    && let (Some(origin), Some(seq), Some(hash)) =
                        (started.parent, started.parent_seq, started.parent_hash)
                {
                    let head = Head { origin, seq, hash };
                    self.noted.push(Noted::new(&head, "origin.started"));
                    self.parents.push(head);
                }
            }
            "store.sealed" => {
                if let Some(sealed) = parse::<StoreSealed>(stored.facts) {
                    let when = Timestamp::from_millis(said.recorded_at);
                    self.seals.push((when, said.actor.clone().into_owned(), sealed));
                }
            }
            "store.salvaged" => {
                self.salvaged.extend(parse::<StoreSalvaged>(stored.facts).into_iter().flat_map(|found| found.missing));
            }
            _ => {}
        }
    }

    fn gap(&mut self, origin: OriginId, from: u64, to: u64) {
        if self.missing.len() < BREAKS {
            self.missing.push((Gap { origin, from, to }, self.breaks.len()));
        }
    }

    fn broken(&mut self, stored: &Stored<'_>, entry: Option<EventId>, fault: Fault) {
        if self.breaks.len() < BREAKS {
            let entry = entry.map(EventId::tag);
            self.breaks.push(Break { origin: name(stored.origin), seq: stored.seq, entry, fault });
        }
    }

    /// What was found; `hash_at` looks up the stored hash of an entry that a noted head speaks of.
    pub fn finish(mut self, hash_at: impl Fn(OriginId, u64) -> Option<Hash>) -> Verification {
        self.origins.extend(self.here.take());
        let salvaged = self.salvaged;
        let explained = |gap: &Gap| {
            salvaged.iter().any(|known| known.origin == gap.origin && known.from <= gap.from && gap.to <= known.to)
        };
        for (gap, place) in self.missing.iter().rev().filter(|(gap, _)| !explained(gap)) {
            let fault = Fault::Missing { to: gap.to };
            self.breaks.insert(*place, Break { origin: name(gap.origin), seq: gap.from, entry: None, fault });
        }
        let unexplained = self.blanked.into_iter().filter(|(id, _)| !self.redactions.contains(id));
        self.breaks.extend(unexplained.map(|(_, found)| found));
        let sealed = self.seals.iter().flat_map(|(_, _, sealed)| &sealed.heads);
        let sealed: Vec<Noted> = sealed.map(|head| Noted::new(head, "store.sealed")).collect();
        for noted in self.noted.iter().chain(&sealed) {
            match self.origins.iter().find(|walked| noted.is_of(walked.origin)) {
                Some(walked) => self.breaks.extend(against(noted, walked, &hash_at)),
                None => {
                    let fault = Fault::NoSuchOrigin { noted: noted.place.clone() };
                    self.breaks.push(Break { origin: noted.origin.clone(), seq: noted.seq, entry: None, fault });
                }
            }
        }
        self.breaks.dedup();
        self.breaks.truncate(BREAKS);
        for walked in &mut self.origins {
            walked.continued = self.parents.iter().any(|head| head.origin == walked.origin && head.seq == walked.seq);
        }
        Verification {
            entries: self.entries,
            redacted: self.redacted,
            origins: self.origins,
            breaks: self.breaks,
            salvaged,
            seals: self.seals,
        }
    }
}

/// What a noted head shows about a chain.
fn against(noted: &Noted, walked: &WalkedOrigin, hash_at: &impl Fn(OriginId, u64) -> Option<Hash>) -> Option<Break> {
    let broken = |fault| Some(Break { origin: name(walked.origin), seq: noted.seq, entry: None, fault });
    let place = noted.place.clone();
    if noted.seq > walked.seq {
        return broken(Fault::CutOff { last: walked.seq, noted: place });
    }
    // An entry that is missing inside was told already.
    let found = hex(&hash_at(walked.origin, noted.seq)?);
    if found.starts_with(&noted.hash) {
        return None;
    }
    broken(Fault::Rewritten { expected: noted.hash.clone(), found, noted: place })
}

fn differing_column(columns: &Columns<'_>, said: &Said<'_>) -> Option<Fault> {
    let differs = |name, expected: String, found: String| Some(Fault::Column { name, expected, found });
    if columns.subject.map(|subject| subject.0) != Some(said.subject) {
        let found = columns.subject.map(|subject| subject.to_string()).unwrap_or_default();
        return differs("subject", said.subject.to_string(), found);
    }
    if columns.tag != said.id.tag() {
        return differs("tag", said.id.tag(), columns.tag.to_owned());
    }
    if columns.batch != said.batch.as_bytes() {
        let found = Uuid::from_slice(columns.batch).map(|batch| batch.to_string()).unwrap_or_default();
        return differs("batch", said.batch.to_string(), found);
    }
    let key = said.key.as_ref().map(|key| key.value.as_ref());
    if columns.key != key {
        return differs("key", key.unwrap_or_default().to_owned(), columns.key.unwrap_or_default().to_owned());
    }
    let numbers = [
        ("hlc", said.hlc, columns.hlc),
        ("at", said.at, columns.at),
        ("recorded_at", said.recorded_at, columns.recorded_at),
    ];
    if let Some((name, expected, found)) = numbers.into_iter().find(|(_, expected, found)| expected != found) {
        return differs(name, expected.to_string(), found.to_string());
    }
    if columns.actor != said.actor {
        return differs("actor", said.actor.clone().into_owned(), columns.actor.to_owned());
    }
    if columns.kind != said.kind {
        return differs("kind", said.kind.clone().into_owned(), columns.kind.to_owned());
    }
    None
}

fn parse<T: DeserializeOwned>(facts: &[u8]) -> Option<T> {
    serde_json::from_slice(facts).ok()
}

fn name(origin: OriginId) -> String {
    origin.0.simple().to_string()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
