//! Saving what can still be read of a damaged store.
//!
//! Everything needed stands in the entries themselves: a header names its origin, its number and its subject. So a row
//! that can be read is carried over as it is, and the rest is made from those rows.

use super::lock::PATIENCE;
use super::raw::{COLUMNS, RawEntry};
use super::writer::hex;
use super::{Store, StoreError, Writer, origin, schema};
use crate::incident::fact::{Fact, Gap};
use crate::incident::header::{Hash, Header, first_link};
use crate::incident::id::OriginId;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rows read at a time, until one can't be.
const STRIDE: i64 = 256;
/// How many faults are told.
const FAULTS: usize = 20;
/// Page sizes that a store whose header is gone may have; hikeshi makes only the first.
const PAGE: u16 = 4_096;

/// What came of a salvage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many entries could be read.
    pub entries: u64,
    /// What could not, as far as the numbers tell.
    pub missing: Vec<Gap>,
    /// What SQLite said about the places that could not be read.
    pub faults: Vec<String>,
}

/// Carries every entry that can still be read over into a new store at `to`; the damaged one is not touched.
pub fn salvage(damaged: &Path, to: &Path) -> Result<Salvaged, StoreError> {
    let failed = |error: std::io::Error| StoreError::from_io(to, &error);
    let folder = tempfile::tempdir_in(super::guard::folder_of(to)).map_err(failed)?;
    let copy = folder.path().join("damaged.db");
    std::fs::copy(damaged, &copy).map_err(failed)?;
    let mut log = damaged.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        drop(std::fs::copy(&log, folder.path().join("damaged.db-wal")));
    }
    mend_header(&copy).map_err(failed)?;
    let source = Connection::open(&copy).map_err(|error| StoreError::from_sqlite(damaged, PATIENCE, error))?;
    // Neither a trigger nor a view of the damaged file has a say.
    super::open::harden(&source).map_err(|error| StoreError::from_sqlite(damaged, PATIENCE, error))?;
    let mut found = Salvaged::default();
    let read = sound(read_all(&source, &mut found.faults), &mut found.faults);
    let mut target = Store::open_for_writing(to)?;
    let writer = target.begin()?;
    found.entries = carry_over(&writer, &read)?;
    found.missing = gaps(&read);
    writer.rebuild()?;
    writer.commit()?;
    Ok(found)
}

/// Every row that can be read, by its place.
fn read_all(source: &Connection, faults: &mut Vec<String>) -> BTreeMap<i64, RawEntry> {
    let mut found = BTreeMap::new();
    let mut tell = |error: rusqlite::Error| {
        let told = error.to_string();
        if faults.len() < FAULTS && !faults.contains(&told) {
            faults.push(told);
        }
    };
    // In order first; an index knows of rows that lie behind a page which can't be read.
    for (order, backwards) in [("n", false), ("n DESC", true)] {
        let mut from: Option<i64> = None;
        loop {
            match stride(source, order, backwards, from) {
                Ok(rows) if rows.is_empty() => break,
                Ok(rows) => {
                    from = rows.last().map(|(n, _)| *n);
                    found.extend(rows);
                }
                Err(error) => {
                    tell(error);
                    break;
                }
            }
        }
    }
    let mut places: BTreeSet<i64> = BTreeSet::new();
    for index in ["log_tag", "log_when"] {
        let query = format!("SELECT n FROM log INDEXED BY {index}");
        let listed = source.prepare(&query).and_then(|mut query| {
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                places.insert(row.get(0)?);
            }
            Ok(())
        });
        if let Err(error) = listed {
            tell(error);
        }
    }
    for place in places.into_iter().filter(|place| !found.contains_key(place)).collect::<Vec<_>>() {
        match one(source, place) {
            Ok(row) => drop(found.insert(place, row)),
            Err(error) => tell(error),
        }
    }
    found
}

fn stride(
    source: &Connection,
    order: &str,
    backwards: bool,
    from: Option<i64>,
) -> rusqlite::Result<Vec<(i64, RawEntry)>> {
    let (sign, start) = if backwards { ("<", i64::MAX) } else { (">", i64::MIN) };
    let query = format!("SELECT n, {COLUMNS} FROM log WHERE n {sign} ?1 ORDER BY {order} LIMIT {STRIDE}");
    let mut query = source.prepare_cached(&query)?;
    let mut rows = query.query([from.unwrap_or(start)])?;
    let mut found = Vec::new();
    loop {
        match rows.next() {
            Ok(Some(row)) => found.push((row.get(0)?, RawEntry::read(row, 1)?)),
            Err(error) if found.is_empty() => return Err(error),
            // What came before a fault counts; the next stride runs into it again, with nothing before.
            Ok(None) | Err(_) => return Ok(found),
        }
    }
}

fn one(source: &Connection, place: i64) -> rusqlite::Result<RawEntry> {
    source.query_row(&format!("SELECT {COLUMNS} FROM log WHERE n = ?1"), [place], |row| RawEntry::read(row, 0))
}

/// An entry that could be read, with what its header says.
struct Carried {
    header: Header,
    row: RawEntry,
}

