//! The spool: commands that are safe on disk while the store can't be written.
//!
//! One file a command, beside the store; where that folder can't be written either, in a folder of the user's state. A
//! file's first line holds its version and the SHA-256 of the rest, so that one that was cut off is told from a whole
//! one. Its name sorts by time.

use super::StoreError;
use super::guard::folder_of;
use crate::incident::exposure::others_may_write;
use crate::owner::{self, Foreign};
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What a spool file begins with.
const MARK: &str = "hikeshi-spool 1 ";
/// How a finished spool file's name ends.
const ENDING: &str = ".command";
/// The longest spool file that is written, or read: a text and what JSON makes of it fit many times.
const LONGEST: u64 = 4 << 20;
/// Bytes of a spool file's first line, and some more.
const FIRST_LINE: u64 = 100;
/// File systems that live in memory: what is there is gone after a power cut.
const VOLATILE: [i64; 2] = [0x0102_1994, 0x8584_58f6];

/// Where commands wait for a store.
#[derive(Debug, Clone)]
pub struct Spool {
    beside: PathBuf,
    elsewhere: Option<PathBuf>,
}

/// A command that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its file.
    pub path: PathBuf,
    /// The command, as it was kept; `None` when the file was cut off or altered, or is somebody else's.
    pub body: Option<Vec<u8>>,
    /// Whose it is, where it is somebody else's.
    pub foreign: Option<Foreign>,
}

impl Spool {
    /// The spool of a store; `state` is the user's folder for state, where one is known.
    pub fn new(store: &Path, state: Option<&Path>) -> Self {
        let whole = std::path::absolute(store).unwrap_or_else(|_| store.to_owned());
        let digest = Sha256::digest(whole.as_os_str().as_encoded_bytes());
        let name: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let elsewhere = state.map(|state| state.join("hikeshi/spool").join(name));
        Self { beside: store.with_extension("spool"), elsewhere }
    }

    /// Keeps a command durably; where it lies then.
    pub fn put(&self, name: &str, body: &[u8]) -> Result<PathBuf, StoreError> {
        if body.len() as u64 + FIRST_LINE > LONGEST {
            let reason = format!("a command of more than {} MiB", LONGEST >> 20);
            return Err(StoreError::Unopenable { path: self.beside.clone(), reason });
        }
        let first = put_in(&self.beside, name, body);
        let (Err(error), Some(elsewhere)) = (&first, &self.elsewhere) else { return first };
        match is_durable(elsewhere).then(|| put_in(elsewhere, name, body)) {
            Some(Ok(path)) => Ok(path),
            Some(Err(other)) => Err(other),
            None => Err(StoreError::Unopenable { path: self.beside.clone(), reason: error.to_string() }),
        }
    }

    /// Everything that waits, in the order in which it was given.
    pub fn waiting(&self) -> Vec<Waiting> {
        let mut found: Vec<Waiting> = self.folders().flat_map(listed).collect();
        found.sort_by(|one, other| one.path.file_name().cmp(&other.path.file_name()));
        found
    }

    /// How many commands wait; cheap where there are none.
    pub fn count(&self) -> usize {
        // Somebody else's folder counts as one: what is in it may not even be listed.
        self.folders().map(|folder| if check_folder(folder).is_err() { 1 } else { files(folder).count() }).sum()
    }

    /// Forgets commands that are in the store now.
    pub fn remove(&self, paths: &[PathBuf]) {
        for path in paths {
            // What can't be removed now is recognised as brought in the next time.
            drop(std::fs::remove_file(path));
        }
        for folder in self.folders() {
            if let Ok(folder) = File::open(folder) {
                drop(folder.sync_all());
            }
        }
    }

    fn folders(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.beside), self.elsewhere.as_ref()].into_iter().flatten().map(PathBuf::as_path)
    }
}

/// The finished files of a folder; a link is not followed, whoever put it there.
fn files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let is_folder = folder.symlink_metadata().is_ok_and(|found| found.is_dir());
    let listed = is_folder.then(|| std::fs::read_dir(folder).ok()).flatten();
    let paths = listed.into_iter().flatten().flatten().map(|entry| entry.path());
    paths.filter(|path| {
        path.to_string_lossy().ends_with(ENDING) && path.symlink_metadata().is_ok_and(|found| found.is_file())
    })
}

/// What lies in a folder of the spool; somebody else's is told as a whole.
fn listed(folder: &Path) -> Vec<Waiting> {
    match check_folder(folder) {
        Ok(()) => files(folder).map(read).collect(),
        Err(foreign) => vec![Waiting { path: folder.to_owned(), body: None, foreign: Some(foreign) }],
    }
}

