//! Walks a parsed file along its shape and reports whatever doesn't fit, all of it in one go.

use super::day::Day;
use super::near::{nearest, quoted};
use super::report::Report;
use super::shape::{BOTH, Key, Shape};
use crate::incident::duty::{Closing, Term};
use crate::incident::limits;
use crate::incident::problem::{ProblemKind, ValueKind};
use crate::incident::when::{is_zone, parse_span, zone_names};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// The most bytes of a text: a page, where a line or two is meant.
const TEXT: usize = 4096;

/// The most characters of an id.
const SLUG: usize = 60;

/// The version of the policy's shape that this program knows.
pub(super) const SCHEMA: u32 = 1;

/// One walk through a file.
pub(super) struct Walk<'r, 'a> {
    pub(super) report: &'r mut Report<'a>,
    pub(super) root: &'r DeTable<'r>,
    keys: &'static [Key],
}

/// Where a table stands in the file.
struct Place<'p> {
    /// What its keys are named after: `title.` for those of `title = { … }`, nothing for an entry's.
    prefix: &'p str,
    /// Whether only its `id` must be there.
    overlay: bool,
    span: Range<usize>,
}

impl<'r, 'a> Walk<'r, 'a> {
    /// Walks through the whole file.
    pub(super) fn through(report: &'r mut Report<'a>, root: &'r DeTable<'r>, keys: &'static [Key]) -> Self {
        let mut walk = Self { report, root, keys };
        walk.table(root, keys, &Place { prefix: "", overlay: false, span: 0..0 });
        walk
    }

    fn table(&mut self, table: &DeTable<'_>, keys: &'static [Key], place: &Place<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match keys.iter().find(|known| known.name == name) {
                Some(known) => self.value(&format!("{}{name}", place.prefix), &known.shape, value),
                None => self.unknown(name, key.span().start, keys),
            }
        }
        let required = keys.iter().filter(|key| key.required && (!place.overlay || key.name == "id"));
        self.missing(table, required, place.prefix, place.span.start);
    }

    /// Reports those of the keys that a table doesn't have.
    pub(super) fn missing<'k>(
        &mut self,
        table: &DeTable<'_>,
        required: impl Iterator<Item = &'k Key>,
        prefix: &str,
        at: usize,
    ) {
        for key in required.filter(|key| !table.contains_key(key.name)) {
            self.report.add(at, ProblemKind::MissingKey { key: format!("{prefix}{}", key.name) });
        }
    }

    fn unknown(&mut self, name: &str, at: usize, keys: &'static [Key]) {
        let belongs_above = self.keys.iter().any(|key| key.name == name) && !self.root.contains_key(name);
        let key = quoted(name);
        self.report.add(
            at,
            if belongs_above {
                ProblemKind::MisplacedKey { key }
            } else {
                ProblemKind::UnknownKey { key, near: nearest(name, keys.iter().map(|key| key.name)) }
            },
        );
    }

    fn value(&mut self, key: &str, shape: &'static Shape, value: &Spanned<DeValue<'_>>) {
        let span = value.span();
        let found = match (shape, value.get_ref()) {
            (Shape::Flag, DeValue::Boolean(_)) => None,
            (Shape::Version | Shape::Schema, DeValue::Integer(number)) => number_fault(key, shape, number),
            (Shape::Day, day @ (DeValue::String(_) | DeValue::Datetime(_))) => day_fault(key, day),
            (Shape::Table(keys), DeValue::Table(table)) => {
                return self.table(table, keys, &Place { prefix: &format!("{key}."), overlay: false, span });
            }
            (Shape::Both, DeValue::Table(table)) => {
                return self.table(table, BOTH, &Place { prefix: &format!("{key}."), overlay: false, span });
            }
            (Shape::List(shape), DeValue::Array(list)) => {
                return list.iter().for_each(|value| self.value(key, shape, value));
            }
            (Shape::Entries(keys) | Shape::Overlay(keys), DeValue::Array(list)) => {
                let overlay = matches!(shape, Shape::Overlay(_));
                return list.iter().for_each(|entry| self.entry(key, keys, overlay, entry));
            }
            (shape, DeValue::String(text)) if shape.kind() == ValueKind::Text => text_fault(key, shape, text),
            (shape, other) => Some(wrong_kind(key, shape.kind(), other)),
        };
        if let Some(what) = found {
            self.report.add(span.start, what);
        }
    }

    fn entry(&mut self, key: &str, keys: &'static [Key], overlay: bool, entry: &Spanned<DeValue<'_>>) {
        match entry.get_ref() {
            DeValue::Table(table) => self.table(table, keys, &Place { prefix: "", overlay, span: entry.span() }),
            other => self.report.add(entry.span().start, wrong_kind(key, ValueKind::Entries, other)),
        }
    }
}

