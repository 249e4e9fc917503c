//! Why the postmortem was not written or approved.

use crate::incident::localized::Lang;
use crate::incident::rejection::WritingRejection;
use crate::say;
use crate::text::{one_line, review};

/// What was wrong, and the command to run next; `on` is the program with the incident.
pub(super) fn refusal(rejection: &WritingRejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        WritingRejection::UnknownSection { typed, known } => {
            let (typed, known) = (one_line(typed), known.join(", "));
            (
                say!(
                    lang,
                    "the postmortem has no section `{typed}`",
                    "ポストモーテムに「{typed}」という節はありません"
                ),
                Some(say!(lang, "sections: {known}", "節: {known}")),
            )
        }
        WritingRejection::Weak { findings } => {
            let count = findings.len();
            (
                say!(lang, "something is missing or weak, findings: {count}", "不足や弱い点が{count}件あります"),
                Some(format!("{on} postmortem approve --force --reason …")),
            )
        }
        WritingRejection::NothingWritten => (
            say!(lang, "nobody has written anything yet", "まだ何も書かれていません"),
            Some(format!("{on} postmortem edit")),
        ),
        WritingRejection::Approved { by } => {
            let by = one_line(by);
            (
                say!(
                    lang,
                    "{by} has approved it, and nothing was written since",
                    "{by} が承認済みで、その後の変更はありません"
                ),
                Some(format!("{on} postmortem")),
            )
        }
    }
}

/// A line for each thing that is missing or weak.
pub(super) fn details(rejection: &WritingRejection, on: &str, lang: Lang) -> Vec<String> {
    match rejection {
        WritingRejection::Weak { findings } => findings.iter().map(|one| review::told(one, on, lang)).collect(),
        _ => Vec::new(),
    }
}
