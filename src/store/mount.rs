//! What file system a store lies on, for people who have to know why it can't be used there.

use rusqlite::ErrorCode;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// What SQLite says, by its numbers, where a file system refuses it shared memory: it can't be opened, sized, locked or
/// mapped.
const SHARED_MEMORY: [i32; 4] = [4618, 4874, 5130, 5386];

/// Whether a failure is that of a file system which refuses SQLite the shared memory of its write-ahead log. Nothing is
/// damaged then.
pub(super) fn refuses_shared_memory(path: &Path, error: &rusqlite::Error) -> bool {
    let Some(said) = error.sqlite_error() else { return false };
    match said.code {
        _ if SHARED_MEMORY.contains(&said.extended_code) => true,
        ErrorCode::FileLockingProtocolFailed => true,
        ErrorCode::CannotOpen | ErrorCode::ReadOnly => {
            let mut shared = path.as_os_str().to_owned();
            shared.push("-shm");
            let opened = std::fs::OpenOptions::new().read(true).write(true).open(shared);
            let passes = [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];
            // Without leave to write, another refusal says more.
            opened.is_err_and(|error| !passes.contains(&error.kind()))
        }
        _ => false,
    }
}

/// The name of the file system that a path lies on: `9p`, `fuse.sshfs`, `ext4`.
pub(super) fn file_system(path: &Path) -> Option<String> {
    let path = path.canonicalize().or_else(|_| std::path::absolute(path)).ok()?;
    named(&path, &std::fs::read_to_string("/proc/self/mountinfo").ok()?)
}

/// The file system of the mount that lies nearest above the path; of several in one place, the last one.
fn named(path: &Path, mounts: &str) -> Option<String> {
    let above = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let place = unescaped(before.split(' ').nth(4)?);
        let name = after.split(' ').next()?;
        path.starts_with(&place).then(|| (place.as_os_str().as_bytes().len(), name))
    });
    above.max_by_key(|(length, _)| *length).map(|(_, name)| name.to_owned())
}

/// A mount point as the kernel writes it: white space and backslashes as octal numbers.
fn unescaped(written: &str) -> PathBuf {
    let plain = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    PathBuf::from(plain.iter().fold(written.to_owned(), |text, (escape, letter)| text.replace(escape, letter)))
}

#[cfg(test)]
mod tests {
    use super::{file_system, named};
    use std::path::Path;

    #[test]
    fn the_nearest_mount_names_it() {
        let mounts = "21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n\
            30 21 0:31 / /mnt/my\\040disk rw shared:1 - 9p drvfs rw\n\
            31 21 0:32 / /mnt rw - tmpfs tmpfs rw\n";
        assert_eq!(named(Path::new("/home/a/hikeshi.db"), mounts).as_deref(), Some("ext4"));
        assert_eq!(named(Path::new("/mnt/my disk/hikeshi.db"), mounts).as_deref(), Some("9p"));
        assert_eq!(named(Path::new("/mnt/other"), mounts).as_deref(), Some("tmpfs"));
        assert!(file_system(Path::new("/")).is_some_and(|name| !name.is_empty()));
    }
}
