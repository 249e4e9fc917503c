//! Evidence that goes with a copy of the log: each piece is read again on both sides, and what is not as it was
//! secured is told, never a reason to leave the rest behind.

use super::EvidenceError;
use super::vault::{Condition, Vault};

/// What came of copying evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// How many pieces were copied this time.
    pub copied: usize,
    /// What could not be, each by its digest.
    pub faults: Vec<Fault>,
}

/// A piece of evidence that is not what was secured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// SHA-256 of what was secured, in hexadecimal.
    pub sha256: String,
    /// What is there instead.
    pub condition: Condition,
}

impl Vault {
    /// Copies what was secured under these digests into another vault, where it isn't there as it was secured.
    pub fn copy_to(&self, other: &Self, digests: &[String], mut progress: impl FnMut(u64, u64)) -> Copied {
        let mut done = Copied::default();
        for (index, sha256) in digests.iter().enumerate() {
            progress(index as u64, digests.len() as u64);
            match self.copy_one(other, sha256) {
                Ok(copied) => done.copied += usize::from(copied),
                Err(condition) => done.faults.push(Fault { sha256: sha256.clone(), condition }),
            }
        }
        done
    }

    /// Copies a piece, unless it is there; whether it was copied.
    fn copy_one(&self, other: &Self, sha256: &str) -> Result<bool, Condition> {
        if !self.has(sha256) {
            return Err(Condition::Missing);
        }
        if other.condition(sha256, |_| {}) == Condition::Sound {
            return match self.condition(sha256, |_| {}) {
                Condition::Sound => Ok(false),
                condition => Err(condition),
            };
        }
        let copied = self.open(sha256).and_then(|mut file| other.take_in(&mut file, Some(sha256), |_| {}));
        match copied {
            Ok(_) => Ok(true),
            Err(EvidenceError::Other { found }) => Err(Condition::Changed(found)),
            Err(error) => Err(Condition::Unreadable(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Condition, Vault};
    use super::{Copied, Fault};

    #[test]
    fn one_bad_piece_keeps_none_of_the_others_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let [from, to] = ["a.db", "b.db"].map(|name| Vault::beside(&folder.path().join(name)));
        let texts = ["one", "two", "three", "four"];
        let digests = texts.map(|text| from.secure(&mut text.as_bytes(), |_| {}).expect("secured").sha256);
        let put = |vault: &Vault, digest: &str, text: &str| {
            let path = vault.path(digest);
            drop(std::fs::remove_file(&path));
            std::fs::write(path, text).expect("written");
        };
        put(&from, &digests[0], "eno");
        std::fs::remove_file(from.path(&digests[1])).expect("removed");
        let bad = |copied| {
            let changed = from.condition(&digests[0], |_| {});
            assert!(matches!(changed, Condition::Changed(_)));
            let faults = [(0, changed), (1, Condition::Missing)];
            let fault = |(index, condition): (usize, Condition)| Fault { sha256: digests[index].clone(), condition };
            Copied { copied, faults: faults.map(fault).to_vec() }
        };
        assert_eq!(from.copy_to(&to, &digests, |_, _| {}), bad(2));
        assert_eq!(from.copy_to(&to, &digests, |_, _| {}), bad(0));
        assert!(!to.has(&digests[0]), "other bytes are not taken over");
        put(&to, &digests[2], "eerht");
        assert_eq!(from.copy_to(&to, &digests, |_, _| {}), bad(1));
        assert_eq!(to.condition(&digests[2], |_| {}), Condition::Sound);
    }
}
