//! Random command sequences, run in process: what is derived as facts come equals what the log alone gives.

use super::store::assert_chain;
use hikeshi::engine::{Engine, EngineError, Request, Session, Stamp, Subject};
use hikeshi::incident::command::{
    AddStep, AssignRole, Bridge, Cancel, CancelCause, Check, Close, Command, Customers, Declare, Deescalate, Escalate,
    FilePostmortem, Fix, Identify, Link, LinkKind, Mitigate, Note, NoteKind, Reopen, Resolve, Set, UnassignRole,
};
use hikeshi::incident::fact::Fact;
use hikeshi::incident::header::{ActorSource, Header};
use hikeshi::incident::id::{BatchId, OriginId, SpaceId, SubjectId, uuid_v7};
use hikeshi::incident::severity::Severity;
use hikeshi::incident::state::{Incident, Meta, fold};
use hikeshi::incident::status::Status;
use hikeshi::incident::time::{Span, Timestamp};
use hikeshi::incident::when::When;
use hikeshi::store::{Filter, Listing, Reader, Store};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop};
use proptest::prop_oneof;
use sha2::{Digest, Sha256};
use std::path::Path;
use uuid::Uuid;

/// What happens at one moment.
#[derive(Debug, Clone)]
struct Moment {
    command: Command,
    /// Which incident it is about, of those there are.
    place: usize,
    /// Whether nobody said which incident, so that the words are kept and filed, or thrown away, later.
    lost: Option<bool>,
    actor: &'static str,
    /// How far the clock went since the moment before; it may go back.
    passed: i64,
    /// How long before now it happened.
    ago: Option<i64>,
    key: Option<u8>,
}

/// Stands in a note for the id of an entry that there is.
const SOME_ENTRY: &str = "entry ";

fn level() -> impl Strategy<Value = Severity> {
    prop::sample::select(Severity::ALL.to_vec())
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["db-3 重い", "two\nlines", "ok", "\u{202e}evil", "the very same"]).prop_map(str::to_owned)
}

fn person() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["aki", "ben", "chie"]).prop_map(str::to_owned)
}

fn declare() -> impl Strategy<Value = Command> {
    let category = prop::option::of(prop::sample::select(vec!["outage", "security", "リリース", "near-miss"]));
    let customers = prop::option::of(prop::sample::select(Customers::ALL.to_vec()));
    (words(), prop::option::of(level()), category, customers, any::<bool>()).prop_map(
        |(title, severity, category, customers, force)| {
            let category = category.map(str::to_owned);
            Command::Declare(Declare { title, severity, category, customers, force, ..Declare::default() })
        },
    )
}

fn note() -> impl Strategy<Value = Command> {
    let entry = || prop::option::of((0..60usize).prop_map(|index| format!("{SOME_ENTRY}{index}")));
    let kind = prop::sample::select(NoteKind::ALL.to_vec());
    (words(), kind, any::<bool>(), prop::option::of(prop::sample::select(Bridge::ALL.to_vec())), entry(), entry())
        .prop_map(|(text, kind, pin, bridge, confirms, refutes)| {
            let refutes = refutes.filter(|_| confirms.is_none());
            Command::Note(Note { text, kind, pin, bridge, confirms, refutes })
        })
}

fn people() -> impl Strategy<Value = Command> {
    let role =
        prop::sample::select(vec!["tech-lead", "書記", "incident-manager", "tape librarian", "unified-commander"]);
    let assign =
        (role.clone(), person(), any::<bool>(), prop::option::of(words())).prop_map(|(role, person, add, text)| {
            let (role, duty) = (role.to_owned(), text.clone());
            Command::AssignRole(AssignRole { role, person, add, scope: text, duty, handover: None })
        });
    let unassign = (role, prop::option::of(person()))
        .prop_map(|(role, person)| Command::UnassignRole(UnassignRole { role: role.to_owned(), person }));
    prop_oneof![3 => assign, 1 => unassign]
}

fn steps() -> impl Strategy<Value = Command> {
    let number = (1..20usize).prop_map(|number| number.to_string());
    let check = (number, prop::option::of(words()), any::<bool>(), prop::option::of(words()))
        .prop_map(|(step, skip, undo, result)| Command::Check(Check { step, more: Vec::new(), skip, undo, result }));
    let add = (words(), prop::option::of(person()), prop::option::of(1..90i64)).prop_map(|(text, owner, minutes)| {
        Command::AddStep(AddStep { text, owner, due: minutes.map(Span::from_minutes) })
    });
    prop_oneof![3 => check, 1 => add]
}

