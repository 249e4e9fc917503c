//! What is read back from a store that may be damaged: headers, facts, and everything that is made of them.
//!
//! Bytes that begin with 1 are a header. Others are facts, one a line: `kind TAB version TAB facts TAB words`.

use super::{assert_harmless, assert_no_markup};
use hikeshi::incident::fact::Fact;
use hikeshi::incident::header::{ActorSource, Header};
use hikeshi::incident::id::{BatchId, EventId, OriginId, SubjectId};
use hikeshi::incident::localized::Lang;
use hikeshi::incident::order::Hlc;
use hikeshi::incident::state::{Incident, Meta, fold};
use hikeshi::incident::time::Timestamp;
use hikeshi::render::json::{EntryDoc, IncidentDoc, SCHEMA, ShowDoc, TimelineDoc, line};
use hikeshi::render::postmortem::{html, markdown};
use hikeshi::render::{Page, checklist, declared, receipt, roles, show, timeline};
use hikeshi::store::Entry;
use hikeshi::text::{self, Moments};
use hikeshi::view::{Postmortem, Shown};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// How many facts are folded at once.
const MOST: usize = 40;

pub fn log(bytes: &[u8]) {
    if bytes.first() == Some(&1) { header(bytes) } else { facts(bytes) }
}

fn header(bytes: &[u8]) {
    let Ok(header) = Header::from_bytes(bytes) else { return };
    let stored = header.to_bytes();
    let again = Header::from_bytes(&stored).expect("what was written is read");
    assert_eq!(again, header);
    assert_eq!(again.to_bytes(), stored, "written the same way ever after");
    let fact = Fact::decode(&header.kind, header.version, b"{}", None);
    let entry = Entry {
        hash: [0; 32],
        short: header.id.tag(),
        marks: Vec::new(),
        redacted: true,
        correction: None,
        fact,
        header,
    };
    all_views(&[entry]);
}

fn facts(bytes: &[u8]) {
    let mut entries = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').take(MOST).enumerate() {
        let mut fields = line.splitn(4, |byte| *byte == b'\t');
        let mut field = || fields.next().unwrap_or_default();
        let (kind, version, facts, words) = (field(), field(), field(), field());
        let Ok(kind) = std::str::from_utf8(kind) else { continue };
        let version = std::str::from_utf8(version).ok().and_then(|version| version.parse().ok()).unwrap_or(1);
        let fact = Fact::decode(kind, version, facts, (!words.is_empty()).then_some(words));
        assert_eq!((fact.kind(), fact.version()), (kind, version), "nothing changes its name");
        reads_back(&fact);
        entries.push(entry(index, fact));
    }
    all_views(&entries);
}

fn reads_back(fact: &Fact) {
    let stored = fact.encode();
    let again = Fact::decode(fact.kind(), fact.version(), &stored.facts, stored.words.as_deref());
    match fact {
        // What is absent is not written.
        Fact::Unknown(_) => assert_eq!(again.encode(), stored, "{fact:?}"),
        _ => assert_eq!(again, *fact),
    }
}

fn entry(index: usize, fact: Fact) -> Entry {
    let number = u64::try_from(index).expect("small") + 1;
    let time = Timestamp::from_millis(1_795_150_800_000 + i64::try_from(index).expect("small") * 40_000);
    let header = Header {
        id: EventId(Uuid::from_u128(u128::from(number))),
        origin: OriginId(Uuid::from_u128(7)),
        seq: number,
        batch: BatchId(Uuid::from_u128(u128::from(number))),
        key: None,
        subject: SubjectId(Uuid::from_u128(9)),
        hlc: Hlc::default().next(time),
        at: time,
        approximate: index % 5 == 4,
        zone: None,
        recorded_at: time,
        actor: "aki".to_owned(),
        actor_from: ActorSource::User,
        kind: fact.kind().to_owned(),
        version: fact.version(),
        clock: None,
    };
    Entry { short: header.id.tag(), fact, header, hash: [0; 32], marks: Vec::new(), redacted: false, correction: None }
}

/// Folds the facts, and shows what they make in every way there is.
fn all_views(entries: &[Entry]) {
    let meta = |header: &Header| Meta { id: header.id, at: header.at, actor: header.actor.clone() };
    let facts: Vec<(Meta, Fact)> = entries.iter().map(|entry| (meta(&entry.header), entry.fact.clone())).collect();
    let incident = fold(SubjectId(Uuid::from_u128(9)), facts.iter().map(|(meta, fact)| (meta, fact)));
    let state = serde_json::to_vec(&incident).expect("written");
    assert_eq!(serde_json::from_slice::<Incident>(&state).expect("read"), incident, "the row is the state");
    let now = Timestamp::from_millis(1_795_154_400_000);
    for lang in [Lang::En, Lang::Ja] {
        let moments = Moments::new(TimeZone::UTC, lang);
        let page = Page { moments: moments.clone(), now, width: Some(80), colored: false };
        for entry in entries {
            assert_harmless("the entry", &text::one_line(&text::entry(&entry.fact, lang)));
        }
        let shown = Shown {
            incident: incident.clone(),
            pinned: entries.to_vec(),
            hypotheses: entries.to_vec(),
            changes: entries.to_vec(),
            last: entries.to_vec(),
        };
        for (what, text) in [
            ("show", show(&page, &shown)),
            ("timeline", timeline(&page, entries, &incident, true)),
            ("checklist", checklist(&page, &incident, |_| true, false)),
            ("roles", roles(&page, &incident)),
            ("receipt", receipt(&page, &incident, entries, false)),
            ("declared", declared(&page, &incident, None)),
        ] {
            assert_harmless(what, &text);
        }
        let documents: Vec<EntryDoc> = entries.iter().map(|entry| EntryDoc::new(entry, lang)).collect();
        assert_json(&line(&TimelineDoc { schema: SCHEMA, entries: documents }));
        let postmortem =
            Postmortem::assemble(&incident, entries, &hikeshi::incident::writing::PostmortemRule::default(), now);
        let html = html(&postmortem, &moments);
        assert_harmless("html", &html);
        assert_no_markup(&html);
        assert_harmless("markdown", &markdown(&postmortem, &moments));
    }
    assert_json(&line(&ShowDoc { schema: SCHEMA, incident: IncidentDoc::new(&incident, now), entries: Vec::new() }));
    let _ = (incident.open_clocks(), incident.leader());
}

fn assert_json(document: &str) {
    assert_harmless("json", document);
    assert!(!document.contains('\n'), "one line");
    let read = serde_json::from_str::<serde_json::Value>(document);
    assert!(read.is_ok_and(|value| value.is_object()), "no JSON document");
}