/// The entries that follow from one another, in the order of their copies' numbers; what was altered is told, and left
/// behind. A hash that was damaged by itself is made again, where the next entry vouches for it.
fn sound(read: BTreeMap<i64, RawEntry>, faults: &mut Vec<String>) -> Vec<Carried> {
    let mut chains: BTreeMap<OriginId, BTreeMap<u64, Carried>> = BTreeMap::new();
    let mut order: Vec<OriginId> = Vec::new();
    for row in read.into_values() {
        let Ok(header) = Header::from_bytes(&row.header) else { continue };
        if !order.contains(&header.origin) {
            order.push(header.origin);
        }
        chains.entry(header.origin).or_default().entry(header.seq).or_insert(Carried { header, row });
    }
    let mut kept = Vec::new();
    for origin in order {
        let Some(chain) = chains.remove(&origin) else { continue };
        let mut before: Option<(u64, Hash)> = Some((0, first_link(origin)));
        let mut rest = chain.into_values().peekable();
        while let Some(mut one) = rest.next() {
            let seq = one.header.seq;
            let stored = Hash::try_from(one.row.hash.as_slice()).ok();
            let computed = before.filter(|(last, _)| last + 1 == seq).map(|(_, prev)| one.row.link(&prev));
            let next = rest.peek().filter(|next| next.header.seq == seq + 1);
            let vouched =
                |hash: &Hash| next.and_then(|next| Some(next.row.link(hash)?[..] == next.row.hash)).unwrap_or_default();
            let is_sound = match computed {
                Some(Some(hash)) if Some(hash) == stored => true,
                Some(Some(hash)) if vouched(&hash) => {
                    one.row.hash = hash.to_vec();
                    true
                }
                // Altered; or words, salt and digest that can't stand together.
                Some(_) => false,
                // What it follows could not be read.
                None => one.row.digest().is_some() && stored.is_some(),
            };
            before = Hash::try_from(one.row.hash.as_slice()).ok().map(|hash| (seq, hash));
            if is_sound {
                kept.push(one);
            } else if faults.len() < FAULTS {
                let name = hex(&origin.0.as_bytes()[..4]);
                faults.push(format!("{name}/{seq}: altered, left behind"));
            }
        }
    }
    kept
}

/// Writes the rows as they are, their columns taken from their headers.
fn carry_over(writer: &Writer<'_>, found: &[Carried]) -> Result<u64, StoreError> {
    writer.run(|connection| {
        let mut carried = 0u64;
        for Carried { header, row } in found {
            carried += u64::from(row.insert(connection, header)?.is_some());
            let space = match Fact::decode(&header.kind, header.version, &row.facts, row.words.as_deref()) {
                Fact::OriginStarted(started) => Some(started.space),
                Fact::IncidentDeclared(declared) => Some(declared.space),
                _ => None,
            };
            if let Some(space) = space {
                origin::set_meta(connection, "space", space.0.as_bytes().to_vec())?;
            }
        }
        Ok(carried)
    })
}

/// The numbers that are missing between 1 and the last one of each origin.
fn gaps(found: &[Carried]) -> Vec<Gap> {
    let mut origins: BTreeMap<OriginId, BTreeMap<u64, &RawEntry>> = BTreeMap::new();
    for Carried { header, row } in found {
        origins.entry(header.origin).or_default().insert(header.seq, row);
    }
    let mut gaps = Vec::new();
    for (origin, entries) in origins {
        let (mut next, mut before) = (1, None);
        for (seq, row) in entries {
            if seq > next {
                // What stands after it, as if nothing came before, so that a later change of it shows.
                let after = row.link(&[0; 32]).map(|link| hex(&link));
                gaps.push(Gap { origin, from: next, to: seq - 1, before, after });
            }
            (next, before) = (seq.saturating_add(1), Some(hex(&row.hash)));
        }
    }
    gaps
}

/// Gives a file whose first bytes are gone the header that every store has, so that SQLite looks at the rest.
fn mend_header(copy: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::FileExt;
    let file = std::fs::OpenOptions::new().read(true).write(true).open(copy)?;
    let mut head = [0; 100];
    let read = file.read_at(&mut head, 0)?;
    if read < head.len() || head.starts_with(b"SQLite format 3\0") {
        return Ok(());
    }
    let mut mended = [0u8; 100];
    mended[..16].copy_from_slice(b"SQLite format 3\0");
    mended[16..18].copy_from_slice(&PAGE.to_be_bytes());
    // WAL for reading and writing, nothing reserved, the fixed fractions of a page.
    mended[18..24].copy_from_slice(&[2, 2, 0, 64, 32, 32]);
    mended[27] = 1;
    // Schema cookie and format, UTF-8.
    mended[43] = 1;
    mended[47] = 4;
    mended[59] = 1;
    mended[60..64].copy_from_slice(&u32::try_from(schema::VERSION).unwrap_or_default().to_be_bytes());
    mended[68..72].copy_from_slice(&u32::try_from(schema::APPLICATION_ID).unwrap_or_default().to_be_bytes());
    file.write_all_at(&mended, 0)
}
