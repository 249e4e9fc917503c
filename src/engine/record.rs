//! Running commands: load, decide, write, in one transaction.

use super::EngineError;
use super::lookup::context;
use super::request::{Request, Stamp, Subject};
use super::target::TargetError;
use crate::incident::command::{Command, Tick};
use crate::incident::decide::decide;
use crate::incident::fact::Fact;
use crate::incident::id::{EventId, SubjectId};
use crate::incident::limits;
use crate::incident::rejection::Field;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::policy::{Library, Problem};
use crate::store::{Entry, Marks, NewEntry, Noticed, Reader, Store, Writer, owned};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What to do about words that look like a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// Record them, and tell of them.
    Tell,
    /// Refuse them.
    Refuse,
    /// Record them.
    Allow,
}

/// Runs commands against one store under one configuration.
#[derive(Debug)]
pub struct Engine {
    store: PathBuf,
    pub(super) config: Option<PathBuf>,
    state: Option<PathBuf>,
    pub(super) secrets: Secrets,
    library: OnceCell<(Library, Vec<Problem>)>,
    noticed: Rc<Noticed>,
}

/// A store held open for several commands, such as the lines of a scribe.
#[derive(Debug)]
pub struct Session<'a> {
    pub(super) engine: &'a Engine,
    pub(super) store: Store,
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The incident afterwards.
    pub incident: Incident,
    /// The incident before; `None` when the command declared it or changed nothing about it.
    pub before: Option<Incident>,
    /// The entries that were written, or that the same key wrote before.
    pub entries: Vec<Entry>,
    /// Whether the same key had been used for the same request.
    pub duplicate: bool,
    /// Entries whose words look like a secret: their display ids, and the rules that say so.
    pub secrets: Vec<(String, &'static str)>,
}

impl Engine {
    /// An engine over a store, a configuration folder and the user's folder for state; none need exist.
    pub fn new(store: PathBuf, config: Option<PathBuf>, state: Option<PathBuf>) -> Self {
        let noticed = Rc::default();
        Self { store, config, state, secrets: Secrets::Tell, library: OnceCell::new(), noticed }
    }

    /// What to do about words that look like a secret.
    #[must_use]
    pub fn on_secrets(self, secrets: Secrets) -> Self {
        Self { secrets, ..self }
    }

    /// The user's folder for state.
    pub fn state(&self) -> Option<&Path> {
        self.state.as_deref()
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.store
    }

    /// Policy and playbooks, read once. A file with errors is left out: a slip of the pen must not keep anybody from
    /// declaring an incident.
    pub fn library(&self) -> &Library {
        &self.library.get_or_init(|| Library::salvage(self.config.as_deref())).0
    }

    /// What was wrong with the configuration, if it was read.
    pub fn problems(&self) -> &[Problem] {
        self.library.get().map_or(&[], |(_, problems)| problems)
    }

    /// What was learnt about the store on the way.
    pub fn noticed(&self) -> &Noticed {
        &self.noticed
    }

    /// Opens the store for questions.
    pub fn read(&self) -> Result<Store, EngineError> {
        owned(&self.store)?;
        Ok(Store::open_for_reading(&self.store)?)
    }

    /// Opens the store for commands.
    pub fn open(&self) -> Result<Session<'_>, EngineError> {
        let marks = Marks::new(self.state(), Rc::clone(&self.noticed));
        Ok(Session { engine: self, store: Store::open_for_writing(&self.store)?.remembering(marks) })
    }

    /// Runs one command; when this returns, it is on disk.
    pub fn record(&self, request: &Request) -> Result<Receipt, EngineError> {
        self.open()?.record(request)
    }
}

