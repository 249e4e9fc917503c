//! How a fact appears in a template: as text, as a list, or as something that isn't known yet.

use crate::incident::localized::Lang;
use crate::text::{either, one_line, visible};
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use std::fmt;
use std::sync::Arc;

/// A fact that nobody knows yet: false in a condition, and in a text the words that say so.
#[derive(Debug)]
pub(super) struct Unknown(Lang);

impl Object for Unknown {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(unknown(self.0))
    }
}

/// Several facts: a loop takes them one by one, a text names them in a row, and none at all is not yet known.
#[derive(Debug)]
struct List(Vec<Value>, Lang);

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (between, last) = match self.1 {
            Lang::En => (", ", " and "),
            Lang::Ja => ("・", "・"),
        };
        if self.0.is_empty() {
            f.write_str(unknown(self.1))?;
        }
        for (index, item) in self.0.iter().enumerate() {
            match index {
                0 => {}
                _ if index + 1 == self.0.len() => f.write_str(last)?,
                _ => f.write_str(between)?,
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

/// A name and what belongs to it: a figure, a link, a moment of the timeline.
#[derive(Debug)]
struct Pair {
    keys: [&'static str; 2],
    values: [Value; 2],
}

impl Object for Pair {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let place = self.keys.iter().position(|name| Some(*name) == key.as_str())?;
        self.values.get(place).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.keys.iter().copied().map(Value::from).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [name, value] = &self.values;
        write!(f, "{name}: {value}")
    }
}

/// Words on one line; none are not yet known.
pub(super) fn line(words: &str, lang: Lang) -> Value {
    shown(one_line(words).trim(), lang)
}

/// Words on as many lines as they have; none are not yet known.
pub(super) fn text(words: Option<&str>, lang: Lang) -> Value {
    shown(visible(words.unwrap_or_default()).trim(), lang)
}

/// Words that may be absent, on one line.
pub(super) fn moment(words: Option<&str>, lang: Lang) -> Value {
    line(words.unwrap_or_default(), lang)
}

/// Several words, each on one line; blank ones are left out.
pub(super) fn list(words: &[String], lang: Lang) -> Value {
    let kept = words.iter().filter(|words| !words.trim().is_empty());
    gathered(kept.map(|words| line(words, lang)).collect(), lang)
}

/// Several pairs, whose halves a template finds under these names.
pub(super) fn pairs(pairs: &[(String, String)], keys: [&'static str; 2], lang: Lang) -> Value {
    let pair = |(name, value): &(String, String)| {
        Value::from_object(Pair { keys, values: [line(name, lang), line(value, lang)] })
    };
    gathered(pairs.iter().map(pair).collect(), lang)
}

fn gathered(values: Vec<Value>, lang: Lang) -> Value {
    Value::from_object(List(values, lang))
}

fn shown(words: &str, lang: Lang) -> Value {
    if words.is_empty() { Value::from_object(Unknown(lang)) } else { Value::from(words) }
}

fn unknown(lang: Lang) -> &'static str {
    either(lang, "not yet known", "確認中")
}
