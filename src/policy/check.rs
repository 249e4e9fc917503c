//! Walking a TOML table by hand, so that every problem of a file is found in one go, each with its place.

use super::source::{Level, Problem, Source};
use crate::incident::problem::ProblemKind;
use crate::incident::when::parse_span;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// More characters than this are hard to read in a hurry.
const LONG: usize = 200;

/// A value with its place.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// Collects the problems of a file.
#[derive(Debug)]
pub struct Check<'s> {
    source: &'s Source,
    /// What was found so far.
    pub problems: Vec<Problem>,
}

/// The nearest of several names, if one is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let scored = known.into_iter().map(|one| (strsim::jaro_winkler(name, one), one));
    let best = scored.filter(|(score, _)| *score > 0.75).max_by(|(left, _), (right, _)| left.total_cmp(right));
    best.map(|(_, one)| one.to_owned())
}

impl<'s> Check<'s> {
    /// A check of a file in which nothing was found yet.
    pub const fn new(source: &'s Source) -> Self {
        Self { source, problems: Vec::new() }
    }

    /// The file as a table; syntax errors become problems, and what could be read is still walked.
    pub fn parse(&mut self) -> Spanned<DeTable<'s>> {
        let (table, errors) = DeTable::parse_recoverable(&self.source.text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.error(span, ProblemKind::Syntax(error.message().to_owned()));
        }
        table
    }

    /// Adds a problem that makes the file useless.
    pub fn error(&mut self, span: Range<usize>, what: ProblemKind) {
        self.problems.push(self.source.problem(span, Level::Error, what));
    }

    /// Adds a problem that should be mended.
    pub fn warning(&mut self, span: Range<usize>, what: ProblemKind) {
        self.problems.push(self.source.problem(span, Level::Warning, what));
    }

    /// Reports keys that mean nothing in this table.
    pub fn keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = nearest(name, known.iter().copied());
                self.error(key.span(), ProblemKind::UnknownKey { key: name.to_owned(), near });
            }
        }
    }

    /// A key's value; `None` is reported when the key must be there.
    pub fn get<'t, 'i>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'i>,
        key: &str,
        required: bool,
    ) -> Option<&'t Value<'i>> {
        let found = table.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value);
        if found.is_none() && required {
            self.error(at.clone(), ProblemKind::MissingKey(key.to_owned()));
        }
        found
    }

    fn wrong(&mut self, value: &Value<'_>, key: &str, wanted: &'static str) {
        let found = value.get_ref().type_str();
        self.error(value.span(), ProblemKind::WrongType { key: key.to_owned(), wanted, found });
    }

    /// A text that says something.
    pub fn text<'t>(&mut self, value: &'t Value<'_>, key: &str) -> Option<&'t str> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, key, "string");
            return None;
        };
        if text.trim().is_empty() {
            self.error(value.span(), ProblemKind::EmptyText(key.to_owned()));
            return None;
        }
        if let Some(letter) = text.chars().find(|letter| letter.is_control() && *letter != '\n') {
            self.error(value.span(), ProblemKind::ControlCharacter(u32::from(letter)));
        }
        Some(text)
    }

    /// A text at a key.
    pub fn text_at<'t>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'_>,
        key: &str,
        required: bool,
    ) -> Option<(&'t str, Range<usize>)> {
        let value = self.get(at, table, key, required)?;
        Some((self.text(value, key)?, value.span()))
    }

    /// The same words in both languages.
    pub fn localized(&mut self, at: &Range<usize>, table: &DeTable<'_>, key: &str, required: bool) {
        let Some(value) = self.get(at, table, key, required) else { return };
        let Some(both) = value.get_ref().as_table() else {
            self.wrong(value, key, "localized");
            return;
        };
        self.keys(both, &["en", "ja"]);
        for lang in ["en", "ja"] {
            if let Some((text, span)) = self.text_at(&value.span(), both, lang, true) {
                let letters = text.chars().count();
                if letters > LONG * 2 || (key == "text" && letters > LONG) {
                    self.warning(span, ProblemKind::LongText { letters, most: LONG });
                }
            }
        }
    }

    /// Lower-case letters, digits, hyphens.
    pub fn id<'t>(&mut self, at: &Range<usize>, table: &'t DeTable<'_>, key: &str) -> Option<(&'t str, Range<usize>)> {
        let (id, span) = self.text_at(at, table, key, true)?;
        if !is_id(id) {
            self.error(span, ProblemKind::BadId(id.to_owned()));
            return None;
        }
        Some((id, span))
    }

    /// One of the known values.
    pub fn one_of(&mut self, value: &Value<'_>, key: &str, known: &[&str]) {
        if let Some(text) = self.text(value, key)
            && !known.contains(&text)
        {
            let known = known.iter().map(|one| (*one).to_owned()).collect();
            self.error(value.span(), ProblemKind::UnknownValue { value: text.to_owned(), known });
        }
    }

    /// A length of time.
    pub fn length(&mut self, at: &Range<usize>, table: &DeTable<'_>, key: &str) {
        if let Some((text, span)) = self.text_at(at, table, key, false)
            && parse_span(text).map_or(true, |span| span.millis() == 0)
        {
            self.error(span, ProblemKind::BadLength(text.to_owned()));
        }
    }

    /// True or false.
    pub fn boolean(&mut self, at: &Range<usize>, table: &DeTable<'_>, key: &str) {
        if let Some(value) = self.get(at, table, key, false)
            && !value.get_ref().is_bool()
        {
            self.wrong(value, key, "boolean");
        }
    }

    /// A whole number of at least one.
    pub fn version(&mut self, at: &Range<usize>, table: &DeTable<'_>, key: &str) {
        let Some(value) = self.get(at, table, key, true) else { return };
        match value.get_ref().as_integer().map(|number| number.as_str().parse::<u32>()) {
            Some(Ok(0)) => self.error(value.span(), ProblemKind::VersionZero),
            Some(Ok(_)) => {}
            _ => self.wrong(value, key, "integer"),
        }
    }

    /// The items of a list; anything else is reported.
    pub fn list<'t, 'i>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'i>,
        key: &str,
        required: bool,
    ) -> Vec<&'t Value<'i>> {
        let Some(value) = self.get(at, table, key, required) else { return Vec::new() };
        match value.get_ref().as_array() {
            Some(items) => items.iter().collect(),
            None => {
                self.wrong(value, key, "array");
                Vec::new()
            }
        }
    }

    /// The texts of a list.
    pub fn texts<'t>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'_>,
        key: &str,
        required: bool,
    ) -> Vec<(&'t str, Range<usize>)> {
        let items = self.list(at, table, key, required);
        items.into_iter().filter_map(|item| Some((self.text(item, key)?, item.span()))).collect()
    }

    /// The tables of a list of tables.
    pub fn tables<'t, 'i>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Vec<(&'t DeTable<'i>, Range<usize>)> {
        let items = self.list(at, table, key, false);
        items
            .into_iter()
            .filter_map(|item| match item.get_ref().as_table() {
                Some(table) => Some((table, item.span())),
                None => {
                    self.wrong(item, key, "table");
                    None
                }
            })
            .collect()
    }

    /// A table at a key.
    pub fn table<'t, 'i>(
        &mut self,
        at: &Range<usize>,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Option<(&'t DeTable<'i>, Range<usize>)> {
        let value = self.get(at, table, key, false)?;
        match value.get_ref().as_table() {
            Some(table) => Some((table, value.span())),
            None => {
                self.wrong(value, key, "table");
                None
            }
        }
    }

    /// A role and its duties, wherever one is defined; its slug.
    pub fn role(&mut self, role: &DeTable<'_>, at: &Range<usize>) -> Option<(String, Range<usize>)> {
        self.keys(role, &["id", "title", "primary", "secondary", "also"]);
        let id = self.id(at, role, "id").map(|(id, span)| (id.to_owned(), span));
        self.localized(at, role, "title", true);
        self.localized(at, role, "primary", true);
        self.localized(at, role, "secondary", false);
        self.texts(at, role, "also", false);
        id
    }

    /// Whether anything makes the file useless.
    pub fn is_useless(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Error)
    }
}

/// Whether a text is lower-case letters, digits and hyphens, and begins and ends with a letter or digit.
pub fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let edge = |byte: Option<&u8>| byte.is_some_and(|byte| *byte != b'-');
    let bytes = text.as_bytes();
    bytes.len() <= 64 && bytes.iter().copied().all(plain) && edge(bytes.first()) && edge(bytes.last())
}
