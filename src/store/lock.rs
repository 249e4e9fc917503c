//! The two lock files beside the store.
//!
//! Every process holds `hikeshi.lock` shared; what must be alone with the store takes it exclusively. Writers queue on
//! `hikeshi.queue`, because SQLite's own waiting is unfair: a busy handler that sleeps can be overtaken for ever.

use super::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// How long a writer waits for its turn.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Takes part in the store, beside others.
pub fn share(store: &Path) -> Result<Held, StoreError> {
    let path = store.with_extension("lock");
    let file = open(&path)?;
    let shared = |file: &File| file.try_lock_shared();
    wait(store, &path, file, shared, File::lock_shared)
}

/// Takes part as a reader. Where no writer ever was there is no lock to take, and none is made: a copy that somebody
/// looks at stays one file.
pub fn share_if_there(store: &Path) -> Option<Held> {
    store.with_extension("lock").exists().then(|| share(store).ok()).flatten()
}

/// Takes the store for oneself alone: waits for all others to leave, and keeps new ones out.
pub fn alone(store: &Path) -> Result<Held, StoreError> {
    let path = store.with_extension("lock");
    let file = open(&path)?;
    wait(store, &path, file, File::try_lock, File::lock)
}

/// Takes the store for oneself alone if nobody else is there at this moment.
pub fn alone_now(store: &Path) -> Option<Held> {
    let file = open(&store.with_extension("lock")).ok()?;
    file.try_lock().ok().map(|()| Held { _file: file })
}

/// Takes the writers' turn.
pub fn queue(store: &Path) -> Result<Held, StoreError> {
    let path = store.with_extension("queue");
    let file = open(&path)?;
    wait(store, &path, file, File::try_lock, File::lock)
}

fn open(path: &PathBuf) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    if let Ok(file) = options.open(path) {
        return Ok(file);
    }
    let made = options.create(true).truncate(false).open(path).map_err(|error| StoreError::from_io(path, &error))?;
    crate::owner::hand_over(path);
    Ok(made)
}

/// Tries at once; if somebody holds it, waits in a thread, since the system's own wait knows no deadline.
fn wait(
    store: &Path,
    path: &Path,
    file: File,
    attempt: impl Fn(&File) -> Result<(), TryLockError>,
    block: impl Fn(&File) -> std::io::Result<()> + Send + 'static,
) -> Result<Held, StoreError> {
    match attempt(&file) {
        Ok(()) => return Ok(Held { _file: file }),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(StoreError::from_io(path, &error)),
    }
    let (sender, receiver) = mpsc::channel();
    let other = file.try_clone().map_err(|error| StoreError::from_io(path, &error))?;
    let waiting = std::thread::Builder::new().spawn(move || {
        let outcome = block(&other).map(|()| other);
        // Nobody listens after the deadline; the lock then goes with the file.
        let _ = sender.send(outcome);
    });
    if waiting.is_err() {
        return ask_again(store, path, file, attempt);
    }
    drop(file);
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(file)) => Ok(Held { _file: file }),
        Ok(Err(error)) => Err(StoreError::from_io(path, &error)),
        Err(_) => Err(StoreError::Locked { path: store.to_owned(), waited: PATIENCE }),
    }
}

/// Waits where the system has no thread to give: by asking again, which others may overtake.
fn ask_again(
    store: &Path,
    path: &Path,
    file: File,
    attempt: impl Fn(&File) -> Result<(), TryLockError>,
) -> Result<Held, StoreError> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        match attempt(&file) {
            Ok(()) => return Ok(Held { _file: file }),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(StoreError::from_io(path, &error)),
        }
        waited += PAUSE;
    }
    Err(StoreError::Locked { path: store.to_owned(), waited: PATIENCE })
}
