//! References that people type: incidents, entries, steps, roles, categories, severities, and other small words.

use super::assert_harmless;
use hikeshi::engine::{Engine, Request, Stamp, Subject, TargetError, named_incident};
use hikeshi::incident::command::{Command, CommandMode, Customers, Declare, LinkKind, Note, NoteKind};
use hikeshi::incident::header::ActorSource;
use hikeshi::incident::id::{BatchId, OriginId, SpaceId, is_tag, uuid_v7};
use hikeshi::incident::localized::Lang;
use hikeshi::incident::roster::{find, fold, slug};
use hikeshi::incident::severity::Severity;
use hikeshi::incident::status::Status;
use hikeshi::incident::time::Timestamp;
use hikeshi::policy::{Library, new_playbook};
use hikeshi::store::{Found, Store};
use hikeshi::text;
use std::cell::OnceCell;
use uuid::Uuid;

const INCIDENTS: u32 = 3;

struct Place {
    _folder: tempfile::TempDir,
    store: Store,
    library: Library,
}

impl Place {
    /// A store with a few incidents and notes, always the same ones.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = Engine::new(folder.path().join("hikeshi.db"), None, None);
        let mut session = engine.open().expect("opens");
        for number in 1..=INCIDENTS {
            let title = format!("number {number}");
            let declare = Declare { title, force: true, ..Declare::default() };
            let declared = session.record(&request(Subject::New, Command::Declare(declare), number * 10));
            let id = declared.expect("declared").incident.id;
            for turn in 1..8 {
                let (text, kind) = (format!("note {turn}"), NoteKind::Observation);
                let note = Note { text, kind, pin: false, bridge: None, confirms: None, refutes: None };
                let request = request(Subject::Incident(id), Command::Note(note), number * 10 + turn);
                session.record(&request).expect("noted");
            }
        }
        drop(session);
        let store = engine.read().expect("opens");
        Self { _folder: folder, store, library: Library::load(None).expect("compiled in") }
    }
}

fn request(subject: Subject, command: Command, turn: u32) -> Request {
    let now = 1_795_150_800_000 + i64::from(turn) * 1000;
    let mut random = [0x5a; 10];
    random[9] = u8::try_from(turn).expect("small");
    let stamp = Stamp {
        now: Timestamp::from_millis(now),
        clock_overridden: false,
        actor: "aki".to_owned(),
        actor_from: ActorSource::User,
        batch: BatchId(uuid_v7(now, random)),
        seed: [random[9]; 32],
        origin: (OriginId(Uuid::from_bytes([7; 16])), SpaceId(Uuid::from_bytes([8; 16]))),
    };
    Request { subject, command, at: None, key: None, named: None, stamp }
}

thread_local! {
    static PLACE: OnceCell<Place> = const { OnceCell::new() };
}

pub fn reference(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    PLACE.with(|place| {
        let place = place.get_or_init(Place::new);
        incident(place, typed);
        entry(place, typed);
        role(place, typed);
    });
    words(typed);
}

fn incident(place: &Place, typed: &str) {
    let reader = place.store.reader();
    match named_incident(&reader, typed) {
        Ok(id) => {
            let number = reader.incident(id).expect("read").expect("there").number;
            assert!((1..=INCIDENTS).contains(&number));
            for again in [number.to_string(), format!("#{number}"), format!(" ＃{number} "), id.to_string()] {
                assert_eq!(named_incident(&reader, &again).expect("the same"), id, "{typed:?}, {again:?}");
            }
        }
        Err(TargetError::NoIncident { typed: named } | TargetError::NoReference { typed: named }) => {
            assert_eq!(named, typed);
        }
        Err(error) => panic!("{typed:?}: {error}"),
    }
}

fn entry(place: &Place, typed: &str) {
    let reader = place.store.reader();
    match reader.find_entry(typed).unwrap_or_else(|error| panic!("{typed:?}: {error}")) {
        Found::One(entry) => {
            let tag = entry.header.id.tag();
            assert!(
                tag.starts_with(typed) && tag.starts_with(&entry.short) && is_tag(&entry.short),
                "{typed:?}: {tag}"
            );
            let again = reader.find_entry(&entry.short).expect("read");
            assert!(matches!(again, Found::One(same) if same.header.id == entry.header.id), "{tag}");
        }
        // Only what has the shape of a display id is looked for, and such a text is a beginning of few.
        Found::Many(shorts) => assert!(!is_tag(typed) || shorts.len() > 1, "{typed:?}"),
        Found::None => {}
    }
}

fn role(place: &Place, typed: &str) {
    let policy = &place.library.policy;
    match find(typed, &policy.role) {
        Ok(role) => {
            let again = find(&role.id, &policy.role).expect("the same");
            assert_eq!(again.id, role.id);
        }
        Err(rejection) => {
            for lang in [Lang::En, Lang::Ja] {
                let moments = text::Moments::new(jiff::tz::TimeZone::UTC, lang);
                let refusal = text::rejection(&rejection, Some(1), &moments);
                assert_harmless("why", &refusal.message);
                assert_harmless("what instead", refusal.hint.as_deref().unwrap_or_default());
                refusal.details.iter().for_each(|detail| assert_harmless("details", detail));
            }
        }
    }
    if let Some(category) = policy.category(typed) {
        assert_eq!(policy.category(&category.id).map(|same| &same.id), Some(&category.id));
    }
    // The slug of a role made up on the spot is one word, and is found by itself.
    let made_up = slug(typed);
    assert!(!made_up.contains(char::is_whitespace), "{made_up:?}");
    assert_eq!(fold(&made_up), fold(&fold(&made_up)), "{typed:?}");
    assert_harmless("the slug", &made_up);
}

fn words(typed: &str) {
    if let Some(severity) = Severity::parse(typed) {
        assert_eq!(Severity::parse(severity.as_str()), Some(severity));
        assert_eq!(Severity::parse(&severity.number().to_string()), Some(severity));
    }
    macro_rules! reads_back {
        ($($slug:ty),*) => {$(
            if let Some(value) = <$slug>::parse(typed) {
                assert_eq!(<$slug>::parse(value.as_str()), Some(value), "{typed:?}");
            }
        )*};
    }
    reads_back!(Customers, CommandMode, NoteKind, LinkKind, Status);
    let _ = hikeshi::env::parse_lang(typed);
    if let Ok(text) = new_playbook(typed, "2026-11-20") {
        assert!(text.parse::<toml::Table>().is_ok(), "{typed:?}");
    }
    let shown = text::one_line(typed);
    assert_harmless("one line", &shown);
    assert!(!shown.contains('\n'), "{shown:?}");
    assert_eq!(text::one_line(&shown), shown, "{typed:?}");
    assert_harmless("visible", &text::visible(typed));
}
