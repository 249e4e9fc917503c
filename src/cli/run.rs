//! `run`: a command on a system, as if typed, and on the record (E5).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::engine::{EngineError, Request, Session, Subject};
use crate::env;
use crate::error::Failure;
use crate::incident::command::{Command, Run, StartRun};
use crate::incident::fact::KeptOutput;
use crate::incident::id::EventId;
use crate::incident::secret::mask;
use crate::incident::time::Timestamp;
use crate::incident::when::When;
use crate::proc::{self, Ran, Show};
use crate::render::json;
use crate::render::receipt;
use crate::say;
use crate::text::one_line;
use std::ffi::OsString;

/// Run a command and record it: the line, the host, the exit code, its output as evidence
///
/// The command runs as if typed: terminal, colours, signals and exit code pass through. Secrets are masked in what is
/// recorded. Of long output the beginning and the end are kept. It never asks which incident: where none can be told,
/// the record goes to the inbox.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave the output out of the record
    #[arg(long)]
    no_output: bool,
    /// The same key again runs the command again, and records nothing
    #[arg(long, value_name = "KEY", help_heading = "Recording")]
    key: Option<String>,
    /// The command and its arguments, after `--`
    #[arg(value_name = "COMMAND", required = true, last = true)]
    command: Vec<OsString>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let started_at = desk.env.now();
    // The command keeps the incident that it began with, whatever is opened or resolved meanwhile.
    let subject = desk.place_quietly(Reach::NotOver)?;
    let show = match (args.no_output, desk.ui.json) {
        (true, false) => Show::Untouched,
        (_, true) => Show::OnStderr,
        (false, false) => Show::AsTyped,
    };
    let typed = Typed::new(&args.command, started_at);
    let begun = begin(desk, &args, subject, &typed);
    let ran = proc::run(&args.command, show);
    if let Some(why) = &ran.not_started {
        let name = args.command.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
        let (name, why) = (one_line(&name), one_line(why));
        desk.ui.warning(&say!(desk.lang, "{name} did not start: {why}", "{name} を開始できません: {why}"));
    }
    // Whatever becomes of the record, the command has run, and its exit code is what counts.
    desk.end_with(ran.code());
    if let Err(failure) = record(desk, &args, subject, typed, &begun, &ran) {
        desk.ui.failure(&failure);
    }
    Ok(())
}

/// What is recorded of a command itself.
struct Typed {
    line: String,
    folder: String,
    host: String,
    started_at: Timestamp,
}

impl Typed {
    fn new(command: &[OsString], started_at: Timestamp) -> Self {
        let words: Vec<String> = command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let folder = std::env::current_dir().map(|folder| folder.display().to_string()).unwrap_or_default();
        Self {
            line: mask(&shell_words::join(words)).into_owned(),
            folder: mask(&folder).into_owned(),
            host: env::host(),
            started_at,
        }
    }

    /// When it began, as a request wants it.
    fn when(&self) -> When {
        let typed = self.started_at.to_string();
        When { at: self.started_at, approximate: false, zone: None, typed, date_assumed: false }
    }
}

/// Where the start of a command is on disk.
enum Begun {
    /// In the log, or in the spool on its way there, under this id.
    Entry(EventId),
    /// In the inbox, since it is not clear to which incident it belongs.
    Inbox(String),
    /// Nowhere: its key says that all of it is recorded already, or no place could be written.
    Nowhere,
}

/// Puts the start on disk: what kills this program while the command runs leaves that on the record. The command runs
/// whatever comes of it.
fn begin(desk: &Desk, args: &Args, subject: Subject, typed: &Typed) -> Begun {
    try_begin(desk, args, subject, typed).unwrap_or_else(|failure| {
        let message = failure.message;
        desk.ui.warning(&say!(
            desk.lang,
            "what runs now is not on the record yet: {message}",
            "これから実行するコマンドはまだ記録されていません: {message}"
        ));
        Begun::Nowhere
    })
}

