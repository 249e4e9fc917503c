//! What only a terminal sees: questions, menus, and that whatever was typed is kept on every way out.

mod asking;
mod leaving;
mod scribe;

use super::place::Place;
use expectrl::{Expect, Session};
use std::time::Duration;

/// How long a command may take to speak: as long as the slowest machine needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// A command on a terminal.
pub struct Terminal {
    session: expectrl::session::OsSession,
    heard: Vec<u8>,
}

impl Terminal {
    /// Starts a command on a terminal with all its keys.
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        Self::with(place, arguments, &[("TERM", "xterm")])
    }

    /// Starts a command on a terminal without keys.
    pub fn dumb(place: &Place, arguments: &[&str]) -> Self {
        Self::with(place, arguments, &[("TERM", "dumb")])
    }

    /// Starts a command on a terminal with these variables set.
    pub fn with(place: &Place, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = place.command(arguments);
        command.env("COLUMNS", "100").envs(environment.iter().copied()).stdin(std::process::Stdio::inherit());
        let mut session = Session::spawn(command).expect("a terminal");
        session.set_expect_timeout(Some(PATIENCE));
        Self { session, heard: Vec::new() }
    }

    /// Waits until it says this.
    pub fn says(&mut self, text: &str) -> &mut Self {
        let heard = self.session.expect(text);
        let heard = heard.unwrap_or_else(|error| panic!("`{text}` was not said: {error}\n{}", self.heard()));
        self.heard.extend_from_slice(heard.before());
        self.heard.extend_from_slice(text.as_bytes());
        self
    }

    /// Types these keys.
    pub fn types(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        use std::io::Write;
        self.session.write_all(keys.as_ref()).and_then(|()| self.session.flush()).expect("typed");
        self
    }

    /// Waits until it ends; its exit code, where it has one.
    pub fn ends(&mut self) -> Option<i32> {
        let heard = self.session.expect(expectrl::Eof);
        let heard = heard.unwrap_or_else(|error| panic!("it didn't end: {error}\n{}", self.heard()));
        self.heard.extend_from_slice(heard.as_bytes());
        match self.session.get_process().wait().expect("ended") {
            expectrl::process::unix::WaitStatus::Exited(_, code) => Some(code),
            _ => None,
        }
    }

    /// Everything it said so far.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard).into_owned()
    }

    /// Its process.
    pub fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_raw(self.session.get_process().pid().as_raw()).expect("a process")
    }

    /// Nothing hides the cursor that doesn't show it again.
    pub fn leaves_a_cursor(&self) {
        let heard = self.heard();
        let (hidden, shown) = (heard.rfind("\u{1b}[?25l"), heard.rfind("\u{1b}[?25h"));
        assert!(hidden <= shown, "the cursor stays hidden: {heard:?}");
    }
}

/// The words in the inbox.
pub fn inbox(place: &Place) -> Vec<String> {
    let items = place.json(&["inbox"])["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["text"].as_str().map(str::to_owned)).collect()
}

/// The notes of an incident, oldest first.
pub fn notes(place: &Place, number: &str) -> Vec<String> {
    let entries =
        place.json(&["timeline", number, "--kind", "note"])["entries"].as_array().cloned().unwrap_or_default();
    entries.iter().filter_map(|entry| entry["data"]["text"].as_str().map(str::to_owned)).collect()
}
