//! Who may write the store: its owner, nobody else.

use super::StoreError;
use crate::incident::exposure::others_may_write;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Only owners may replace files in such a folder.
const STICKY: u32 = 0o1000;

/// Refuses a store that somebody else could write or replace.
pub fn check(path: &Path) -> Result<(), StoreError> {
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
