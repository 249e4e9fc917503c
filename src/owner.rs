//! Whose files are used: one's own and root's, and for root those of whoever ran `sudo`.
//!
//! Permission bits say who may write a file now; its owner may change them at any time.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A file or folder that belongs to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The file or folder.
    pub path: PathBuf,
    /// Who owns it.
    pub owner: u32,
    /// Who would have to.
    pub me: u32,
}

/// Whether what this user owns is used.
pub fn is_trusted(owner: u32) -> bool {
    let me = me();
    owner == me || owner == 0 || (me == 0 && sudo_user() == Some(owner))
}

/// Whether it is root who asks.
pub fn is_root() -> bool {
    me() == 0
}

/// Refuses what belongs to somebody else: a file, what a link leads to, and the link. For root, what belongs to
/// `beside` too, the owner of the folder that it lies in: containers and `sudo` work in the folders of others.
pub fn check(path: &Path, beside: Option<u32>) -> Result<(), Foreign> {
    let refused = |owner| Err(Foreign { path: path.to_owned(), owner, me: me() });
    let Ok(found) = path.symlink_metadata() else { return Ok(()) };
    let passes = |owner| is_trusted(owner) || (is_root() && beside == Some(owner));
    if !passes(found.uid()) {
        return refused(found.uid());
    }
    match path.metadata() {
        Ok(target) if found.is_symlink() && !passes(target.uid()) => {
            let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            Err(Foreign { path, owner: target.uid(), me: me() })
        }
        _ => Ok(()),
    }
}

/// Refuses a file that belongs to somebody else, or lies in a folder that does; links are followed to the end.
pub fn check_with_folder(path: &Path) -> Result<(), Foreign> {
    check(path, None)?;
    check(folder_of(path), None)?;
    if path.is_symlink()
        && let Ok(target) = path.canonicalize()
    {
        check(folder_of(&target), None)?;
    }
    Ok(())
}

/// Who owns the folder that a file lies in.
pub fn of_folder(path: &Path) -> Option<u32> {
    folder_of(path).metadata().ok().map(|folder| folder.uid())
}

/// Gives what root made in somebody's folder to whose folder it is, so that they can go on with it.
pub fn hand_over(path: &Path) {
    let Ok(folder) = folder_of(path).metadata() else { return };
    if is_root() && folder.uid() != 0 && folder.mode() & STICKY == 0 {
        drop(std::os::unix::fs::lchown(path, Some(folder.uid()), Some(folder.gid())));
    }
}

/// In such a folder everybody has files of their own.
const STICKY: u32 = 0o1000;

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Who became root by `sudo`.
fn sudo_user() -> Option<u32> {
    std::env::var("SUDO_UID").ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{check, check_with_folder, is_root, is_trusted};

    #[test]
    fn ones_own_and_roots_are_used() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "x").expect("written");
        assert_eq!(check_with_folder(&file), Ok(()));
        assert_eq!(check(&folder.path().join("absent"), None), Ok(()));
        assert!(is_trusted(0));
        assert!(!is_trusted(u32::MAX - 7));
    }

    #[test]
    fn somebody_elses_is_not_whatever_leads_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        // Who isn't root can give nothing away; a file of root's stands for it there.
        if is_root() {
            std::fs::write(&file, "x").expect("written");
            std::os::unix::fs::chown(&file, Some(12_345), None).expect("given away");
            assert_eq!(check(&file, None).map_err(|found| found.owner), Err(12_345));
            assert_eq!(check(&link, None).map_err(|found| found.owner), Err(12_345));
            assert_eq!(check(&link, Some(12_345)), Ok(()));
        } else {
            assert_eq!(check(std::path::Path::new("/etc/passwd"), None), Ok(()));
        }
    }
}
