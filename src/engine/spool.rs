//! Commands on their way to a store that can't be written just now: kept whole, run in order when it can be.

use super::record::{Engine, Session, run};
use super::request::{Request, Stamp, Subject};
use super::target::{incident_of, named_incident, only_incident};
use super::{EngineError, TargetError};
use crate::incident::bounds;
use crate::incident::command::{Command, Declare};
use crate::incident::fact::{Fact, InboxKept};
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::time::Timestamp;
use crate::owner::Foreign;
use crate::store::{NewEntry, Spool, StoreError, Waiting, Writer};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::PathBuf;

/// How many commands are brought in with one commit.
const GROUP: usize = 500;

/// A command in the spool.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Spooled {
    request: Request,
    /// Whether a resolved incident would do, where none was named.
    resolved_too: bool,
}

/// What became of the commands that waited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// How many are in the log now.
    pub recorded: usize,
    /// Those that a rule refused, or that could not be placed: they are in the inbox, with the reason.
    pub refused: Vec<String>,
    /// Files that can't be read; they stay where they are.
    pub unreadable: Vec<PathBuf>,
    /// Files and folders of somebody else's; what is in them stays there.
    pub foreign: Vec<Foreign>,
}

/// Whether a failure of the store is one that passes, so that a command can wait for its end.
pub const fn can_wait(error: &StoreError) -> bool {
    match error {
        // A newer store needs a newer program, an exposed one its owner, somebody else's another owner: now.
        StoreError::Newer { .. } | StoreError::Exposed { .. } | StoreError::Foreign(_) => false,
        _ => true,
    }
}

/// The name of an incident whose declaration is still in the spool; `-i` takes it, before and afterwards.
pub fn provisional_name(request: &Request) -> String {
    format!("new-{}", &request.stamp.batch.event(0).tag()[..PROVISIONAL])
}

/// Letters of a provisional name: enough that it is never ambiguous.
const PROVISIONAL: usize = 8;

impl Engine {
    /// The commands that wait for this store.
    pub fn spool(&self) -> Spool {
        Spool::new(self.path(), self.state())
    }

    /// Keeps a command until the store can be written again.
    pub fn spool_command(&self, request: &Request, resolved_too: bool, place: usize) -> Result<PathBuf, EngineError> {
        let mut request = request.clone();
        if let Command::Declare(declare) = &mut request.command {
            // Nobody can be asked whether it is the same as another one: two are better than none.
            *declare = Declare { force: true, ..declare.clone() };
        }
        let name = format!("{:015}-{place:06}-{}", request.stamp.now.millis(), request.stamp.batch.0.simple());
        let body = serde_json::to_vec(&Spooled { request, resolved_too }).unwrap_or_default();
        Ok(self.spool().put(&name, &body)?)
    }

    /// How many commands wait, the files in the spool that hold none, and what is somebody else's.
    pub fn waiting(&self) -> (usize, Vec<PathBuf>, Vec<Foreign>) {
        let mut waiting = self.spool().waiting();
        let mut foreign: Vec<Foreign> = waiting.iter_mut().filter_map(|one| one.foreign.take()).collect();
        foreign.dedup();
        waiting.retain(|one| !foreign.iter().any(|foreign| one.path.starts_with(&foreign.path)));
        let (whole, torn): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_command);
        (whole.len(), torn.into_iter().map(|one| one.path).collect(), foreign)
    }

    /// Whether a declaration waits: which incident is the only open one is then not known.
    pub fn has_spooled_declaration(&self) -> bool {
        let waiting = self.spool().waiting();
        let mut spooled = waiting.iter().filter_map(|one| parse(one.body.as_deref()?));
        spooled.any(|spooled| matches!(spooled.request.command, Command::Declare(_)))
    }

    /// The incident that a provisional name stands for, while its declaration is in the spool.
    pub fn spooled_incident(&self, typed: &str) -> Option<SubjectId> {
        let waiting = self.spool().waiting();
        let requests = waiting.iter().filter_map(|one| parse(one.body.as_deref()?)).map(|spooled| spooled.request);
        let mut declared = requests.filter(|request| matches!(request.command, Command::Declare(_)));
        declared.find(|request| provisional_name(request) == typed).map(|request| request.stamp.batch.incident())
    }
}

