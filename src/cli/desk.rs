//! What a verb works with: the store, the reader, the terminal, and who is acting.

mod ask;
mod confirm;
mod doubtful;
mod environment;
mod outbox;
mod spool;
mod target;
mod time;

pub use outbox::given_up;

use super::arguments::{Global, Recording};
use super::failure;
use crate::engine::{Engine, EngineError, Receipt, Request, Secrets, Stamp, Subject, TargetError};
use crate::env::{self, Actor, Env};
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::localized::Lang;
use crate::incident::rejection::Field;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::policy::{Level, Problem, ProblemKind, Settings};
use crate::render::Page;
use crate::say;
use crate::store::{Reader, Store};
use crate::text::{Moments, one_line, problem};
use crate::ui::Ui;
use jiff::tz::TimeZone;
use std::cell::Cell;
use std::path::PathBuf;

/// Everything that a verb works with.
#[derive(Debug)]
pub struct Desk {
    /// The clock and randomness.
    pub env: Env,
    /// The terminal.
    pub ui: Ui,
    /// The language.
    pub lang: Lang,
    /// Runs commands.
    pub engine: Engine,
    /// The configuration folder.
    pub config: Option<PathBuf>,
    actor: Actor,
    named: Option<String>,
    literal: bool,
    code: Cell<Option<u8>>,
    recorded: Cell<bool>,
    zone: TimeZone,
    misread: Vec<env::Misread>,
}

/// Says that files of the configuration were left out, and where to read why.
pub fn warn_about_configuration(ui: &Ui, problems: &[Problem]) {
    let is_foreign = |one: &&Problem| matches!(one.what, ProblemKind::Foreign { .. });
    for one in problems.iter().filter(is_foreign) {
        let (file, what) = (one_line(&one.file).into_owned(), problem(&one.what, ui.lang));
        ui.warning(&format!("{file}: {what}"));
    }
    let mut files: Vec<&str> = problems
        .iter()
        .filter(|one| one.level == Level::Error && !is_foreign(one))
        .map(|one| one.file.as_str())
        .collect();
    files.dedup();
    if !files.is_empty() {
        let files = files.join(", ");
        ui.warning(&say!(
            ui.lang,
            "left out, because it has errors: {} (see: hikeshi playbook lint)",
            "エラーがあるため読み飛ばしました: {}（hikeshi playbook lint で確認）",
            one_line(&files)
        ));
    }
}

/// Which incidents a verb may mean when none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those not yet resolved.
    Unresolved,
    /// Those not yet closed.
    NotOver,
}

impl Desk {
    /// Sets the desk up for one run.
    pub fn new(global: &Global) -> Result<Self, Failure> {
        let option = global.lang.as_deref().and_then(env::parse_lang);
        let early = env::lang(option, None);
        let bare = |error: env::EnvError| failure::environment(&error, early);
        let env = Env::from_process().map_err(bare)?;
        let config = env::config_path(global.config.clone()).map_err(bare)?;
        let read = Settings::load(config.as_deref());
        let settings = read.as_ref().ok().cloned().unwrap_or_default();
        let lang = env::lang(option, settings.lang);
        let ui = Ui::new(lang, global.json, global.quiet, global.no_input, global.color);
        if let Err(error) = read {
            // A slip of the pen in the settings must not keep anybody from declaring an incident.
            warn_about_configuration(&ui, &error.problems);
        }
        if let Some(problem) = Settings::foreign(config.as_deref()) {
            warn_about_configuration(&ui, &[problem]);
        }
        let mut misread = env::ignored_folders();
        let zone = match &settings.zone {
            Some(name) => TimeZone::get(name).map_err(|_| {
                let message = say!(
                    lang,
                    "no time zone `{name}` in config.toml",
                    "config.toml のタイムゾーン「{name}」はありません"
                );
                Failure::usage(message)
            })?,
            None => {
                let (zone, wrong) = env::system_zone();
                misread.extend(wrong);
                zone
            }
        };
        let actor = env::actor(global.actor.as_deref(), settings.name.as_deref());
        let name = limits::name(Field::Person, &actor.name)
            .map_err(|error| failure::rejected(&error, None, &Moments::new(zone.clone(), lang)))?;
        let actor = Actor { name, ..actor };
        let store = env::store_path(global.db.clone()).map_err(bare)?;
        let named = global.incident.clone().filter(|typed| !typed.trim().is_empty());
        let engine = Engine::new(store, config.clone(), env::state_path()).on_secrets(if global.allow_secrets {
            Secrets::Allow
        } else if global.strict_secrets {
            Secrets::Refuse
        } else {
            Secrets::Tell
        });
        let literal = global.literal;
        let (code, recorded) = Default::default();
        Ok(Self { env, ui, lang, engine, config, actor, named, literal, code, recorded, zone, misread })
    }

