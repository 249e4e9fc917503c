//! The scribe: many entries in a row, each durable before it is confirmed.

mod history;
mod order;
mod pen;
mod prompt;
mod stream;

pub use history::{forget_incident, forget_words, remembers};
pub use prompt::converse;

use super::arguments::Recording;
use super::desk::Desk;
use super::freetext::stdin_failure;
use crate::error::{Exit, Failure};
use crate::incident::command::{Command, Note};
use crate::incident::limits::{self, is_blank};
use crate::say;
use crate::text::one_line;
use crate::ui::StdinError;
use pen::Pen;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use stream::{Line, Lines, Wrong};

/// The most lines that share a commit.
const GROUP: usize = 512;

/// How long a line may wait for others to share its commit.
const GATHER: Duration = Duration::from_millis(20);

/// Lines that wait between the reader and the disk.
const QUEUE: usize = 4096;

/// Makes every line of standard input an entry as it arrives; a line is confirmed after its commit. What is wrong with
/// one line is told, and doesn't end the stream.
pub fn each_line(desk: &Desk, template: &Note, recording: &Recording) -> Result<(), Failure> {
    if recording.key.is_some() {
        let message = say!(
            desk.lang,
            "--key names one request, and --each-line makes many",
            "--key は1件用のため --each-line と併用できません"
        );
        return Err(Failure::usage(message));
    }
    let (mut pen, subject) = Pen::new(desk)?;
    let (sender, receiver) = mpsc::sync_channel(QUEUE);
    let reading = std::thread::Builder::new().spawn(move || {
        let mut lines = Lines::new(std::io::stdin().lock());
        loop {
            let line = lines.next();
            let last = !matches!(line, Ok(Some(_)));
            // Nobody listens any more: the commands are done for.
            if sender.send(line).is_err() || last {
                return;
            }
        }
    });
    // Where the system has no thread to give, each line has a commit of its own.
    let mut alone = reading.is_err().then(|| Lines::new(std::io::stdin().lock()));
    let mut next = || match &mut alone {
        Some(lines) => lines.next().transpose().map(|line| vec![line]),
        None => gather(&receiver),
    };
    let mut told = Told::default();
    while let Some(group) = next() {
        let mut requests = Vec::with_capacity(group.len());
        let mut broken = None;
        for line in group {
            match line {
                Ok(line) => {
                    match line.wrong {
                        Some(Wrong::TooLong) => {
                            told.refused(desk, vec![too_long(desk, line.number)]);
                            continue;
                        }
                        Some(Wrong::NotText) => told.written_out(desk, &line),
                        None => {}
                    }
                    if !is_blank(&line.text) {
                        let command = Command::Note(Note { text: line.text, ..template.clone() });
                        requests.push(desk.request(subject, command, recording)?);
                    }
                }
                Err(error) => broken = Some(error),
            }
        }
        told.refused(desk, pen.write(&requests)?);
        if let Some(error) = broken {
            return Err(stdin_failure(&error, desk.lang));
        }
    }
    told.outcome(desk)
}

fn too_long(desk: &Desk, number: usize) -> Failure {
    let most = limits::TEXT;
    let message = say!(
        desk.lang,
        "line {number} is longer than {most} bytes and is not recorded",
        "{number}行目は{most}バイトを超えるため、記録しません"
    );
    Failure::new(Exit::Usage, "too-long", message).hint("hikeshi evidence add FILE")
}

/// What went wrong with single lines.
#[derive(Default)]
struct Told {
    written_out: usize,
    refused: usize,
    first: Option<Failure>,
}

impl Told {
    fn written_out(&mut self, desk: &Desk, line: &Line) {
        self.written_out += 1;
        let (number, shown) = (line.number, crate::text::shorten(&one_line(&line.text), 60));
        desk.ui.warning(&say!(
            desk.lang,
            "line {number} is not UTF-8; recorded with those bytes written out: {shown}",
            "{number}行目は UTF-8 ではないため、該当バイトを書き下して記録します: {shown}"
        ));
    }

    /// Each is told at once: a stream may have no end.
    fn refused(&mut self, desk: &Desk, refused: Vec<Failure>) {
        for failure in refused {
            self.refused += 1;
            if desk.ui.json {
                desk.ui.warning(&failure.message);
            } else {
                desk.ui.failure(&failure);
            }
            self.first.get_or_insert(failure);
        }
    }

    fn outcome(self, desk: &Desk) -> Result<(), Failure> {
        let (refused, written_out) = (self.refused, self.written_out);
        if let Some(first) = self.first {
            let message = say!(
                desk.lang,
                "lines that are not recorded: {refused}; the others are",
                "記録しなかった行: {refused}行（ほかは記録済み）"
            );
            return Err(Failure { message, ..first });
        }
        if written_out == 0 {
            return Ok(());
        }
        let message = say!(
            desk.lang,
            "lines that were not UTF-8: {written_out}; all of them are recorded, as told above",
            "UTF-8 ではない行: {written_out}行（上記の形で記録済み）"
        );
        Err(Failure::new(Exit::Attention, "not-utf8", message)
            .hint("iconv -f SHIFT_JIS -t UTF-8 | hikeshi note --each-line -"))
    }
}

/// The next lines: the first as soon as it comes, with whatever follows at once; `None` at the end.
fn gather(receiver: &Receiver<Result<Option<Line>, StdinError>>) -> Option<Vec<Result<Line, StdinError>>> {
    let mut group = Vec::new();
    let mut take = |line: Result<Option<Line>, StdinError>| match line.transpose() {
        Some(line) => {
            let goes_on = line.is_ok();
            group.push(line);
            goes_on && group.len() < GROUP
        }
        None => false,
    };
    let first = receiver.recv().ok()?;
    if take(first) {
        let mut patience = GATHER / 10;
        while let Ok(line) = receiver.recv_timeout(patience) {
            if !take(line) {
                break;
            }
            patience = Duration::ZERO;
        }
    }
    if group.is_empty() { None } else { Some(group) }
}
