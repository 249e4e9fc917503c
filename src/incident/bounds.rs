//! How large what another store wrote may be: no number, time or field of one record may keep later ones from being
//! written, or everybody from reading.

use super::fact::Fact;
use super::header::Header;
use super::limits::{LINE, NAME};
use super::time::Timestamp;
use serde_json::Value;

/// The highest incident number that is taken in: above it stay more numbers than anybody will ever declare.
pub const NUMBER: u32 = 999_999_999;
/// Bytes of a header: ids, names and times.
pub const HEADER: usize = 16 << 10;
/// Bytes of an entry's facts, and of its words: a whole command kept from the spool fits.
pub const BODY: usize = 6 << 20;
/// Values within values.
const DEPTH: usize = 64;
/// The first and the last instant that calendars know: the years 1 to 9999.
const INSTANTS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_207_200_000;

/// What is beyond every measure in an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// A field is longer than any that hikeshi writes.
    #[error("`{field}` has {bytes} bytes, at most {most} are taken")]
    Long {
        /// The field.
        field: &'static str,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// An incident's number is none that can be taken in.
    #[error("incident number {number} is not between 1 and {NUMBER}")]
    Number {
        /// The number.
        number: u32,
    },
    /// A time is none that a calendar knows.
    #[error("`{field}` is {value}, which is no time between the years 1 and 9999")]
    Time {
        /// The field.
        field: String,
        /// Its value.
        value: i64,
    },
    /// A part is no JSON object.
    #[error("`{field}` is no JSON object")]
    Shape {
        /// The part.
        field: &'static str,
    },
    /// Its values are nested without end.
    #[error("its values are nested deeper than {DEPTH}")]
    Deep,
}

/// Holds an entry against every measure; its bytes are those that are stored.
pub fn check(header: &Header, bytes: &[u8], facts: &[u8], words: Option<&[u8]>, fact: &Fact) -> Result<(), Excess> {
    let long = |field, bytes: usize, most| if bytes > most { Err(Excess::Long { field, bytes, most }) } else { Ok(()) };
    long("header", bytes.len(), HEADER)?;
    long("facts", facts.len(), BODY)?;
    long("words", words.map_or(0, <[u8]>::len), BODY)?;
    long("actor", header.actor.len(), NAME)?;
    long("kind", header.kind.len(), NAME)?;
    long("zone", header.zone.as_ref().map_or(0, String::len), NAME)?;
    long("clock", header.clock.as_ref().map_or(0, String::len), NAME)?;
    if let Some(key) = &header.key {
        long("key", key.value.len(), NAME)?;
        long("key", key.request.len(), NAME)?;
    }
    time("at", header.at)?;
    time("recorded_at", header.recorded_at)?;
    // Beyond it the clock could not go on counting.
    if header.hlc.value() < 0 || !is_instant(header.hlc.wall()) {
        return Err(Excess::Time { field: "hlc".to_owned(), value: header.hlc.value() });
    }
    for (field, body) in [("facts", Some(facts)), ("words", words)] {
        let Some(body) = body else { continue };
        let value: Value = serde_json::from_slice(body).map_err(|_| Excess::Shape { field })?;
        if !value.is_object() {
            return Err(Excess::Shape { field });
        }
        times(&value, 0)?;
    }
    match fact {
        Fact::IncidentDeclared(declared) => {
            long("title", declared.title.len(), LINE)?;
            if !(1..=NUMBER).contains(&declared.number) {
                return Err(Excess::Number { number: declared.number });
            }
            declared.services.iter().try_for_each(|service| long("services", service.len(), NAME))
        }
        Fact::IncidentChanged(changed) => long("title", changed.title.as_ref().map_or(0, String::len), LINE),
        _ => Ok(()),
    }
}

/// Whether an instant is one that a calendar knows.
pub fn is_instant(at: Timestamp) -> bool {
    INSTANTS.contains(&at.millis())
}

fn time(field: &str, at: Timestamp) -> Result<(), Excess> {
    if is_instant(at) { Ok(()) } else { Err(Excess::Time { field: field.to_owned(), value: at.millis() }) }
}

