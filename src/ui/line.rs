//! A line that somebody types on a terminal: with keys to edit it, or as the terminal gives it where it has none.

use super::watch::Watch;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdin;
use rustyline::completion::Completer;
use rustyline::error::{ReadlineError, Signal};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{Behavior, Config, Context, Editor, Helper};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::rc::Rc;

/// The most lines that a history keeps.
const KEPT: usize = 1000;

/// How many lines must wait on a terminal without an editor to be a pasted block; two may be somebody typing ahead.
const BLOCK: usize = 3;

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// It was typed; a pasted block has several lines.
    Line(String),
    /// Nothing comes any more.
    Ended,
    /// It was left with Ctrl-C, with this much typed.
    Interrupted(String),
    /// Bytes that are no text stood in it; what was typed before them is this.
    Unreadable(String),
}

/// Reads lines from a terminal.
pub struct Lines {
    editor: Option<Editor<Last, FileHistory>>,
    last: Rc<RefCell<String>>,
    watch: Watch,
    waiting: VecDeque<String>,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lines").field("edits", &self.editor.is_some()).finish_non_exhaustive()
    }
}

impl Lines {
    /// Lines of this terminal; `plain` is one that understands no keys.
    pub(super) fn new(watch: Watch, plain: bool) -> Self {
        let last: Rc<RefCell<String>> = Rc::default();
        let config = Config::builder()
            .behavior(Behavior::PreferTerm)
            .auto_add_history(false)
            .bracketed_paste(true)
            .keyseq_timeout(Some(100))
            .max_history_size(KEPT)
            .map(rustyline::config::Builder::build);
        let editor = config.ok().filter(|_| !plain).and_then(|config| {
            let mut editor = Editor::with_config(config).ok()?;
            editor.set_helper(Some(Last(Rc::clone(&last))));
            Some(editor)
        });
        Self { editor, last, watch, waiting: VecDeque::new() }
    }

    /// The next line, with this in it to begin with.
    ///
    /// # Errors
    ///
    /// Where the terminal can't be read.
    pub fn read(&mut self, prompt: &str, initial: &str) -> io::Result<Typed> {
        let Some(editor) = &mut self.editor else { return self.plain(prompt, initial) };
        initial.clone_into(&mut self.last.borrow_mut());
        let kept = self.watch.remember()?;
        let read = editor.readline_with_initial(prompt, (initial, ""));
        drop(kept);
        let last = || self.last.borrow().clone();
        match read {
            Ok(line) => Ok(Typed::Line(line)),
            Err(ReadlineError::Eof) => Ok(Typed::Ended),
            Err(ReadlineError::Interrupted | ReadlineError::Signal(Signal::Interrupt)) => {
                Ok(Typed::Interrupted(last()))
            }
            Err(ReadlineError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
                Ok(Typed::Unreadable(last()))
            }
            Err(ReadlineError::Io(error)) => Err(error),
            Err(ReadlineError::Errno(error)) => Err(io::Error::from_raw_os_error(error as i32)),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// The next line as the terminal gives it.
    fn plain(&mut self, prompt: &str, initial: &str) -> io::Result<Typed> {
        // From the moment the question can be seen Ctrl-C leaves it, and not the program.
        let (_kept, told) = self.watch.line()?;
        if !initial.is_empty() {
            super::put(&format!("{initial}\n"));
        }
        super::put(prompt);
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Typed::Line(line));
        }
        let mut came = Vec::new();
        let mut bytes = [0; 4096];
        let mut rest = Vec::new();
        loop {
            let mut ends = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN), PollFd::new(&told, PollFlags::IN)];
            let patience = Timespec { tv_sec: 0, tv_nsec: 0 };
            match poll(&mut ends, (!came.is_empty()).then_some(&patience)) {
                Ok(0) => break,
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            if !ends[1].revents().is_empty() {
                let typed = came.into_iter().chain(String::from_utf8(rest)).collect::<Vec<String>>().join("\n");
                super::put("\n");
                return Ok(Typed::Interrupted(typed));
            }
            let read = rustix::io::read(stdin(), &mut bytes)?;
            rest.extend_from_slice(&bytes[..read]);
            if read == 0 && rest.is_empty() && came.is_empty() {
                return Ok(Typed::Ended);
            }
            while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = rest.drain(..=end).collect();
                line.pop();
                match String::from_utf8(line) {
                    Ok(line) => came.push(line),
                    Err(error) => {
                        self.waiting.extend(came);
                        let valid = error.utf8_error().valid_up_to();
                        return Ok(Typed::Unreadable(String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned()));
                    }
                }
            }
            if read == 0 {
                break;
            }
        }
        if came.len() >= BLOCK {
            return Ok(Typed::Line(came.join("\n")));
        }
        self.waiting.extend(came);
        Ok(self.waiting.pop_front().map_or(Typed::Ended, Typed::Line))
    }

    /// Takes over what was typed in an earlier session.
    pub fn load(&mut self, file: &Path) {
        if let Some(editor) = &mut self.editor {
            // A history that can't be read is none.
            let _ = editor.load_history(file);
        }
    }

    /// Remembers a line; in this file too, where one is named.
    ///
    /// # Errors
    ///
    /// Where the file can't be written.
    pub fn remember(&mut self, line: &str, file: Option<&Path>) -> io::Result<()> {
        let Some(editor) = &mut self.editor else { return Ok(()) };
        let other = |error: ReadlineError| match error {
            ReadlineError::Io(error) => error,
            error => io::Error::other(error),
        };
        editor.add_history_entry(line).map_err(other)?;
        file.map_or(Ok(()), |file| editor.append_history(file).map_err(other))
    }
}

/// Takes lines out of a history's file: those for which this holds.
///
/// # Errors
///
/// Where the file can't be written anew.
pub fn forget(file: &Path, gone: impl Fn(&str) -> bool) -> io::Result<()> {
    use rustyline::history::History;
    let other = |error: ReadlineError| io::Error::other(error);
    let config = Config::builder().max_history_size(KEPT).map(rustyline::config::Builder::build).map_err(other)?;
    let mut history = FileHistory::with_config(&config);
    if !file.exists() {
        return Ok(());
    }
    history.load(file).map_err(other)?;
    let all: Vec<String> = history.iter().cloned().collect();
    if !all.iter().any(|line| gone(line)) {
        return Ok(());
    }
    let mut left = FileHistory::with_config(&config);
    for line in all.iter().filter(|line| !gone(line)) {
        left.add(line).map_err(other)?;
    }
    // Written beside and moved: whoever reads meanwhile sees one or the other.
    let beside = file.with_extension("new");
    std::fs::remove_file(file)?;
    left.save(&beside).map_err(other)?;
    if beside.exists() { std::fs::rename(beside, file) } else { Ok(()) }
}

/// Sees every line while it is typed, so that one that is left is not lost.
struct Last(Rc<RefCell<String>>);

impl Hinter for Last {
    type Hint = String;

    fn hint(&self, line: &str, _pos: usize, _context: &Context<'_>) -> Option<String> {
        line.clone_into(&mut self.0.borrow_mut());
        None
    }
}

impl Completer for Last {
    type Candidate = String;
}

impl Highlighter for Last {}
impl Validator for Last {}
impl Helper for Last {}