    /// The program ends with this code, whatever else happens: it is another program's.
    pub fn end_with(&self, code: u8) {
        self.code.set(Some(code));
    }

    /// The code of another program to end with.
    pub fn code(&self) -> Option<u8> {
        self.code.get()
    }

    /// What a rendering needs to know about the reader.
    pub fn page(&self) -> Page {
        Page { moments: self.moments(), now: self.env.now(), width: self.ui.width, colored: self.ui.colored }
    }

    /// The zone of times that name none.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Instants as the reader sees them.
    pub fn moments(&self) -> Moments {
        Moments::new(self.zone.clone(), self.lang)
    }

    /// The stamp of a command given now.
    pub fn stamp(&self) -> Result<Stamp, Failure> {
        self.stamp_at(self.env.now())
    }

    fn stamp_at(&self, now: Timestamp) -> Result<Stamp, Failure> {
        let failed = |error| failure::environment(&error, self.lang);
        Ok(Stamp {
            now,
            clock_overridden: self.env.clock_overridden(),
            actor: self.actor.name.clone(),
            actor_from: self.actor.from,
            batch: self.env.batch(now).map_err(failed)?,
            seed: self.env.random().map_err(failed)?,
            origin: self.env.origin().map_err(failed)?,
        })
    }

    /// A command as a request given now.
    pub fn request(&self, subject: Subject, command: Command, recording: &Recording) -> Result<Request, Failure> {
        Ok(Request {
            subject,
            command,
            at: self.maybe_when(recording.at.as_ref())?,
            key: recording.key.clone(),
            named: self.named.clone(),
            stamp: self.stamp()?,
        })
    }

    /// The store, for questions.
    pub fn store(&self) -> Result<Store, Failure> {
        self.engine.read().map_err(|error| self.failed(&error, None))
    }

    /// Turns what the engine reports into words.
    pub fn failed(&self, error: &EngineError, number: Option<u32>) -> Failure {
        failure::engine(error, number, &self.page())
    }

    /// The option that named the incident, as it can be typed again before a verb.
    pub fn named_option(&self) -> String {
        let typed = self.named.as_ref().map(|typed| format!("-i {} ", one_line(&shell_words::quote(typed))));
        typed.unwrap_or_default()
    }

    /// Whether the text stood behind `--`: it is meant as it stands.
    pub const fn is_literal(&self) -> bool {
        self.literal
    }

    /// Whether this is whoever is acting.
    pub fn is_actor(&self, name: &str) -> bool {
        self.actor.name == name
    }

    /// The incident as it was named.
    pub fn named(&self) -> Option<&str> {
        self.named.as_deref()
    }

    /// Whether somebody said which incident is meant.
    pub const fn names_incident(&self) -> bool {
        self.named.is_some()
    }

    /// An incident as it stands.
    pub fn load(&self, reader: &Reader<'_>, id: SubjectId) -> Result<Incident, Failure> {
        let found = reader.incident(id).map_err(|error| self.failed(&error.into(), None))?;
        found.ok_or_else(|| self.failed(&TargetError::NoIncident { typed: id.to_string() }.into(), None))
    }

