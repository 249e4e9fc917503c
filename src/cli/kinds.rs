//! Kinds of entries as they are typed where entries are picked.

use super::desk::Desk;
use crate::error::Failure;
use crate::incident::command::NoteKind;
use crate::incident::fact::Fact;
use crate::say;
use crate::text::one_line;

/// Refuses a kind of entries that nobody ever wrote: it finds nothing, which would look like an answer.
pub fn known(desk: &Desk, typed: &str) -> Result<(), Failure> {
    let first = |kind: &'static str| kind.split('.').next().unwrap_or(kind);
    let is_known =
        NoteKind::parse(typed).is_some() || Fact::KINDS.iter().any(|(kind, _)| *kind == typed || first(kind) == typed);
    if is_known {
        return Ok(());
    }
    let mut groups: Vec<&str> = Fact::KINDS.iter().map(|(kind, _)| first(kind)).collect();
    groups.sort_unstable();
    groups.dedup();
    let (typed, groups) = (one_line(typed), groups.join(", "));
    let message = say!(desk.lang, "there is no kind of entry `{typed}`", "記録の種類「{typed}」はありません");
    Err(Failure::usage(message).hint(say!(
        desk.lang,
        "a kind, such as note.added, or a group: {groups}",
        "種類（note.added など）か、まとまりで指定: {groups}"
    )))
}
