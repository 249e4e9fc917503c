//! What a redaction must know: whose evidence goes with the words, and where else the same words stand.

use super::StoreError;
use super::entries::shortest;
use super::reader::Reader;
use crate::incident::fact::EntryRedacted;
use crate::incident::id::EventId;
use rusqlite::OptionalExtension;

impl Reader<'_> {
    /// The SHA-256 of every piece of evidence whose entry still has its words, each once.
    pub fn evidence_digests(&self) -> Result<Vec<String>, StoreError> {
        // A command that waits in the inbox brings its evidence in with its words.
        let query = "SELECT facts FROM log WHERE kind IN ('evidence.added', 'command.run') AND words_digest IS NULL
            UNION ALL SELECT words FROM inbox JOIN log ON log.n = inbox.n WHERE settled IS NULL AND words IS NOT NULL";
        let digest = |bytes: Vec<u8>| digest_in(&serde_json::from_slice(&bytes).ok()?).map(str::to_owned);
        let stored = self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()
        })?;
        let mut digests: Vec<String> = stored.into_iter().filter_map(digest).collect();
        digests.sort();
        digests.dedup();
        Ok(digests)
    }

    /// The entry that brings in this evidence and still has its words, as short as it can be named.
    pub fn evidence_entry(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT tag FROM log WHERE kind IN ('evidence.added', 'command.run') AND words_digest IS NULL
            AND instr(CAST(facts AS TEXT), ?1) ORDER BY n LIMIT 1";
        self.ask(|connection| {
            let tag: Option<String> = connection.query_row(query, [sha256], |row| row.get(0)).optional()?;
            tag.map(|tag| shortest(connection, &tag)).transpose()
        })
    }

    /// Evidence whose words were redacted and that no other entry brings in: its bytes should be gone.
    pub fn redacted_evidence(&self) -> Result<Vec<String>, StoreError> {
        let query = "SELECT facts FROM log WHERE kind = 'entry.redacted'";
        let stored = self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()
        })?;
        let redacted = stored.iter().filter_map(|facts| serde_json::from_slice::<EntryRedacted>(facts).ok());
        let digests: Vec<String> = redacted.filter_map(|redacted| redacted.evidence).collect();
        self.unreferenced(&digests.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Which of these digests no entry brings in any more whose words are still there.
    pub fn unreferenced(&self, digests: &[&str]) -> Result<Vec<String>, StoreError> {
        let query = "SELECT 1 FROM log WHERE kind IN ('evidence.added', 'command.run') AND words_digest IS NULL
            AND instr(CAST(facts AS TEXT), ?1)";
        self.ask(|connection| {
            let mut used = connection.prepare(query)?;
            let mut free = Vec::new();
            for digest in digests {
                if !used.exists([digest])? {
                    free.push((*digest).to_owned());
                }
            }
            Ok(free)
        })
    }

    /// Entries in whose words one of these texts stands as well.
    pub fn containing(&self, texts: &[String], except: &[EventId]) -> Result<Vec<String>, StoreError> {
        /// Shorter texts stand everywhere.
        const SHORTEST: usize = 6;
        let except: Vec<String> = except.iter().map(|id| id.tag()).collect();
        self.ask(|connection| {
            let mut query = connection.prepare(
                "SELECT tag FROM log WHERE words IS NOT NULL AND kind <> 'entry.redacted'
                 AND instr(CAST(words AS TEXT), ?1) LIMIT 20",
            )?;
            let mut found = Vec::new();
            for text in texts.iter().filter(|text| text.len() >= SHORTEST) {
                // Words are stored as JSON: what stands in them stands in them as JSON writes it.
                let stored = serde_json::to_string(text).unwrap_or_default();
                let tags = query.query_map([stored.trim_matches('"')], |row| row.get::<_, String>(0))?;
                found.extend(tags.collect::<Result<Vec<_>, _>>()?);
            }
            found.retain(|tag| !except.contains(tag));
            found.sort();
            found.dedup();
            found.iter().map(|tag| shortest(connection, tag)).collect()
        })
    }
}

/// The first SHA-256 that a fact or a kept command names.
fn digest_in(value: &serde_json::Value) -> Option<&str> {
    let fields = value.as_object()?;
    let own = fields.get("sha256").and_then(serde_json::Value::as_str);
    own.or_else(|| fields.values().find_map(digest_in))
}
