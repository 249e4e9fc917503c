//! The folder beside a store in which evidence lies, each file under the SHA-256 of its bytes.

use super::EvidenceError;
use crate::owner;
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// Bytes that travel together from reading to hashing and writing.
const PIECE: usize = 1 << 20;
/// Pieces on their way at a time.
const PIECES: usize = 6;

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

    /// Copies everything that can be read into the vault, hashing on the way; on disk when this returns.
    pub fn secure(
        &self,
        source: &mut (impl Read + Send),
        mut progress: impl FnMut(u64),
    ) -> Result<Secured, EvidenceError> {
        let failed = EvidenceError::io(&self.folder);
        make(&self.folder)?;
        let incoming = tempfile::Builder::new().prefix("incoming-").tempfile_in(&self.folder).map_err(failed)?;
        let mut file = incoming.as_file();
        let (full, to_hash) = mpsc::sync_channel::<Vec<u8>>(PIECES);
        let (hashed, back) = mpsc::channel::<Vec<u8>>();
        let copied: std::io::Result<(u64, String)> = std::thread::scope(|scope| {
            let hasher = std::thread::Builder::new().spawn_scoped(scope, move || {
                let mut digest = Sha256::new();
                for piece in to_hash {
                    digest.update(&piece);
                    // Whoever reads takes a used piece before making a new one.
                    drop(hashed.send(piece));
                }
                digest.finalize()
            })?;
            let mut size = 0;
            let mut made = 0;
            loop {
                let mut piece = if made < PIECES {
                    made += 1;
                    Vec::with_capacity(PIECE)
                } else {
                    back.recv().unwrap_or_default()
                };
                piece.clear();
                let read = source.take(PIECE as u64).read_to_end(&mut piece)?;
                if read == 0 {
                    break;
                }
                file.write_all(&piece)?;
                size += read as u64;
                progress(size);
                if full.send(piece).is_err() {
                    break;
                }
            }
            drop(full);
            let digest = hasher.join().map_err(|_| std::io::Error::other("hashing failed"))?;
            Ok((size, digest.iter().map(|byte| format!("{byte:02x}")).collect()))
        });
        let (size, sha256) = copied.map_err(failed)?;
        let path = self.path(&sha256);
        if path.exists() {
            return Ok(Secured { sha256, size });
        }
        let failed = EvidenceError::io(&path);
        file.set_permissions(Permissions::from_mode(0o400)).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        let folder = path.parent().unwrap_or(&self.folder);
        make(folder)?;
        match incoming.persist_noclobber(&path) {
            Ok(_) => {}
            // Somebody secured the same bytes at the same time.
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error.error)),
        }
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(Secured { sha256, size })
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
    pub fn check(&self, sha256: &str, mut progress: impl FnMut(u64)) -> Result<Condition, EvidenceError> {
        if !self.has(sha256) {
            return Ok(Condition::Missing);
        }
        let failed = EvidenceError::io(&self.folder);
        let mut file = self.open(sha256)?;
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
        let found: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(if found == sha256 { Condition::Sound } else { Condition::Changed(found) })
    }

    /// Removes what was secured: its words were redacted, and it is part of them.
    pub fn remove(&self, sha256: &str) -> Result<(), EvidenceError> {
        let path = self.path(sha256);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(EvidenceError::io(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Copies what was secured under these digests into another vault, unless it is there; how many were copied.
    pub fn copy_to(&self, other: &Self, digests: &[String]) -> Result<usize, EvidenceError> {
        let mut copied = 0;
        for sha256 in digests.iter().filter(|sha256| self.has(sha256) && !other.has(sha256)) {
            let mut file = self.open(sha256)?;
            let secured = other.secure(&mut file, |_| {})?;
            if secured.sha256 != *sha256 {
                return Err(EvidenceError::Unsound { name: sha256.clone() });
            }
            copied += 1;
        }
        Ok(copied)
    }
}

/// Refuses what somebody else owns, who could put other bytes there.
fn owned(path: &Path) -> Result<(), EvidenceError> {
    owner::check(path, owner::of_folder(path)).map_err(EvidenceError::Foreign)
}

/// Makes a folder, 0700 and durably.
fn make(folder: &Path) -> Result<(), EvidenceError> {
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
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn bytes_lie_under_their_digest_once_and_read_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::beside(&folder.path().join("s.db"));
        let secured = vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        assert_eq!(secured.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(secured, vault.secure(&mut &b"abc"[..], |_| {}).expect("again"));
        let path = vault.path(&secured.sha256);
        assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o400);
        assert_eq!(vault.check(&secured.sha256, |_| {}).expect("read"), Condition::Sound);
        let files = std::fs::read_dir(vault.folder()).expect("listed").count();
        assert_eq!(files, 1, "nothing is left over");
    }

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