/// Every number below a name that stands for a time.
fn times(value: &Value, depth: usize) -> Result<(), Excess> {
    if depth > DEPTH {
        return Err(Excess::Deep);
    }
    match value {
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let is_time = ["_at", "_by", "_was", "since"].iter().any(|ending| name.ends_with(ending));
            if let (true, Some(number)) = (is_time, value.as_i64()) {
                return time(name, Timestamp::from_millis(number));
            }
            times(value, depth + 1)
        }),
        Value::Array(items) => items.iter().try_for_each(|item| times(item, depth + 1)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Excess, Fact, Header, NUMBER, check};
    use crate::incident::header::ActorSource;
    use crate::incident::id::{BatchId, EventId, OriginId, SubjectId};
    use crate::incident::order::Hlc;
    use crate::incident::time::Timestamp;
    use uuid::Uuid;

    const DAY: i64 = 1_795_151_100_000;

    fn header() -> Header {
        let id = Uuid::from_u128(1);
        Header {
            id: EventId(id),
            origin: OriginId(id),
            seq: 1,
            batch: BatchId(id),
            key: None,
            subject: SubjectId(id),
            hlc: Hlc::default().next(Timestamp::from_millis(DAY)),
            at: Timestamp::from_millis(DAY),
            approximate: false,
            zone: None,
            recorded_at: Timestamp::from_millis(DAY),
            actor: "aki".to_owned(),
            actor_from: ActorSource::User,
            kind: "incident.declared".to_owned(),
            version: 1,
            clock: None,
        }
    }

    fn declared(number: u32, more: &str) -> String {
        format!(r#"{{"space":"{}","number":{number},"severity":"sev2","title":"API down"{more}}}"#, Uuid::from_u128(2))
    }

    fn checked(header: &Header, facts: &str) -> Result<(), Excess> {
        let fact = Fact::decode(&header.kind, header.version, facts.as_bytes(), None);
        assert!(matches!(fact, Fact::IncidentDeclared(_)), "{facts}");
        check(header, &header.to_bytes(), facts.as_bytes(), None, &fact)
    }

    #[test]
    fn what_hikeshi_writes_is_taken() {
        assert_eq!(checked(&header(), &declared(1, "")), Ok(()));
        assert_eq!(checked(&header(), &declared(NUMBER, &format!(r#","started_at":{DAY}"#))), Ok(()));
    }

    #[test]
    fn numbers_and_times_without_measure_are_named() {
        for number in [0, NUMBER + 1, u32::MAX] {
            assert_eq!(checked(&header(), &declared(number, "")), Err(Excess::Number { number }));
        }
        for value in [i64::MAX, i64::MIN, -62_135_596_800_001] {
            let found = checked(&header(), &declared(1, &format!(r#","started_at":{value}"#)));
            assert_eq!(found, Err(Excess::Time { field: "started_at".to_owned(), value }));
            let at = Header { at: Timestamp::from_millis(value), ..header() };
            assert_eq!(checked(&at, &declared(1, "")), Err(Excess::Time { field: "at".to_owned(), value }));
        }
        for value in [i64::MAX, -1] {
            let clock = Header { hlc: Hlc::from_value(value), ..header() };
            assert_eq!(checked(&clock, &declared(1, "")), Err(Excess::Time { field: "hlc".to_owned(), value }));
        }
    }

    #[test]
    fn fields_without_end_are_named() {
        let actor = Header { actor: "x".repeat(201), ..header() };
        assert!(matches!(checked(&actor, &declared(1, "")), Err(Excess::Long { field: "actor", .. })));
        let title = declared(1, "").replace("API down", &"x".repeat(2_000));
        assert!(matches!(checked(&header(), &title), Err(Excess::Long { field: "title", .. })));
        let text = Fact::decode("note.added", 1, b"7", None);
        assert_eq!(check(&header(), &[], b"7", None, &text), Err(Excess::Shape { field: "facts" }));
        let deep = format!(r#","more":{}{}"#, "[".repeat(100), "]".repeat(100));
        assert_eq!(checked(&header(), &declared(1, &deep)), Err(Excess::Deep));
    }
}