fn lifecycle() -> impl Strategy<Value = Command> {
    let status = prop::option::of(prop::sample::select(Status::ALL.to_vec()));
    let cancel = (words(), prop::option::of(1..4u32)).prop_map(|(reason, of)| {
        let because = of.map(|_| CancelCause::Duplicate);
        Command::Cancel(Cancel { because, of: of.map(|number| number.to_string()), reason })
    });
    prop_oneof![
        prop::option::of(words()).prop_map(|cause| Command::Identify(Identify { cause })),
        words()
            .prop_map(|workaround| Command::Mitigate(Mitigate { workaround, fix_due: Some(Span::from_minutes(30)) })),
        (words(), any::<bool>()).prop_map(|(text, back)| Command::Fix(Fix { text, reverts_workaround: back })),
        Just(Command::Monitor),
        prop::option::of(words()).prop_map(|summary| Command::Resolve(Resolve { summary, cause: None })),
        words().prop_map(|reason| Command::Close(Close { force: true, reason: Some(reason) })),
        (words(), status).prop_map(|(reason, to)| Command::Reopen(Reopen { to, reason })),
        cancel,
        words().prop_map(|place| Command::FilePostmortem(FilePostmortem { place })),
    ]
}

fn changes() -> impl Strategy<Value = Command> {
    let call = prop::collection::vec(person(), 0..3);
    let set = (prop::option::of(words()), any::<bool>()).prop_map(|(title, restricted)| {
        Command::Set(Set { title, restricted, add_services: vec!["api".to_owned()], ..Set::default() })
    });
    prop_oneof![
        (prop::option::of(level()), call).prop_map(|(to, call)| Command::Escalate(Escalate {
            to,
            call,
            ..Escalate::default()
        })),
        (level(), words()).prop_map(|(to, reason)| Command::Deescalate(Deescalate { to, reason })),
        set,
        words().prop_map(|target| Command::Link(Link { kind: LinkKind::Chat, target })),
        Just(Command::Undo),
        Just(Command::Undo),
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    let command =
        prop_oneof![1 => declare(), 3 => note(), 2 => people(), 2 => steps(), 4 => lifecycle(), 4 => changes()];
    let lost = prop::option::weighted(0.1, any::<bool>());
    let actor = prop::sample::select(vec!["aki", "ben"]);
    let key = prop::option::weighted(0.1, 0..3u8);
    (command, 0..3usize, lost, actor, -30_000..90_000i64, prop::option::weighted(0.2, 0..600_000i64), key).prop_map(
        |(command, place, lost, actor, passed, ago, key)| Moment { command, place, lost, actor, passed, ago, key },
    )
}

/// A store under test, with a clock and ids that a run repeats.
struct Story {
    now: i64,
    turn: u64,
    entries: Vec<String>,
    incidents: Vec<SubjectId>,
}

impl Story {
    fn stamp(&mut self, actor: &str) -> Stamp {
        self.turn += 1;
        let seed: [u8; 32] = Sha256::digest(self.turn.to_be_bytes()).into();
        let mut random = [0; 10];
        random.copy_from_slice(&seed[..10]);
        let origin = OriginId(Uuid::from_bytes([7; 16]));
        Stamp {
            now: Timestamp::from_millis(self.now),
            clock_overridden: false,
            actor: actor.to_owned(),
            actor_from: ActorSource::User,
            batch: BatchId(uuid_v7(self.now, random)),
            seed,
            origin: (origin, SpaceId(Uuid::from_bytes([8; 16]))),
        }
    }

    /// Lets one thing happen; whatever the rules refuse leaves no trace.
    fn happen(&mut self, session: &mut Session<'_>, moment: &Moment) {
        self.now += moment.passed;
        let stamp = self.stamp(moment.actor);
        let mut command = moment.command.clone();
        if let Command::Note(note) = &mut command {
            for named in [&mut note.confirms, &mut note.refutes] {
                let index = named.as_deref().and_then(|text| text.strip_prefix(SOME_ENTRY)?.parse::<usize>().ok());
                *named = index.and_then(|index| self.entries.get(index).cloned());
            }
        }
        let at = moment.ago.map(|ago| {
            let at = Timestamp::from_millis(self.now - ago);
            When { at, approximate: ago % 2 == 0, zone: None, typed: at.to_string(), date_assumed: false }
        });
        let there = self.incidents.get(moment.place % self.incidents.len().max(1)).copied();
        let subject = match (&command, there) {
            (Command::Declare(_), _) => Subject::New,
            (_, Some(id)) => Subject::Incident(id),
            (_, None) => return,
        };
        let key = moment.key.map(|key| format!("key-{key}"));
        let request = Request { subject, command, at, key, named: None, stamp };
        match (moment.lost, there) {
            (Some(found), Some(id)) if request.command.words().is_some() => {
                let kept = match session.keep(&request) {
                    Ok(kept) => kept.short,
                    // The key stood for other words before.
                    Err(EngineError::KeyReused { .. }) => return,
                    Err(error) => panic!("kept: {error}"),
                };
                self.now += 1000;
                let stamp = self.stamp("chie");
                let settled = if found {
                    session.file(&kept, id, &stamp).map(drop)
                } else {
                    let request = Request { subject: Subject::Store, stamp, at: None, key: None, ..request };
                    session.discard(&kept, "noise", &request).map(drop)
                };
                assert!(!matches!(settled, Err(EngineError::Store(_))), "{settled:?}");
            }
            _ => match session.record(&request) {
                Ok(receipt) => {
                    self.entries.extend(receipt.entries.iter().map(|entry| entry.header.id.tag()));
                    if matches!(request.subject, Subject::New) && !receipt.duplicate {
                        self.incidents.push(receipt.incident.id);
                    }
                    let stored = session.reader().incident(receipt.incident.id).expect("read");
                    assert_eq!(stored.as_ref(), Some(&receipt.incident), "the receipt shows what is stored");
                    assert!(receipt.incident.leader().is_some(), "duties are never nobody's");
                }
                Err(EngineError::Store(error)) => panic!("{error}"),
                Err(_) => {}
            },
        }
    }
}

/// Everything that is derived, as readers see it.
fn derived(reader: &Reader<'_>, incidents: &[SubjectId]) -> impl PartialEq + std::fmt::Debug + use<> {
    let all = Listing { all: true, restricted: true, ..Listing::default() };
    let one = |id: &SubjectId| {
        let entries = reader.timeline(*id, &Filter::default()).expect("read");
        (reader.incident(*id).expect("read"), entries)
    };
    let inbox: Vec<_> = reader.inbox().expect("read").into_iter().map(|item| item.entry).collect();
    let candidates = reader.candidates(true, 100).expect("read");
    (reader.list(&all).expect("read"), candidates, inbox, incidents.iter().map(one).collect::<Vec<_>>())
}

/// Folds an incident's facts as another machine would that got them in any order.
fn fold_in_log_order(store: &Path, subject: SubjectId, shuffle: &[u16]) -> Incident {
    let connection = rusqlite::Connection::open(store).expect("opens");
    let mut query = connection.prepare("SELECT header, facts, words FROM log").expect("asked");
    let read = |row: &rusqlite::Row<'_>| {
        let header = Header::from_bytes(&row.get::<_, Vec<u8>>(0)?).expect("a header");
        let words: Option<Vec<u8>> = row.get(2)?;
        let fact = Fact::decode(&header.kind, header.version, &row.get::<_, Vec<u8>>(1)?, words.as_deref());
        Ok((header, fact))
    };
    let all = query.query_map([], read).expect("asked").map(|row| row.expect("read"));
    let mut facts: Vec<(Header, Fact)> = all.filter(|(header, _)| header.subject == subject).collect();
    for (index, other) in shuffle.iter().enumerate().take(facts.len()) {
        let other = usize::from(*other) % facts.len();
        facts.swap(index, other);
    }
    facts.sort_by_key(|(header, _)| (header.hlc, header.origin, header.seq));
    let facts: Vec<(Meta, Fact)> = facts
        .into_iter()
        .map(|(header, fact)| (Meta { id: header.id, at: header.at, actor: header.actor }, fact))
        .collect();
    fold(subject, facts.iter().map(|(meta, fact)| (meta, fact)))
}