fn wrong_kind(key: &str, wanted: ValueKind, value: &DeValue<'_>) -> ProblemKind {
    let found = match value {
        DeValue::String(_) => ValueKind::Text,
        DeValue::Integer(_) => ValueKind::Number,
        DeValue::Float(_) => ValueKind::Fraction,
        DeValue::Boolean(_) => ValueKind::Flag,
        DeValue::Datetime(_) => ValueKind::Day,
        DeValue::Array(_) => ValueKind::List,
        DeValue::Table(_) => ValueKind::Table,
    };
    ProblemKind::WrongKind { key: key.to_owned(), wanted, found }
}

fn number_fault(key: &str, shape: &Shape, written: &DeInteger<'_>) -> Option<ProblemKind> {
    let number = u32::from_str_radix(written.as_str(), written.radix()).ok();
    if matches!(shape, Shape::Schema) {
        let found = quoted(written.as_str());
        return (number != Some(SCHEMA)).then_some(ProblemKind::UnknownSchema { found, known: SCHEMA });
    }
    let value = quoted(written.as_str());
    number.is_none_or(|number| number == 0).then(|| ProblemKind::BadNumber { key: key.to_owned(), value, least: 1 })
}

fn day_fault(key: &str, written: &DeValue<'_>) -> Option<ProblemKind> {
    let value = match written {
        DeValue::Datetime(written) => written.to_string(),
        other => quoted(other.as_str().unwrap_or_default()),
    };
    Day::from_value(written).is_none().then(|| ProblemKind::BadDay { key: key.to_owned(), value })
}

fn text_fault(key: &str, shape: &Shape, text: &str) -> Option<ProblemKind> {
    let most = if matches!(shape, Shape::Name) { limits::NAME } else { TEXT };
    let own_key = || key.to_owned();
    if text.trim().is_empty() {
        return Some(ProblemKind::Empty { key: own_key() });
    }
    if let Some(letter) = text.chars().find(|letter| letter.is_control()) {
        return Some(ProblemKind::ControlCharacter { key: own_key(), code: u32::from(letter) });
    }
    if text.len() > most {
        return Some(ProblemKind::TooLong { key: own_key(), bytes: text.len(), most });
    }
    match shape {
        Shape::Slug if !is_slug(text) => Some(ProblemKind::BadSlug { key: own_key(), value: quoted(text) }),
        Shape::Link if !is_web_address(text) => Some(ProblemKind::NotHttp { link: quoted(text) }),
        Shape::Span => match parse_span(text) {
            Ok(span) => (span.millis() == 0).then(|| ProblemKind::ZeroSpan { key: own_key() }),
            Err(why) => Some(ProblemKind::BadSpan { key: own_key(), value: quoted(text), why }),
        },
        Shape::Term => Term::parse(text).err().map(|why| ProblemKind::BadTerm { key: own_key(), why }),
        Shape::Time => {
            Closing::parse(text).is_none().then(|| ProblemKind::BadTime { key: own_key(), value: quoted(text) })
        }
        Shape::OneOf(known) => {
            let known = known();
            (!known.contains(&text)).then(|| ProblemKind::NotOneOf { key: own_key(), value: quoted(text), known })
        }
        Shape::Zone if !is_zone(text) => {
            let near = nearest(text, zone_names().iter().map(String::as_str));
            Some(ProblemKind::UnknownZone { zone: quoted(text), near })
        }
        _ => None,
    }
}

/// Whether a text can be an id; a hyphen in front would be read as an option.
pub(super) fn is_slug(text: &str) -> bool {
    let letters = text.bytes().all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    letters && !text.is_empty() && text.len() <= SLUG && !text.starts_with('-') && !text.ends_with('-')
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && !rest.contains(char::is_whitespace))
}
