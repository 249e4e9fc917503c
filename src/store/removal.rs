//! What a redaction must know: whose evidence goes with the words, and where else the same words stand.

use super::StoreError;
use super::entries::shortest;
use super::reader::Reader;
use crate::incident::id::EventId;

impl Reader<'_> {
    /// The SHA-256 of every piece of evidence whose entry still has its words, each once.
    pub fn evidence_digests(&self) -> Result<Vec<String>, StoreError> {
        let query = "SELECT facts FROM log WHERE kind IN ('evidence.added', 'command.run') AND words_digest IS NULL";
        let digest = |facts: Vec<u8>| {
            let fields: serde_json::Value = serde_json::from_slice(&facts).ok()?;
            let own = fields.get("sha256").or_else(|| fields.get("output")?.get("sha256"));
            own.and_then(serde_json::Value::as_str).map(str::to_owned)
        };
        let stored = self.ask(|connection| {
            let mut query = connection.prepare(query)?;
            query.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()
        })?;
        let mut digests: Vec<String> = stored.into_iter().filter_map(digest).collect();
        digests.sort();
        digests.dedup();
        Ok(digests)
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
