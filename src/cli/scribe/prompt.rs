//! The scribe's prompt on a terminal: one line, one entry, on disk at Enter; whatever goes wrong, no line is lost.

use super::history;
use super::order::{Order, help, order};
use super::pen::Pen;
use crate::cli::arguments::Recording;
use crate::cli::desk::{Desk, Reach};
use crate::cli::freetext::interrupted;
use crate::engine::Subject;
use crate::error::Failure;
use crate::incident::command::{Command, Note};
use crate::incident::id::SubjectId;
use crate::incident::limits::is_blank;
use crate::incident::when::leading_time;
use crate::say;
use crate::text::one_line;
use crate::ui::{Choice, Lines, Typed};
use std::path::PathBuf;

/// Takes lines until somebody leaves.
pub fn converse(desk: &Desk, template: &Note) -> Result<(), Failure> {
    let session = desk.open()?;
    let target = desk.incident(&session.reader(), Reach::NotOver)?;
    let incident = desk.load(&session.reader(), target)?;
    desk.ui.remark(&say!(
        desk.lang,
        "scribe of #{} {}: one line, one entry; :decision, :change, :hypothesis, :question, :at 14:02 …, :undo, :help, :quit",
        "#{} {} の書記: 1行が1件。:決定 :変更 :仮説 :質問 :at 14:02 … :取消 :ヘルプ :終了",
        incident.number,
        one_line(&incident.title)
    ));
    let mut lines = desk.ui.lines();
    let kept = if incident.restricted {
        // What is restricted stands in no file beside the record.
        let _ = history::forget_incident(desk, target);
        None
    } else {
        history::ready(desk, target)
    };
    if let Some(file) = &kept {
        lines.load(file);
    }
    let pen = Pen::over(desk, session);
    Scribe { desk, template, target, number: incident.number, pen, lines, kept }.write()
}

struct Scribe<'a> {
    desk: &'a Desk,
    template: &'a Note,
    target: SubjectId,
    number: u32,
    pen: Pen<'a>,
    lines: Lines,
    kept: Option<PathBuf>,
}

