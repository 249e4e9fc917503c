//! The chain of causes as an indented tree (E9).

use super::Page;
use crate::incident::id::EventId;
use crate::incident::state::Lessons;
use crate::say;
use crate::text::{label, one_line};
use crate::view::{Branch, tree};

/// How far down links are indented further; a longer chain goes on at that depth, so that it still fits a screen.
const DEEPEST: usize = 12;

/// The chain as a tree: what happened at the top, below it why, below that why again.
pub fn causes(page: &Page, number: u32, lessons: &Lessons, short: impl Fn(EventId) -> String) -> String {
    let lang = page.lang();
    if lessons.causes.is_empty() {
        return say!(
            lang,
            "no causes yet: hikeshi -i {number} cause add TEXT",
            "原因はまだありません: hikeshi -i {number} cause add TEXT"
        );
    }
    let line = |branch: Branch<'_>| {
        let cause = branch.cause;
        let indent = match branch.depth() {
            0 => String::new(),
            depth => format!("{}└ ", "  ".repeat(depth.min(DEEPEST) - 1)),
        };
        let text = if cause.text.is_empty() {
            say!(lang, "[words removed]", "［文言は削除済み］")
        } else {
            one_line(&cause.text).into_owned()
        };
        let factor = cause.factor.map(|factor| label::cause_kind(factor, lang).to_owned());
        let shown = match cause.evidence.as_slice() {
            [] => page.alarm(&say!(lang, "no evidence", "証拠なし")),
            ids => {
                let ids: Vec<String> = ids.iter().map(|id| short(*id)).collect();
                let ids = ids.join(", ");
                say!(lang, "evidence: {ids}", "証拠: {ids}")
            }
        };
        let prevented = lessons.actions.iter().filter(|action| action.prevents == Some(cause.id)).count();
        let prevented = (prevented > 0).then(|| say!(lang, "actions: {prevented}", "対策: {prevented}件"));
        let rest: Vec<String> = [factor, Some(shown), prevented].into_iter().flatten().collect();
        format!("{indent}{} {text} · {}", page.dim(&short(cause.id)), rest.join(" · "))
    };
    tree(&lessons.causes).into_iter().map(line).collect::<Vec<_>>().join("\n")
}
