//! Keeping words whose line could be read in two ways.

use super::{Desk, Reach};
use crate::cli::arguments::Recording;
use crate::engine::{Request, Subject};
use crate::incident::command::{Command, Note};

impl Desk {
    /// Keeps words whose line could be read in two ways; their id, where they are in the inbox.
    pub fn keep_words(&self, note: Note, at: Option<String>) -> Option<String> {
        let recording = Recording { at, key: None };
        let mut request = self.request(Subject::Store, Command::Note(note.clone()), &recording);
        if request.is_err() {
            // A time that can't be read is no reason to lose the words.
            request = self.request(Subject::Store, Command::Note(note), &Recording::default());
        }
        let request = Request { named: None, ..request.ok()? };
        let kept = self.try_open().and_then(|mut session| session.keep(&request));
        match kept {
            Ok(entry) => Some(entry.short),
            Err(error) => {
                let spooled = self.spool_quietly(&request, Reach::NotOver, &error, 0);
                spooled.ok().map(|()| request.stamp.batch.event(0).tag())
            }
        }
    }
}
