//! The scheduler's turn: one at a time delivers and reminds, and leaves word of when it last did.

use super::StoreError;
use crate::incident::time::Timestamp;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The turn, held until it is dropped.
#[derive(Debug)]
pub struct Turn {
    file: File,
}

/// How many bytes a time takes.
const TIME: u64 = 64;

impl Turn {
    /// Takes the turn if nobody else has it at this moment.
    pub fn take(store: &Path) -> Result<Option<Self>, StoreError> {
        let path = store.with_extension("tick");
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600).custom_flags(NO_FOLLOW);
        let file = options.open(&path).map_err(|error| StoreError::from_io(&path, &error))?;
        Ok(file.try_lock().is_ok().then_some(Self { file }))
    }

    /// Leaves word that a scheduler ran now. That it is lost with the power does no harm: the next one says it again.
    pub fn mark(&mut self, now: Timestamp) {
        let written = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        drop(written.and_then(|_| self.file.write_all(now.millis().to_string().as_bytes())));
    }
}

/// When a scheduler last ran; `None` where none ever did.
pub fn last_tick(store: &Path) -> Option<Timestamp> {
    let mut text = String::new();
    File::open(store.with_extension("tick")).ok()?.take(TIME).read_to_string(&mut text).ok()?;
    text.trim().parse().ok().map(Timestamp::from_millis)
}

#[expect(clippy::cast_possible_wrap, reason = "a flag of the system's own, in the type that it wants it")]
const NO_FOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;