fn read(path: PathBuf) -> Waiting {
    if let Err(foreign) = owner::check(&path, owner::of_folder(&path)) {
        return Waiting { path, body: None, foreign: Some(foreign) };
    }
    let small = path.metadata().is_ok_and(|found| found.len() <= LONGEST);
    let bytes = if small { std::fs::read(&path).unwrap_or_default() } else { Vec::new() };
    let body = whole(&bytes).map(<[u8]>::to_vec);
    Waiting { path, body, foreign: None }
}

/// Refuses a folder of somebody else's; root takes one that belongs to who owns the folder around it.
fn check_folder(folder: &Path) -> Result<(), Foreign> {
    owner::check(folder, owner::of_folder(folder))
}

/// The rest of a file whose first line is right about it.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let digest = std::str::from_utf8(&bytes[..end]).ok()?.strip_prefix(MARK)?;
    let body = &bytes[end + 1..];
    (hex(body) == digest).then_some(body)
}

fn hex(body: &[u8]) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn put_in(folder: &Path, name: &str, body: &[u8]) -> Result<PathBuf, StoreError> {
    let failed = |error: std::io::Error| StoreError::from_io(folder, &error);
    make(folder)?;
    let (part, path) = (folder.join(format!("{name}.part")), folder.join(format!("{name}{ENDING}")));
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).and_then(|mut file| {
        file.write_all(format!("{MARK}{}\n", hex(body)).as_bytes())?;
        file.write_all(body)?;
        file.sync_all()?;
        std::fs::rename(&part, &path)?;
        File::open(folder)?.sync_all()
    });
    if let Err(error) = written {
        drop(std::fs::remove_file(&part));
        return Err(failed(error));
    }
    Ok(path)
}

/// Makes the folder, 0700 and durably; refuses one that is a link or that others may write.
fn make(folder: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::from_io(folder, &error);
    match folder.symlink_metadata() {
        Ok(found) if !found.is_dir() => {
            Err(StoreError::Unopenable { path: folder.to_owned(), reason: "not a folder".to_owned() })
        }
        Ok(_) if check_folder(folder).is_err() => check_folder(folder).map_err(StoreError::Foreign),
        Ok(found) if others_may_write(found.mode(), found.uid(), found.gid()) => {
            Err(StoreError::Exposed { path: folder.to_owned(), mode: found.mode() & 0o777 })
        }
        Ok(_) => Ok(()),
        Err(_) => {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
            File::open(folder_of(folder)).and_then(|parent| parent.sync_all()).map_err(failed)
        }
    }
}

/// Whether a folder, or the one that it would be made in, outlives a power cut.
fn is_durable(folder: &Path) -> bool {
    let there = folder.ancestors().find(|path| path.is_dir());
    there.is_some_and(|path| rustix::fs::statfs(path).is_ok_and(|system| !VOLATILE.contains(&system.f_type)))
}

#[cfg(test)]
mod tests {
    use super::Spool;

    #[test]
    fn what_was_kept_comes_back_in_order_and_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::new(&folder.path().join("s.db"), None);
        assert_eq!(spool.count(), 0);
        for name in ["2", "1", "3"] {
            spool.put(name, name.as_bytes()).expect("kept");
        }
        let waiting = spool.waiting();
        let bodies: Vec<_> = waiting.iter().map(|one| one.body.clone().expect("whole")).collect();
        assert_eq!(bodies, [b"1", b"2", b"3"]);
        spool.remove(&[waiting[0].path.clone()]);
        assert_eq!(spool.count(), 2);
    }

    #[test]
    fn a_torn_file_is_kept_and_not_taken_for_a_command() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::new(&folder.path().join("s.db"), None);
        let path = spool.put("1", b"{\"command\":1}").expect("kept");
        let bytes = std::fs::read(&path).expect("there");
        std::fs::write(&path, &bytes[..bytes.len() - 3]).expect("cut");
        assert!(spool.waiting()[0].body.is_none());
    }

    #[test]
    fn where_the_folder_is_no_folder_the_state_takes_it() {
        // Not below the folder for temporary files, which may be in memory; and out of sight of the repository.
        let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
        std::fs::create_dir_all(target).expect("made");
        let folder = tempfile::tempdir_in(target).expect("a folder");
        std::fs::write(folder.path().join("s.spool"), b"in the way").expect("written");
        let state = folder.path().join("state");
        let spool = Spool::new(&folder.path().join("s.db"), Some(&state));
        assert!(spool.put("1", b"x").expect("kept").starts_with(&state));
        assert_eq!(spool.count(), 1);
    }
}
