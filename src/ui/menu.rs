//! A choice among several: numbers and arrows pick, and nothing else ever does.

use super::key::{Key, half, key};
use super::watch::Watch;
use crate::incident::localized::Lang;
use crate::say;
use dialoguer::theme::{SimpleTheme, Theme as _};
use std::io;

/// One of several, and the number that picks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    number: u32,
    label: String,
}

impl Choice {
    /// What this number picks.
    pub const fn new(number: u32, label: String) -> Self {
        Self { number, label }
    }

    /// These in their order, counted from 1.
    pub fn counted(labels: Vec<String>) -> Vec<Self> {
        (1..).zip(labels).map(|(number, label)| Self { number, label }).collect()
    }
}

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Stay,
    /// Enter, where nothing says which.
    Refused(String),
    Chosen(usize),
    Left,
    Interrupted,
}

/// A choice that is being made.
struct Menu<'a> {
    choices: &'a [Choice],
    at: Option<usize>,
    typed: String,
}

impl<'a> Menu<'a> {
    fn new(choices: &'a [Choice], default: usize) -> Self {
        Self { choices, at: Some(default).filter(|at| *at < choices.len()), typed: String::new() }
    }

    fn press(&mut self, key: Key) -> Step {
        match key {
            Key::Up | Key::Down => {
                let last = self.choices.len().saturating_sub(1);
                self.typed.clear();
                self.at = Some(match (self.at, key) {
                    (Some(at), Key::Up) => at.saturating_sub(1),
                    (Some(at), _) => at.saturating_add(1).min(last),
                    (None, Key::Up) => last,
                    (None, _) => 0,
                });
                Step::Stay
            }
            Key::Letter(letter) => {
                self.typed.push(half(letter));
                Step::Stay
            }
            Key::Erase => {
                self.typed.pop();
                Step::Stay
            }
            Key::Unknown => {
                // Whoever presses it means something that is not here: Enter must not decide for them.
                self.at = None;
                Step::Stay
            }
            Key::Enter if self.typed.is_empty() => self.at.map_or_else(|| Step::Refused(String::new()), Step::Chosen),
            Key::Enter => {
                let typed = std::mem::take(&mut self.typed);
                self.picked(&typed).map_or_else(
                    || {
                        self.at = None;
                        Step::Refused(typed.clone())
                    },
                    Step::Chosen,
                )
            }
            Key::Leave => Step::Left,
            Key::Interrupt => Step::Interrupted,
        }
    }

    /// Which one a number picks: `2`, `#2`, `[2]`.
    fn picked(&self, typed: &str) -> Option<usize> {
        let bare = typed.trim();
        let bare = bare.strip_prefix('[').and_then(|bare| bare.strip_suffix(']')).unwrap_or(bare);
        let digits = bare.strip_prefix('#').unwrap_or(bare);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = digits.parse().ok().filter(|_| plain)?;
        self.choices.iter().position(|choice| choice.number == number)
    }

    /// What Enter would choose, where it would choose.
    fn preselected(&self) -> Option<u32> {
        self.at.and_then(|at| self.choices.get(at)).map(|choice| choice.number)
    }
}

/// How a choice is shown, and where its keys come from.
pub(super) struct Asked<'a> {
    pub(super) lang: Lang,
    pub(super) question: &'a str,
    pub(super) choices: &'a [Choice],
    pub(super) default: usize,
    /// Columns of the terminal.
    pub(super) columns: usize,
    /// Whether the terminal understands no keys: a number and Enter, then.
    pub(super) plain: bool,
}

impl Asked<'_> {
    /// Asks; `None` when the question was left.
    pub(super) fn ask(&self, watch: &Watch) -> io::Result<Option<usize>> {
        if self.plain { self.ask_plainly(watch) } else { self.ask_by_keys(watch) }
    }

    fn ask_by_keys(&self, watch: &Watch) -> io::Result<Option<usize>> {
        let mut menu = Menu::new(self.choices, self.default);
        let kept = watch.raw()?;
        super::put(&format!("{}\r\n", self.list().join("\r\n")));
        let outcome = loop {
            super::put(&format!("\r\x1b[K{}{}", self.prompt(&menu), shown(&menu.typed)));
            match menu.press(key()?) {
                Step::Stay => {}
                Step::Refused(typed) => super::put(&format!("\r\n{}\r\n", self.refusal(&typed))),
                Step::Chosen(chosen) => break Ok(Some(chosen)),
                Step::Left => break Ok(None),
                Step::Interrupted => break Err(io::ErrorKind::Interrupted.into()),
            }
        };
        if let Ok(Some(chosen)) = &outcome {
            let label = self.choices.get(*chosen).map(|choice| self.row(choice)).unwrap_or_default();
            super::put(&format!("\r\x1b[K{}", self.cut(label.trim_start())));
        }
        super::put("\r\n");
        drop(kept);
        outcome
    }

    fn ask_plainly(&self, watch: &Watch) -> io::Result<Option<usize>> {
        let mut menu = Menu::new(self.choices, self.default);
        let mut lines = super::line::Lines::new(watch.clone(), true);
        super::put(&format!("{}\n", self.list().join("\n")));
        loop {
            let typed = match lines.read(&self.prompt(&menu), "")? {
                super::Typed::Line(typed) => typed,
                super::Typed::Unreadable(_) => "?".to_owned(),
                super::Typed::Ended => return Ok(None),
                super::Typed::Interrupted(_) => return Err(io::ErrorKind::Interrupted.into()),
            };
            for letter in typed.trim().chars() {
                menu.press(Key::Letter(letter));
            }
            match menu.press(Key::Enter) {
                Step::Chosen(chosen) => return Ok(Some(chosen)),
                Step::Refused(typed) => super::put(&format!("{}\n", self.refusal(&typed))),
                Step::Stay | Step::Left | Step::Interrupted => return Ok(None),
            }
        }
    }

    fn prompt(&self, menu: &Menu<'_>) -> String {
        let number = menu.preselected().map(|number| number.to_string());
        let question = say!(self.lang, "number", "番号");
        shaped(|theme, line| theme.format_input_prompt(line, &question, number.as_deref()))
    }

    fn refusal(&self, typed: &str) -> String {
        let numbers: Vec<String> = self.choices.iter().map(|choice| choice.number.to_string()).collect();
        let numbers = numbers.join(", ");
        if typed.trim().is_empty() {
            return say!(self.lang, "type one of: {numbers} (Esc leaves)", "番号を入力: {numbers}（Esc で中止）");
        }
        let typed = shown(typed);
        say!(
            self.lang,
            "there is no `{typed}` here; type one of: {numbers} (Esc leaves)",
            "「{typed}」はありません。番号を入力: {numbers}（Esc で中止）"
        )
    }

    fn row(&self, choice: &Choice) -> String {
        let widest = self.choices.iter().map(|choice| choice.number.to_string().len()).max().unwrap_or(1);
        format!("  {:>widest$}  {}", choice.number, choice.label)
    }

    /// The question and the choices, words whole, what goes on indented.
    fn list(&self) -> Vec<String> {
        let mut lines = wrapped(self.question, self.columns, 0);
        for choice in self.choices {
            let row = self.row(choice);
            let indent = row.len() - choice.label.len();
            lines.extend(wrapped(&row, self.columns, indent));
        }
        lines
    }

    fn cut(&self, text: &str) -> String {
        console::truncate_str(text, self.columns.saturating_sub(1), "…").into_owned()
    }
}