proptest::proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_derived_follows_from_the_log_alone(
        first in declare(),
        moments in prop::collection::vec(moment(), 1..40),
        shuffle in prop::collection::vec(any::<u16>(), 120),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("hikeshi.db");
        let engine = Engine::new(path.clone(), None, None);
        let mut story = Story { now: 1_795_150_800_000, turn: 0, entries: Vec::new(), incidents: Vec::new() };
        let mut session = engine.open().expect("opens");
        let first = Moment { command: first, place: 0, lost: None, actor: "aki", passed: 0, ago: None, key: None };
        story.happen(&mut session, &first);
        for moment in &moments {
            story.happen(&mut session, moment);
        }
        let before = derived(&session.reader(), &story.incidents);
        let states: Vec<_> = story.incidents.iter().map(|id| session.reader().incident(*id).expect("read")).collect();
        drop(session);
        let mut store = Store::open_for_writing(&path).expect("opens");
        let writer = store.begin().expect("a turn");
        writer.rebuild().expect("rebuilt");
        writer.commit().expect("kept");
        let after = derived(&store.reader(), &story.incidents);
        drop(store);
        assert_eq!(before, after, "rows as facts came, and rows from the log");
        for (id, state) in story.incidents.iter().zip(states) {
            assert_eq!(Some(fold_in_log_order(&path, *id, &shuffle)), state, "the order of arrival doesn't matter");
        }
        assert_chain(&path);
    }
}