impl Session<'_> {
    /// Runs one command; when this returns, it is on disk.
    pub fn record(&mut self, request: &Request) -> Result<Receipt, EngineError> {
        if let Some(receipt) = self.filed_earlier(request)? {
            return Ok(receipt);
        }
        let writer = self.store.begin()?;
        let receipt = run(self.engine, &writer, request)?;
        let pending = writer.commit()?;
        self.finish(pending);
        Ok(receipt)
    }

    /// Makes every row again from the log.
    pub fn rebuild(&mut self) -> Result<(), EngineError> {
        let writer = self.store.begin()?;
        writer.rebuild()?;
        writer.commit()?;
        Ok(self.store.forget_index()?)
    }

    /// Whether the rows follow from the log; with `mend`, they do afterwards.
    pub fn check_rows(&mut self, mend: bool) -> Result<bool, EngineError> {
        let writer = self.store.begin()?;
        let sound = writer.rebuild_and_compare()?;
        if mend && !sound {
            writer.commit()?;
        }
        Ok(sound)
    }

    /// Begins this copy's own history, where it has none yet.
    pub fn begin_origin(&mut self, stamp: &Stamp) -> Result<(), EngineError> {
        let writer = self.store.begin()?;
        writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
        writer.commit()?;
        Ok(())
    }

    /// Records a fact about the store itself.
    pub fn say(&mut self, stamp: &Stamp, fact: Fact) -> Result<Entry, EngineError> {
        let writer = self.store.begin()?;
        let space = writer.settle_origin(stamp.identity(), &stamp.batch(), stamp.salt(usize::MAX))?;
        let new = NewEntry { subject: SubjectId(space.0), fact, salt: stamp.salt(0) };
        let entry = writer.append(&stamp.batch(), vec![new])?.pop();
        writer.commit()?;
        entry.ok_or_else(|| TargetError::NoEntry { typed: String::new() }.into())
    }

    /// Notes that these messages are about to be tried.
    pub fn begin_attempts(&mut self, messages: impl Iterator<Item = EventId>) -> Result<(), EngineError> {
        let writer = self.store.begin()?;
        for message in messages {
            writer.attempt(message)?;
        }
        writer.commit()?;
        Ok(())
    }

    /// Notes until when deadlines need no look.
    pub fn quiet(&mut self, clocks: &[(SubjectId, String, Timestamp)]) -> Result<(), EngineError> {
        if clocks.is_empty() {
            return Ok(());
        }
        let writer = self.store.begin()?;
        for (incident, clock, until) in clocks {
            writer.quiet(*incident, clock, *until)?;
        }
        writer.commit()?;
        Ok(())
    }

    /// The store itself, for whoever carries entries in that no command made.
    pub const fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Finishes a redaction that is pending; whether no byte is left.
    pub fn scrub(&mut self) -> bool {
        self.store.scrub().unwrap_or(false)
    }

    /// Remembers where a copy was put, so that a redaction can name it.
    pub fn remember_backup(&mut self, place: &str) -> Result<(), EngineError> {
        let writer = self.store.begin()?;
        writer.remember_backup(place)?;
        writer.commit()?;
        Ok(())
    }

    /// Finishes an earlier redaction once nobody else reads the store; if it can't now, the next writer does.
    pub(super) fn finish(&mut self, pending: bool) {
        if pending {
            drop(self.store.scrub());
        }
    }

    /// Runs several commands with one commit; what the rules refuse is left out, the rest is on disk on return.
    pub fn record_all(&mut self, requests: &[Request]) -> Result<Vec<Result<Receipt, EngineError>>, EngineError> {
        let writer = self.store.begin()?;
        let mut receipts = Vec::with_capacity(requests.len());
        for request in requests {
            match run(self.engine, &writer, request) {
                // Half a command may be in the transaction: nothing of it is kept.
                Err(EngineError::Store(error)) => return Err(error.into()),
                outcome => receipts.push(outcome),
            }
        }
        let pending = writer.commit()?;
        self.finish(pending);
        Ok(receipts)
    }

    /// What can be asked of the store.
    pub fn reader(&self) -> Reader<'_> {
        self.store.reader()
    }

    /// The incident on which an idempotency key was used before.
    pub fn seen(&self, key: &str) -> Result<Option<SubjectId>, EngineError> {
        let reader = self.store.reader();
        match reader.by_key(key)?.first().map(|entry| entry.header.subject) {
            Some(subject) => Ok(reader.incident(subject)?.map(|incident| incident.id)),
            None => Ok(None),
        }
    }

    /// Whether the store lies on a network file system.
    pub const fn on_network(&self) -> bool {
        self.store.on_network()
    }
}

pub(super) fn run(engine: &Engine, writer: &Writer<'_>, request: &Request) -> Result<Receipt, EngineError> {
    if let Some(key) = &request.key {
        limits::name(Field::Key, key)?;
        if let Some(receipt) = replay(writer, request)? {
            return Ok(receipt);
        }
    }
    carry_out(engine, writer, request, request)
}

