//! A sheet: a heading and short sections, for a terminal, for a Markdown file, or for pasting into a chat.
//!
//! What stands on it is plain text; each format escapes it in one place, so that none can be forgotten.

use super::Page;
use super::escape::{chat, markdown};
use crate::text::{one_line, visible};

/// What stands on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What it is about.
    pub title: String,
    /// What must be seen first.
    pub lead: Vec<String>,
    /// The sections that have something to say.
    pub sections: Vec<Section>,
}

/// A heading with lines below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// One line.
    Item(String),
    /// One line that must not be missed.
    Alarm(String),
    /// What people wrote, line for line; it belongs to the item before it.
    Words(String),
}

impl Sheet {
    /// Adds a section, where it has something to say.
    pub fn add(&mut self, title: String, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.sections.push(Section { title, lines });
        }
    }

    /// The sheet on a terminal.
    pub fn terminal(&self, page: &Page) -> String {
        let mut lines = vec![page.bold(&one_line(&self.title))];
        lines.extend(self.lead.iter().map(|line| one_line(line).into_owned()));
        for section in &self.sections {
            lines.push(String::new());
            lines.push(page.bold(&one_line(&section.title)));
            lines.extend(drawn(page, &section.lines).into_iter().map(|line| format!("  {line}")));
        }
        lines.join("\n")
    }

    /// The sheet as a Markdown document.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", markdown(&self.title));
        if !self.lead.is_empty() {
            let lead: Vec<String> = self.lead.iter().map(|line| markdown(line)).collect();
            text.push_str(&format!("\n{}\n", lead.join("\\\n")));
        }
        for section in &self.sections {
            text.push_str(&format!("\n## {}\n\n", markdown(&section.title)));
            for line in &section.lines {
                let shown = match line {
                    Line::Item(item) => format!("- {}", markdown(item)),
                    Line::Alarm(item) => format!("- **{}**", markdown(item)),
                    Line::Words(words) => {
                        let quoted: Vec<String> =
                            written(words).map(|line| format!("  > {}", markdown(line))).collect();
                        quoted.join("\\\n")
                    }
                };
                text.push_str(&shown);
                text.push('\n');
            }
        }
        text
    }

    /// The sheet for a chat: plain text that Slack and Teams show alike.
    pub fn chat(&self) -> String {
        let mut lines = vec![format!("*{}*", unstarred(&chat(&self.title)))];
        lines.extend(self.lead.iter().map(|line| chat(line)));
        for section in &self.sections {
            lines.push(format!("*{}*", unstarred(&chat(&section.title))));
            for line in &section.lines {
                match line {
                    Line::Item(item) => lines.push(format!("• {}", chat(item))),
                    Line::Alarm(item) => lines.push(format!("• ⚠ {}", chat(item))),
                    Line::Words(words) => lines.extend(written(words).map(|line| format!("> {}", chat(line)))),
                }
            }
        }
        lines.join("\n")
    }
}

/// Lines as they stand on a terminal, without the indentation below a heading.
pub fn drawn(page: &Page, section: &[Line]) -> Vec<String> {
    let mut lines = Vec::new();
    for line in section {
        match line {
            Line::Item(item) => lines.push(one_line(item).into_owned()),
            Line::Alarm(item) => lines.push(page.alarm(&one_line(item))),
            Line::Words(words) => lines.extend(written(words).map(|line| format!("  {}", one_line(line)))),
        }
    }
    lines
}

/// The lines that people wrote, empty ones left out.
fn written(words: &str) -> impl Iterator<Item = &str> {
    words.lines().map(str::trim_end).filter(|line| !line.trim().is_empty())
}

/// A star inside would end the emphasis.
fn unstarred(text: &str) -> String {
    text.replace('*', "∗")
}

/// What people wrote, as it is shown where lines are kept.
pub fn kept(words: &str) -> String {
    visible(words.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Line, Sheet};

    fn sheet() -> Sheet {
        let mut sheet =
            Sheet { title: "#1 *API* down".to_owned(), lead: vec!["sev1 · @here".to_owned()], ..Sheet::default() };
        sheet.add(
            "say now".to_owned(),
            vec![
                Line::Item("customers: [ok](https://x.example)".to_owned()),
                Line::Words("# We are down\n\n> - and sorry <script>".to_owned()),
                Line::Alarm("overdue\u{1b}[2J".to_owned()),
            ],
        );
        sheet.add("nothing".to_owned(), Vec::new());
        sheet
    }

    #[test]
    fn hostile_text_stays_text_in_markdown() {
        assert_eq!(
            sheet().markdown(),
            "# \\#1 \\*API\\* down\n\nsev1 · @here\n\n## say now\n\n- customers: \\[ok\\](https://x.example)\n  \
             > \\# We are down\\\n  > \\> - and sorry &lt;script>\n- **overdue\\\\x1b\\[2J**\n"
        );
    }

    #[test]
    fn hostile_text_stays_text_in_a_chat() {
        assert_eq!(
            sheet().chat(),
            "*#1 ∗API∗ down*\nsev1 · ＠here\n*say now*\n• customers: [ok]（https://x.example)\n\
             > ＃ We are down\n> › - and sorry ‹script>\n• ⚠ overdue\\x1b[2J"
        );
    }
}