    /// Records a command on the incident that it is about, and says so. Words that can't be placed are kept.
    pub fn record(&self, command: Command, recording: &Recording, reach: Reach) -> Result<Option<Receipt>, Failure> {
        let receipt = self.record_silently(command, recording, reach)?;
        if let Some(receipt) = &receipt {
            self.confirm(receipt, Vec::new());
        }
        Ok(receipt)
    }

    /// Records a command on the incident that it is about; `None` when it waits in the spool, which was said.
    pub fn record_silently(
        &self,
        command: Command,
        recording: &Recording,
        reach: Reach,
    ) -> Result<Option<Receipt>, Failure> {
        let mut request = self.request(Subject::New, command, recording)?;
        let mut session = match self.try_open() {
            Ok(session) => session,
            Err(error) => return self.spool(request, reach, error).map(|()| None),
        };
        let target = match request.key.as_deref().and_then(|key| session.seen(key).transpose()) {
            // Replaying a key must not depend on what is open by now.
            Some(seen) => seen.map_err(|error| self.failed(&error, None))?,
            None => match self.meant(&session.reader(), &request.command, reach) {
                Ok(id) => id,
                Err(error) => return Err(self.keep(&mut session, &request, error)),
            },
        };
        request.subject = Subject::Incident(target);
        match session.record(&request) {
            Ok(receipt) => Ok(Some(receipt)),
            Err(EngineError::Store(error)) => self.spool(request, reach, error.into()).map(|()| None),
            Err(error) => {
                let number = session.reader().incident(target).ok().flatten().map(|incident| incident.number);
                Err(self.failed(&error, number))
            }
        }
    }

    /// Keeps the words of a command that could not be placed; the failure says where they are.
    fn keep(&self, session: &mut crate::engine::Session<'_>, request: &Request, error: TargetError) -> Failure {
        let unplaced = matches!(
            error,
            TargetError::Several { .. } | TargetError::NoneOpen { .. } | TargetError::NoIncident { .. }
        );
        let unopened = matches!(error, TargetError::NoneOpen { resolved_too: true });
        let failure = self.failed(&error.into(), None);
        if !unplaced || request.command.words().is_none() {
            return failure;
        }
        match session.keep(request) {
            Ok(entry) if unopened => {
                let id = entry.short;
                let kept = say!(
                    self.lang,
                    "declare it first: hikeshi declare TITLE; your words are kept, to file them then: hikeshi inbox file {id} -i NUMBER",
                    "先に宣言する: hikeshi declare 件名　入力内容は保管しました。宣言後に: hikeshi inbox file {id} -i 番号"
                );
                Failure { hint: Some(kept), ..failure }
            }
            Ok(entry) => {
                let id = entry.short;
                let kept = say!(
                    self.lang,
                    "your words are kept: hikeshi inbox file {id} -i NUMBER",
                    "入力内容は保管しました: hikeshi inbox file {id} -i 番号"
                );
                Failure { hint: Some(kept), ..failure }
            }
            Err(error @ (EngineError::KeyReused { .. } | EngineError::Rejected(_))) => self.failed(&error, None),
            Err(_) => failure,
        }
    }

    /// Warnings that don't stop a command.
    pub fn warn_about(&self, session: &crate::engine::Session<'_>) {
        if self.actor.name == "root" {
            self.ui.warning(&say!(
                self.lang,
                "recorded as `root`: say who you are with --as NAME or HIKESHI_ACTOR",
                "`root` として記録します。--as 名前 か HIKESHI_ACTOR で名乗ってください"
            ));
        }
        if session.on_network() {
            self.ui.warning(&say!(
                self.lang,
                "the store lies on a network file system: another machine decides what is durable",
                "ストアがネットワーク上にあります。永続性は相手の機器に左右されます"
            ));
        }
    }
}
