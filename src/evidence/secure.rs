//! Taking bytes in: hashed on the way, on disk before anybody hears of it, never in the place of others unseen.

use super::vault::{Condition, Vault, make};
use super::{EvidenceError, Secured};
use rustix::fs::{FlockOperation, flock};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tempfile::NamedTempFile;

/// Bytes that travel together from reading to hashing and writing.
const PIECE: usize = 1 << 20;
/// Pieces on their way at a time.
const PIECES: usize = 6;
/// How the name of a file begins that is being written.
const INCOMING: &str = "incoming-";
/// How the name of a file begins that lay where it had no business.
const ASIDE: &str = "set-aside-";

impl Vault {
    /// Copies everything that can be read into the vault, hashing on the way; on disk when this returns.
    ///
    /// What lies under the digest already is read again: other bytes than its name says are set aside, and the right
    /// ones take their place.
    pub fn secure(&self, source: &mut (impl Read + Send), progress: impl FnMut(u64)) -> Result<Secured, EvidenceError> {
        self.take_in(source, None, progress)
    }

    /// Takes bytes in, where one is given only those that have this digest.
    pub(super) fn take_in(
        &self,
        source: &mut (impl Read + Send),
        wanted: Option<&str>,
        progress: impl FnMut(u64),
    ) -> Result<Secured, EvidenceError> {
        make(self.folder())?;
        self.sweep();
        let incoming = self.incoming()?;
        let (size, sha256) = copy(source, incoming.as_file(), progress).map_err(EvidenceError::io(self.folder()))?;
        if wanted.is_some_and(|wanted| wanted != sha256) {
            return Err(EvidenceError::Other { found: sha256 });
        }
        let path = self.path(&sha256);
        let mut set_aside = None;
        if path.symlink_metadata().is_ok() {
            // What can't be read is of no use under this name either.
            if matches!(self.check(&sha256, |_| {}), Ok(Condition::Sound)) {
                return Ok(Secured { sha256, size, set_aside });
            }
            set_aside = self.set_aside(&sha256, &path)?;
        }
        let failed = EvidenceError::io(&path);
        incoming.as_file().set_permissions(Permissions::from_mode(0o400)).map_err(failed)?;
        incoming.as_file().sync_all().map_err(failed)?;
        let folder = path.parent().unwrap_or(self.folder());
        make(folder)?;
        match incoming.persist_noclobber(&path) {
            Ok(_) => {}
            // Somebody secured the same bytes at the same time.
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error.error)),
        }
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(Secured { sha256, size, set_aside })
    }

    /// A new file to write to, locked as long as somebody does.
    fn incoming(&self) -> Result<NamedTempFile, EvidenceError> {
        let failed = EvidenceError::io(self.folder());
        loop {
            let made = tempfile::Builder::new().prefix(INCOMING).tempfile_in(self.folder()).map_err(failed)?;
            // Before it was locked, a sweep may have taken it for one that nobody writes to.
            let locked = flock(made.as_file(), FlockOperation::LockExclusive);
            if locked.is_err() || made.path().symlink_metadata().is_ok() {
                return Ok(made);
            }
        }
    }

    /// What additions that were killed have left: nobody writes to it any more.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let open = |path: &PathBuf| OpenOptions::new().read(true).write(true).open(path).ok();
        let dead = |file: File| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok();
        self.named(INCOMING).into_iter().filter(|path| open(path).is_some_and(dead)).collect()
    }

    /// Removes what additions that were killed have left; how many files that were.
    pub fn sweep(&self) -> usize {
        let mut swept = 0;
        for path in self.named(INCOMING) {
            let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
            // Locked until it is gone, so that nobody begins to write to it meanwhile.
            let dead = flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok();
            swept += usize::from(dead && std::fs::remove_file(&path).is_ok());
        }
        swept
    }

    /// Files that lay under a digest with other bytes, and were kept beside.
    pub fn aside(&self) -> Vec<PathBuf> {
        self.named(ASIDE)
    }

    /// Moves what lies under a digest aside; where it is then, unless somebody else has moved it.
    fn set_aside(&self, sha256: &str, path: &Path) -> Result<Option<PathBuf>, EvidenceError> {
        let failed = EvidenceError::io(path);
        let start: String = sha256.chars().take(16).collect();
        let mut names = (1..).map(|number| self.folder().join(format!("{ASIDE}{start}-{number}")));
        let free = names.find(|name| name.symlink_metadata().is_err()).unwrap_or_default();
        match std::fs::rename(path, &free) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        }
        File::open(self.folder()).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(Some(free))
    }

    /// Files of the vault itself whose names begin like this.
    fn named(&self, start: &str) -> Vec<PathBuf> {
        let Ok(listed) = std::fs::read_dir(self.folder()) else { return Vec::new() };
        let begins = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
        let mut found: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).filter(begins).collect();
        found.sort();
        found
    }
}

/// Copies and hashes at once; how many bytes there were, and their digest.
fn copy(
    source: &mut (impl Read + Send),
    mut file: &File,
    mut progress: impl FnMut(u64),
) -> std::io::Result<(u64, String)> {
    let (full, to_hash) = mpsc::sync_channel::<Vec<u8>>(PIECES);
    let (hashed, back) = mpsc::channel::<Vec<u8>>();
    std::thread::scope(|scope| {
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
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Condition, Vault};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn vault(folder: &Path) -> Vault {
        Vault::beside(&folder.join("s.db"))
    }

    #[test]
    fn bytes_lie_under_their_digest_once_and_read_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = vault(folder.path());
        let secured = vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        assert_eq!((secured.sha256.as_str(), &secured.set_aside), (ABC, &None));
        assert_eq!(secured, vault.secure(&mut &b"abc"[..], |_| {}).expect("again"));
        let path = vault.path(ABC);
        assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o400);
        assert_eq!(vault.check(ABC, |_| {}).expect("read"), Condition::Sound);
        let files = std::fs::read_dir(vault.folder()).expect("listed").count();
        assert_eq!(files, 1, "nothing is left over");
    }

    #[test]
    fn what_lies_under_a_digest_with_other_bytes_is_set_aside_and_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = vault(folder.path());
        vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        let path = vault.path(ABC);
        let spoil: [fn(&Path); 4] = [
            |path| std::fs::write(path, b"abd").expect("written"),
            |path| std::fs::write(path, b"").expect("written"),
            |path| std::os::unix::fs::symlink("/etc/hostname", path).expect("linked"),
            |path| std::fs::create_dir(path).expect("made"),
        ];
        for spoil in spoil {
            std::fs::remove_file(&path).expect("removed");
            spoil(&path);
            let secured = vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
            let kept = secured.set_aside.expect("set aside");
            assert!(kept.symlink_metadata().is_ok() && vault.aside().contains(&kept), "{}", kept.display());
            assert_eq!(vault.check(ABC, |_| {}).expect("read"), Condition::Sound);
        }
        assert_eq!(vault.aside().len(), 4, "each is kept");
    }

    #[test]
    fn what_a_killed_addition_left_is_swept_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = vault(folder.path());
        vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        std::fs::write(vault.folder().join("incoming-dead"), b"half").expect("written");
        let writing = vault.incoming().expect("begun");
        assert_eq!(vault.leftovers(), [vault.folder().join("incoming-dead")]);
        vault.secure(&mut &b"abc"[..], |_| {}).expect("secured");
        assert_eq!(vault.leftovers(), Vec::<std::path::PathBuf>::new());
        assert!(writing.path().exists() && !vault.folder().join("incoming-dead").exists());
    }
}
