//! Heads that were noted: printed in one short line, and found again in whatever text they were pasted into.

use crate::incident::fact::Head;
use crate::incident::id::OriginId;

/// Hexadecimal digits of an origin in a head's short form.
const ORIGIN: usize = 8;
/// Hexadecimal digits of a hash in a head's short form: 160 bits, as many as a commit's.
const HASH: usize = 40;

/// A head that somebody noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The copy of the store, in hexadecimal, or the beginning of that.
    pub origin: String,
    /// The entry that was its last.
    pub seq: u64,
    /// That entry's hash in hexadecimal, or the beginning of that.
    pub hash: String,
    /// Where it was noted, for people.
    pub place: String,
}

impl Noted {
    /// A head in full.
    pub fn new(head: &Head, place: &str) -> Self {
        let origin = head.origin.0.simple().to_string();
        Self { origin, seq: head.seq, hash: head.hash.clone(), place: place.to_owned() }
    }

    /// Whether it speaks of this copy of the store.
    pub fn is_of(&self, origin: OriginId) -> bool {
        origin.0.simple().to_string().starts_with(&self.origin)
    }
}

/// Heads in one line, to read out or to post: `hikeshi 3f2a9c1d/128/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b`.
pub fn head_line(heads: &[Head]) -> String {
    let mut line = "hikeshi".to_owned();
    for head in heads {
        let origin = head.origin.0.simple().to_string();
        let hash = head.hash.get(..HASH).unwrap_or(&head.hash);
        line.push_str(&format!(" {}/{}/{hash}", &origin[..ORIGIN], head.seq));
    }
    line
}

/// What a seal signs: the heads in full, a line each.
pub fn sealed_text(heads: &[Head]) -> String {
    let lines = heads.iter().map(|head| format!("{} {} {}\n", head.origin.0.simple(), head.seq, head.hash));
    format!("hikeshi heads 1\n{}", lines.collect::<String>())
}

/// The heads that stand in a text, whatever stands around them.
pub fn noted_heads(text: &str, place: &str) -> Vec<Noted> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '/'));
    words.filter_map(|word| noted(&word.to_ascii_lowercase(), place)).collect()
}

fn noted(word: &str, place: &str) -> Option<Noted> {
    let [origin, seq, hash] = word.split('/').collect::<Vec<_>>().try_into().ok()?;
    let is_hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let fits = (ORIGIN..=32).contains(&origin.len()) && (HASH..=64).contains(&hash.len());
    if !fits || !is_hex(origin) || !is_hex(hash) {
        return None;
    }
    Some(Noted { origin: origin.to_owned(), seq: seq.parse().ok()?, hash: hash.to_owned(), place: place.to_owned() })
}
