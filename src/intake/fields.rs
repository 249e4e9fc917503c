//! The fields of a record: absent ones are nothing, those of another type a reason to leave the record out.

use super::when;
use crate::incident::limits;
use crate::incident::past::Skip;
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// An object of a document, and the way to it.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
    told: Rc<RefCell<Vec<Skip>>>,
}

/// What a value is, in English.
pub const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

impl<'a> Fields<'a> {
    /// The fields of a whole record.
    pub fn new(map: &'a Map<String, Value>) -> Self {
        Self { map, path: String::new(), told: Rc::default() }
    }

    /// The fields of a part of it.
    fn part(&self, map: &'a Map<String, Value>, path: String) -> Self {
        Self { map, path, told: Rc::clone(&self.told) }
    }

    /// Tells of what can't be taken as it stands, without leaving the record out.
    pub fn tell(&self, why: Skip) {
        let mut told = self.told.borrow_mut();
        if !told.contains(&why) {
            told.push(why);
        }
    }

    /// What was told of the record.
    pub fn told(&self) -> Vec<Skip> {
        self.told.take()
    }

    /// The names of the fields.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.map.keys().map(String::as_str)
    }

    /// The way to a field, for people.
    pub fn path(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// Whether there is such a field, be it null.
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// A value that is there and not null.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    fn wrong(&self, key: &str, wanted: &'static str, found: &Value) -> Skip {
        Skip::WrongType { field: self.path(key), wanted, found: kind(found) }
    }

    /// A field that must be there.
    pub fn need<T>(&self, key: &str, value: Option<T>) -> Result<T, Skip> {
        value.ok_or_else(|| Skip::Missing { field: self.path(key) })
    }

    /// A text, as it stands there.
    pub fn text(&self, key: &str) -> Result<Option<&'a str>, Skip> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(key, "a text", other)),
        }
    }

    /// A text that says something.
    pub fn words(&self, key: &str) -> Result<Option<&'a str>, Skip> {
        Ok(self.text(key)?.filter(|text| !text.trim().is_empty()))
    }

    /// A name or number by which the source calls something.
    pub fn id(&self, key: &str) -> Result<Option<String>, Skip> {
        let id = match self.get(key) {
            None => return Ok(None),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => return Err(self.wrong(key, "a text or a number", other)),
        };
        if id.len() > limits::LINE {
            return Err(Skip::TooLong { field: self.path(key), bytes: id.len(), most: limits::LINE });
        }
        Ok(Some(id).filter(|id| !id.is_empty()))
    }

    /// A time; one that is no time of ours, such as that of year 1, is none.
    pub fn time(&self, key: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Skip> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let shown = match value {
            Value::String(text) if text.trim().is_empty() => return Ok(None),
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => return Err(self.wrong(key, "a time", other)),
        };
        match when::read_doubting(&shown, zone) {
            Ok((at, doubt)) => {
                if let Some(when::Doubt { name, taken }) = doubt {
                    self.tell(Skip::DoubtfulZone { name, taken });
                }
                Ok(at)
            }
            Err(()) => Err(Skip::BadTime { field: self.path(key), value: shown }),
        }
    }

    /// A time without which the record can be taken all the same: one that can't be read is told.
    pub fn readable_time(&self, key: &str, zone: &TimeZone) -> Option<Timestamp> {
        self.time(key, zone).unwrap_or_else(|why| {
            self.tell(why);
            None
        })
    }

    /// The objects of a list; nothing where there is no such field.
    pub fn objects(&self, key: &str) -> Result<Vec<Fields<'a>>, Skip> {
        let list = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(self.wrong(key, "a list", other)),
        };
        let read = |(index, value): (usize, &'a Value)| match value {
            Value::Object(map) => Ok(self.part(map, format!("{}{key}[{index}].", self.path))),
            other => Err(self.wrong(&format!("{key}[{index}]"), "an object", other)),
        };
        list.iter().enumerate().map(read).collect()
    }

    /// An object; nothing where there is no such field.
    pub fn object(&self, key: &str) -> Result<Option<Fields<'a>>, Skip> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(self.part(map, format!("{}{key}.", self.path)))),
            Some(other) => Err(self.wrong(key, "an object", other)),
        }
    }

    /// The texts of a list, or of one text alone.
    pub fn texts(&self, key: &str) -> Result<Vec<&'a str>, Skip> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Value::String(one)) => Ok(vec![one]),
            Some(Value::Array(list)) => {
                let read = |(index, value): (usize, &'a Value)| {
                    value.as_str().ok_or_else(|| self.wrong(&format!("{key}[{index}]"), "a text", value))
                };
                list.iter().enumerate().map(read).collect()
            }
            Some(other) => Err(self.wrong(key, "a list", other)),
        }
    }
}

/// Names of services as they can be recorded, each once.
pub fn services<'a>(field: &str, names: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Skip> {
    let mut services: Vec<String> = Vec::new();
    for name in names {
        let name: String = name.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if name.len() > limits::NAME {
            return Err(Skip::TooLong { field: field.to_owned(), bytes: name.len(), most: limits::NAME });
        }
        if !name.is_empty() && !services.contains(&name) {
            services.push(name);
        }
    }
    Ok(services)
}
