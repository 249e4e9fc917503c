//! The last head that was written, remembered outside the file.
//!
//! A file that somebody put back in its place from a copy can have the same inode, and says nothing of what it lost.
//! So each commit leaves its head in the user's folder for state, one small file for each copy of the log, without
//! waiting for the disk: a mark that is behind its file is normal, a file behind its mark was put back.

use super::writer::hex;
use crate::incident::header::Hash;
use crate::incident::id::OriginId;
use rustix::fs::OFlags;
use std::cell::{Cell, RefCell};
use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a mark begins with.
const MAGIC: &[u8; 8] = b"hkhead1\n";
/// Bytes of a mark: what it begins with, the number, the hash.
const BYTES: usize = 48;

/// A head that was written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The number of the entry.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// A store's file that holds less, or something else, than was last written to it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PutBack {
    /// The copy of the log.
    pub origin: OriginId,
    /// The number of the last entry in the file.
    pub holds: u64,
    /// The number of the last entry that was written.
    pub written: u64,
}

/// What a program learns about its store on the way.
#[derive(Debug, Default)]
pub struct Noticed {
    /// The file had been put back from a copy; another copy of the log was begun.
    pub put_back: Cell<Option<PutBack>>,
    /// Where the last head could not be remembered.
    pub forgetful: RefCell<Option<PathBuf>>,
}

/// Where heads are remembered, and who is told.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    folder: Option<PathBuf>,
    noticed: Option<Rc<Noticed>>,
}

/// The mark of a copy of the log, open while it is written.
#[derive(Debug)]
pub(super) struct Open {
    file: Option<File>,
    pub(super) mark: Option<Mark>,
}

impl Marks {
    /// Marks in the user's folder for state.
    pub fn new(state: Option<&Path>, noticed: Rc<Noticed>) -> Self {
        Self { folder: state.map(|state| state.join("hikeshi/heads")), noticed: Some(noticed) }
    }

    /// The mark of a copy; none where there is no file, or one with anything else in it.
    pub(super) fn open(&self, origin: OriginId) -> Open {
        let file = self.path(origin).and_then(|path| options().open(path).ok());
        let mark = file.as_ref().and_then(read);
        Open { file, mark }
    }

    /// Remembers where a copy stands.
    pub(super) fn keep(&self, open: Option<Open>, origin: OriginId, mark: &Mark) {
        let Some(noticed) = &self.noticed else { return };
        let file = open.and_then(|open| open.file).or_else(|| self.make(origin));
        let mut bytes = [0; BYTES];
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8..16].copy_from_slice(&mark.seq.to_be_bytes());
        bytes[16..].copy_from_slice(&mark.hash);
        if file.is_none_or(|file| file.write_all_at(&bytes, 0).is_err()) {
            *noticed.forgetful.borrow_mut() = Some(self.folder.clone().unwrap_or_default());
        }
    }

    /// Tells that a file was put back.
    pub(super) fn tell(&self, found: PutBack) {
        if let Some(noticed) = &self.noticed {
            noticed.put_back.set(Some(found));
        }
    }

    fn path(&self, origin: OriginId) -> Option<PathBuf> {
        let mut buffer = uuid::Uuid::encode_buffer();
        let folder = self.folder.as_ref()?;
        Some(folder.join(&*origin.0.simple().encode_lower(&mut buffer)))
    }

    /// Makes the file of a mark, and the folders above it, 0700.
    fn make(&self, origin: OriginId) -> Option<File> {
        let (folder, path) = (self.folder.as_ref()?, self.path(origin)?);
        let above: Vec<&Path> = folder.ancestors().take_while(|path| !path.exists()).collect();
        DirBuilder::new().recursive(true).mode(0o700).create(folder).ok()?;
        let file = options().create(true).open(&path).ok()?;
        // Whoever writes as root must not keep the folder's owner from it.
        let there = folder.ancestors().nth(above.len())?.metadata().ok()?;
        if rustix::process::geteuid().is_root() && there.uid() != 0 {
            for made in above.iter().copied().chain([path.as_path()]) {
                drop(std::os::unix::fs::lchown(made, Some(there.uid()), Some(there.gid())));
            }
        }
        Some(file)
    }
}

/// A mark is a file of ours: a link is not followed, and a pipe not waited for.
fn options() -> OpenOptions {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600).custom_flags(i32::try_from(flags).unwrap_or_default());
    options
}

fn read(file: &File) -> Option<Mark> {
    let mut bytes = [0; BYTES];
    file.read_exact_at(&mut bytes, 0).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?;
    let (seq, hash) = rest.split_first_chunk::<8>()?;
    Some(Mark { seq: u64::from_be_bytes(*seq), hash: hash.try_into().ok()? })
}

impl PutBack {
    /// The copy's name, as short as people use it.
    pub fn name(&self) -> String {
        hex(&self.origin.0.as_bytes()[..4])
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Marks, Noticed, OriginId};
    use std::path::Path;
    use std::rc::Rc;
    use uuid::Uuid;

    const ORIGIN: OriginId = OriginId(Uuid::from_u128(7));
    const MARK: Mark = Mark { seq: 12, hash: [3; 32] };

    fn marks(state: &Path) -> (Marks, Rc<Noticed>) {
        let noticed = Rc::new(Noticed::default());
        (Marks::new(Some(state), noticed.clone()), noticed)
    }

    #[test]
    fn what_was_kept_is_found_again() {
        let state = tempfile::tempdir().expect("a folder");
        let (marks, noticed) = marks(state.path());
        assert_eq!(marks.open(ORIGIN).mark, None);
        marks.keep(None, ORIGIN, &Mark { seq: 11, ..MARK });
        marks.keep(Some(marks.open(ORIGIN)), ORIGIN, &MARK);
        assert_eq!(marks.open(ORIGIN).mark, Some(MARK));
        assert_eq!(marks.open(OriginId(Uuid::from_u128(8))).mark, None);
        assert_eq!(*noticed.forgetful.borrow(), None);
    }

    #[test]
    fn whatever_stands_in_its_place_is_no_mark() {
        let state = tempfile::tempdir().expect("a folder");
        let (marks, noticed) = marks(state.path());
        marks.keep(None, ORIGIN, &MARK);
        let path = marks.path(ORIGIN).expect("a path");
        for bytes in [&b""[..], b"hkhead1\n", b"hkhead1\n\xff\xff", &[0xff; 4096]] {
            std::fs::write(&path, bytes).expect("written");
            assert_eq!(marks.open(ORIGIN).mark, None);
            marks.keep(Some(marks.open(ORIGIN)), ORIGIN, &MARK);
            assert_eq!(marks.open(ORIGIN).mark, Some(MARK));
        }
        assert_eq!(*noticed.forgetful.borrow(), None);
        std::fs::remove_file(&path).expect("removed");
        let target = state.path().join("target");
        std::fs::write(&target, b"mine").expect("written");
        std::os::unix::fs::symlink(&target, &path).expect("linked");
        marks.keep(Some(marks.open(ORIGIN)), ORIGIN, &MARK);
        assert_eq!(std::fs::read(&target).expect("read"), b"mine", "a link is not followed");
        assert!(noticed.forgetful.borrow().is_some(), "and that it could not be kept is known");
    }
}
