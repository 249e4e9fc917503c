//! Given a log, when somebody changes it, then the walk says where and how.

use super::{Columns, Fault, Noted, Stored, Verification, Walk, head_line, noted_heads};
use crate::incident::fact::{EntryRedacted, Fact, Gap, Head, NoteAdded, StoreSalvaged};
use crate::incident::header::{ActorSource, Hash, Header, first_link, link, words_digest};
use crate::incident::id::{BatchId, OriginId, SubjectId, uuid_v7};
use crate::incident::order::Hlc;
use crate::incident::slug::NoteKind;
use crate::incident::time::Timestamp;
use uuid::Uuid;

const ORIGIN: OriginId = OriginId(Uuid::from_u128(7));
const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(8));

/// A row that can be tampered with.
#[derive(Debug, Clone)]
struct Row {
    seq: u64,
    actor: String,
    header: Header,
    bytes: Vec<u8>,
    facts: Vec<u8>,
    words: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
    words_digest: Option<Vec<u8>>,
    hash: Hash,
}

#[derive(Debug, Clone, Default)]
struct Log {
    rows: Vec<Row>,
}

impl Log {
    fn of(notes: usize) -> Self {
        (0..notes).fold(Self::default(), |log, index| log.write(note(&format!("note {index}"))))
    }

    fn write(mut self, fact: impl Into<Fact>) -> Self {
        let fact = fact.into();
        let seq = self.rows.len() as u64 + 1;
        let batch = BatchId(uuid_v7(1, [u8::try_from(seq).expect("few"); 10]));
        let header = Header {
            id: batch.event(0),
            origin: ORIGIN,
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
        let prev = self.rows.last().map_or_else(|| first_link(ORIGIN), |row| row.hash);
        let bytes = header.to_bytes();
        let hash = link(&prev, &bytes, &encoded.facts, &digest);
        let (facts, words) = (encoded.facts, encoded.words);
        self.rows.push(Row {
            seq,
            actor: "aki".to_owned(),
            header,
            bytes,
            facts,
            words,
            salt,
            words_digest: None,
            hash,
        });
        self
    }

    fn blank(mut self, index: usize) -> Self {
        let row = &mut self.rows[index];
        let digest = words_digest(row.salt.as_deref().expect("salt"), row.words.as_deref().expect("words"));
        (row.words, row.salt, row.words_digest) = (None, None, Some(digest.to_vec()));
        self
    }

    fn walk(&self, noted: Vec<Noted>) -> Verification {
        let mut walk = Walk::new(noted);
        for row in &self.rows {
            let tag = row.header.id.tag();
            walk.take(&Stored {
                origin: ORIGIN,
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
        walk.finish(|_, seq| self.rows.iter().find(|row| row.seq == seq).map(|row| row.hash))
    }

    fn faults(&self) -> Vec<(u64, Fault)> {
        self.walk(Vec::new()).breaks.into_iter().map(|found| (found.seq, found.fault)).collect()
    }

    fn head(&self) -> Head {
        let last = self.rows.last().expect("a row");
        Head { origin: ORIGIN, seq: last.seq, hash: super::walk::hex(&last.hash) }
    }
}

fn note(text: &str) -> NoteAdded {
    let text = text.to_owned();
    NoteAdded { text, note: NoteKind::Observation, pinned: false, bridge: None, confirms: None, refutes: None }
}

#[test]
fn what_was_written_holds() {
    let found = Log::of(5).walk(Vec::new());
    assert_eq!((found.entries, found.breaks, found.origins[0].seq), (5, Vec::new(), 5));
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
    forged.seq = 6;
    log.rows.push(forged);
    assert!(matches!(log.faults()[0], (6, Fault::Misplaced { seq: 2, .. })));
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
    assert!(matches!(cut.walk(noted()).breaks[0].fault, Fault::CutOff { last: 4, .. }));
    let anew = Log::of(4).write(note("another"));
    assert!(anew.faults().is_empty());
    assert!(matches!(anew.walk(noted()).breaks[0].fault, Fault::Rewritten { .. }));
    let elsewhere = noted_heads(&line.replace("00000000/", "abcdef01/"), "chat");
    assert!(matches!(whole.walk(elsewhere).breaks[0].fault, Fault::NoSuchOrigin { .. }));
}

#[test]
fn what_a_salvage_lost_is_known() {
    let mut log = Log::of(5);
    log.rows.remove(2);
    let missing = vec![Gap { origin: ORIGIN, from: 3, to: 3 }];
    let found = log.write_after(StoreSalvaged { missing: missing.clone() }).walk(Vec::new());
    assert_eq!((found.breaks, found.salvaged), (Vec::new(), missing));
}

impl Log {
    /// Writes with the number after the last one, whatever is missing before.
    fn write_after(mut self, fact: impl Into<Fact>) -> Self {
        let rows = self.rows.clone();
        let last = rows.last().expect("a row").clone();
        let filler = std::iter::repeat_n(last.clone(), usize::try_from(last.seq).expect("few"));
        self.rows = filler.collect();
        let mut written = self.write(fact);
        let new = written.rows.pop().expect("written");
        Self { rows: rows.into_iter().chain([new]).collect() }
    }
}

mod property {
    use super::Log;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_flipped_byte_is_found(index in 0usize..6, part in 0usize..4, place in 0usize..1000) {
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
