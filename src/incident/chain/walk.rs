//! The walk along every origin's chain.

use super::columns::{Columns, differing_column};
use super::said::{Said, read};
use super::{BREAKS, Beginning, Break, Fault, Noted, WalkedOrigin};
use crate::incident::fact::{EntryRedacted, Gap, Head, OriginStarted, StoreSalvaged, StoreSealed};
use crate::incident::header::{Hash, first_link, link, words_digest};
use crate::incident::id::{EventId, OriginId, SpaceId};
use crate::incident::time::Timestamp;
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// Bytes of a salt, and of a digest.
const BYTES: usize = 32;

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

/// Walks entries in the order of their places and remembers what doesn't hold.
#[derive(Debug, Default)]
pub struct Walk {
    pub(super) noted: Vec<Witness>,
    pub(super) here: Option<WalkedOrigin>,
    pub(super) entries: u64,
    pub(super) redacted: u64,
    pub(super) origins: Vec<WalkedOrigin>,
    pub(super) breaks: Vec<Break>,
    pub(super) missing: Vec<Hole>,
    pub(super) blanked: Vec<(EventId, Break)>,
    pub(super) redactions: HashSet<EventId>,
    pub(super) salvaged: Vec<(OriginId, Gap)>,
    pub(super) starts: Vec<Start>,
    pub(super) seals: Vec<(Timestamp, String, StoreSealed)>,
    pub(super) unlisted: u64,
}

/// A head, and the copy whose chain speaks of it; none where it was noted outside.
#[derive(Debug)]
pub(super) struct Witness {
    pub noted: Noted,
    pub by: Option<OriginId>,
    /// Whether it was noted to vouch for everything before it, too.
    pub vouches: bool,
}

/// Numbers that are missing.
#[derive(Debug)]
pub(super) struct Hole {
    pub gap: Gap,
    /// The hash of the entry before it, where there is one.
    pub before: Option<Hash>,
    /// The digest of the entry after it, and that entry where it can be told.
    pub after: Hash,
    pub entry: Option<EventId>,
    /// Where in the breaks it belongs.
    pub place: usize,
}

/// How a copy began.
#[derive(Debug)]
pub(super) struct Start {
    pub origin: OriginId,
    pub space: SpaceId,
    pub parent: Option<OriginId>,
    pub parent_seq: u64,
    /// Whether it was begun to say what a salvage lost.
    pub after_salvage: bool,
}

impl Walk {
    /// A walk that compares with these heads.
    pub fn new(noted: Vec<Noted>) -> Self {
        let noted = noted.into_iter().map(|noted| Witness { noted, by: None, vouches: true }).collect();
        Self { noted, ..Self::default() }
    }

    /// Takes the next entry; an origin's entries come together, in the order of their numbers.
    pub fn take(&mut self, stored: &Stored<'_>) {
        self.entries += 1;
        if self.here.is_none_or(|here| here.origin != stored.origin) {
            self.origins.extend(self.here.take());
        }
        let said = read(stored.header);
        if stored.seq == 0 {
            // Numbers begin with 1, so nothing can stand there, whatever it says of itself.
            self.broken(stored, said.as_ref().ok().map(|said| said.id), misplaced(said));
            return;
        }
        let previous = self.here.map(|here| (here.seq, here.hash));
        let (last, prev) = previous.unwrap_or_else(|| (0, first_link(stored.origin)));
        let follows = stored.seq == last + 1;
        if !follows {
            let gap = Gap { origin: stored.origin, from: last + 1, to: stored.seq - 1, before: None, after: None };
            let entry = said.as_ref().ok().map(|said| said.id);
            let after = content_digest(stored.header, stored.facts, &digest(stored).unwrap_or_default());
            let before = previous.map(|(_, hash)| hash);
            self.missing.push(Hole { gap, before, after, entry, place: self.breaks.len() });
        }
        let mut hash: Hash = stored.hash.try_into().unwrap_or_default();
        match said {
            Err(reason) => self.broken(stored, None, Fault::Unreadable { reason }),
            Ok(said) => self.check(stored, &said, follows.then_some(&prev), &mut hash),
        }
        self.here = Some(WalkedOrigin { origin: stored.origin, seq: stored.seq, hash, continued: false });
    }

