//! Filling a template: plain text in, plain text out, and an end to it whatever the template does.

use super::fault::TemplateError;
use super::frame::Frame;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::{either, one_line};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// A statement before somebody has read it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it is about, on one line.
    pub subject: String,
    /// Its words; they end with one line feed.
    pub text: String,
    /// The file of the template that it was made from.
    pub template: String,
}

/// How much a template may do: far more than any statement needs, and done in milliseconds.
const FUEL: u64 = 200_000;

/// How much text a template may give.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// The most letters of a subject.
const SUBJECT: usize = 150;

/// Fills the template `source`, which was read from `file`. Its time and the length of its text are bounded; how much
/// memory it takes on the way is not.
///
/// # Errors
/// A template that can't be filled in, with file, line and the name it misses.
pub fn fill(file: &str, source: &str, lang: Lang, frame: &Frame) -> Result<Draft, TemplateError> {
    let environment = environment();
    let values = Value::from(frame.values(lang));
    let filled = |source: &str| filled(&environment, source, &values).map_err(|error| TemplateError::of(file, &error));
    let (subject, body) = parted(source);
    let subject = match subject {
        Some(subject) => filled(subject)?,
        None => String::new(),
    };
    let text = tidy(&filled(&body)?);
    if text.is_empty() {
        return Err(TemplateError::of_file(
            file,
            "the template gives no text".to_owned(),
            "テンプレートの出力が空です".to_owned(),
        ));
    }
    let subject = headline(&subject, lang, frame);
    let (subject, text) = if frame.drill { drill(&subject, &text, lang) } else { (subject, text) };
    Ok(Draft { subject, text, template: file.to_owned() })
}

/// The subject that stands on the first line, and the rest with its line numbers kept.
fn parted(source: &str) -> (Option<&str>, String) {
    let (first, rest) = source.split_once('\n').unwrap_or((source, ""));
    let named = first.split_once(':').or_else(|| first.split_once('：'));
    match named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("subject") || name.trim() == "件名") {
        Some((_, subject)) => (Some(subject), format!("\n{rest}")),
        None => (None, source.to_owned()),
    }
}

/// An engine that knows the frame and nothing else: no files, no other templates, no markup to escape.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // A line of tags alone leaves no line behind.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(FUEL));
    // Without it an error doesn't name the variable.
    environment.set_debug(true);
    environment.remove_global("debug");
    environment.add_filter("quoted", |text: String| {
        let lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        lines.join("\n")
    });
    environment
}

fn filled(environment: &Environment<'_>, source: &str, values: &Value) -> Result<String, minijinja::Error> {
    let template = environment.template_from_str(source)?;
    let mut bounded = Bounded(Vec::new());
    template.render_captured_to(values.clone(), &mut bounded)?;
    Ok(String::from_utf8_lossy(&bounded.0).into_owned())
}

/// Takes text up to a bound.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The text without blanks at the ends of lines and without two blank lines in a row; it ends with one line feed.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank && !tidied.is_empty() {
            tidied.push('\n');
        }
        blank = false;
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}

/// The subject on one line of bounded length; a template without one gets what the audience may read.
fn headline(subject: &str, lang: Lang, frame: &Frame) -> String {
    let line = one_line(subject);
    let line = line.trim();
    let line = if line.is_empty() { default_subject(lang, frame) } else { line.to_owned() };
    if line.chars().count() <= SUBJECT {
        return line;
    }
    let kept: String = line.chars().take(SUBJECT - 1).collect();
    format!("{}…", kept.trim_end())
}

fn default_subject(lang: Lang, frame: &Frame) -> String {
    let (number, title) = (frame.incident, one_line(&frame.title));
    let title = title.trim();
    if frame.external {
        either(lang, "Service notice", "サービスに関するお知らせ").to_owned()
    } else if title.is_empty() {
        say!(lang, "Incident {number}", "インシデント {number}")
    } else {
        format!("#{number} {title}")
    }
}

/// A drill says so before anything else, whoever wrote the template (A5).
fn drill(subject: &str, text: &str, lang: Lang) -> (String, String) {
    match lang {
        Lang::En => (format!("[DRILL] {subject}"), format!("THIS IS A DRILL. Nothing has really happened.\n\n{text}")),
        Lang::Ja => {
            (format!("【訓練】{subject}"), format!("【訓練】これは訓練です。実際の障害は発生していません。\n\n{text}"))
        }
    }
}
