//! Handing evidence over: one archive, with a manifest that `sha256sum -c` accepts and the chain of custody.

use super::{EvidenceError, Vault};
use crate::incident::time::Timestamp;
use crate::view::Item;
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The longest name of a file in the archive: with its id and folder still within every file system's limit.
const NAME: usize = 120;

/// Names that some systems keep for devices.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Writes an archive of an incident's evidence to a new file, never over another one; bytes that are not what was
/// secured end it.
pub fn export(
    vault: &Vault,
    items: &[Item],
    custody: &str,
    now: Timestamp,
    to: &Path,
    mut progress: impl FnMut(u64),
) -> Result<(), EvidenceError> {
    let failed = EvidenceError::io(to);
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            EvidenceError::Exists { path: to.to_owned() }
        } else {
            failed(error)
        }
    })?;
    let written = fill(vault, items, custody, now, &created, &mut progress, to);
    if written.is_err() {
        drop(std::fs::remove_file(to));
    }
    written
}

fn fill(
    vault: &Vault,
    items: &[Item],
    custody: &str,
    now: Timestamp,
    file: &std::fs::File,
    progress: &mut impl FnMut(u64),
    to: &Path,
) -> Result<(), EvidenceError> {
    let failed = EvidenceError::io(to);
    let mut archive = tar::Builder::new(BufWriter::new(file));
    let mut manifest = String::new();
    let mut done = 0;
    for item in items.iter().filter(|item| !item.redacted) {
        let name = format!("evidence/{}-{}", item.short, safe_name(&item.name));
        if !vault.has(&item.sha256) {
            return Err(EvidenceError::Missing { name: format!("{} {}", item.short, item.name) });
        }
        let source = vault.open(&item.sha256)?;
        let mut header = header(item.size, now);
        let mut hashed =
            Hashed { inner: source.take(item.size), digest: Sha256::new(), done, progress: &mut *progress };
        archive.append_data(&mut header, &name, &mut hashed).map_err(failed)?;
        done = hashed.done;
        let found: String = hashed.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if found != item.sha256 {
            return Err(EvidenceError::Unsound { name: format!("{} {}", item.short, item.name) });
        }
        manifest.push_str(&format!("{found}  {name}\n"));
    }
    for (name, text) in [("custody.txt", custody), ("manifest.sha256", manifest.as_str())] {
        let mut header = header(text.len() as u64, now);
        archive.append_data(&mut header, name, text.as_bytes()).map_err(failed)?;
    }
    archive.into_inner().and_then(|mut buffer| buffer.flush()).map_err(failed)?;
    file.sync_all().map_err(failed)
}

fn header(size: u64, now: Timestamp) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o400);
    header.set_mtime(u64::try_from(now.millis() / 1000).unwrap_or_default());
    header
}

/// A name that is one plain file's name everywhere, whatever it was where it came from.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |letter: char| if letter.is_alphanumeric() || "._-".contains(letter) { letter } else { '_' };
    let mut safe: String = last.chars().map(plain).collect();
    while safe.len() > NAME {
        safe.pop();
    }
    let safe = safe.trim_matches(['.', '_']).to_owned();
    let stem = safe.split('.').next().unwrap_or_default().to_lowercase();
    match safe.as_str() {
        "" => "evidence".to_owned(),
        _ if RESERVED.contains(&stem.as_str()) => format!("file-{safe}"),
        _ => safe,
    }
}

/// Reads and hashes at once.
struct Hashed<'a, R, P> {
    inner: R,
    digest: Sha256,
    done: u64,
    progress: &'a mut P,
}

impl<R: Read, P: FnMut(u64)> Read for Hashed<'_, R, P> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(&buffer[..read]);
        self.done += read as u64;
        (self.progress)(self.done);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_from_outside_never_chooses_a_path() {
        for (name, safe) in [
            ("app.log", "app.log"),
            ("../../etc/passwd", "passwd"),
            ("/etc/shadow", "shadow"),
            ("..", "evidence"),
            ("", "evidence"),
            ("C:\\temp\\dump.bin", "dump.bin"),
            ("con.txt", "file-con.txt"),
            ("a\nb\u{1b}[31m c", "a_b__31m_c"),
            ("障害ログ.txt", "障害ログ.txt"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
        assert!(safe_name(&"長".repeat(300)).len() <= super::NAME);
    }
}
