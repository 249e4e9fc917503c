//! What a verb asks on a terminal, and what becomes of words whose question was left.

use super::Desk;
use crate::cli::freetext::interrupted;
use crate::error::Failure;
use crate::incident::command::{Note, NoteKind};
use crate::incident::localized::Lang;
use crate::say;
use crate::ui::Choice;

impl Desk {
    /// Asks once for what may be left out, such as a reason; Enter leaves it out. Where nobody looks, nobody is asked.
    pub fn ask_once(&self, english: &str, japanese: &str) -> Result<Option<String>, Failure> {
        let looks = self.ui.interactive && self.ui.terminal && !self.ui.quiet && !self.ui.json;
        if !looks {
            return Ok(None);
        }
        let question = match self.lang {
            Lang::En => format!("{english} (Enter leaves it out)"),
            Lang::Ja => format!("{japanese}（空欄可）"),
        };
        self.ui.ask(&format!("{question}:"), None).map_err(|error| interrupted(&error))
    }

    /// Asks which of several; leaving the question is a failure.
    pub fn pick(&self, question: &str, choices: &[Choice], default: usize) -> Result<usize, Failure> {
        let chosen = self.ui.choose(question, choices, default).map_err(|error| interrupted(&error))?;
        chosen.ok_or_else(|| interrupted(&std::io::ErrorKind::Interrupted.into()))
    }

    /// Asks whether it is meant; where nobody can be asked, it is.
    pub fn is_meant(&self, question: &str) -> Result<bool, Failure> {
        if !self.ui.interactive {
            return Ok(true);
        }
        self.ui.confirm(question, false).map_err(|error| interrupted(&error))
    }

    /// Where a question was left, or an editor failed: keeps the words that were typed before, and says where.
    pub fn rescue(&self, failure: Failure) -> Failure {
        let words = self.ui.words();
        let left = failure.kind == "interrupted";
        if !left && failure.kind != "editor" {
            return failure;
        }
        let message = if left {
            say!(self.lang, "the question was left: nothing is recorded", "質問を中止しました。何も記録していません")
        } else {
            failure.message.clone()
        };
        let failure = Failure { message, ..failure };
        if words.is_empty() {
            return failure;
        }
        let text = words.join("\n");
        match self.keep_typed(text.clone()) {
            Some(id) => {
                let kept = say!(
                    self.lang,
                    "your words are kept: hikeshi inbox file {id} -i NUMBER",
                    "入力内容は保管しました: hikeshi inbox file {id} -i 番号"
                );
                let hint = failure.hint.as_ref().map_or_else(|| kept.clone(), |hint| format!("{kept}\n  {hint}"));
                failure.hint(hint)
            }
            None => failure.details(text.lines().map(|line| crate::text::one_line(line).into_owned()).collect()),
        }
    }

    /// Keeps words that were typed; their id.
    fn keep_typed(&self, text: String) -> Option<String> {
        let note = Note { text, kind: NoteKind::Observation, pin: false, bridge: None, confirms: None, refutes: None };
        self.keep_words(note, None)
    }
}
