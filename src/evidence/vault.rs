//! The folder beside a store in which evidence lies, each file under the SHA-256 of its bytes.

use super::EvidenceError;
use crate::owner;
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File};
use std::io::{Read, Seek};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Bytes that are read at a time.
const PIECE: usize = 1 << 20;

/// A folder of evidence.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
}

/// What was secured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// Where what lay there with other bytes was moved.
    pub set_aside: Option<PathBuf>,
}

/// What was found under a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The bytes that were secured.
    Sound,
    /// Nothing.
    Missing,
    /// Other bytes, which have this digest.
    Changed(String),
    /// Something that can't be read, with what the system says.
    Unreadable(String),
}

impl Vault {
    /// The evidence of the store at this path.
    pub fn beside(store: &Path) -> Self {
        Self { folder: store.with_extension("evidence") }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the bytes with this digest lie.
    pub fn path(&self, sha256: &str) -> PathBuf {
        // Digests come from the log: letters of a path they never are.
        let plain: String = sha256.chars().filter(char::is_ascii_hexdigit).collect();
        let (start, rest) = plain.split_at(plain.len().min(2));
        self.folder.join(start).join(rest)
    }

    /// Opens what was secured; a link in its place is not followed.
    pub fn open(&self, sha256: &str) -> Result<File, EvidenceError> {
        let path = self.path(sha256);
        let failed = EvidenceError::io(&path);
        if !path.symlink_metadata().map_err(failed)?.is_file() {
            return Err(EvidenceError::NotAFile { path });
        }
        owned(&self.folder)?;
        owned(&path)?;
        File::open(&path).map_err(failed)
    }

    /// Whether something lies under a digest, without reading it.
    pub fn has(&self, sha256: &str) -> bool {
        self.path(sha256).symlink_metadata().is_ok_and(|found| found.is_file())
    }

    /// Reads what was secured again, and compares.
    pub fn check(&self, sha256: &str, progress: impl FnMut(u64)) -> Result<Condition, EvidenceError> {
        if !self.has(sha256) {
            return Ok(Condition::Missing);
        }
        Ok(self.examined(sha256, progress)?.1)
    }

    /// What lies under a digest, where what can't be read is a condition too.
    pub fn condition(&self, sha256: &str, progress: impl FnMut(u64)) -> Condition {
        self.check(sha256, progress).unwrap_or_else(|error| Condition::Unreadable(error.to_string()))
    }

    /// Opens what was secured, and reads it to its end first: what is handed out is what was compared.
    pub fn examined(&self, sha256: &str, mut progress: impl FnMut(u64)) -> Result<(File, Condition), EvidenceError> {
        let mut file = self.open(sha256)?;
        let failed = EvidenceError::io(&self.folder);
        let mut digest = Sha256::new();
        let mut piece = vec![0; PIECE];
        let mut done = 0;
        loop {
            let read = file.read(&mut piece).map_err(failed)?;
            if read == 0 {
                break;
            }
            digest.update(&piece[..read]);
            done += read as u64;
            progress(done);
        }
        file.rewind().map_err(failed)?;
        let found: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let condition = if found == sha256 { Condition::Sound } else { Condition::Changed(found) };
        Ok((file, condition))
    }

    /// Removes what was secured: its words were redacted, and it is part of them.
    pub fn remove(&self, sha256: &str) -> Result<(), EvidenceError> {
        let path = self.path(sha256);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(EvidenceError::io(&path)(error)),
            _ => Ok(()),
        }
    }
}

/// Refuses what somebody else owns, who could put other bytes there.
fn owned(path: &Path) -> Result<(), EvidenceError> {
    owner::check(path, owner::of_folder(path)).map_err(EvidenceError::Foreign)
}

/// Makes a folder, 0700 and durably.
pub(super) fn make(folder: &Path) -> Result<(), EvidenceError> {
    let failed = EvidenceError::io(folder);
    match folder.symlink_metadata() {
        Ok(found) if found.is_dir() => owned(folder),
        Ok(_) => Err(EvidenceError::NotAFile { path: folder.to_owned() }),
        Err(_) => {
            match DirBuilder::new().mode(0o700).create(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(error)),
                _ => {}
            }
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(parent).and_then(|parent| parent.sync_all()).map_err(failed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Vault};

    #[test]
    fn what_changed_or_is_gone_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::beside(&folder.path().join("s.db"));
        let secured = vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        let path = vault.path(&secured.sha256);
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(vault.check(&secured.sha256, |_| {}).expect("read"), Condition::Missing);
        std::fs::write(&path, b"abd").expect("written");
        assert!(matches!(vault.check(&secured.sha256, |_| {}).expect("read"), Condition::Changed(_)));
        std::fs::remove_file(&path).expect("removed");
        std::os::unix::fs::symlink("/etc/hostname", &path).expect("linked");
        assert!(vault.open(&secured.sha256).is_err(), "a link is not followed");
    }

    #[test]
    fn a_digest_never_chooses_a_path() {
        let vault = Vault::beside(std::path::Path::new("/store/s.db"));
        assert!(vault.path("../../etc/passwd").starts_with("/store/s.evidence"));
    }
}
