//! The chain of causes as a drawing: each below what it explains (E9).

use super::frame::svg;
use super::lanes::fitted;
use crate::incident::localized::Lang;
use crate::render::escape::html as escape;
use crate::text::postmortem as say;
use crate::view::postmortem::Postmortem;
use crate::view::tree;
use std::fmt::Write as _;

const WIDTH: i64 = 860;
const ROW: i64 = 40;
const INDENT: i64 = 32;
const BOX: i64 = 30;
/// How deep boxes go on moving to the right.
const DEEPEST: usize = 14;

/// The chain, and what it says to those who don't see it.
pub fn causes(postmortem: &Postmortem, lang: Lang) -> String {
    let branches = tree(&postmortem.causes);
    let mut body = String::new();
    // The middle of the last box at each depth: where a branch begins.
    let mut above: Vec<i64> = Vec::new();
    let mut told = Vec::new();
    for (row, branch) in branches.iter().enumerate() {
        let depth = branch.depth().min(DEEPEST);
        let top = ROW * i64::try_from(row).unwrap_or_default() + 4;
        let left = INDENT * i64::try_from(depth).unwrap_or_default() + 4;
        let middle = top + BOX / 2;
        above.truncate(depth);
        if let Some(from) = above.last() {
            let x = left - INDENT / 2;
            let _ = writeln!(body, r#"<path class="axis" d="M{x} {from}V{middle}H{left}"/>"#);
        }
        above.push(top + BOX);
        let words = if branch.cause.text.is_empty() { say::words_removed(lang) } else { branch.cause.text.clone() };
        let line = format!("C{} {}", row + 1, crate::text::first_line(&words));
        let class = if branch.is_root { "cause root" } else { "cause" };
        let wide = WIDTH - left - 4;
        let _ = writeln!(
            body,
            r#"<rect class="{class}" x="{left}" y="{top}" width="{wide}" height="{BOX}" rx="4"/><text x="{}" y="{}">{}</text>"#,
            left + 10,
            middle + 4,
            escape(&fitted(&crate::text::one_line(&line), wide - 20))
        );
        told.push(line);
    }
    let height = ROW * i64::try_from(branches.len()).unwrap_or_default() + 4;
    svg("causes", (WIDTH, height), &say::causes_title(lang), &say::causes_description(&told, lang), &body)
}
