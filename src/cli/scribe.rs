//! The scribe: many entries in a row, each durable before it is confirmed.

mod pen;

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{interrupted, stdin_failure};
use crate::engine::Subject;
use crate::error::Failure;
use crate::incident::command::{Command, Note, NoteKind};
use crate::incident::id::SubjectId;
use crate::incident::limits;
use crate::incident::when::leading_time;
use crate::say;
use crate::text::one_line;
use crate::ui::StdinError;
use pen::Pen;
use std::io::{BufRead, Read};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// The most lines that share a commit.
const GROUP: usize = 512;

/// How long a line may wait for others to share its commit.
const GATHER: Duration = Duration::from_millis(20);

/// Lines that wait between the reader and the disk.
const QUEUE: usize = 4096;

/// Makes every line of standard input an entry as it arrives; a line is confirmed after its commit.
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
        let mut input = std::io::stdin().lock();
        loop {
            let line = read_line(&mut input);
            let last = !matches!(line, Ok(Some(_)));
            // Nobody listens any more: the commands are done for.
            if sender.send(line).is_err() || last {
                return;
            }
        }
    });
    // Where the system has no thread to give, each line has a commit of its own.
    let alone = reading.is_err();
    let next = || if alone { one_by_one(&mut std::io::stdin().lock()) } else { gather(&receiver) };
    let mut worst = None;
    while let Some(group) = next() {
        let mut requests = Vec::with_capacity(group.len());
        for line in group {
            match line {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => {
                    let command = Command::Note(Note { text, ..template.clone() });
                    requests.push(desk.request(subject, command, recording)?);
                }
                Err(error) => worst = Some(error),
            }
        }
        pen.write(&requests)?;
        if let Some(error) = worst.take() {
            return Err(stdin_failure(&error, desk.lang));
        }
    }
    Ok(())
}

/// A line without its end; `None` at the end of input. Longer than a note may be is an error, not a cut.
fn read_line(input: &mut impl BufRead) -> Result<Option<String>, StdinError> {
    let most = limits::TEXT;
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(2);
    input.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() > most + 1 {
        return Err(StdinError::TooLong { most });
    }
    let line =
        String::from_utf8(bytes).map_err(|error| StdinError::NotUtf8 { valid: error.utf8_error().valid_up_to() })?;
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}

type Line = Result<Option<String>, StdinError>;

/// The next line by itself; `None` at the end.
fn one_by_one(input: &mut impl BufRead) -> Option<Vec<Result<String, StdinError>>> {
    read_line(input).transpose().map(|line| vec![line])
}

/// The next lines: the first as soon as it comes, with whatever follows at once; `None` at the end.
fn gather(receiver: &Receiver<Line>) -> Option<Vec<Result<String, StdinError>>> {
    let mut group = Vec::new();
    let mut take = |line: Line| match line {
        Ok(Some(text)) => {
            group.push(Ok(text));
            group.len() < GROUP
        }
        Ok(None) => false,
        Err(error) => {
            group.push(Err(error));
            false
        }
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

/// The scribe's prompt on a terminal: one line, one entry, on disk at Enter.
pub fn converse(desk: &Desk, template: &Note) -> Result<(), Failure> {
    let session = desk.open()?;
    let target = desk.incident(&session.reader(), Reach::NotOver)?;
    let incident = desk.load(&session.reader(), target)?;
    let mut pen = Pen::over(desk, session);
    desk.ui.remark(&say!(
        desk.lang,
        "scribe of #{} {}: one line, one entry; :decision, :change, :hypothesis, :question, :at 14:02 …, :undo, :quit",
        "#{} {} の書記: 1行が1件。:決定 :変更 :仮説 :質問 :at 14:02 … :取消 :終了",
        incident.number,
        one_line(&incident.title)
    ));
    let mut input = std::io::stdin().lock();
    loop {
        prompt(incident.number);
        let typed = match read_line(&mut input) {
            Ok(Some(typed)) => typed,
            Ok(None) => return Ok(()),
            Err(error) => return Err(stdin_failure(&error, desk.lang)),
        };
        match order(&typed) {
            Order::Nothing => {}
            Order::Quit => return Ok(()),
            Order::Undo => report(desk, &mut pen, target, Command::Undo, None),
            Order::Unknown(word) => desk.ui.remark(&say!(
                desk.lang,
                "no `:{word}`; a line that begins with a colon: start it with a space",
                "「:{word}」はありません。コロンで始まる文は先頭に空白を入れる"
            )),
            Order::Write { kind, at, text } => {
                let kind = kind.unwrap_or(template.kind);
                let at = match at {
                    Some(at) => Some(at),
                    None => offered(desk, &text)?,
                };
                let text = match (&at, leading_time(&text)) {
                    (Some(at), Some((time, rest))) if at.as_str() == time => rest.to_owned(),
                    _ => text,
                };
                let command = Command::Note(Note { text, kind, ..template.clone() });
                report(desk, &mut pen, target, command, at);
            }
        }
    }
}

#[expect(clippy::print_stderr, reason = "a prompt has no line end")]
fn prompt(number: u32) {
    eprint!("#{number}> ");
}

/// A pasted leading time, if it is meant as the time of the entry.
fn offered(desk: &Desk, text: &str) -> Result<Option<String>, Failure> {
    let Some((time, _)) = leading_time(text) else { return Ok(None) };
    let question = say!(desk.lang, "did it happen at {}? [Y/n]", "{} の出来事として記録しますか [Y/n]", one_line(time));
    let answer = desk.ui.ask(&question, None).map_err(|error| interrupted(&error))?;
    let no = answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "n" | "no" | "いいえ"));
    Ok((!no).then(|| time.to_owned()))
}

