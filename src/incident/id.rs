//! Ids: UUIDv7 inside, a few letters outside.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// Letters of display ids: no vowels, so that no word appears by chance, and nothing that looks like a digit.
const ALPHABET: &[u8; 16] = b"bcdfghjkmnpqrstv";

/// How many letters of a display id are ever needed; the random end of a UUIDv7 holds fifteen whole ones.
const TAG_LETTERS: usize = 15;

/// The fewest letters that people are shown or may type.
pub const TAG_SHORTEST: usize = 4;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// Names one entry of the log.
    EventId;
    /// Names the entries that one command wrote together; they are taken over whole or not at all.
    BatchId;
    /// Names one copy of a store, whose entries are numbered 1, 2, 3 ….
    OriginId;
    /// Names what a fact is about: an incident, or the store itself.
    SubjectId;
    /// Names the set of incident numbers that a store hands out.
    SpaceId;
}

/// Builds a UUIDv7 from an instant in Unix milliseconds and ten random bytes.
pub fn uuid_v7(millis: i64, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(millis).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

impl BatchId {
    /// The id of the batch's entry number `index`: fixed by the batch, so that writing it twice makes the same entries.
    pub fn event(self, index: usize) -> EventId {
        EventId(self.derive("hikeshi-entry-1", index))
    }

    /// The id of the incident that this batch declares.
    pub fn incident(self) -> SubjectId {
        SubjectId(self.derive("hikeshi-incident-1", 0))
    }

    fn derive(self, purpose: &str, index: usize) -> Uuid {
        let digest = Sha256::new()
            .chain_update(purpose)
            .chain_update(self.0.as_bytes())
            .chain_update((index as u64).to_be_bytes())
            .finalize();
        let mut random = [0u8; 10];
        random.copy_from_slice(&digest[..10]);
        let bytes = self.0.as_bytes();
        let millis = bytes[..6].iter().fold(0i64, |sum, byte| (sum << 8) | i64::from(*byte));
        uuid_v7(millis, random)
    }
}

impl EventId {
    /// Its display id in full; people see and type the shortest unique beginning, four letters or more.
    pub fn tag(self) -> String {
        let bytes = self.0.as_bytes();
        (0..TAG_LETTERS)
            .map(|place| {
                let byte = bytes[15 - place / 2];
                let nibble = if place % 2 == 0 { byte & 0x0f } else { byte >> 4 };
                char::from(ALPHABET[usize::from(nibble)])
            })
            .collect()
    }
}

/// Whether `typed` has the shape of a display id or of its beginning.
pub fn is_tag(typed: &str) -> bool {
    (TAG_SHORTEST..=TAG_LETTERS).contains(&typed.len()) && typed.bytes().all(|byte| ALPHABET.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{BatchId, is_tag, uuid_v7};

    #[test]
    fn entries_of_a_batch_have_fixed_and_distinct_ids() {
        let batch = BatchId(uuid_v7(1_600_000_000_000, [7; 10]));
        assert_eq!(batch.event(0), batch.event(0));
        assert_ne!(batch.event(0), batch.event(1));
        assert_eq!(batch.event(0).0.get_version_num(), 7);
        assert_eq!(batch.event(3).0.as_bytes()[..6], batch.0.as_bytes()[..6]);
    }

    #[test]
    fn tags_are_letters_from_the_random_end() {
        let batch = BatchId(uuid_v7(0, [0; 10]));
        let tag = batch.event(0).tag();
        assert!(is_tag(&tag) && is_tag(&tag[..4]));
        assert!(!is_tag(&tag[..3]) && !is_tag("abcd") && !is_tag("1234"));
    }
}