impl Scribe<'_> {
    fn write(mut self) -> Result<(), Failure> {
        let (desk, prompt) = (self.desk, format!("#{}> ", self.number));
        // What was refused stands in the next line, to be mended.
        let mut begun = String::new();
        loop {
            let typed = self.lines.read(&prompt, &std::mem::take(&mut begun)).map_err(|error| interrupted(&error))?;
            match typed {
                Typed::Ended => return Ok(()),
                Typed::Interrupted(text) if is_blank(&text) => return Ok(()),
                Typed::Interrupted(text) => self.keep(text),
                Typed::Unreadable(text) => {
                    desk.ui.type_again();
                    begun = text;
                }
                Typed::Line(line) => {
                    let block: Vec<&str> = line.lines().filter(|one| !is_blank(one)).collect();
                    if block.len() > 1 {
                        self.remember(&line);
                        self.block(&line, &block)?;
                        continue;
                    }
                    match order(line.trim_end()) {
                        Order::Nothing => {}
                        Order::Quit => return Ok(()),
                        Order::Help => desk.ui.remark(&help(desk.lang)),
                        Order::Undo => drop(self.report(Command::Undo, None)),
                        Order::Unknown(word) => {
                            desk.ui.remark(&say!(
                                desk.lang,
                                "no `:{}` (:help lists the orders); for a text that begins with a colon put a space before it",
                                "「:{}」はありません（一覧は :ヘルプ）。コロンで始まる本文は先頭に空白を入れる",
                                one_line(&word)
                            ));
                            begun = line;
                        }
                        write @ Order::Write { .. } => {
                            self.remember(&line);
                            if !self.entry(write)? {
                                begun = line;
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes an entry; whether it was taken.
    fn entry(&mut self, order: Order) -> Result<bool, Failure> {
        let Order::Write { kind, at, text } = order else { return Ok(true) };
        let at = match at {
            Some(at) => Some(at),
            None => self.offered(&text)?,
        };
        Ok(self.note(kind.unwrap_or(self.template.kind), at, text))
    }

    fn note(&mut self, kind: crate::incident::command::NoteKind, at: Option<String>, text: String) -> bool {
        let text = match (&at, leading_time(&text)) {
            (Some(at), Some((time, rest))) if at.as_str() == time => rest.to_owned(),
            _ => text,
        };
        self.report(Command::Note(Note { text, kind, ..self.template.clone() }), at)
    }

    /// A pasted leading time, if it is meant as the time of the entry.
    fn offered(&self, text: &str) -> Result<Option<String>, Failure> {
        let Some((time, _)) = leading_time(text) else { return Ok(None) };
        let desk = self.desk;
        let question = say!(desk.lang, "did it happen at {}?", "{} の出来事として記録しますか", one_line(time));
        match desk.ui.confirm(&question, true) {
            Ok(meant) => Ok(meant.then(|| time.to_owned())),
            Err(error) => {
                desk.ui.remember(text);
                Err(interrupted(&error))
            }
        }
    }

    /// Asks once what a pasted block is to be.
    fn block(&mut self, whole: &str, block: &[&str]) -> Result<(), Failure> {
        let (desk, count) = (self.desk, block.len());
        let timed = block.iter().filter(|line| leading_time(line).is_some()).count();
        let one_by_one = if timed > 0 {
            say!(
                desk.lang,
                "{count} entries, one a line; {timed} of them at the time they begin with",
                "1行ずつ{count}件（うち{timed}件は行頭の時刻で）"
            )
        } else {
            say!(desk.lang, "{count} entries, one a line", "1行ずつ{count}件")
        };
        let choices = Choice::counted(vec![
            one_by_one,
            say!(desk.lang, "one entry with {count} lines", "{count}行をまとめて1件"),
            say!(desk.lang, "nothing; they stay in the inbox", "記録せず、inbox に保管"),
        ]);
        let question = say!(
            desk.lang,
            "{count} lines came at once: what are they?",
            "{count}行が一度に入力されました。どう記録しますか"
        );
        let chosen = desk.ui.choose(&question, &choices, 0);
        match chosen.as_ref().ok().copied().flatten() {
            Some(0) => {
                let mut refused = Vec::new();
                for line in block {
                    let (kind, at, text) = match order(line.trim_end()) {
                        Order::Write { kind, at, text } => (kind, at, text),
                        // In what was pasted a colon is a colon.
                        _ => (None, None, (*line).to_owned()),
                    };
                    let at = at.or_else(|| leading_time(&text).map(|(time, _)| time.to_owned()));
                    if !self.note(kind.unwrap_or(self.template.kind), at, text) {
                        refused.push(*line);
                    }
                }
                if !refused.is_empty() {
                    self.keep(refused.join("\n"));
                }
            }
            Some(1) => {
                if !self.note(self.template.kind, None, whole.trim_end().to_owned()) {
                    self.keep(whole.to_owned());
                }
            }
            _ => self.keep(whole.to_owned()),
        }
        Ok(())
    }

    /// Puts words into the inbox that somebody typed and left.
    fn keep(&mut self, text: String) {
        let (desk, number) = (self.desk, self.number);
        match self.pen.keep(Note { text: text.clone(), ..self.template.clone() }) {
            Some(id) => desk.ui.remark(&say!(
                desk.lang,
                "kept: hikeshi inbox file {id} -i {number}",
                "保管しました: hikeshi inbox file {id} -i {number}"
            )),
            // Where there is no inbox the terminal has them still.
            None => desk.ui.warning(&say!(desk.lang, "not recorded: {}", "記録していません: {}", one_line(&text))),
        }
    }

    /// Remembers a line for the arrow keys.
    fn remember(&mut self, line: &str) {
        // A history that can't be written is no reason to stop writing.
        let _ = self.lines.remember(line.trim_end(), self.kept.as_deref());
    }

    /// Records one line and says so; whether it was taken. What goes wrong with one doesn't end the conversation.
    fn report(&mut self, command: Command, at: Option<String>) -> bool {
        let desk = self.desk;
        let recording = Recording { at, key: None };
        let request = desk.request(Subject::Incident(self.target), command, &recording);
        match request.and_then(|request| self.pen.record(&request)) {
            Ok(None) => true,
            Ok(Some(receipt)) => {
                if receipt.incident.restricted && self.kept.take().is_some() {
                    let _ = history::forget_incident(desk, self.target);
                }
                desk.over(&receipt).iter().for_each(|warning| desk.ui.warning(warning));
                let page = desk.page();
                for entry in &receipt.entries {
                    desk.ui.show(&crate::render::entry_line(&page, entry, &receipt.incident));
                }
                true
            }
            Err(failure) => {
                desk.ui.failure(&failure);
                false
            }
        }
    }
}
