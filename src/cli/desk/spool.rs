//! What a verb does when the store can't be written: the command is kept, and said to be.

use super::{Desk, Reach};
use crate::engine::{
    BroughtIn, EngineError, Request, Session, Subject, TargetError, can_wait, named_incident, provisional_name,
    secret_in,
};
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::limits;
use crate::incident::localized::Lang;
use crate::incident::rejection::{Field, Rejection};
use crate::render::json::{self, SCHEMA, SpooledDoc};
use crate::say;
use crate::store::{PutBack, StoreError};
use crate::text::one_line;
use std::path::Path;

impl Desk {
    /// Whether this command recorded something, or has put it where it waits to be recorded.
    pub fn has_recorded(&self) -> bool {
        self.recorded.get()
    }

    /// The store, for commands, with everything in it that waited for it.
    pub fn open(&self) -> Result<Session<'_>, Failure> {
        self.try_open().map_err(|error| self.failed(&error, None))
    }

    /// The store, for commands, with everything in it that waited for it.
    pub fn try_open(&self) -> Result<Session<'_>, EngineError> {
        let mut session = self.engine.open()?;
        self.warn_about(&session);
        self.bring_in(&mut session)?;
        // Nobody opens it for commands who doesn't give one.
        self.recorded.set(true);
        Ok(session)
    }

    /// Brings in what waited, and says what became of it.
    pub fn bring_in(&self, session: &mut Session<'_>) -> Result<(), EngineError> {
        let brought = session.bring_in(|| self.stamp().ok(), |refusal| self.failed(refusal, None).message)?;
        if brought != BroughtIn::default() {
            self.tell(&brought);
        }
        Ok(())
    }

    fn tell(&self, brought: &BroughtIn) {
        if brought.recorded > 0 {
            let count = brought.recorded;
            self.ui.remark(&say!(
                self.lang,
                "brought in from the spool: {count}",
                "スプールから取り込みました: {count}件"
            ));
        }
        for why in &brought.refused {
            let why = one_line(why);
            self.ui.warning(&say!(
                self.lang,
                "a command from the spool was refused: {why}; it is kept: hikeshi inbox",
                "スプールのコマンドを受け付けられません: {why}。保管先: hikeshi inbox"
            ));
        }
        for foreign in &brought.foreign {
            let (path, uid) = (one_line(&foreign.path.display().to_string()).into_owned(), foreign.owner);
            let fix = super::failure::chown(foreign);
            self.ui.warning(&say!(
                self.lang,
                "{path} belongs to another user (uid {uid}): nothing is brought in from it; if it is yours: {fix}",
                "{path} の所有者は別のユーザー（uid {uid}）のため取り込みません。自分のものなら: {fix}"
            ));
        }
        for path in &brought.unreadable {
            let path = one_line(&path.display().to_string()).into_owned();
            self.ui.warning(&say!(
                self.lang,
                "a file in the spool can't be read and stays there: {path}",
                "スプールに読めないファイルがあります（そのまま残します）: {path}"
            ));
        }
    }

    /// Says that the store's file had been put back from a copy, and where its last head can't be remembered.
    pub fn warn_about_place(&self) {
        let noticed = self.engine.noticed();
        if let Some(found) = noticed.put_back.take() {
            self.ui.warning(&put_back(&found, self.lang));
        }
        if let Some(folder) = noticed.forgetful.take() {
            let folder = if folder.as_os_str().is_empty() { "-".into() } else { folder.display().to_string() };
            self.ui.warning(&say!(
                self.lang,
                "the last head can't be remembered ({}): that the store's file was put back from a copy would go unnoticed; name a folder: XDG_STATE_HOME",
                "最後の記録位置を保存できません（{}）。ストアがコピーで置き換えられても検知できません。書き込めるフォルダを指定: XDG_STATE_HOME",
                one_line(&folder)
            ));
        }
    }

    /// Remembers where a backup was put, so that a redaction can name it; one that can't be remembered was made all
    /// the same.
    pub fn remember_backup(&self, place: &Path) {
        let whole = std::path::absolute(place).unwrap_or_else(|_| place.to_owned());
        let remembered = self.try_open().and_then(|mut session| session.remember_backup(&whole.display().to_string()));
        drop(remembered);
    }

    /// Says that commands wait, where somebody looks at the store.
    pub fn remark_spool(&self) {
        let count = self.engine.spool().count();
        if count > 0 {
            self.ui.warning(&say!(
                self.lang,
                "{count} commands wait in the spool and don't show yet; why: hikeshi doctor",
                "スプールに{count}件あり、まだ表示されません。原因の確認: hikeshi doctor"
            ));
        }
    }

    /// Keeps a command until the store can be written, and says so; fails as the store did where that can't be.
    pub fn spool(&self, request: Request, reach: Reach, error: EngineError) -> Result<(), Failure> {
        self.spool_quietly(&request, reach, &error, 0)?;
        let failure = self.failed(&error, None);
        self.ui.warning(&say!(
            self.lang,
            "{}; kept in the spool, the next command that can write brings it in",
            "{}。スプールに保管しました。次に書き込めるコマンドが取り込みます",
            failure.message
        ));
        self.confirm_spooled(&request);
        Ok(())
    }

    /// Keeps one of several commands; `place` is its place among them.
    pub fn spool_quietly(
        &self,
        request: &Request,
        reach: Reach,
        error: &EngineError,
        place: usize,
    ) -> Result<(), Failure> {
        let EngineError::Store(store) = error else { return Err(self.failed(error, None)) };
        if !can_wait(store) || needs_an_answer(&request.command) || is_no_store(store) {
            return Err(self.failed(error, None));
        }
        if let Some(words) = request.command.words() {
            limits::text(Field::Note, &words)
                .map_err(|refusal| super::failure::rejected(&refusal, None, &self.moments()))?;
        }
        if let Some(rule) = secret_in(&request.command).filter(|_| self.engine.refuses_secrets()) {
            let refusal = Rejection::Secret { rule: rule.to_owned() };
            return Err(super::failure::rejected(&refusal, None, &self.moments()));
        }
        let mut request = request.clone();
        if request.subject == Subject::New && !matches!(request.command, Command::Declare(_)) {
            // Which incident an entry belongs to is known once the store can be asked.
            let about_an_entry = self.named.is_none() && request.command.about().is_some();
            request.subject = if about_an_entry { Subject::Store } else { self.place(reach)? };
        }
        match self.engine.spool_command(&request, reach == Reach::NotOver, place) {
            Ok(_) => {
                self.recorded.set(true);
                Ok(())
            }
            Err(spool) => {
                let (failure, why) = (self.failed(error, None), self.failed(&spool, None).message);
                Err(failure.details(vec![why]).hint(say!(
                    self.lang,
                    "nothing was recorded; once there is room, run: {}",
                    "記録されていません。復旧後に実行: {}",
                    again(&request)
                )))
            }
        }
    }

    /// The incident that is meant, without asking; [`Subject::Store`] where it can't be told.
    pub fn place_quietly(&self, reach: Reach) -> Result<Subject, Failure> {
        match (&self.named, self.engine.read()) {
            (None, Ok(store)) => Ok(crate::engine::only_incident(&store.reader(), reach == Reach::NotOver)
                .map_or(Subject::Store, Subject::Incident)),
            _ => self.place(reach),
        }
    }

    /// The incident that was named; [`Subject::Store`] where none was, or none has that name.
    pub fn place_by_name(&self, session: &Session<'_>) -> Subject {
        let named = self.named.as_deref().and_then(|typed| named_incident(&session.reader(), typed).ok());
        named.map_or(Subject::Store, Subject::Incident)
    }

    /// The incident that is meant, as far as it can be told without the store's help.
    fn place(&self, reach: Reach) -> Result<Subject, Failure> {
        if let Some(id) = self.named.as_deref().and_then(|typed| self.engine.spooled_incident(typed.trim())) {
            return Ok(Subject::Incident(id));
        }
        if self.named.is_none() && self.engine.has_spooled_declaration() {
            return Ok(Subject::Store);
        }
        let Ok(store) = self.engine.read() else { return Ok(Subject::Store) };
        match self.target(&store.reader(), reach) {
            Ok(id) => Ok(Subject::Incident(id)),
            Err(TargetError::Several { .. } | TargetError::NoneOpen { .. } | TargetError::Store(_)) => {
                Ok(Subject::Store)
            }
            Err(error) => Err(self.failed(&error.into(), None)),
        }
    }

    /// Confirms a command that waits in the spool.
    pub fn confirm_spooled(&self, request: &Request) {
        let declares = matches!(request.command, Command::Declare(_));
        let provisional = declares.then(|| provisional_name(request));
        if self.ui.json {
            self.ui.out(&json::line(&SpooledDoc {
                schema: SCHEMA,
                spooled: true,
                reference: None,
                provisional,
                id: request.stamp.batch.event(0).tag(),
                incident: None,
                entries: Vec::new(),
                duplicate: false,
            }));
        } else if self.ui.quiet {
            self.ui.out(&provisional.unwrap_or_else(|| request.stamp.batch.event(0).tag()));
        } else if let Some(name) = provisional {
            self.ui.out(&say!(
                self.lang,
                "declared as {name} for now (spooled)\nnext: hikeshi -i {name} note …",
                "仮の番号 {name} で宣言しました（スプールに保管）\n次: hikeshi -i {name} note …"
            ));
        } else {
            let verb = request.command.verb();
            self.ui.out(&say!(self.lang, "spooled: {verb}", "スプールに保管: {verb}"));
        }
    }
}