/// Runs a request whose key was not used before; its entries stand for what was `asked`, of which it may be a part.
pub(super) fn carry_out(
    engine: &Engine,
    writer: &Writer<'_>,
    asked: &Request,
    request: &Request,
) -> Result<Receipt, EngineError> {
    let space = writer.settle_origin(request.stamp.identity(), &request.batch(), request.stamp.salt(usize::MAX))?;
    let before = match request.subject {
        Subject::Incident(id) => Some(load(writer, id)?),
        Subject::New | Subject::Store => None,
    };
    let bare;
    let library = if needs_library(&request.command) {
        engine.library()
    } else {
        bare = Library::bare();
        &bare
    };
    let reader = writer.reader();
    let context = context(&reader, request, before.as_ref(), library, space)?;
    let decision = decide(before.as_ref(), &request.command, &context)?;
    let found = engine.secrets_in(&decision.facts)?;
    let subject = match (&decision.incident, &before) {
        (Some(incident), _) | (None, Some(incident)) => incident.id,
        (None, None) => request.stamp.batch.incident(),
    };
    let entries = append(writer, &request.stamp, asked, subject, decision.facts)?;
    let changes = Changes { before, after: decision.incident };
    if let Some(incident) = &changes.after {
        writer.save(incident, &entries)?;
    }
    let Some((before, incident)) = changes.settled() else {
        return Err(TargetError::NoIncident { typed: subject.to_string() }.into());
    };
    let secrets = found.into_iter().filter_map(|(at, rule)| Some((entries.get(at)?.short.clone(), rule))).collect();
    Ok(Receipt { incident, before, entries, duplicate: false, secrets })
}

/// An incident around a command.
struct Changes {
    before: Option<Incident>,
    after: Option<Incident>,
}

impl Changes {
    /// What was before, where something changed, and what is now.
    fn settled(self) -> Option<(Option<Incident>, Incident)> {
        match (self.before, self.after) {
            (before, Some(after)) => Some((before, after)),
            (Some(unchanged), None) => Some((None, unchanged)),
            (None, None) => None,
        }
    }
}

fn append(
    writer: &Writer<'_>,
    stamp: &Stamp,
    request: &Request,
    subject: SubjectId,
    facts: Vec<Fact>,
) -> Result<Vec<Entry>, EngineError> {
    let batch = request.batch_of(&facts);
    let salted = facts.into_iter().enumerate();
    let new = salted.map(|(index, fact)| NewEntry { subject, fact, salt: stamp.salt(index) }).collect();
    Ok(writer.append(&batch, new)?)
}

fn load(writer: &Writer<'_>, id: SubjectId) -> Result<Incident, EngineError> {
    let missing = || TargetError::NoIncident { typed: id.to_string() };
    Ok(writer.reader().incident(id)?.ok_or_else(missing)?)
}

/// What the same key wrote before; refused when it stood for something else.
pub(super) fn replay(writer: &Writer<'_>, request: &Request) -> Result<Option<Receipt>, EngineError> {
    let Some(key) = request.header_key(None) else { return Ok(None) };
    let reader = writer.reader();
    let entries = reader.by_key(&key.value)?;
    let Some(first) = entries.first() else { return Ok(None) };
    let incident = reader.incident(first.header.subject)?;
    let salted = request.header_key(reader.key_salt(&key.value)?.as_ref());
    // Nobody can tell any more what redacted words were; the key alone has to do.
    let same = first.header.key == salted
        || first.header.key.as_ref() == Some(&key)
        || entries.iter().any(|entry| entry.redacted);
    match incident {
        Some(incident) if same => {
            Ok(Some(Receipt { incident, before: None, entries, duplicate: true, secrets: Vec::new() }))
        }
        incident => Err(EngineError::KeyReused {
            key: key.value,
            number: incident.map(|incident| incident.number),
            kind: first.header.kind.clone(),
        }),
    }
}

/// Whether the rules for a command look at policy or playbooks: most don't, and needn't wait for them to be read.
const fn needs_library(command: &Command) -> bool {
    matches!(
        command,
        Command::Declare(_)
            | Command::Escalate(_)
            | Command::Deescalate(_)
            | Command::AssignRole(_)
            | Command::UnassignRole(_)
            | Command::AddStep(_)
            | Command::Resolve(_)
            | Command::Set(_)
            | Command::Reopen(_)
            | Command::Update(_)
            | Command::Brief(_)
            | Command::AddFollowUp(_)
            | Command::CompleteAction(_)
            | Command::VerifyAction(_)
            | Command::StartDuty(_)
            | Command::StartDrill(_)
            | Command::OfferHandoff(_)
            | Command::AnswerHandoff(_)
            | Command::Write(_)
            | Command::ApprovePostmortem(_)
            | Command::Tick(Tick::Reclassify { .. } | Tick::CallNext { .. })
    )
}
