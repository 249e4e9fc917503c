//! The lines of an export: one that says what follows, then one for each entry.

use super::LineError;
use crate::incident::id::{OriginId, SpaceId};
use crate::store::RawEntry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The format that this version writes, and the last one that it reads.
pub const FORMAT: u32 = 1;

/// What the first line calls the file.
pub const MARK: &str = "export";

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// `export`.
    pub hikeshi: String,
    /// The format of the lines.
    pub schema: u32,
    /// The version of hikeshi that wrote it.
    pub program: String,
    /// When it was written, RFC 3339 UTC.
    pub exported_at: String,
    /// The space that the incidents' numbers belong to (UUID).
    pub space: Uuid,
    /// The copy of the store that it was written from (UUID).
    pub origin: Option<Uuid>,
    /// Whether nothing was left out: only such an export can be taken into a store.
    pub complete: bool,
    /// How many lines follow.
    pub entries: u64,
}

/// An entry, exactly as it is stored.
///
/// `hash` is SHA-256 of: `hikeshi-event-1`, the hash before it (for the first one of a copy: SHA-256 of
/// `hikeshi-origin-1` and the 16 bytes of the copy's id), SHA-256 of the byte `format` and `header`, SHA-256 of `facts`,
/// and the digest of the words: `words_digest`, or SHA-256 of `salt` and `words`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The format of the header: its first byte.
    pub format: u8,
    /// What the entry says about itself, as JSON in a string: its bytes are what was hashed.
    pub header: String,
    /// What happened, structure: JSON in a string.
    pub facts: String,
    /// What happened, words: JSON in a string; `null` where there are none, or none any more.
    pub words: Option<String>,
    /// The salt of the words, in hexadecimal.
    pub salt: Option<String>,
    /// What stands for words that were redacted, in hexadecimal.
    pub words_digest: Option<String>,
    /// Its place in the chain, in hexadecimal.
    pub hash: String,
}

impl Head {
    /// The first line of an export of `entries` entries.
    pub fn new(space: SpaceId, origin: Option<OriginId>, complete: bool, entries: u64, now: String) -> Self {
        Self {
            hikeshi: MARK.to_owned(),
            schema: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            exported_at: now,
            space: space.0,
            origin: origin.map(|origin| origin.0),
            complete,
            entries,
        }
    }
}

impl TryFrom<&RawEntry> for Line {
    type Error = LineError;

    fn try_from(entry: &RawEntry) -> Result<Self, LineError> {
        let (format, header) = entry.header.split_first().ok_or_else(|| shape("a header of no bytes"))?;
        Ok(Self {
            format: *format,
            header: text(header)?,
            facts: text(&entry.facts)?,
            words: entry.words.as_deref().map(text).transpose()?,
            salt: entry.salt.as_deref().map(hex),
            words_digest: entry.words_digest.as_deref().map(hex),
            hash: hex(&entry.hash),
        })
    }
}

impl TryFrom<Line> for RawEntry {
    type Error = LineError;

    fn try_from(line: Line) -> Result<Self, LineError> {
        let mut header = vec![line.format];
        header.extend(line.header.into_bytes());
        Ok(Self {
            header,
            facts: line.facts.into_bytes(),
            words: line.words.map(String::into_bytes),
            salt: line.salt.as_deref().map(bytes).transpose()?,
            words_digest: line.words_digest.as_deref().map(bytes).transpose()?,
            hash: bytes(&line.hash)?,
        })
    }
}

fn shape(reason: &str) -> LineError {
    LineError::Shape(reason.to_owned())
}

fn text(bytes: &[u8]) -> Result<String, LineError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| shape("stored bytes are not UTF-8 (see: hikeshi verify)"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Result<Vec<u8>, LineError> {
    let wrong = || shape(&format!("`{}` is not hexadecimal", hex.chars().take(70).collect::<String>()));
    if !hex.len().is_multiple_of(2) || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    let pairs = (0..hex.len()).step_by(2).map(|at| hex.get(at..at + 2).unwrap_or_default());
    pairs.map(|pair| u8::from_str_radix(pair, 16).map_err(|_| wrong())).collect()
}

#[cfg(test)]
mod tests {
    use super::Line;
    use crate::store::RawEntry;
    use proptest::prelude::{any, prop};
    use proptest::{prop_assert_eq, proptest};

    proptest! {
        /// What goes out as a line comes back as the same bytes.
        #[test]
        fn lines_keep_every_byte(
            header in ".{0,40}", facts in ".{0,40}", words in prop::option::of(".{0,40}"),
            salt in prop::option::of(prop::collection::vec(any::<u8>(), 32)), hash in prop::collection::vec(any::<u8>(), 32),
        ) {
            let entry = RawEntry {
                header: [&[1], header.as_bytes()].concat(),
                facts: facts.into_bytes(),
                words: words.map(String::into_bytes),
                words_digest: salt.clone(),
                salt,
                hash,
            };
            let line = Line::try_from(&entry).expect("a line");
            let json = serde_json::to_string(&line).expect("JSON");
            let read: Line = serde_json::from_str(&json).expect("a line");
            prop_assert_eq!(RawEntry::try_from(read).expect("an entry"), entry);
        }
    }

    #[test]
    fn what_is_not_hexadecimal_is_refused() {
        for hash in ["abc", "zz", "+1", "あい"] {
            let line = Line {
                format: 1,
                header: "{}".to_owned(),
                facts: "{}".to_owned(),
                words: None,
                salt: None,
                words_digest: None,
                hash: hash.to_owned(),
            };
            assert!(RawEntry::try_from(line).is_err(), "{hash}");
        }
    }
}