/// What a file that was put back holds, and what it doesn't.
pub fn put_back(found: &PutBack, lang: Lang) -> String {
    let (name, holds, written) = (found.name(), found.holds, found.written);
    if written > holds {
        say!(
            lang,
            "the store's file was put back from an older copy: it ends at entry {holds} of {name}, but {written} were written; it goes on as a new copy of the log",
            "ストアのファイルが古いコピーに置き換えられています（{name} の記録は {written} まで書いたのに {holds} で終わっています）。新しい写しとして続けます"
        )
    } else {
        say!(
            lang,
            "the store's file was replaced: entry {written} of {name} is another one than was written; it goes on as a new copy of the log",
            "ストアのファイルが置き換えられています（{name} の記録 {written} が書いたものと異なります）。新しい写しとして続けます"
        )
    }
}

/// A file that never was a store is a slip of the fingers; one with our lock beside it was damaged.
fn is_no_store(error: &StoreError) -> bool {
    let StoreError::NotAStore { path, another, .. } = error else { return false };
    *another || path.is_dir() || !path.with_extension("lock").exists()
}

/// Commands that mean something only with what the store says.
const fn needs_an_answer(command: &Command) -> bool {
    matches!(command, Command::Undo | Command::Amend(_))
}

/// The command as it can be run again later, at the time it was given.
fn again(request: &Request) -> String {
    let words = request.command.words();
    let mut line: Vec<String> = vec!["hikeshi".to_owned()];
    for word in std::env::args().skip(1) {
        // What came in through a pipe is gone by then.
        line.push(if word == "-" { words.clone().unwrap_or(word) } else { word });
    }
    if request.at.is_none() && !request.command.reaches_out() {
        line.extend(["--at".to_owned(), request.stamp.now.to_string()]);
    }
    shell_words::join(line)
}