/// Records one line and says so; what goes wrong with one line doesn't end the conversation.
fn report(desk: &Desk, pen: &mut Pen<'_>, target: SubjectId, command: Command, at: Option<String>) {
    let recording = Recording { at, key: None };
    let request = desk.request(Subject::Incident(target), command, &recording);
    match request.and_then(|request| pen.record(&request)) {
        Ok(None) => {}
        Ok(Some(receipt)) => {
            let page = desk.page();
            for entry in &receipt.entries {
                desk.ui.show(&crate::render::entry_line(&page, entry, &receipt.incident));
            }
        }
        Err(failure) => desk.ui.failure(&failure),
    }
}

/// What a line at the prompt asks for.
#[derive(Debug, PartialEq, Eq)]
enum Order {
    Nothing,
    Quit,
    Undo,
    Unknown(String),
    Write { kind: Option<NoteKind>, at: Option<String>, text: String },
}

/// Reads a line of the scribe's prompt; a colon of either width begins an order, in either language.
fn order(line: &str) -> Order {
    if line.trim().is_empty() {
        return Order::Nothing;
    }
    let Some(rest) = line.strip_prefix([':', '：']) else {
        return Order::Write { kind: None, at: None, text: line.trim().to_owned() };
    };
    let (word, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let text = text.trim().to_owned();
    let write = |kind| Order::Write { kind: Some(kind), at: None, text: text.clone() };
    match word.to_lowercase().as_str() {
        "quit" | "q" | "exit" | "終了" => Order::Quit,
        "undo" | "取消" | "取り消し" => Order::Undo,
        "observation" | "観察" | "観測" => write(NoteKind::Observation),
        "hypothesis" | "仮説" => write(NoteKind::Hypothesis),
        "decision" | "決定" => write(NoteKind::Decision),
        "change" | "変更" => write(NoteKind::Change),
        "question" | "質問" => write(NoteKind::Question),
        "at" | "時刻" => match text.split_once(char::is_whitespace) {
            Some((at, text)) => {
                let at = Some(at.to_owned());
                match order(text.trim()) {
                    Order::Write { kind, at: None, text } => Order::Write { kind, at, text },
                    _ => Order::Write { kind: None, at, text: text.trim().to_owned() },
                }
            }
            None => Order::Unknown(word.to_owned()),
        },
        _ => Order::Unknown(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{NoteKind, Order, order};

    fn write(kind: Option<NoteKind>, at: Option<&str>, text: &str) -> Order {
        Order::Write { kind, at: at.map(str::to_owned), text: text.to_owned() }
    }

    #[test]
    fn orders_are_read_in_both_languages_and_widths() {
        for (line, wanted) in [
            ("db-3 重い", write(None, None, "db-3 重い")),
            (":decision roll back", write(Some(NoteKind::Decision), None, "roll back")),
            ("：決定 切り戻す", write(Some(NoteKind::Decision), None, "切り戻す")),
            (":at 14:02 pager went off", write(None, Some("14:02"), "pager went off")),
            (":at 14:02 :change drained db-3", write(Some(NoteKind::Change), Some("14:02"), "drained db-3")),
            (" :not an order", write(None, None, ":not an order")),
            (":undo", Order::Undo),
            ("：取消", Order::Undo),
            (":q", Order::Quit),
            ("  ", Order::Nothing),
            (":descision x", Order::Unknown("descision".to_owned())),
            (":at 14:02", Order::Unknown("at".to_owned())),
        ] {
            assert_eq!(order(line), wanted, "{line}");
        }
    }
}
