//! The document as people edit it: what they write stands between generated facts, which are quoted and not kept.
//!
//! Each section begins with a comment that names it and the version that it is written from, so that a file that was
//! kept for later still knows what it changes.

use super::markdown;
use super::outline::outline;
use super::page::Block;
use crate::incident::id::EventId;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::{Moments, one_line};
use crate::view::postmortem::{Postmortem, Section};
use uuid::Uuid;

/// How many generated lines stand before a section; the document itself has them all.
const LINES: usize = 24;

const SECTION: &str = "<!-- section:";
const GENERATED: &str = "<!-- generated:";
const END: &str = "<!-- end -->";
const MARKS: [&str; 3] = [SECTION, GENERATED, END];

/// The document to edit: all of it, or one section.
pub fn worksheet(postmortem: &Postmortem, only: Option<&str>, moments: &Moments) -> String {
    let lang = moments.lang();
    let number = postmortem.number;
    let mut text = say!(
        lang,
        "<!-- Postmortem #{number}. Write below each section's line. Quoted lines (>) between `generated` and `end`\n     come from the log: what is changed there is not kept. A section is emptied by removing its text. -->\n",
        "<!-- ポストモーテム #{number}。各節の行の下に書く。generated と end の間の引用行（>）は記録から作られたもので、\n     変更しても保存されない。本文を消すと、その節は空になる。 -->\n"
    );
    let mut generated: Vec<String> = Vec::new();
    for block in outline(postmortem, moments) {
        match block {
            Block::Human(human) => {
                let section = postmortem.section(&human.id);
                if let Some(section) = section.filter(|section| only.is_none_or(|only| only == section.id)) {
                    text.push_str(&part(section, &generated, lang));
                }
                generated.clear();
            }
            Block::Heading(..) | Block::Titled(..) => generated.clear(),
            other => {
                let shown = markdown::shown(other, moments).unwrap_or_default();
                generated.extend(shown.lines().map(str::to_owned));
            }
        }
    }
    text
}

fn part(section: &Section, generated: &[String], lang: Lang) -> String {
    let (id, title) = (&section.id, one_line(section.title.get(lang)));
    let base = section.written.as_ref().map(|written| format!(" from {}", written.id)).unwrap_or_default();
    let mut text = format!("\n{SECTION} {id}{base} -->\n## {title}\n{GENERATED} {id} -->\n");
    let question = markdown::comment(section.question.get(lang));
    for line in generated.iter().take(LINES).chain((!question.is_empty()).then_some(&question)) {
        text.push_str(format!("> {line}").trim_end());
        text.push('\n');
    }
    text.push_str(END);
    text.push('\n');
    if let Some(written) = &section.written {
        text.push('\n');
        for line in written.text.lines() {
            // Words that look like one of our own lines stay words.
            text.push_str(if is_escapable(line) { "\\" } else { "" });
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push('\n');
    text
}

fn is_escapable(line: &str) -> bool {
    let bare = line.trim_start().trim_start_matches('\\');
    MARKS.iter().any(|mark| bare.starts_with(mark))
}

/// What somebody saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// The sections, in the order in which they stand.
    pub sections: Vec<SavedSection>,
    /// The generated parts, by section, as they were saved; words outside of every section under no name.
    pub generated: Vec<(String, String)>,
}

/// A section as somebody saved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSection {
    /// Its slug.
    pub id: String,
    /// The version that it was written from.
    pub base: Option<EventId>,
    /// What it says.
    pub text: String,
}

/// Reads what somebody saved: their words apart from what was generated.
pub fn read_worksheet(text: &str) -> Saved {
    let mut saved = Saved::default();
    let mut generated: Vec<(String, Vec<&str>)> = vec![(String::new(), Vec::new())];
    let mut sections: Vec<(String, Option<EventId>, Vec<String>)> = Vec::new();
    let (mut inside, mut opened, mut closed, mut headed) = (false, false, false, true);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let trimmed = line.trim();
        if let Some(named) = trimmed.strip_prefix(SECTION).and_then(|rest| rest.strip_suffix("-->")) {
            let mut words = named.split_whitespace();
            let id = words.next().unwrap_or_default().to_owned();
            let base = words.nth(1).and_then(|id| Uuid::parse_str(id).ok()).map(EventId);
            generated.push((id.clone(), Vec::new()));
            sections.push((id, base, Vec::new()));
            (inside, opened, closed, headed) = (false, false, false, false);
        } else if !opened && !closed && trimmed.starts_with(GENERATED) && trimmed.ends_with("-->") {
            (inside, opened) = (true, true);
        } else if !closed && trimmed == END {
            // Further ones are words of the section: in an example, say.
            (inside, closed) = (false, true);
        } else if inside || sections.is_empty() || (!headed && trimmed.starts_with("## ")) {
            headed |= !inside;
            if let Some((_, lines)) = generated.last_mut() {
                lines.push(line.trim_end());
            }
        } else if let Some((_, _, lines)) = sections.last_mut() {
            headed |= !trimmed.is_empty();
            let own = if is_escapable(line) { line.replacen('\\', "", 1) } else { line.to_owned() };
            lines.push(own.trim_end().to_owned());
        }
    }
    for (id, base, lines) in sections {
        let text = lines.join("\n").trim_matches('\n').to_owned();
        match saved.sections.iter_mut().find(|known| known.id == id) {
            // The same section twice: nothing of either is lost.
            Some(known) => {
                let both = format!("{}\n\n{text}", known.text);
                both.trim_matches('\n').clone_into(&mut known.text);
            }
            None => saved.sections.push(SavedSection { id, base, text }),
        }
    }
    saved.generated = generated.into_iter().map(|(id, lines)| (id, lines.join("\n").trim().to_owned())).collect();
    saved
}

impl Saved {
    /// The sections whose generated part is another than in `before`; an empty name stands for the words in front.
    pub fn altered(&self, before: &Self) -> Vec<String> {
        let was = |id: &str| before.generated.iter().find(|(known, _)| known == id).map_or("", |(_, text)| text);
        let changed = self.generated.iter().filter(|(id, text)| was(id) != text);
        changed.map(|(id, _)| id.clone()).collect()
    }
}

#[cfg(test)]
mod tests;
