//! What can go wrong with the file, told apart by what people can do about it.

use super::mount;
use crate::owner::Foreign;
use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process held it longer than the wait.
    #[error("{} is locked: waited {} s for another process", path.display(), waited.as_secs())]
    Locked {
        /// The store.
        path: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// The disk is full.
    #[error("the disk that holds {} is full", path.display())]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// It can be read and not written.
    #[error("{} can't be written: {reason}", path.display())]
    ReadOnly {
        /// The store.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// It is no SQLite file, or no store of hikeshi's.
    #[error("{} is no hikeshi store: {reason}", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
        /// Whether it is sound, and another program's.
        another: bool,
    },
    /// A later version wrote it.
    #[error("{} was written by a newer hikeshi (store version {found}, this one knows {known})", path.display())]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version that this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Somebody else owns it, or what a link leads to.
    #[error("{} belongs to another user ({})", .0.path.display(), .0.owner)]
    Foreign(Foreign),
    /// Something stands in it that hikeshi didn't put there.
    #[error("{} holds something that hikeshi didn't put there: {name}", path.display())]
    Stranger {
        /// The store.
        path: PathBuf,
        /// What, with its kind.
        name: String,
    },
    /// It notes other incident numbers as its own than its log speaks of.
    #[error("{} notes other incident numbers as its own than its log speaks of", path.display())]
    Numbers {
        /// The store.
        path: PathBuf,
    },
    /// Others than its owner may write it.
    #[error("{} can be written by others (mode {mode:03o})", path.display())]
    Exposed {
        /// The file or folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file or its folder can't be opened.
    #[error("can't open {}: {reason}", path.display())]
    Unopenable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file system refuses the shared memory that the write-ahead log needs; nothing is damaged.
    #[error("the file system of {} ({file_system}) refuses SQLite's shared memory: {reason}", path.display())]
    Unfit {
        /// The store.
        path: PathBuf,
        /// The file system's name.
        file_system: String,
        /// What SQLite said.
        reason: String,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The store.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts what SQLite reports.
    pub(super) fn from_sqlite(path: &Path, waited: Duration, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path, waited },
            _ if mount::refuses_shared_memory(&path, &error) => {
                let file_system = mount::file_system(&path).unwrap_or_else(|| "?".to_owned());
                Self::Unfit { path, file_system, reason }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path, reason },
            Some(ErrorCode::NotADatabase) => {
                Self::NotAStore { path, reason: "not an SQLite file".to_owned(), another: false }
            }
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason },
            // A write-ahead log that can't grow is reported as an I/O error.
            Some(ErrorCode::SystemIoFailure) if is_full(&path) => Self::Full { path },
            Some(ErrorCode::CannotOpen) => Self::Unopenable { path, reason },
            _ => Self::Sqlite { path, source: error },
        }
    }

    /// Sorts what the system reports about a file.
    pub fn from_io(path: &Path, error: &std::io::Error) -> Self {
        let path = path.to_owned();
        let reason = error.to_string();
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full { path },
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Self::ReadOnly { path, reason }
            }
            _ => Self::Unopenable { path, reason },
        }
    }

    /// Its name in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "store-locked",
            Self::Full { .. } => "disk-full",
            Self::ReadOnly { .. } => "store-read-only",
            Self::NotAStore { .. } => "not-a-store",
            Self::Newer { .. } => "store-newer",
            Self::Damaged { .. } => "store-damaged",
            Self::Foreign(_) => "store-foreign",
            Self::Stranger { .. } => "store-stranger",
            Self::Numbers { .. } => "store-numbers",
            Self::Exposed { .. } => "store-exposed",
            Self::Unopenable { .. } => "store-unopenable",
            Self::Unfit { .. } => "store-unfit",
            Self::Sqlite { .. } => "store-failed",
        }
    }
}

/// Whether the disk that holds a file has no room left for its owner.
fn is_full(path: &Path) -> bool {
    rustix::fs::statvfs(super::guard::folder_of(path)).is_ok_and(|disk| disk.f_bavail == 0)
}