    /// Takes a row that stands in no copy that the store lists.
    pub fn take_unlisted(&mut self, seq: u64, header: &[u8]) {
        self.unlisted += 1;
        if self.breaks.len() < BREAKS {
            let said = read(header).ok();
            let origin = said.as_ref().map(|said| name(OriginId(said.origin))).unwrap_or_default();
            let entry = said.map(|said| said.id.tag());
            self.breaks.push(Break { origin, seq, entry, fault: Fault::Unlisted });
        }
    }

    fn check(&mut self, stored: &Stored<'_>, said: &Said<'_>, prev: Option<&Hash>, hash: &mut Hash) {
        let entry = said.id;
        if said.origin != stored.origin.0 || said.seq != stored.seq {
            let fault = Fault::Misplaced { origin: OriginId(said.origin), seq: said.seq };
            self.broken(stored, Some(entry), fault);
            return;
        }
        match digest(stored) {
            Err(fault) => self.broken(stored, Some(entry), fault),
            Ok(digest) => {
                self.follow(stored, said, prev.map(|prev| (prev, digest)), hash);
                if stored.words_digest.is_some() {
                    self.redacted += 1;
                    let (origin, seq) = (name(stored.origin), stored.seq);
                    self.blanked.push((entry, Break { origin, seq, entry: Some(entry.tag()), fault: Fault::Blanked }));
                }
            }
        }
        if let Some(fault) = differing_column(&stored.columns, said) {
            self.broken(stored, Some(entry), fault);
        }
        self.learn(stored, said);
    }

    /// Whether the hash follows from the content and the entry before; the first after a gap follows something that
    /// nobody has any more.
    fn follow(&mut self, stored: &Stored<'_>, said: &Said<'_>, prev: Option<(&Hash, Hash)>, hash: &mut Hash) {
        let Some((prev, digest)) = prev else {
            if stored.hash.len() != BYTES {
                self.broken(stored, Some(said.id), hash_column(stored, None));
            }
            return;
        };
        let expected = link(prev, stored.header, stored.facts, &digest);
        if stored.hash.len() != BYTES {
            self.broken(stored, Some(said.id), hash_column(stored, Some(&expected)));
            // What the entry gives is known, so the next one can still be held against it.
            *hash = expected;
        } else if expected != *hash {
            let bare = stored.words.is_none() && stored.words_digest.is_none();
            // A note always has words.
            let lost = bare && said.kind == "note.added";
            let fault =
                if lost { Fault::Blanked } else { Fault::Changed { expected: hex(&expected), found: hex(hash) } };
            self.broken(stored, Some(said.id), fault);
        }
    }

