//! The terminal: what is printed where, and what is asked. The only room that prints.

mod key;
mod line;
mod menu;
mod watch;

pub use line::{Lines, Typed, forget};
pub use menu::Choice;

use crate::error::Failure;
use crate::incident::localized::Lang;
use crate::text::{visible, wrapped};
use std::cell::{OnceCell, RefCell};
use std::io::{IsTerminal, Read, Write};
use std::rc::Rc;

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The most bytes of results that are kept where they can't be printed: confirmations are short.
const RESCUED: usize = 64 * 1024;

/// Results that could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What the system said.
    pub reason: String,
    /// Whether the reader went away, which is its right.
    pub gone: bool,
    /// The results.
    pub text: String,
}

/// How this run speaks with whoever started it.
#[derive(Debug, Clone)]
pub struct Ui {
    /// The language.
    pub lang: Lang,
    /// Whether results are one JSON document.
    pub json: bool,
    /// Whether only the reference is printed.
    pub quiet: bool,
    /// Whether questions may be asked: stdin and stderr are terminals and nobody forbade it.
    pub interactive: bool,
    /// Whether results go to a terminal.
    pub terminal: bool,
    /// Whether results are coloured.
    pub colored: bool,
    /// Columns of the terminal; `None` when results are piped.
    pub width: Option<usize>,
    remarks: Option<usize>,
    lost: Rc<RefCell<Option<Lost>>>,
    held: Rc<RefCell<Vec<String>>>,
    asked: Rc<Asked>,
}

/// What questions need, made with the first one.
#[derive(Debug, Default)]
struct Asked {
    watch: OnceCell<watch::Watch>,
    lines: RefCell<Option<Lines>>,
    words: RefCell<Vec<String>>,
}

