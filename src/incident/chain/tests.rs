//! Given a log, when somebody changes it, then the walk says where and how.

use super::walk::hex;
use super::{Beginning, Columns, Fault, Ground, Noted, Stored, Verification, Walk};
use super::{content_digest, head_line, noted_heads};
use crate::incident::fact::{EntryRedacted, Fact, Gap, Head, NoteAdded, OriginStarted, StoreSalvaged, StoreSealed};
use crate::incident::header::{ActorSource, Hash, Header, first_link, link, words_digest};
use crate::incident::id::{BatchId, OriginId, SpaceId, SubjectId, uuid_v7};
use crate::incident::order::Hlc;
use crate::incident::slug::NoteKind;
use crate::incident::time::Timestamp;
use uuid::Uuid;

const ORIGIN: OriginId = OriginId(Uuid::from_u128(7));
const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(8));

const OTHER: OriginId = OriginId(Uuid::from_u128(70));
const SPACE: SpaceId = SpaceId(Uuid::from_u128(9));

/// A row that can be tampered with.
#[derive(Debug, Clone)]
struct Row {
    origin: OriginId,
    seq: u64,
    actor: String,
    header: Header,
    bytes: Vec<u8>,
    facts: Vec<u8>,
    words: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
    words_digest: Option<Vec<u8>>,
    hash: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
struct Log {
    rows: Vec<Row>,
    own: Option<OriginId>,
}

impl Log {
    /// A copy that began from nothing, and this many notes.
    fn of(notes: usize) -> Self {
        let log = Self { rows: Vec::new(), own: Some(ORIGIN) }.write(started(None));
        (0..notes).fold(log, |log, index| log.write(note(&format!("note {index}"))))
    }

    fn write(self, fact: impl Into<Fact>) -> Self {
        self.write_as(ORIGIN, fact)
    }

    /// Writes with the number after the copy's last one, whatever is missing before.
    fn write_as(mut self, origin: OriginId, fact: impl Into<Fact>) -> Self {
        let fact = fact.into();
        let last = self.rows.iter().rposition(|row| row.origin == origin);
        let seq = last.map_or(0, |last| self.rows[last].seq) + 1;
        let own = u8::try_from(origin.0.as_u128()).expect("few");
        let batch = BatchId(uuid_v7(1, [u8::try_from(seq).expect("few").wrapping_add(own); 10]));
        let header = Header {
            id: batch.event(0),
            origin,
            seq,
            batch,
            key: None,
            subject: SUBJECT,
            hlc: Hlc::from_value(i64::try_from(seq).expect("few")),
            at: Timestamp::from_millis(1),
            approximate: false,
            zone: None,
            recorded_at: Timestamp::from_millis(2),
            actor: "aki".to_owned(),
            actor_from: ActorSource::User,
            kind: fact.kind().to_owned(),
            version: fact.version(),
            clock: None,
        };
        let encoded = fact.encode();
        let salt = encoded.words.is_some().then(|| vec![9; 32]);
        let digest = words_digest(salt.as_deref().unwrap_or_default(), encoded.words.as_deref().unwrap_or_default());
        let prev = last.map_or_else(|| first_link(origin), |last| self.hash_of(last));
        let bytes = header.to_bytes();
        let hash = link(&prev, &bytes, &encoded.facts, &digest).to_vec();
        let row = Row {
            origin,
            seq,
            actor: "aki".to_owned(),
            header,
            bytes,
            facts: encoded.facts,
            words: encoded.words,
            salt,
            words_digest: None,
            hash,
        };
        self.rows.insert(last.map_or(self.rows.len(), |last| last + 1), row);
        self
    }

    fn hash_of(&self, index: usize) -> Hash {
        self.rows[index].hash.as_slice().try_into().expect("32 bytes")
    }

    fn blank(mut self, index: usize) -> Self {
        let row = &mut self.rows[index];
        let digest = words_digest(row.salt.as_deref().expect("salt"), row.words.as_deref().expect("words"));
        (row.words, row.salt, row.words_digest) = (None, None, Some(digest.to_vec()));
        self
    }

    fn without(mut self, origin: OriginId, seq: u64) -> Self {
        self.rows.retain(|row| (row.origin, row.seq) != (origin, seq));
        self
    }

    fn walk(&self, noted: Vec<Noted>) -> Verification {
        self.walk_with(noted, &[])
    }