fn try_begin(desk: &Desk, args: &Args, subject: Subject, typed: &Typed) -> Result<Begun, Failure> {
    let command = Command::StartRun(StartRun {
        line: typed.line.clone(),
        folder: typed.folder.clone(),
        host: typed.host.clone(),
        started_at: typed.started_at,
    });
    let mut request = desk.request(subject, command, &Recording::default())?;
    request.at = Some(typed.when());
    let entry = Begun::Entry(request.stamp.batch.event(0));
    let wait = |request: &Request, error: &EngineError| desk.spool_quietly(request, Reach::NotOver, error, 0);
    let mut session = match desk.engine.open() {
        Ok(session) => session,
        Err(error) => return wait(&request, &error).map(|()| entry),
    };
    if let Err(error) = desk.bring_in(&mut session) {
        return wait(&request, &error).map(|()| entry);
    }
    let failed = |error: EngineError| desk.failed(&error, None);
    if let Some(key) = &args.key
        && !session.reader().by_key(key).map_err(|error| failed(error.into()))?.is_empty()
    {
        return Ok(Begun::Nowhere);
    }
    if subject == Subject::Store {
        request.subject = desk.place_by_name(&session);
    }
    if request.subject == Subject::Store {
        return session.keep(&request).map(|kept| Begun::Inbox(kept.header.id.tag())).map_err(failed);
    }
    match session.record(&request) {
        Ok(_) => Ok(entry),
        Err(error @ EngineError::Store(_)) => wait(&request, &error).map(|()| entry),
        Err(error) => Err(failed(error)),
    }
}

fn record(desk: &Desk, args: &Args, subject: Subject, typed: Typed, begun: &Begun, ran: &Ran) -> Result<(), Failure> {
    let output = if args.no_output { None } else { keep_output(desk, ran) };
    let when = typed.when();
    let Typed { line, folder, host, started_at } = typed;
    let command = Command::Run(Run {
        started: if let Begun::Entry(id) = begun { Some(*id) } else { None },
        line,
        folder,
        host,
        started_at,
        duration: u64::try_from(ran.duration.as_millis()).unwrap_or(u64::MAX),
        exit_code: ran.exit_code,
        signal: ran.signal,
        output,
    });
    let recording = Recording { at: None, key: args.key.clone() };
    let mut request = desk.request(subject, command, &recording)?;
    request.at = Some(when);
    let mut session = match desk.try_open() {
        Ok(session) => session,
        Err(error) => return spool(desk, request, error),
    };
    if subject == Subject::Store {
        // What could not be read when the command began can be now, and a name means the same as then.
        request.subject = desk.place_by_name(&session);
    }
    if request.subject == Subject::Store {
        let entry = session.keep(&request).map_err(|error| desk.failed(&error, None))?;
        let id = entry.short;
        settle(desk, &mut session, begun);
        desk.ui.warning(&say!(
            desk.lang,
            "which incident is not clear; the record is kept: hikeshi inbox file {id} -i NUMBER",
            "対象のインシデントが不明です。記録は保管しました: hikeshi inbox file {id} -i 番号"
        ));
        return Ok(());
    }
    let recorded = session.record(&request);
    if recorded.is_ok() {
        settle(desk, &mut session, begun);
    }
    match recorded {
        Ok(recorded) if desk.ui.json => {
            desk.ui.out(&json::line(&desk.recorded(&recorded, Vec::new())));
            Ok(())
        }
        Ok(recorded) => {
            let text = receipt(&desk.page(), &recorded.incident, &recorded.entries, recorded.duplicate);
            desk.ui.remark(text.lines().next().unwrap_or_default());
            Ok(())
        }
        Err(error @ EngineError::Store(_)) => spool(desk, request, error),
        Err(error) => Err(desk.failed(&error, None)),
    }
}

/// Takes the start out of the inbox: the end tells all of it.
fn settle(desk: &Desk, session: &mut Session<'_>, begun: &Begun) {
    let Begun::Inbox(item) = begun else { return };
    let Ok(request) = desk.request(Subject::Store, Command::Undo, &Recording::default()) else { return };
    let reason = say!(desk.lang, "the command has ended, which is kept too", "コマンドの終了も保管したため");
    // What stays is a line too many, and that is all.
    drop(session.discard(item, &reason, &request));
}

/// Keeps what was printed as evidence; without a place for it the record goes on alone.
fn keep_output(desk: &Desk, ran: &Ran) -> Option<KeptOutput> {
    let captured = ran.output.as_ref().filter(|captured| !captured.bytes.is_empty())?;
    let vault = super::evidence::vault(&desk.engine);
    match vault.secure(&mut captured.bytes.as_slice(), |_| {}) {
        Ok(kept) => {
            super::evidence::mended(desk, &kept);
            Some(KeptOutput { sha256: kept.sha256, size: kept.size, left_out: captured.left_out })
        }
        Err(error) => {
            let message = super::evidence::failed(desk, &error).message;
            desk.ui.warning(&say!(desk.lang, "the output is not kept: {message}", "出力は保管できません: {message}"));
            None
        }
    }
}

fn spool(desk: &Desk, request: Request, error: EngineError) -> Result<(), Failure> {
    desk.spool_quietly(&request, Reach::NotOver, &error, 0)?;
    let message = desk.failed(&error, None).message;
    desk.ui.warning(&say!(
        desk.lang,
        "{message}; the record is kept in the spool",
        "{message}。記録はスプールに保管しました"
    ));
    Ok(())
}