impl Ui {
    /// Looks at the streams.
    pub fn new(lang: Lang, json: bool, quiet: bool, no_input: bool, color: Color) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let forced = crate::env::var("CLICOLOR_FORCE").is_some_and(|value| value != "0");
                let refused = crate::env::var("NO_COLOR").is_some();
                let dumb = crate::env::var("TERM").is_none_or(|term| term == "dumb");
                forced || (terminal && !refused && !dumb)
            }
        };
        let width = terminal.then(|| columns_of(&console::Term::stdout())).flatten();
        let remarks = std::io::stderr().is_terminal().then(|| columns_of(&console::Term::stderr())).flatten();
        let interactive = !no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let (lost, held, asked) = (Rc::default(), Rc::default(), Rc::default());
        Self { lang, json, quiet, interactive, terminal, colored, width, remarks, lost, held, asked }
    }

    /// Prints a result; a reader that has gone away is no error.
    pub fn out(&self, text: &str) {
        let mut stream = std::io::stdout().lock();
        let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
        let printed =
            stream.write_all(text.as_bytes()).and_then(|()| stream.write_all(end)).and_then(|()| stream.flush());
        if let Err(error) = printed {
            let mut lost = self.lost.borrow_mut();
            let lost = lost.get_or_insert_with(|| Lost {
                reason: error.to_string(),
                gone: error.kind() == std::io::ErrorKind::BrokenPipe,
                text: String::new(),
            });
            if lost.text.len() + text.len() <= RESCUED {
                lost.text.push_str(text);
                lost.text.push_str(std::str::from_utf8(end).unwrap_or_default());
            }
        }
    }

    /// Prints a result that people read: on a terminal in lines that fit it.
    pub fn show(&self, text: &str) {
        self.out(&wrapped(text, self.width));
    }

    /// What could not be printed, and why, where something couldn't.
    pub fn lost(&self) -> Option<Lost> {
        self.lost.borrow().clone()
    }

    /// Says beside the results what could not be printed with them.
    pub fn rescue(&self, lost: &Lost) {
        write_err(lost.text.trim_end_matches('\n'));
        let reason = &lost.reason;
        self.warning(&crate::say!(
            self.lang,
            "it is recorded, and only printing that failed: {reason}",
            "記録済みです。出力だけができませんでした: {reason}"
        ));
    }

    /// Prints bytes as they are; a reader that has gone away is no error.
    pub fn pour(&self, bytes: &mut impl Read) -> std::io::Result<()> {
        let mut stream = std::io::stdout().lock();
        match std::io::copy(bytes, &mut stream).and_then(|_| stream.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Prints a remark beside the results.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            write_err(&wrapped(text, self.remarks));
        }
    }

    /// Prints a warning beside the results.
    pub fn warning(&self, text: &str) {
        if self.json {
            // A failure is one document: what comes beside it stands in it.
            self.held.borrow_mut().push(text.to_owned());
        } else {
            self.warn(text);
        }
    }

    fn warn(&self, text: &str) {
        let word = crate::say!(self.lang, "warning:", "警告:");
        write_err(&wrapped(&format!("{word} {text}"), self.remarks));
    }

    /// Prints the warnings that were held back for the document of a failure that didn't come.
    pub fn release(&self) {
        for text in self.held.take() {
            self.warn(&text);
        }
    }

    /// Says why a command failed.
    pub fn failure(&self, failure: &Failure) {
        if self.json {
            let mut error = serde_json::json!({
                "error": { "kind": failure.kind, "message": failure.message, "hint": failure.hint,
                           "details": failure.details }
            });
            let warnings = self.held.take();
            if !warnings.is_empty() {
                error["warnings"] = warnings.into();
            }
            write_err(&error.to_string());
            return;
        }
        write_err(&wrapped(&format!("error: {}", visible(&failure.message)), self.remarks));
        for line in &failure.details {
            write_err(&wrapped(&format!("  {}", visible(line)), self.remarks));
        }
        if let Some(hint) = &failure.hint {
            // A command that somebody copies must stay one line.
            let fits = self.remarks.filter(|_| !hint.starts_with("hikeshi "));
            write_err(&wrapped(&format!("hint: {}", visible(hint)), fits));
        }
    }

    /// Whether long work shows how far it is: somebody is looking, and nothing forbids it.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && !self.json && std::io::stderr().is_terminal()
    }

    /// A bar for work of this many steps; nothing is shown where nobody is looking.
    pub fn progress(&self, total: u64, what: &str) -> Progress {
        if !self.shows_progress() {
            return Progress { bar: indicatif::ProgressBar::hidden() };
        }
        let bar = indicatif::ProgressBar::new(total);
        let style = indicatif::ProgressStyle::with_template("{msg} {bar:30} {percent}% {eta}");
        bar.set_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        Progress { bar }
    }

    /// Asks for a line, with this in it to begin with; `None` when nothing was typed.
    ///
    /// # Errors
    ///
    /// [`Interrupted`](std::io::ErrorKind::Interrupted) where it was left with Ctrl-C; what was typed until then is
    /// among the [`words`](Self::words).
    pub fn ask(&self, question: &str, initial: Option<&str>) -> std::io::Result<Option<String>> {
        let initial = initial.unwrap_or_default();
        match self.line(question, initial)? {
            Typed::Line(answer) => {
                let answer = Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty());
                self.remember(answer.as_deref().unwrap_or_default());
                Ok(answer)
            }
            Typed::Interrupted(typed) => {
                self.remember(Some(typed.as_str()).filter(|typed| *typed != initial).unwrap_or_default());
                Err(std::io::ErrorKind::Interrupted.into())
            }
            Typed::Ended | Typed::Unreadable(_) => Ok(None),
        }
    }

    /// Asks for yes or no, until it is one of them; Enter means this.
    ///
    /// # Errors
    ///
    /// Where it was left.
    pub fn confirm(&self, question: &str, default: bool) -> std::io::Result<bool> {
        let question = menu::yes_or_no(question, default);
        loop {
            let Typed::Line(answer) = self.line(&question, "")? else {
                return Err(std::io::ErrorKind::Interrupted.into());
            };
            match answer.trim().to_lowercase().as_str() {
                "" => return Ok(default),
                "y" | "yes" | "ｙ" | "はい" => return Ok(true),
                "n" | "no" | "ｎ" | "いいえ" => return Ok(false),
                _ => {}
            }
        }
    }

    fn line(&self, question: &str, initial: &str) -> std::io::Result<Typed> {
        let mut asking = self.asked.lines.borrow_mut();
        let lines = asking.get_or_insert_with(|| self.lines());
        let end = if question.ends_with(['?', '？', ']', '）']) { " " } else { ": " };
        let prompt = format!("{question}{end}");
        let mut begun = initial.to_owned();
        loop {
            match lines.read(&prompt, &begun)? {
                Typed::Unreadable(typed) => {
                    self.type_again();
                    begun = typed;
                }
                typed => return Ok(typed),
            }
        }
    }

    /// Says that bytes came which are no text.
    pub fn type_again(&self) {
        write_err(&crate::say!(
            self.lang,
            "that was not readable (the terminal doesn't send UTF-8?): please type it again",
            "読み取れない文字です（端末が UTF-8 ではない可能性）。もう一度入力してください"
        ));
    }

    /// Lines of the terminal, for whoever reads many.
    pub fn lines(&self) -> Lines {
        Lines::new(self.watch(), knows_no_keys())
    }

    fn watch(&self) -> watch::Watch {
        self.asked.watch.get_or_init(watch::Watch::begin).clone()
    }

    /// Asks which of several; `None` when the question was left.
    ///
    /// # Errors
    ///
    /// [`Interrupted`](std::io::ErrorKind::Interrupted) where it was left with Ctrl-C.
    pub fn choose(&self, question: &str, choices: &[Choice], default: usize) -> std::io::Result<Option<usize>> {
        let columns = console::Term::stderr().size_checked().map_or(80, |(_, columns)| usize::from(columns));
        let (lang, plain) = (self.lang, knows_no_keys());
        menu::Asked { lang, question, choices, default, columns, plain }.ask(&self.watch())
    }

    /// Remembers words that somebody typed, until something has come of them.
    pub fn remember(&self, words: &str) {
        if !words.trim().is_empty() {
            self.asked.words.borrow_mut().push(words.to_owned());
        }
    }

    /// The words that were typed so far.
    pub fn words(&self) -> Vec<String> {
        self.asked.words.take()
    }
}