    /// Remembers what an entry says about others.
    fn learn(&mut self, stored: &Stored<'_>, said: &Said<'_>) {
        if (stored.seq == 1) != (said.kind == "origin.started") {
            let fault = if stored.seq == 1 { Beginning::Unsaid } else { Beginning::Inside };
            self.broken(stored, Some(said.id), Fault::Beginning(fault));
            return;
        }
        match said.kind.as_ref() {
            "entry.redacted" => {
                self.redactions.extend(parse::<EntryRedacted>(stored.facts).map(|redacted| redacted.entry));
            }
            "origin.started" => self.begin(stored, said),
            "store.sealed" => {
                if let Some(sealed) = parse::<StoreSealed>(stored.facts) {
                    let when = Timestamp::from_millis(said.recorded_at);
                    self.seals.push((when, said.actor.clone().into_owned(), sealed.clone()));
                    let heads = sealed.heads.iter().map(|head| Noted::new(head, "store.sealed"));
                    let by = Some(stored.origin);
                    self.noted.extend(heads.map(|noted| Witness { noted, by, vouches: true }));
                }
            }
            // A salvage goes on as a copy of its own, and what it lost is the first thing that this copy says: said
            // anywhere else, or of its own chain, it would explain whatever somebody removes.
            "store.salvaged" if stored.seq == 2 => {
                let found = parse::<StoreSalvaged>(stored.facts).map(|found| found.missing).unwrap_or_default();
                let others = found.into_iter().filter(|gap| gap.origin != stored.origin);
                self.salvaged.extend(others.map(|gap| (stored.origin, gap)));
                for start in self.starts.iter_mut().filter(|start| start.origin == stored.origin) {
                    start.after_salvage = true;
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, stored: &Stored<'_>, said: &Said<'_>) {
        let started = parse::<OriginStarted>(stored.facts);
        let parent = match &started {
            Some(started) => match (started.parent, started.parent_seq, started.parent_hash.clone()) {
                (None, None, None) => Ok(None),
                (Some(origin), Some(seq), Some(hash)) => Ok(Some(Head { origin, seq, hash })),
                _ => Err(()),
            },
            None => Err(()),
        };
        let (Some(started), Ok(parent)) = (started, parent) else {
            self.broken(stored, Some(said.id), Fault::Beginning(Beginning::Unsaid));
            return;
        };
        self.starts.push(Start {
            origin: stored.origin,
            space: started.space,
            parent: parent.as_ref().map(|head| head.origin),
            parent_seq: parent.as_ref().map(|head| head.seq).unwrap_or_default(),
            after_salvage: false,
        });
        let by = Some(stored.origin);
        let noted = parent.map(|head| Noted::new(&head, "origin.started"));
        self.noted.extend(noted.map(|noted| Witness { noted, by, vouches: false }));
    }

    fn broken(&mut self, stored: &Stored<'_>, entry: Option<EventId>, fault: Fault) {
        if self.breaks.len() < BREAKS {
            let entry = entry.map(EventId::tag);
            self.breaks.push(Break { origin: name(stored.origin), seq: stored.seq, entry, fault });
        }
    }
}

/// The digest that an entry's words have in the chain, where words, salt and digest can stand together.
fn digest(stored: &Stored<'_>) -> Result<Hash, Fault> {
    let (words, salt, digest) = (stored.words, stored.salt, stored.words_digest);
    let torn = || Fault::Salt { salt: salt.map(<[u8]>::len), words: words.is_some(), digest: digest.map(<[u8]>::len) };
    match (words, salt, digest) {
        (Some(words), Some(salt), None) if salt.len() == BYTES => Ok(words_digest(salt, words)),
        (None, None, Some(digest)) => digest.try_into().map_err(|_| torn()),
        (None, None, None) => Ok(words_digest(&[], &[])),
        (None, Some(salt), None) if salt.len() == BYTES => Err(Fault::Blanked),
        _ => Err(torn()),
    }
}

/// What stands for an entry's content where the hash of the entry before it is not known: its link after 32 zero bytes.
pub fn content_digest(header: &[u8], facts: &[u8], words: &Hash) -> Hash {
    link(&[0; BYTES], header, facts, words)
}

fn misplaced(said: Result<Said<'_>, String>) -> Fault {
    match said {
        Ok(said) => Fault::Misplaced { origin: OriginId(said.origin), seq: said.seq },
        Err(reason) => Fault::Unreadable { reason },
    }
}

fn hash_column(stored: &Stored<'_>, expected: Option<&Hash>) -> Fault {
    let expected = expected.map(|hash| hex(hash)).unwrap_or_default();
    Fault::Column { name: "hash", expected, found: hex(stored.hash) }
}

fn parse<T: DeserializeOwned>(facts: &[u8]) -> Option<T> {
    serde_json::from_slice(facts).ok()
}

pub(super) fn name(origin: OriginId) -> String {
    origin.0.simple().to_string()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