impl Session<'_> {
    /// Brings in every command that waited, in order, exactly once; `explain` puts a refusal into words. One that can't
    /// be carried out is kept as refused, under the stamp `now` where its own is none, and the next one comes.
    pub fn bring_in(
        &mut self,
        now: impl FnOnce() -> Option<Stamp>,
        explain: impl Fn(&EngineError) -> String,
    ) -> Result<BroughtIn, EngineError> {
        let spool = self.engine.spool();
        let mut brought = BroughtIn::default();
        if spool.count() == 0 {
            return Ok(brought);
        }
        let Some(now) = now() else { return Ok(brought) };
        let waiting = spool.waiting();
        for group in waiting.chunks(GROUP) {
            let done = self.bring_group(group, &now, &explain, &mut brought)?;
            spool.remove(&done);
        }
        Ok(brought)
    }

    fn bring_group(
        &mut self,
        group: &[Waiting],
        now: &Stamp,
        explain: &impl Fn(&EngineError) -> String,
        brought: &mut BroughtIn,
    ) -> Result<Vec<PathBuf>, EngineError> {
        let mut done = Vec::new();
        let writer = self.store.begin()?;
        for one in group {
            let Some(spooled) = one.body.as_deref().and_then(parse) else {
                match &one.foreign {
                    Some(foreign) if brought.foreign.contains(foreign) => {}
                    Some(foreign) => brought.foreign.push(foreign.clone()),
                    None => brought.unreadable.push(one.path.clone()),
                }
                continue;
            };
            done.push(one.path.clone());
            // A crash between the commit and the removal of the file leaves both.
            if writer.reader().has(spooled.request.stamp.batch.event(0))? {
                continue;
            }
            match writer.attempt_alone(|| bring(self.engine, &writer, &spooled)) {
                Ok(()) => brought.recorded += 1,
                Err(EngineError::Store(error)) if passes(&error) => return Err(error.into()),
                Err(refusal) => {
                    let why = explain(&refusal);
                    writer.attempt_alone(|| keep(&writer, &spooled.request, now, &why))?;
                    brought.refused.push(why);
                }
            }
        }
        writer.commit()?;
        Ok(done)
    }
}

/// Whether a failure is the store's, for every command alike, and not that of the one command.
const fn passes(error: &StoreError) -> bool {
    !matches!(error, StoreError::Sqlite { .. } | StoreError::Damaged { .. })
}

fn is_command(one: &Waiting) -> bool {
    one.body.as_deref().and_then(parse).is_some()
}

fn parse(body: &[u8]) -> Option<Spooled> {
    serde_json::from_slice(body).ok()
}

fn bring(engine: &Engine, writer: &Writer<'_>, spooled: &Spooled) -> Result<(), EngineError> {
    let mut request = spooled.request.clone();
    limits::name(Field::Person, &request.stamp.actor)?;
    if let Some(millis) = no_time(&request) {
        return Err(Rejection::NoSuchTime { millis }.into());
    }
    if request.subject == Subject::Store {
        request.subject = Subject::Incident(place(writer, spooled)?);
    }
    run(engine, writer, &request).map(drop)
}

/// The incident that was meant by a command that could not ask; never one that was declared only later.
fn place(writer: &Writer<'_>, spooled: &Spooled) -> Result<SubjectId, EngineError> {
    let reader = writer.reader();
    let request = &spooled.request;
    let id = match &request.named {
        Some(typed) => named_incident(&reader, typed)?,
        None => match request.command.about() {
            Some(entry) => return incident_of(&reader, entry).map_err(EngineError::from),
            None => only_incident(&reader, spooled.resolved_too)?,
        },
    };
    let declared = reader.incident(id)?.map(|incident| incident.times.declared);
    if request.named.is_none() && declared.is_some_and(|declared| declared > request.stamp.now) {
        return Err(TargetError::NoneOpen { resolved_too: spooled.resolved_too }.into());
    }
    Ok(id)
}

/// A time of it that no calendar knows.
fn no_time(request: &Request) -> Option<i64> {
    let times = [Some(request.stamp.now), request.at.as_ref().map(|when| when.at)];
    times.into_iter().flatten().find(|at| !bounds::is_instant(*at)).map(Timestamp::millis)
}

/// Keeps a refused command in the inbox, words and all.
fn keep(writer: &Writer<'_>, request: &Request, now: &Stamp, why: &str) -> Result<(), EngineError> {
    let command = json!({ "command": request.command, "at": request.at });
    let verb = request.command.verb().to_owned();
    let fact = Fact::from(InboxKept { verb, command, refused: Some(why.to_owned()) });
    let mut request = request.clone();
    if limits::name(Field::Person, &request.stamp.actor).is_err() {
        request.stamp = Stamp { actor: now.actor.clone(), actor_from: now.actor_from, ..request.stamp };
    }
    if no_time(&request).is_some() {
        request.stamp = Stamp { now: now.now, clock_overridden: now.clock_overridden, ..request.stamp };
        request.at = None;
    }
    request.key = request.key.filter(|key| limits::name(Field::Key, key).is_ok());
    let space = writer.settle_origin(request.stamp.identity(), &request.batch(), request.stamp.salt(usize::MAX))?;
    let batch = request.batch_of(std::slice::from_ref(&fact));
    let new = NewEntry { subject: SubjectId(space.0), fact, salt: request.stamp.salt(0) };
    writer.append(&batch, vec![new])?;
    Ok(())
}
