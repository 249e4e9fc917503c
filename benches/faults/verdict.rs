//! What is left after a fault: does it open, does it verify, is every confirmed fact there, and none twice?

use super::scene::{Scene, has_verb};
use hikeshi::incident::header::{Header, first_link, link, words_digest};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::LazyLock;

/// Whether the program can verify its own chain.
static VERIFIES: LazyLock<bool> = LazyLock::new(|| has_verb("verify"));

/// Something that a command was asked to record.
#[derive(Debug, Clone)]
pub struct Fact {
    pub word: String,
    pub kind: &'static str,
    pub confirmed: bool,
}

/// How far a look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Reads alone: the store stays as the fault left it.
    Look,
    /// Writes once more, which also brings in what lies in the spool.
    Write,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub confirmed: usize,
    pub kept: usize,
    pub doubled: usize,
    /// What is wrong, one a line.
    pub wrong: Vec<String>,
}

/// Looks for the facts in what is left of the store.
pub fn judge(scene: &Scene, facts: &[Fact], depth: Depth) -> Verdict {
    let mut verdict = Verdict::default();
    let mut run = |arguments: &[&str], fine: &[i32]| {
        let ended = scene.run(&arguments.iter().map(|&one| one.to_owned()).collect::<Vec<_>>(), &[]);
        if !ended.code.is_some_and(|code| fine.contains(&code)) {
            verdict.wrong.push(format!("afterwards {arguments:?} ends with {:?}: {}", ended.code, ended.err.trim()));
        }
        ended.code
    };
    run(&["list"], &[0]);
    // 4: the fault came before anything was declared.
    if depth == Depth::Write && run(&["-i", "1", "note", "afterwards", "-q"], &[0, 4]) == Some(4) {
        run(&["declare", "afterwards", "-q"], &[0]);
    }
    if *VERIFIES && scene.store().exists() {
        run(&["verify"], &[0]);
    }
    let logged = logged(scene).unwrap_or_else(|problem| {
        verdict.wrong.push(problem);
        Words::new()
    });
    let spooled = spooled(scene);
    for fact in facts {
        let times = logged.get(&(fact.kind.to_owned(), fact.word.clone())).copied().unwrap_or_default();
        verdict.confirmed += usize::from(fact.confirmed);
        // What waits in the spool is not lost, but the next command that writes has to bring it in.
        let there = times > 0 || (depth == Depth::Look && spooled.contains(&fact.word));
        verdict.kept += usize::from(fact.confirmed && there);
        verdict.doubled += usize::from(times > 1);
        if fact.confirmed && !there {
            let waits = if spooled.contains(&fact.word) { ", and still in the spool" } else { "" };
            verdict.wrong.push(format!("{} was confirmed and is not in the log{waits}", fact.word));
        }
        if times > 1 {
            verdict.wrong.push(format!("{} is there {times} times", fact.word));
        }
    }
    verdict
}

/// How often each word stands in entries of each kind.
type Words = HashMap<(String, String), usize>;

/// How often each word stands in entries of each kind, after the file and every chain were checked.
fn logged(scene: &Scene) -> Result<Words, String> {
    let store = &scene.store();
    if !store.exists() {
        return Ok(Words::new());
    }
    // On a copy: a look must not mend what the next command has to mend.
    let copy = scene.root().with_extension("look");
    copy_store(store, &copy);
    let outcome = read(&copy.join("h.db"));
    let _ = std::fs::remove_dir_all(&copy);
    outcome.map_err(|problem| format!("{}: {problem}", store.display()))
}

/// The file with what SQLite keeps beside it for a recovery.
fn copy_store(store: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for extension in ["db", "db-wal", "db-journal"] {
        let from = store.with_extension(extension);
        if from.exists() {
            std::fs::copy(&from, to.join("h").with_extension(extension)).expect("copied");
        }
    }
}

fn read(store: &Path) -> Result<Words, String> {
    let failed = |error: rusqlite::Error| error.to_string();
    let mut found = Words::new();
    let connection = Connection::open(store).map_err(failed)?;
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(failed)?;
    if sound != "ok" {
        return Err(sound);
    }
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'log'";
    if connection.query_row(tables, [], |row| row.get::<_, i64>(0)).map_err(failed)? == 0 {
        return Ok(found);
    }
    let query = "SELECT kind, header, facts, words, salt, words_digest, hash FROM log ORDER BY n";
    let mut query = connection.prepare(query).map_err(failed)?;
    let mut rows = query.query([]).map_err(failed)?;
    let mut heads: BTreeMap<String, ([u8; 32], u64)> = BTreeMap::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let kind: String = row.get(0).map_err(failed)?;
        let bytes: Vec<u8> = row.get(1).map_err(failed)?;
        let facts: Vec<u8> = row.get(2).map_err(failed)?;
        let words: Vec<u8> = row.get::<_, Option<_>>(3).map_err(failed)?.unwrap_or_default();
        let salt: Vec<u8> = row.get::<_, Option<_>>(4).map_err(failed)?.unwrap_or_default();
        let digest: Option<[u8; 32]> = row.get(5).map_err(failed)?;
        let hash: [u8; 32] = row.get(6).map_err(failed)?;
        let header = Header::from_bytes(&bytes).map_err(|error| format!("{error:?}"))?;
        let origin = header.origin.to_string();
        let (prev, seq) = heads.remove(&origin).unwrap_or_else(|| (first_link(header.origin), 0));
        let digest = digest.unwrap_or_else(|| words_digest(&salt, &words));
        if header.seq != seq + 1 || link(&prev, &bytes, &facts, &digest) != hash {
            return Err(format!("the chain of {origin} is broken at {}", header.seq));
        }
        heads.insert(origin, (hash, header.seq));
        for word in words_in(&facts).into_iter().chain(words_in(&words)).collect::<BTreeSet<_>>() {
            *found.entry((kind.clone(), word)).or_default() += 1;
        }
    }
    Ok(found)
}

/// The words in the files of the spool.
fn spooled(scene: &Scene) -> BTreeSet<String> {
    let entries = std::fs::read_dir(scene.spool()).into_iter().flatten().flatten();
    entries.filter_map(|entry| std::fs::read(entry.path()).ok()).flat_map(|bytes| words_in(&bytes)).collect()
}

/// Every `fact00000000` in there.
fn words_in(bytes: &[u8]) -> BTreeSet<String> {
    let is_word = |one: &&[u8]| one.starts_with(b"fact") && one[4..].iter().all(u8::is_ascii_digit);
    bytes.windows(12).filter(is_word).map(|one| String::from_utf8_lossy(one).into_owned()).collect()
}
