//! What was found: incident, day, kind, and the passage with the words that were asked for.

use super::{Fit, Page, Table};
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::say;
use crate::search::Passage;
use crate::text::one_line;
use crate::view::search::Hit;
use anstyle::{AnsiColor, Style};

/// Hits, one a line, the best first.
pub fn search(page: &Page, hits: &[Hit], more: bool, capped: bool) -> String {
    let lang = page.lang();
    let headings = match lang {
        Lang::En => ["#", "at", "entry", "kind", "text"],
        Lang::Ja => ["#", "時刻", "記録", "種類", "本文"],
    };
    let mut table = Table::new(page, &headings.map(str::to_owned)).fit(4, Fit::Flow(20)).gives_up(&[3, 1]);
    for hit in hits {
        let id = hit.entry.short.chars().take(hit.entry.short.len().max(TAG_SHORTEST)).collect();
        table.row(vec![
            format!("#{}", hit.incident.number),
            page.moments.day_clock_apart(hit.entry.header.at),
            id,
            hit.entry.header.kind.clone(),
            format!("{}{}", marks(page, hit), marked(page, &hit.passage)),
        ]);
    }
    let mut lines = table.lines();
    if more {
        lines.push(say!(lang, "… and more: --limit N", "… ほかにもあります: --limit N"));
    }
    if capped {
        lines.push(say!(
            lang,
            "… only the newest were compared; an older one may fit better: more words, --kind or -i narrow it down",
            "… 新しい記録だけを比べました。古い記録の方が合うこともあります。語を増やすか --kind、-i で絞れます"
        ));
    }
    lines.join("\n")
}

/// What else is to be known of an entry before its words are believed.
fn marks(page: &Page, hit: &Hit) -> String {
    let lang = page.lang();
    let mut marks: Vec<String> = Vec::new();
    if hit.incident.drill {
        marks.push(say!(lang, "drill", "演習"));
    }
    if hit.incident.restricted {
        marks.push(say!(lang, "restricted", "限定公開"));
    }
    if hit.is_undone() {
        marks.push(say!(lang, "taken back", "取り下げ済み"));
    }
    if hit.earlier {
        marks.push(say!(lang, "before it was corrected", "訂正前"));
    } else if hit.is_amended() {
        marks.push(say!(lang, "corrected", "訂正済み"));
    }
    if marks.is_empty() {
        return String::new();
    }
    let between = if lang == Lang::Ja { "、" } else { ", " };
    format!("{} ", page.dim(&format!("[{}]", marks.join(between))))
}

/// A passage with the words in colour, or in «» where there is none.
pub fn marked(page: &Page, passage: &Passage) -> String {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let mut line = String::new();
    let mut at = 0;
    let piece = |from: usize, to: usize| one_line(passage.text.get(from..to).unwrap_or_default()).into_owned();
    for (from, to) in &passage.ranges {
        line.push_str(&piece(at, *from));
        let word = piece(*from, *to);
        line.push_str(&if page.colored { page.paint(style, &word) } else { format!("«{word}»") });
        at = *to;
    }
    line.push_str(&piece(at, passage.text.len()));
    line
}
