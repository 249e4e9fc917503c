//! Past incidents like this one: why, what resolved them, how long it took.

use super::Page;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::{label, one_line};
use crate::view::alike::{Alike, Ending};
use crate::view::similar::Why;

/// How many characters of what resolved one are shown.
const SHOWN: usize = 160;

/// Past incidents, the most alike first.
pub fn similar(page: &Page, found: &[Alike]) -> String {
    found.iter().map(|one| lines(page, one)).collect::<Vec<_>>().join("\n")
}

/// A few words above those that are shown without being asked for.
pub fn similar_at_declare(page: &Page, found: &[Alike]) -> String {
    let lang = page.lang();
    let head = say!(lang, "like earlier incidents (hikeshi similar):", "似た過去のインシデント（hikeshi similar）:");
    format!("{head}\n{}", similar(page, found))
}

fn lines(page: &Page, one: &Alike) -> String {
    let lang = page.lang();
    let incident = &one.incident;
    let number = page.bold(&format!("#{}", incident.number));
    let title = one_line(&incident.title);
    let day = page.moments.day(incident.times.started.unwrap_or(incident.times.declared));
    let mut head = format!("{number} {day} {title}");
    if incident.near_miss {
        head.push_str(&say!(lang, " (near miss)", "（ヒヤリハット）"));
    }
    let end = one.lasted().map(|lasted| page.moments.span(lasted));
    let status = label::status(incident.status, lang);
    let lasted = end.map_or_else(|| status.to_owned(), |span| say!(lang, "{status} after {span}", "{span}で{status}"));
    let why: Vec<String> = one.why.iter().map(|why| reason(why, lang)).collect();
    let why = one_line(&why.join("; ")).into_owned();
    let mut lines = vec![head, page.dim(&format!("   {why}")), format!("   {lasted}{}", ended(one, lang))];
    if let Some(cause) = &incident.cause {
        let cause = short(cause);
        lines.push(say!(lang, "   cause: {cause}", "   原因: {cause}"));
    }
    lines.join("\n")
}

fn ended(one: &Alike, lang: Lang) -> String {
    match one.ending() {
        Some(Ending::Fix(text)) => format!("; {}", say!(lang, "fix: {}", "恒久対応: {}", short(text))),
        Some(Ending::Workaround(text)) => format!("; {}", say!(lang, "workaround: {}", "回避策: {}", short(text))),
        Some(Ending::Summary(text)) => format!("; {}", short(text)),
        None => String::new(),
    }
}

fn short(text: &str) -> String {
    let line = one_line(text.trim());
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

/// Why one is like another.
pub fn reason(why: &Why, lang: Lang) -> String {
    let between = if lang == Lang::Ja { "、" } else { ", " };
    match why {
        Why::Service(name) => say!(lang, "service {name}", "サービス {name}"),
        Why::Category(name) => say!(lang, "category {name}", "カテゴリ {name}"),
        Why::Title(words) => say!(lang, "title: {}", "題名: {}", words.join(between)),
        Why::Cause(words) => say!(lang, "cause and workaround: {}", "原因・対処: {}", words.join(between)),
        Why::Said(words) => say!(lang, "said: {}", "記録: {}", words.join(between)),
    }
}
