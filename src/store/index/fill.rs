//! Taking into the index what was recorded since.

use super::Index;
use super::open::Reach;
use crate::search::{Document, each_token};
use crate::store::schema::place;
use rusqlite::{Connection, params};

/// How many entries one transaction takes: what an interruption loses.
const BATCH: usize = 50_000;

/// After so many new entries the index is put in order, so that the next question is quick.
const MANY: i64 = 20_000;

impl Index {
    /// Takes in what the log has beyond these reaches; `progress` is told entries done and all.
    pub fn fill(
        &self,
        log: &Connection,
        reaches: &mut [Reach],
        mut progress: impl FnMut(u64, u64),
    ) -> rusqlite::Result<()> {
        let missing: i64 = reaches.iter().map(|reach| reach.last - reach.n).sum();
        if missing == 0 {
            return Ok(());
        }
        let all = u64::try_from(missing).unwrap_or_default();
        let mut done = 0;
        for reach in reaches.iter_mut() {
            while reach.n < reach.last {
                done += self.batch(log, reach)?;
                progress(done.min(all), all);
            }
        }
        if missing > MANY {
            self.connection.execute("INSERT INTO entries (entries) VALUES ('optimize')", [])?;
        }
        Ok(())
    }

    fn batch(&self, log: &Connection, reach: &mut Reach) -> rusqlite::Result<u64> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let taken = self.take(log, reach).and_then(|taken| self.connection.execute_batch("COMMIT").map(|()| taken));
        let (n, count) = taken.inspect_err(|_| drop(self.connection.execute_batch("ROLLBACK")))?;
        reach.n = n;
        Ok(count)
    }

    fn take(&self, log: &Connection, reach: &Reach) -> rusqlite::Result<(i64, u64)> {
        // Somebody else may have been faster.
        let known = "SELECT coalesce(max(n), ?2) FROM reach WHERE origin = ?1";
        let from: i64 = self.connection.query_row(known, [reach.origin, reach.n], |row| row.get(0))?;
        if from > reach.n {
            return Ok((from, u64::try_from(from - reach.n).unwrap_or_default()));
        }
        let mut rows = log.prepare_cached(
            "SELECT n, kind, facts, words, hash FROM log WHERE n > ?1 AND n < ?2 ORDER BY n LIMIT ?3",
        )?;
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let mut rows = rows.query([from, place(reach.origin + 1, 0), limit])?;
        let mut insert =
            self.connection.prepare_cached("INSERT INTO entries (rowid, head, body) VALUES (?1, ?2, ?3)")?;
        let (mut head, mut body, mut hash) = (String::new(), String::new(), Vec::new());
        let (mut n, mut count, mut entries, mut words) = (from, 0u64, 0i64, 0i64);
        while let Some(row) = rows.next()? {
            n = row.get(0)?;
            count += 1;
            let blob = |column: usize| row.get_ref(column)?.as_blob_or_null().map_err(rusqlite::Error::from);
            hash.clear();
            hash.extend_from_slice(blob(4)?.unwrap_or_default());
            let kind = row.get_ref(1)?.as_str()?;
            let document = Document::read(kind, blob(2)?.unwrap_or_default(), blob(3)?);
            if document.parts.is_empty() {
                continue;
            }
            head.clear();
            body.clear();
            for part in &document.parts {
                let into = if part.head { &mut head } else { &mut body };
                each_token(&part.text, |word, _| {
                    if !into.is_empty() {
                        into.push(' ');
                    }
                    into.push_str(word);
                    words += 1;
                });
                // Words of two texts don't stand in a row.
                into.push_str(" \u{1f}");
            }
            entries += 1;
            insert.execute(params![n, head, body])?;
        }
        let reached = "INSERT OR REPLACE INTO reach (origin, n, hash) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(reached)?.execute(params![reach.origin, n, hash])?;
        let mut count_up = self.connection.prepare_cached("UPDATE figures SET value = value + ?2 WHERE name = ?1")?;
        count_up.execute(params!["entries", entries])?;
        count_up.execute(params!["words", words])?;
        // A log with a hole in it ends where it ends.
        Ok((if count == 0 { reach.last } else { n }, count))
    }
}
