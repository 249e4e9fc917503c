//! Who may write the store: its owner, nobody else.

use super::StoreError;
use crate::incident::exposure::others_may_write;
use crate::owner;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Only owners may replace files in such a folder.
const STICKY: u32 = 0o1000;

/// What lies beside a store, and is trusted as the store is.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// Locks beside a store.
const LOCKS: [&str; 2] = ["lock", "queue"];

/// Refuses a store that somebody else owns: its file, what lies beside it, its folder, and where links lead.
pub fn owned(path: &Path) -> Result<(), StoreError> {
    if path.is_symlink() {
        let folder = owner::of_folder(path);
        owner::check(path, folder).map_err(StoreError::Foreign)?;
        return path.canonicalize().map_or(Ok(()), |target| {
            check_folder(folder_of(path), folder)?;
            all(&target)
        });
    }
    all(path)
}

fn all(path: &Path) -> Result<(), StoreError> {
    let folder = owner::of_folder(path);
    owner::check(path, folder).map_err(StoreError::Foreign)?;
    // Whoever is root may use somebody's store in their own folder, and make one there.
    let own = path.metadata().map_or(folder, |file| Some(file.uid()));
    check_folder(folder_of(path), own)?;
    let logs = BESIDE.iter().map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    let locks = LOCKS.iter().map(|ending| path.with_extension(ending));
    logs.chain(locks).try_for_each(|beside| owner::check(&beside, folder).map_err(StoreError::Foreign))
}

fn check_folder(folder: &Path, own: Option<u32>) -> Result<(), StoreError> {
    owner::check(folder, own).map_err(StoreError::Foreign)
}

/// Refuses a store that somebody else could write or replace.
pub fn check(path: &Path) -> Result<(), StoreError> {
    owned(path)?;
    let refused = |path: &Path, mode: u32| Err(StoreError::Exposed { path: path.to_owned(), mode: mode & 0o777 });
    if let Ok(file) = path.metadata()
        && others_may_write(file.mode(), file.uid(), file.gid())
    {
        return refused(path, file.mode());
    }
    let folder = folder_of(path);
    if let Ok(metadata) = folder.metadata()
        && others_may_write(metadata.mode(), metadata.uid(), metadata.gid())
        && metadata.mode() & STICKY == 0
    {
        return refused(folder, metadata.mode());
    }
    Ok(())
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