/// A question that is answered with yes or no, and what Enter means.
pub(super) fn yes_or_no(question: &str, default: bool) -> String {
    let question = shaped(|theme, line| theme.format_confirm_prompt(line, question, Some(default)));
    question.trim_end().to_owned()
}

/// A question in the shape that other programs' questions have; its keys are ours, since a letter must never choose and
/// what was typed must outlive Ctrl-C.
fn shaped(format: impl FnOnce(&SimpleTheme, &mut String) -> std::fmt::Result) -> String {
    let mut line = String::new();
    // Writing to a text doesn't fail.
    let _ = format(&SimpleTheme, &mut line);
    line
}

/// What acts on a terminal, shown as a question mark.
fn shown(typed: &str) -> String {
    typed.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect()
}

/// A text in lines of so many columns, words whole where a line can hold them.
fn wrapped(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let columns = columns.max(indent + 10);
    let mut lines = Vec::new();
    let mut line = String::new();
    let width = console::measure_text_width;
    for word in text.split_inclusive(' ') {
        if width(&line) + width(word.trim_end()) <= columns {
            line.push_str(word);
            continue;
        }
        if line.trim().len() > indent.min(1) && !line.trim().is_empty() {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        }
        for letter in word.chars() {
            if width(&line) + width(letter.encode_utf8(&mut [0; 4])) > columns {
                lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Choice, Key, Menu, Step, wrapped};
    use unicode_width::UnicodeWidthStr;

    fn choices() -> Vec<Choice> {
        [1, 2, 12].into_iter().map(|number| Choice::new(number, format!("incident {number}"))).collect()
    }

    /// What Enter does after these keys, and what a second Enter does.
    fn entered(keys: &str) -> (Step, Step) {
        let choices = choices();
        let mut menu = Menu::new(&choices, 0);
        for letter in keys.chars() {
            menu.press(Key::Letter(letter));
        }
        (menu.press(Key::Enter), menu.press(Key::Enter))
    }

    #[test]
    fn digits_pick_and_nothing_else_does() {
        for (keys, chosen) in [("", 0), ("2", 1), ("#2", 1), ("１２", 2), ("[12]", 2), (" 2 ", 1), ("＃１", 0)] {
            assert_eq!(entered(keys).0, Step::Chosen(chosen), "{keys}");
        }
        for keys in ["k", "j", "q", " ", "k8s api down", "3", "2x", "x2", "--", "+2", "y", "は"] {
            let (first, second) = entered(keys);
            assert!(matches!(first, Step::Refused(_)), "{keys}: {first:?}");
            assert!(matches!(second, Step::Refused(_)), "Enter again after {keys}: {second:?}");
        }
    }

    #[test]
    fn an_unknown_key_never_lets_enter_decide_and_arrows_pick_again() {
        let choices = choices();
        let mut menu = Menu::new(&choices, 1);
        menu.press(Key::Unknown);
        assert!(matches!(menu.press(Key::Enter), Step::Refused(_)));
        menu.press(Key::Down);
        menu.press(Key::Down);
        assert_eq!(menu.press(Key::Enter), Step::Chosen(1));
        menu.press(Key::Letter('9'));
        menu.press(Key::Erase);
        assert_eq!(menu.press(Key::Enter), Step::Chosen(1), "what was erased was not typed");
        assert_eq!(menu.press(Key::Leave), Step::Left);
        assert_eq!(menu.press(Key::Interrupt), Step::Interrupted);
    }

    #[test]
    fn long_choices_hang_and_words_stay_whole() {
        let row = "  1  sev1 critical: many customers can't use the product at all, or data is at risk";
        let lines = wrapped(row, 40, 5);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.width() <= 40), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with("     ") && !line[5..].starts_with(' ')), "{lines:?}");
        assert_eq!(lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "), row.trim());
        let wide = wrapped("  1  お客様の大半が製品をまったく使えないか、データが危険にさらされている", 40, 5);
        assert!(wide.len() > 1 && wide.iter().all(|line| line.width() <= 40), "{wide:?}");
    }
}
