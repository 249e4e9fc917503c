//! What writes a scribe's lines: into the store, or into the spool while the store can't be written.

use crate::cli::arguments::Recording;
use crate::cli::desk::{Desk, Reach};
use crate::engine::{EngineError, Receipt, Request, Session, Subject};
use crate::error::Failure;
use crate::incident::command::{Command, Note};
use crate::render::json::{EntryDoc, line as json_line};
use crate::say;

/// Writes lines for as long as they come, whatever happens to the store meanwhile.
pub(super) struct Pen<'a> {
    desk: &'a Desk,
    session: Option<Session<'a>>,
    spooled: usize,
    confirmed: bool,
}

impl<'a> Pen<'a> {
    /// A pen, and what the lines are about, as far as the store can say.
    pub(super) fn new(desk: &'a Desk) -> Result<(Self, Subject), Failure> {
        match desk.try_open() {
            Ok(session) => {
                let target = desk.incident(&session.reader(), Reach::NotOver)?;
                Ok((Self { desk, session: Some(session), spooled: 0, confirmed: false }, Subject::Incident(target)))
            }
            Err(EngineError::Store(_)) => {
                Ok((Self { desk, session: None, spooled: 0, confirmed: false }, Subject::New))
            }
            Err(error) => Err(desk.failed(&error, None)),
        }
    }

    /// A pen for an incident in an open store.
    pub(super) const fn over(desk: &'a Desk, session: Session<'a>) -> Self {
        Self { desk, session: Some(session), spooled: 0, confirmed: false }
    }

    /// Writes lines with one commit, and confirms each; what the rules refused of them.
    pub(super) fn write(&mut self, requests: &[Request]) -> Result<Vec<Failure>, Failure> {
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        let desk = self.desk;
        let receipts = match self.session().and_then(|session| session.record_all(requests)) {
            Ok(receipts) => receipts,
            Err(error) => return self.spool(requests, &error).map(|()| Vec::new()),
        };
        let mut lines = String::new();
        let mut refused = Vec::new();
        for receipt in receipts {
            match receipt {
                Ok(receipt) => {
                    if !std::mem::replace(&mut self.confirmed, true) {
                        desk.over(&receipt).iter().for_each(|warning| desk.ui.warning(warning));
                    }
                    desk.secrets_in(&receipt).iter().for_each(|warning| desk.ui.warning(warning));
                    lines.push_str(&confirmation(desk, &receipt));
                }
                Err(error) => refused.push(desk.failed(&error, None)),
            }
        }
        if !lines.is_empty() {
            desk.ui.out(&lines);
        }
        Ok(refused)
    }

    /// Writes one line; `None` when it waits in the spool.
    pub(super) fn record(&mut self, request: &Request) -> Result<Option<Receipt>, Failure> {
        match self.session().and_then(|session| session.record(request)) {
            Ok(receipt) => {
                self.desk.secrets_in(&receipt).iter().for_each(|warning| self.desk.ui.warning(warning));
                Ok(Some(receipt))
            }
            Err(error @ EngineError::Store(_)) => self.spool(std::slice::from_ref(request), &error).map(|()| None),
            Err(error) => Err(self.desk.failed(&error, self.number(request))),
        }
    }

    /// Puts words into the inbox; their id.
    pub(super) fn keep(&mut self, note: Note) -> Option<String> {
        let request = self.desk.request(Subject::Store, Command::Note(note), &Recording::default()).ok()?;
        self.session().ok()?.keep(&request).ok().map(|entry| entry.short)
    }

    fn number(&self, request: &Request) -> Option<u32> {
        let Subject::Incident(id) = request.subject else { return None };
        let found = self.session.as_ref()?.reader().incident(id).ok().flatten();
        found.map(|incident| incident.number)
    }

    /// The store, open; what was spooled before goes in first.
    fn session(&mut self) -> Result<&mut Session<'a>, EngineError> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => self.desk.try_open()?,
        };
        let brought = if self.spooled > 0 { self.desk.bring_in(&mut session) } else { Ok(()) };
        let session = self.session.insert(session);
        brought?;
        self.spooled = 0;
        Ok(session)
    }

    fn spool(&mut self, requests: &[Request], error: &EngineError) -> Result<(), Failure> {
        if self.spooled == 0 {
            let message = self.desk.failed(error, None).message;
            self.desk.ui.warning(&say!(
                self.desk.lang,
                "{message}; lines go to the spool until it can be written",
                "{message}。書き込めるまでスプールに保管します"
            ));
        }
        for request in requests {
            self.desk.spool_quietly(request, Reach::NotOver, error, self.spooled)?;
            self.spooled += 1;
            self.desk.confirm_spooled(request);
        }
        Ok(())
    }
}

fn confirmation(desk: &Desk, receipt: &Receipt) -> String {
    let mut lines = String::new();
    for entry in &receipt.entries {
        let line = if desk.ui.json {
            json_line(&EntryDoc::new(entry, desk.lang))
        } else if desk.ui.quiet {
            entry.short.clone()
        } else {
            format!("{} [{}]", desk.page().target(&receipt.incident), entry.short)
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}
