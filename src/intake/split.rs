//! From bytes to records, each with its place: one that can't be read takes no other along.

use super::fields::Fields;
use super::{Contents, Unreadable};
use crate::incident::past::{Past, Skip, Skipped};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The text of a file: UTF-8, or UTF-16 with its mark, as AWS writes it.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        let lost = |_| Unreadable::NotText { offset: 0 };
        String::from_utf16(&units).map(Cow::Owned).map_err(lost)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let lost = |error: std::str::Utf8Error| Unreadable::NotText { offset: error.valid_up_to() };
            std::str::from_utf8(text).map(Cow::Borrowed).map_err(lost)
        }
    }
}

/// A record in its file.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// Its line, from 1.
    pub line: usize,
    /// Its place among the records, from 1.
    pub record: usize,
    /// Its text.
    pub json: &'a str,
}

/// The lines of a file of JSON lines.
pub fn lines(text: &str) -> impl Iterator<Item = Slot<'_>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.zip(1..).map(|((index, json), record)| Slot { line: index + 1, record, json })
}

/// The entries of a list that is a part of `text`, numbered after so many before them.
pub fn entries<'a>(text: &str, list: &[&'a RawValue], before: usize) -> Vec<Slot<'a>> {
    let mut line = 1;
    let mut so_far = 0;
    let mut found = Vec::with_capacity(list.len());
    for (raw, record) in list.iter().zip(before + 1..) {
        let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
        let passed = text.as_bytes().get(so_far..offset).unwrap_or_default();
        line += passed.split(|byte| *byte == b'\n').count() - 1;
        so_far = offset.max(so_far);
        found.push(Slot { line, record, json: raw.get() });
    }
    found
}

/// A whole document of JSON.
pub fn document<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column, message) = (error.line().max(1), error.column().max(1), reason(&error));
        if error.is_data() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
            Unreadable::Unfit { line, column, message }
        } else {
            Unreadable::NotJson { line, column, message }
        }
    })
}

/// What the parser says, without the place.
pub fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split_once(" at line ").map_or(message.clone(), |(reason, _)| reason.to_owned())
}

/// Reads each record with `read`; what it can't read is left out with its reason.
pub fn each<'a>(
    slots: impl Iterator<Item = Slot<'a>>,
    id: &str,
    read: impl Fn(&Fields<'_>) -> Result<Past, Skip>,
) -> Contents {
    let mut contents = Contents::default();
    for slot in slots {
        let skip = |source, why| Skipped { line: slot.line, record: Some(slot.record), source, why };
        match serde_json::from_str::<Value>(slot.json) {
            Ok(Value::Object(map)) => {
                let fields = Fields::new(&map);
                match read(&fields) {
                    Ok(past) => {
                        let doubts = fields.told().into_iter();
                        contents.skipped.extend(doubts.map(|why| skip(Some(past.source.clone()), why)));
                        contents.pasts.push(past);
                        contents.places.push((slot.line, slot.record));
                    }
                    Err(why) => contents.skipped.push(skip(source(&map, id), why)),
                }
            }
            Ok(other) => {
                let found = super::fields::kind(&other);
                let why = Skip::WrongType { field: "(record)".to_owned(), wanted: "an object", found };
                contents.skipped.push(skip(None, why));
            }
            Err(error) => {
                let why = Skip::NotJson { column: error.column().max(1), message: reason(&error) };
                let line = slot.line + error.line().saturating_sub(1);
                contents.skipped.push(Skipped { line, ..skip(None, why) });
            }
        }
    }
    contents
}

/// What a record that is left out calls itself.
fn source(map: &Map<String, Value>, id: &str) -> Option<String> {
    match map.get(id)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
