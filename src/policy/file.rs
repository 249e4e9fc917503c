//! Reads a file of the configuration, whatever stands in its place.

use super::report::whole_file;
use crate::incident::exposure::others_may_write;
use crate::incident::problem::{Problem, ProblemKind};
use crate::owner;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The most bytes of a file that are read: a hundred times a long playbook.
pub(super) const MOST: usize = 1024 * 1024;

/// The text of a file; `None` when there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<String>, Box<Problem>> {
    let name = path.display().to_string();
    let refuse = |what| Err(Box::new(whole_file(&name, 1, what)));
    if let Some(mode) = exposed(path) {
        return refuse(ProblemKind::Exposed { mode });
    }
    match bytes(path) {
        Ok(Some(bytes)) if bytes.len() > MOST => refuse(ProblemKind::TooLarge { bytes: bytes.len(), most: MOST }),
        Ok(Some(bytes)) => utf8(&name, bytes).map(Some),
        Ok(None) => refuse(ProblemKind::NotAFile),
        // A link that leads nowhere is a fault; no file at all is none.
        Err(error) if error.kind() == ErrorKind::NotFound && path.symlink_metadata().is_err() => Ok(None),
        Err(error) => refuse(ProblemKind::Unreadable { reason: error.to_string() }),
    }
}

/// The permission bits of a file or its folder that others may write: whoever can write the policy decides who is told.
fn exposed(path: &Path) -> Option<u32> {
    /// Only owners may replace files in such a folder.
    const STICKY: u32 = 0o1000;
    let found = [Some(path), path.parent()].map(|path| path.and_then(|path| path.metadata().ok()));
    let lax = found.into_iter().flatten().find(|found| {
        others_may_write(found.mode(), found.uid(), found.gid()) && (found.is_file() || found.mode() & STICKY == 0)
    });
    lax.map(|found| found.mode() & 0o777)
}

/// The problem of a file that somebody else owns, or that lies in somebody else's folder.
pub(super) fn foreign(path: &Path) -> Option<Problem> {
    let found = owner::check_with_folder(path).err()?;
    let what = ProblemKind::Foreign { owned: found.path.display().to_string(), owner: found.owner, me: found.me };
    Some(whole_file(&path.display().to_string(), 1, what))
}

/// The bytes of a file, one more than are taken where there are too many; `None` when it is no file.
fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    // Looked at before it is opened: opening a pipe waits for a writer.
    if !path.metadata()?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, Box<Problem>> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(offset);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        Box::new(whole_file(name, line, ProblemKind::NotUtf8 { offset }))
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST, read};
    use crate::incident::problem::ProblemKind;

    #[test]
    fn whatever_stands_there_is_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        assert_eq!(read(&at("absent")), Ok(None));
        std::fs::write(at("text"), "a = 1").expect("written");
        assert_eq!(read(&at("text")), Ok(Some("a = 1".to_owned())));
        std::os::unix::fs::symlink(at("text"), at("link")).expect("linked");
        assert_eq!(read(&at("link")), Ok(Some("a = 1".to_owned())));

        let problem = |name: &str| read(&at(name)).expect_err("refused");
        std::os::unix::fs::symlink(at("nowhere"), at("dangling")).expect("linked");
        assert!(matches!(problem("dangling").what, ProblemKind::Unreadable { .. }));
        std::fs::create_dir(at("folder")).expect("made");
        assert_eq!(problem("folder").what, ProblemKind::NotAFile);
        std::fs::write(at("latin"), b"a = 1\nb = \"\xff\"").expect("written");
        assert_eq!((problem("latin").line, problem("latin").what.clone()), (2, ProblemKind::NotUtf8 { offset: 11 }));
        std::fs::write(at("huge"), vec![b'#'; 2 * MOST]).expect("written");
        assert_eq!(problem("huge").what, ProblemKind::TooLarge { bytes: MOST + 1, most: MOST });
    }
}
