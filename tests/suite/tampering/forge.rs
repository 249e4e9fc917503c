//! The hand that changes a store: with the source at hand, every hash can be computed.

use super::lines::{NOTE_3, SEAL};
use hikeshi::incident::header::{first_link, link, words_digest};
use hikeshi::incident::id::OriginId;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// A statement with its places filled in.
pub fn mend(statement: &str) -> String {
    statement.replace("NOTE", NOTE_3).replace("SEAL", SEAL)
}

pub fn origin(log: &Connection, n: i64) -> Uuid {
    let id: [u8; 16] = log.query_row("SELECT id FROM origins WHERE n = ?1", [n], |row| row.get(0)).expect("listed");
    Uuid::from_bytes(id)
}

fn fresh(log: &Connection) -> Uuid {
    let id: [u8; 16] = log.query_row("SELECT randomblob(16)", [], |row| row.get(0)).expect("bytes");
    Uuid::from_bytes(id)
}

pub fn space(log: &Connection) -> Uuid {
    let id: [u8; 16] =
        log.query_row("SELECT value FROM meta WHERE name = 'space'", [], |row| row.get(0)).expect("noted");
    Uuid::from_bytes(id)
}

/// Lists a copy that never was.
pub fn fresh_copy(log: &Connection, n: i64) {
    let id = fresh(log);
    log.execute("INSERT INTO origins VALUES (?1, ?2)", params![n, id.as_bytes().as_slice()]).expect("listed");
}

/// Appends an entry to a copy, with the right header, columns and hash.
pub fn forge(log: &Connection, n: i64, kind: &str, facts: &str) {
    let id = fresh(log);
    let origin = origin(log, n);
    let last = "SELECT coalesce(max(n), ?1 << 40) + 1 FROM log WHERE n >> 40 = ?1";
    let place: i64 = log.query_row(last, [n], |row| row.get(0)).expect("a place");
    let (subject, hlc): (Vec<u8>, i64) = log
        .query_row("SELECT (SELECT id FROM subjects WHERE n = 1), max(hlc) + 1 FROM log", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("a subject");
    let subject = Uuid::from_slice(&subject).expect("an id");
    let header = format!(
        "\u{1}{{\"id\":\"{id}\",\"origin\":\"{origin}\",\"seq\":{},\"batch\":\"{id}\",\"subject\":\"{subject}\",\"hlc\":{hlc},\
         \"at\":5,\"recorded_at\":6,\"actor\":\"mallory\",\"actor_from\":\"user\",\"kind\":\"{kind}\",\"version\":1}}",
        place - (n << 40)
    );
    let tag = hikeshi::incident::id::EventId(id).tag();
    log.execute(
        "INSERT INTO log (n, subject, tag, batch, hlc, at, recorded_at, actor, kind, header, facts, hash)
         VALUES (?1, 1, ?2, ?3, ?4, 5, 6, 'mallory', ?5, ?6, ?7, x'')",
        params![place, tag, id.as_bytes().as_slice(), hlc, kind, header.as_bytes(), facts.as_bytes()],
    )
    .expect("forged");
    follow(log, n);
}

/// Computes every hash of a copy anew; after a gap, what is stored stays.
pub fn follow(log: &Connection, n: i64) {
    type Row = (i64, Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Vec<u8>);
    let mut query = log
        .prepare("SELECT n, header, facts, words, salt, words_digest, hash FROM log WHERE n >> 40 = ?1 ORDER BY n")
        .expect("asked");
    let read = |row: &rusqlite::Row<'_>| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
    };
    let rows: Vec<Row> = query.query_map([n], read).expect("read").map(|row| row.expect("a row")).collect();
    let (mut last, mut prev) = (n << 40, first_link(OriginId(origin(log, n))));
    for (place, header, facts, words, salt, digest, hash) in rows {
        let digest = match (&words, &digest) {
            (None, Some(digest)) => digest.as_slice().try_into().expect("32 bytes"),
            _ => words_digest(salt.as_deref().unwrap_or_default(), words.as_deref().unwrap_or_default()),
        };
        prev = if place == last + 1 {
            link(&prev, &header, &facts, &digest)
        } else {
            hash.as_slice().try_into().expect("32 bytes")
        };
        last = place;
        log.execute("UPDATE log SET hash = ?2 WHERE n = ?1", params![place, prev.as_slice()]).expect("followed");
    }
}

pub fn reword(log: &Connection, like: &str, text: &str) {
    let words = format!("{{\"text\":\"{text}\"}}");
    let set = "UPDATE log SET words = ?2 WHERE CAST(words AS TEXT) LIKE ?1";
    assert!(log.execute(set, params![like, words.as_bytes()]).expect("changed") > 0);
}

/// Takes words away and leaves the digest that they had.
pub fn blank(log: &Connection, like: &str) {
    let (n, salt, words): (i64, Vec<u8>, Vec<u8>) = log
        .query_row("SELECT n, salt, words FROM log WHERE CAST(words AS TEXT) LIKE ?1", [like], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .expect("words");
    let set = "UPDATE log SET words = NULL, salt = NULL, words_digest = ?2 WHERE n = ?1";
    log.execute(set, params![n, words_digest(&salt, &words).as_slice()]).expect("blanked");
}

/// Removes an entry, and forges a whole salvage, with what it would have written down, that lost it.
pub fn lose(log: &Connection, n: i64, seq: i64) {
    type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);
    log.execute("DELETE FROM log WHERE n = ?1", [(n << 40) + seq]).expect("removed");
    let (header, facts, words, salt): Row = log
        .query_row("SELECT header, facts, words, salt FROM log WHERE n = ?1", [(n << 40) + seq + 1], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .expect("an entry after it");
    let before = "SELECT lower(hex(hash)) FROM log WHERE n = ?1";
    let before: String = log.query_row(before, [(n << 40) + seq - 1], |row| row.get(0)).expect("an entry before it");
    let digest = words_digest(salt.as_deref().unwrap_or_default(), words.as_deref().unwrap_or_default());
    let after: String = link(&[0; 32], &header, &facts, &digest).iter().map(|byte| format!("{byte:02x}")).collect();
    let (space, lost) = (space(log), origin(log, n));
    fresh_copy(log, 3);
    forge(log, 3, "origin.started", &format!("{{\"program\":\"0.1.0\",\"space\":\"{space}\"}}"));
    let pins = format!("\"before\":\"{before}\",\"after\":\"{after}\"");
    let gap = format!("{{\"origin\":\"{lost}\",\"from\":{seq},\"to\":{seq},{pins}}}");
    forge(log, 3, "store.salvaged", &format!("{{\"missing\":[{gap}]}}"));
}