    /// With these copies listed too, though none of their entries is there.
    fn walk_with(&self, noted: Vec<Noted>, empty: &[OriginId]) -> Verification {
        let mut walk = Walk::new(noted);
        for row in &self.rows {
            let tag = row.header.id.tag();
            walk.take(&Stored {
                origin: row.origin,
                seq: row.seq,
                columns: Columns {
                    subject: Some(SUBJECT),
                    tag: &tag,
                    batch: row.header.batch.0.as_bytes(),
                    key: None,
                    hlc: row.header.hlc.value(),
                    at: 1,
                    recorded_at: 2,
                    actor: &row.actor,
                    kind: &row.header.kind,
                },
                header: &row.bytes,
                facts: &row.facts,
                words: row.words.as_deref(),
                salt: row.salt.as_deref(),
                words_digest: row.words_digest.as_deref(),
                hash: &row.hash,
            });
        }
        let mut listed: Vec<(OriginId, u64)> = Vec::new();
        for row in &self.rows {
            listed.retain(|(origin, _)| *origin != row.origin);
            listed.push((row.origin, row.seq));
        }
        listed.extend(empty.iter().map(|origin| (*origin, 0)));
        let walked: Vec<OriginId> = listed.iter().map(|(origin, _)| *origin).collect();
        let ground = Ground { own: self.own, is_astray: false, space: Some(SPACE), listed: &listed, walked: &walked };
        walk.finish(&ground, |origin, seq| {
            self.rows.iter().find(|row| (row.origin, row.seq) == (origin, seq)).map(|row| row.hash.clone())
        })
    }

    fn faults(&self) -> Vec<(u64, Fault)> {
        self.walk(Vec::new()).breaks.into_iter().map(|found| (found.seq, found.fault)).collect()
    }

    fn kinds(&self) -> Vec<(u64, &'static str)> {
        self.faults().into_iter().map(|(seq, fault)| (seq, fault.kind())).collect()
    }

    fn head(&self) -> Head {
        self.head_at(self.rows.len() - 1)
    }