/// Whether the terminal has no keys to edit with.
fn knows_no_keys() -> bool {
    crate::env::var("TERM").is_none_or(|term| ["dumb", "emacs", "cons25"].contains(&term.as_str()))
}

/// How far long work is; the bar goes when this does.
#[derive(Debug)]
pub struct Progress {
    bar: indicatif::ProgressBar,
}

impl Progress {
    /// So many steps of so many are done.
    pub fn set_of(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// So many steps are done.
    pub fn set(&self, done: u64) {
        self.bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// All of standard input as text, up to `most` bytes; a byte order mark is none of it, and `\r\n` ends a line.
pub fn read_stdin(most: usize) -> Result<String, StdinError> {
    let bytes = stdin_bytes(most)?;
    let text =
        String::from_utf8(bytes).map_err(|error| StdinError::NotUtf8 { valid: error.utf8_error().valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text })
}

/// All of standard input, up to `most` bytes.
pub fn stdin_bytes(most: usize) -> Result<Vec<u8>, StdinError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(StdinError::TooLong { most }) } else { Ok(bytes) }
}

/// Why standard input could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum StdinError {
    /// It is longer than a text may be.
    #[error("standard input is longer than {most} bytes")]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// It is not UTF-8.
    #[error("standard input is not UTF-8: byte {valid} is none")]
    NotUtf8 {
        /// How many bytes were.
        valid: usize,
    },
    /// The system failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// How many columns a terminal has.
fn columns_of(terminal: &console::Term) -> Option<usize> {
    let columns = crate::env::var("COLUMNS").and_then(|columns| columns.parse().ok());
    columns.or_else(|| terminal.size_checked().map(|(_, columns)| usize::from(columns)))
}

fn write_err(text: &str) {
    let mut stream = std::io::stderr().lock();
    let _ = writeln!(stream, "{text}");
}

/// Writes a piece of a question as it is.
fn put(text: &str) {
    let mut stream = std::io::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
