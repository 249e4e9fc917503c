//! One line of JSON for each message, at the end of a file.

use super::Carried;
use super::attempt::Attempt;
use super::body::Body;
use super::cause::{Cause, Failure};
use rustix::fs::{FileType, FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

/// How often is looked whether another writer has finished.
const TICK: Duration = Duration::from_millis(5);

/// Adds the line; on disk when this returns.
pub(super) fn carry(attempt: &Attempt) -> Carried {
    let path = attempt.channel.path.as_deref().unwrap_or_default();
    let mut file = open(path)?;
    lock(attempt, &file, path)?;
    let mut body = Body::new(&attempt.message, attempt.recipients());
    body.at = Some(attempt.now.to_string());
    let mut line = body.bytes();
    line.push(b'\n');
    let failed = |error: io::Error| Failure::later(Cause::BadFile { path: path.to_owned(), why: error.to_string() });
    let size = file.seek(SeekFrom::End(0)).map_err(failed)?;
    if size > 0 && !ends_in_newline(&mut file).map_err(failed)? {
        // Somebody's line was cut short: this one must not become part of it.
        line.insert(0, b'\n');
    }
    attempt.begin()?;
    if let Err(error) = file.write_all(&line) {
        // Half a line is worse than none.
        let left = file.set_len(size).is_err();
        return Err(failed(error).unless(left));
    }
    file.sync_all().map_err(|error| failed(error).unless(true))?;
    if size == 0
        && let Some(folder) = Path::new(path).parent()
    {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed(error).unless(true))?;
    }
    Ok(None)
}

fn open(path: &str) -> Result<File, Failure> {
    let flags = OFlags::RDWR | OFlags::APPEND | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let not_a_file = || Failure::never(Cause::NotAFile { path: path.to_owned() });
    let failed = |error: Errno| Failure::later(Cause::BadFile { path: path.to_owned(), why: error.to_string() });
    let file = rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR).map_err(|error| match error {
        Errno::LOOP | Errno::ISDIR => not_a_file(),
        error => failed(error),
    })?;
    let found = rustix::fs::fstat(&file).map_err(failed)?;
    if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
        return Err(not_a_file());
    }
    Ok(File::from(file))
}

/// Two writers at once would mend what is not broken.
fn lock(attempt: &Attempt, file: &File, path: &str) -> Result<(), Failure> {
    loop {
        match rustix::fs::flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(()),
            Err(Errno::AGAIN | Errno::INTR) => {
                attempt.left()?;
                std::thread::sleep(TICK);
            }
            Err(error) => {
                return Err(Failure::later(Cause::BadFile { path: path.to_owned(), why: error.to_string() }));
            }
        }
    }
}

fn ends_in_newline(file: &mut File) -> io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