    fn head_at(&self, index: usize) -> Head {
        let row = &self.rows[index];
        Head { origin: row.origin, seq: row.seq, hash: hex(&row.hash) }
    }
}

fn started(parent: Option<Head>) -> OriginStarted {
    let (mut origin, mut seq, mut hash) = (None, None, None);
    if let Some(head) = parent {
        (origin, seq, hash) = (Some(head.origin), Some(head.seq), Some(head.hash));
    }
    OriginStarted { space: SPACE, parent: origin, parent_seq: seq, parent_hash: hash, program: "0".to_owned() }
}

fn sealed(heads: Vec<Head>) -> StoreSealed {
    StoreSealed { heads, signer: "a key".to_owned(), signature: "a signature".to_owned() }
}

fn note(text: &str) -> NoteAdded {
    let text = text.to_owned();
    NoteAdded { text, note: NoteKind::Observation, pinned: false, bridge: None, confirms: None, refutes: None }
}

#[test]
fn what_was_written_holds() {
    let found = Log::of(5).walk(Vec::new());
    assert_eq!((found.entries, found.breaks, found.origins[0].seq), (6, Vec::new(), 6));
}

#[test]
fn a_change_is_found_where_it_is() {
    let mut log = Log::of(5);
    log.rows[2].words = Some(br#"{"text":"nothing happened"}"#.to_vec());
    assert!(matches!(log.faults().as_slice(), [(3, Fault::Changed { .. })]));
    let mut log = Log::of(5);
    log.rows[2].actor = "ben".to_owned();
    let faults = log.faults();
    assert!(
        matches!(&faults[..], [(3, Fault::Column { name: "actor", expected, found })] if expected == "aki" && found == "ben")
    );
    let mut log = Log::of(5);
    log.rows[2].bytes = b"\x09{}".to_vec();
    assert!(matches!(log.faults()[0], (3, Fault::Unreadable { .. })));
}

#[test]
fn what_is_removed_moved_or_inserted_is_found() {
    let mut log = Log::of(5);
    log.rows.remove(1);
    log.rows.remove(1);
    assert_eq!(log.faults(), [(2, Fault::Missing { to: 3 })]);
    let mut log = Log::of(5);
    (log.rows[1].seq, log.rows[2].seq) = (3, 2);
    log.rows.swap(1, 2);
    assert!(matches!(log.faults()[0], (2, Fault::Misplaced { seq: 3, .. })));
    let mut log = Log::of(5);
    let mut forged = log.rows[1].clone();
    forged.seq = 7;
    log.rows.push(forged);
    assert!(matches!(log.faults()[0], (7, Fault::Misplaced { seq: 2, .. })));
}

#[test]
fn words_go_only_with_a_redaction() {
    let log = Log::of(4).blank(1);
    assert_eq!(log.faults(), [(2, Fault::Blanked)]);
    let target = &log.rows[1].header;
    let (entry, kind, reason) = (target.id, target.kind.clone(), "a password".to_owned());
    let said = log.clone().write(EntryRedacted { entry, kind, by: "aki".to_owned(), evidence: None, reason });
    let found = said.walk(Vec::new());
    assert_eq!((found.breaks, found.redacted), (Vec::new(), 1));
    let mut bare = Log::of(4);
    (bare.rows[1].words, bare.rows[1].salt) = (None, None);
    assert_eq!(bare.faults(), [(2, Fault::Blanked)]);
}

#[test]
fn a_noted_head_shows_what_the_chain_alone_cannot() {
    let whole = Log::of(5);
    let line = head_line(&[whole.head()]);
    let noted = || noted_heads(&format!("head at 03:12 was: {line}, confirmed by phone"), "chat");
    assert_eq!(noted().len(), 1);
    assert_eq!(whole.walk(noted()).breaks, Vec::new());
    assert_eq!(whole.clone().write(note("later")).walk(noted()).breaks, Vec::new());
    let mut cut = whole.clone();
    cut.rows.pop();
    assert!(cut.faults().is_empty(), "an unkeyed chain can't show that");
    assert!(matches!(cut.walk(noted()).breaks[0].fault, Fault::CutOff { last: 5, .. }));
    let anew = Log::of(4).write(note("another"));
    assert!(anew.faults().is_empty());
    assert!(matches!(anew.walk(noted()).breaks[0].fault, Fault::Rewritten { .. }));
    let elsewhere = noted_heads(&line.replace("00000000/", "abcdef01/"), "chat");
    assert!(matches!(whole.walk(elsewhere).breaks[0].fault, Fault::NoSuchOrigin { .. }));
}

/// A salvage that lost these entries, and went on as a copy of its own.
fn salvaged(log: Log, seqs: std::ops::RangeInclusive<u64>, pinned: bool) -> Log {
    let (from, to) = (*seqs.start(), *seqs.end());
    let log = seqs.fold(log, |log, seq| log.without(ORIGIN, seq));
    let next = log.rows.iter().find(|row| row.seq == to + 1).expect("an entry after the gap");
    let digest = words_digest(next.salt.as_deref().unwrap_or_default(), next.words.as_deref().unwrap_or_default());
    let after = pinned.then(|| hex(&content_digest(&next.bytes, &next.facts, &digest)));
    let before = log.rows.iter().find(|row| row.seq == from - 1).map(|row| hex(&row.hash));
    let missing = vec![Gap { origin: ORIGIN, from, to, before, after }];
    let log = Log { own: Some(OTHER), ..log };
    log.write_as(OTHER, started(None)).write_as(OTHER, StoreSalvaged { missing })
}

#[test]
fn what_a_salvage_lost_is_known_and_what_follows_is_checked() {
    let log = salvaged(Log::of(5), 3..=4, true);
    let found = log.walk(Vec::new());
    assert_eq!((found.breaks.clone(), found.salvaged[0].from, found.salvaged[0].to), (Vec::new(), 3, 4));
    let mut changed = log.clone();
    changed.rows[2].words = Some(br#"{"text":"nothing happened"}"#.to_vec());
    assert_eq!(changed.kinds(), [(5, "changed")], "nothing else holds the first entry after a gap");
    let mut before = log.clone();
    before.rows[1].words = Some(br#"{"text":"nothing happened"}"#.to_vec());
    let digest = words_digest(&[9; 32], before.rows[1].words.as_deref().expect("words"));
    before.rows[1].hash = link(&before.hash_of(0), &before.rows[1].bytes, &before.rows[1].facts, &digest).to_vec();
    assert_eq!(before.kinds(), [(2, "changed")], "nor the last one before it");
    assert_eq!(salvaged(Log::of(5), 3..=4, false).kinds(), [(5, "unpinned")]);
}

#[test]
fn a_loss_is_believed_only_where_a_salvage_says_it() {
    let gap = |from, to| StoreSalvaged { missing: vec![Gap { origin: ORIGIN, from, to, before: None, after: None }] };
    let own = Log::of(5).without(ORIGIN, 3).write(gap(3, 3));
    assert_eq!(own.kinds(), [(3, "missing")], "said in the middle of the chain that lost it");
    let late = Log::of(5).without(ORIGIN, 3).write_as(OTHER, started(None)).write_as(OTHER, note("first"));
    let late = late.write_as(OTHER, gap(3, 3));
    assert!(late.kinds().contains(&(3, "missing")), "a salvage says it before anything else");
    let many = (3..60).step_by(2).fold(Log::of(60), |log, seq| log.without(ORIGIN, seq));
    assert_eq!(many.faults().len(), super::BREAKS, "however many are missing");
}

#[test]
fn a_head_whose_entry_is_gone_is_a_break() {
    let whole = Log::of(5);
    let noted = |index: usize| vec![Noted::new(&whole.head_at(index), "chat")];
    let lost = salvaged(whole.clone(), 3..=4, true);
    assert_eq!(lost.walk(noted(1)).breaks, Vec::new());
    let above = lost.walk(noted(5));
    assert!(matches!(above.breaks[0].fault, Fault::Severed { from: 3, to: 4, .. }), "it vouches for what is lost");
    assert!(matches!(lost.walk(noted(3)).breaks[0].fault, Fault::Gone { .. }));
    let seal = whole.clone().write(sealed(vec![whole.head_at(3)])).write(note("after"));
    assert_eq!(seal.walk(Vec::new()).breaks, Vec::new());
    assert_eq!(salvaged(seal.clone(), 3..=4, true).kinds(), [(4, "gone")]);
    let severed = salvaged(seal, 2..=3, true);
    assert_eq!(severed.kinds(), [(4, "severed")]);
    let head = severed.head();
    let noted = vec![Noted::new(&head, "chat")];
    assert_eq!(severed.walk(noted).breaks.len(), 1, "a head that is noted after the loss covers it");
    let resealed = severed.write_as(OTHER, sealed(vec![head]));
    assert_eq!(resealed.kinds(), [], "and so does a seal");
    let beyond = Log::of(2).write(sealed(vec![Log::of(5).head()]));
    assert!(matches!(beyond.walk(Vec::new()).breaks[0].fault, Fault::CutOff { last: 4, .. }));
}

#[test]
fn words_have_a_salt_of_32_bytes_and_nothing_else_has() {
    type Change = fn(&mut Row);
    let moved: Change = |row| {
        let words = row.words.take().expect("words");
        row.salt.as_mut().expect("salt").extend(words);
    };
    let cases: [(&str, Change); 7] = [
        ("salt", moved),
        ("salt", |row| {
            let salt = row.salt.as_mut().expect("salt");
            let first = salt.pop().expect("a byte");
            row.words.as_mut().expect("words").insert(0, first);
        }),
        ("salt", |row| row.salt = None),
        ("salt", |row| row.words_digest = Some(vec![0; 32])),
        ("salt", |row| (row.words, row.salt, row.words_digest) = (None, None, Some(vec![0; 31]))),
        ("salt", |row| (row.words, row.salt) = (None, Some(Vec::new()))),
        ("blanked", |row| row.words = None),
    ];
    for (kind, change) in cases {
        let mut log = Log::of(4);
        change(&mut log.rows[2]);
        assert_eq!(log.kinds(), [(3, kind)]);
    }
}

#[test]
fn a_hash_of_another_length_is_named_and_only_that_entry() {
    for length in [0, 31, 33] {
        let mut log = Log::of(4);
        log.rows[2].hash.resize(length, 7);
        assert!(matches!(log.faults().as_slice(), [(3, Fault::Column { name: "hash", .. })]), "{length}");
    }
    let mut last = Log::of(4);
    last.rows[4].hash.truncate(8);
    let noted = vec![Noted::new(&Log::of(4).head(), "chat")];
    assert!(last.walk(noted).breaks.iter().any(|found| matches!(found.fault, Fault::Rewritten { .. })));
}

#[test]
fn every_copy_begins_as_copies_do() {
    let unsaid = Log { own: Some(ORIGIN), ..Log::default() }.write(note("first"));
    assert!(matches!(unsaid.faults()[0], (1, Fault::Beginning(Beginning::Unsaid))));
    let half = OriginStarted { parent: Some(OTHER), ..started(None) };
    let half = Log { own: Some(ORIGIN), ..Log::default() }.write(half);
    assert!(matches!(half.faults()[0], (1, Fault::Beginning(Beginning::Unsaid))));
    let inside = Log::of(2).write(started(None));
    assert!(matches!(inside.faults()[0], (4, Fault::Beginning(Beginning::Inside))));
    let second = Log::of(2).write_as(OTHER, started(None));
    assert!(matches!(second.faults()[0], (1, Fault::Beginning(Beginning::NoParent))));
    let whole = Log::of(2);
    let head = whole.head();
    let child = whole.write_as(OTHER, started(Some(head)));
    let found = child.walk(Vec::new());
    assert_eq!((found.breaks, found.origins[0].continued), (Vec::new(), true));
    let empty = Log::of(2).walk_with(Vec::new(), &[OTHER]);
    assert!(matches!(empty.breaks[0].fault, Fault::Beginning(Beginning::Empty)));
    assert_eq!(Log::of(2).without(ORIGIN, 1).kinds(), [(1, "missing")]);
}

#[test]
fn what_another_copy_knows_of_may_come_later_and_what_this_one_wrote_must_be_there() {
    let head = |origin: u128, seq| Head { origin: OriginId(Uuid::from_u128(origin)), seq, hash: "00".repeat(32) };
    // Given a copy that came from elsewhere, whose parent or later heads never did.
    let foreign = |parent| Log::of(2).write_as(OTHER, started(Some(parent)));
    let found = foreign(head(99, 4)).walk(Vec::new());
    assert_eq!((found.breaks, found.absent[0].seq), (Vec::new(), 4));
    let known = foreign(Log::of(2).head()).write_as(OTHER, sealed(vec![head(70, 40), head(99, 1)]));
    let found = known.walk(Vec::new());
    assert_eq!((found.breaks, found.absent.len()), (Vec::new(), 2));
    // When somebody noted it, or this store wrote it, then it must be there.
    let noted = vec![Noted::new(&head(99, 1), "chat")];
    assert!(matches!(known.walk(noted).breaks[0].fault, Fault::NoSuchOrigin { .. }));
    let cut = known.clone().write_as(OTHER, sealed(vec![head(7, 40)]));
    assert!(matches!(cut.walk(Vec::new()).breaks[0].fault, Fault::CutOff { last: 3, .. }));
    for own in [Some(OTHER), None] {
        let found = Log { own, ..foreign(head(99, 4)) }.walk(Vec::new());
        assert!(matches!(found.breaks[0].fault, Fault::NoSuchOrigin { .. }), "{own:?}");
    }
}

#[test]
fn nothing_stands_before_the_first_number_or_outside_every_copy() {
    let mut log = Log::of(3);
    log.rows[0].seq = 0;
    assert_eq!(log.kinds()[0], (0, "misplaced"));
    let mut walk = Walk::new(Vec::new());
    walk.take_unlisted(1, &Log::of(1).rows[1].bytes);
    walk.take_unlisted(2, b"no header");
    let found = walk.finish(&Ground::default(), |_, _| None);
    assert_eq!((found.unlisted, found.breaks.len()), (2, 2));
    assert_eq!(found.breaks[0].fault.kind(), "unlisted");
}

#[test]
fn what_a_store_notes_of_itself_agrees_with_its_log() {
    let log = Log::of(1);
    let space = |space| {
        let listed = [(ORIGIN, 2)];
        let ground = Ground { own: Some(ORIGIN), space, listed: &listed, walked: &[ORIGIN], is_astray: false };
        let mut walk = Walk::new(Vec::new());
        walk.starts.push(super::walk::Start {
            origin: ORIGIN,
            space: SPACE,
            parent: None,
            parent_seq: 0,
            after_salvage: false,
        });
        walk.origins.push(super::WalkedOrigin { origin: ORIGIN, seq: 2, hash: log.hash_of(1), continued: false });
        walk.finish(&ground, |_, _| None).breaks
    };
    assert_eq!((space(Some(SPACE)), space(None)), (Vec::new(), Vec::new()), "what isn't noted is derived");
    let other = space(Some(SpaceId(Uuid::from_u128(1))));
    assert!(matches!(other[0].fault, Fault::Meta { name: "space", .. }));
}

mod property {
    use super::Log;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_flipped_byte_is_found(index in 1usize..7, part in 0usize..4, place in 0usize..1000) {
            let mut log = Log::of(6);
            let row = &mut log.rows[index];
            let bytes = match part {
                0 => &mut row.bytes,
                1 => &mut row.facts,
                2 => row.words.as_mut().expect("words"),
                _ => row.salt.as_mut().expect("salt"),
            };
            let at = place % bytes.len();
            bytes[at] ^= 1;
            let first = log.faults().first().map(|(seq, _)| *seq);
            prop_assert_eq!(first, Some(index as u64 + 1));
        }
    }
}
