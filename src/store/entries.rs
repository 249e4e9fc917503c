//! Entries of the log, as they are asked for.

use super::reader::Reader;
use super::{StoreError, rows};
use crate::incident::command::Bridge;
use crate::incident::fact::Fact;
use crate::incident::header::{Hash, Header};
use crate::incident::id::{BatchId, EventId, SubjectId, TAG_SHORTEST};
use crate::incident::state::Meta;
use crate::incident::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params, params_from_iter};
use uuid::Uuid;

/// An entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it says about itself.
    pub header: Header,
    /// What happened.
    pub fact: Fact,
    /// Its place in the chain.
    pub hash: Hash,
    /// The shortest beginning of its display id that is unique, four letters or more.
    pub short: String,
    /// What later entries say of it: a mark and the entry that set it.
    pub marks: Vec<(String, String)>,
    /// Whether its words were removed.
    pub redacted: bool,
    /// What it said before it was corrected; `fact` and the header's time are as the last correction says.
    pub correction: Option<Box<Correction>>,
}

impl Entry {
    /// Whether it is the start of a command whose end was recorded, and tells all of it.
    pub fn has_ended(&self) -> bool {
        self.marks.iter().any(|(mark, _)| mark == rows::ENDED)
    }

    /// Whether it is the start of a command of which no end was recorded.
    pub fn lacks_end(&self) -> bool {
        let settled = |mark: &str| mark == rows::ENDED || mark == rows::UNDONE;
        matches!(self.fact, Fact::CommandStarted(_)) && !self.marks.iter().any(|(mark, _)| settled(mark))
    }
}

/// How an entry was corrected, and what it said at first.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The last correction, by its display id.
    pub by: String,
    /// Who corrected it.
    pub actor: String,
    /// When that was recorded.
    pub recorded_at: Timestamp,
    /// What was recorded at first.
    pub fact: Fact,
    /// When it was said to have happened at first.
    pub at: Timestamp,
}

/// Which entries of an incident to show, in the order in which they happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Dotted kinds, or their first part; none means all.
    pub kinds: Vec<String>,
    /// Whole kinds that are left out.
    pub without: &'static [&'static str],
    /// Without the starts of commands whose ends were recorded: an end tells all of it.
    pub without_ended: bool,
    /// Who acted.
    pub actor: Option<String>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Not after.
    pub until: Option<Timestamp>,
    /// Only what is kept in sight.
    pub pinned: bool,
    /// Only what was said on this bridge.
    pub bridge: Option<Bridge>,
    /// The last so many.
    pub limit: Option<usize>,
}

/// Somebody's last command on an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct LastCommand {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// The kind of the last fact that came after it, where one did.
    pub later: Option<String>,
}

/// What a beginning of a display id turned out to mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nothing.
    None,
    /// One entry.
    One(Box<Entry>),
    /// Several, by their shortest unique beginnings.
    Many(Vec<String>),
}

/// Words that could not be placed.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptItem {
    /// The entry that keeps them.
    pub entry: Entry,
}

/// What commands look up to act upon must be in a copy's chain, like what is shown.
const LISTED: &str = "n >> 40 IN (SELECT n FROM origins)";

const ENTRY: &str = "log.header, log.facts, log.words, log.hash, log.words_digest IS NOT NULL, log.tag";

impl Reader<'_> {
    /// An incident's facts in the log's order, notes left out: they fold into nothing.
    pub fn facts(&self, id: SubjectId) -> Result<Vec<(Meta, Fact)>, StoreError> {
        let Some(subject) = self.ask(|connection| rows::find_subject(connection, id))? else { return Ok(Vec::new()) };
        let query = format!(
            "SELECT {ENTRY} FROM log JOIN origins ON origins.n = log.n >> 40
             WHERE subject = ?1 AND kind <> 'note.added' ORDER BY log.hlc, origins.id, log.n"
        );
        let stored = self.stored(&query, &[subject.into()])?;
        Ok(stored
            .into_iter()
            .map(|entry| {
                let meta = Meta { id: entry.header.id, at: entry.header.at, actor: entry.header.actor };
                (meta, entry.fact)
            })
            .collect())
    }

    /// An incident's entries, and those of its duplicates, in the order in which they happened.
    pub fn timeline(&self, id: SubjectId, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
        let Some(subject) = self.ask(|connection| rows::find_subject(connection, id))? else { return Ok(Vec::new()) };
        let mut conditions = String::new();
        let mut values: Vec<rusqlite::types::Value> = vec![subject.into()];
        let mut add = |condition: &str, value: rusqlite::types::Value| {
            values.push(value);
            conditions.push_str(&format!(" AND {}", condition.replace('?', &format!("?{}", values.len()))));
        };
        if let Some(actor) = &filter.actor {
            add("actor = ?", actor.clone().into());
        }
        if let Some(since) = filter.since {
            add("at >= ?", since.millis().into());
        }
        if let Some(until) = filter.until {
            add("at <= ?", until.millis().into());
        }
        let amended = "SELECT 1 FROM amendments WHERE subject = ?1";
        // What is restricted stays so when it turns out to be a duplicate of what isn't.
        let duplicates = "WITH RECURSIVE own(closed) AS (SELECT restricted FROM incidents WHERE subject = ?1),
            same(n) AS (SELECT subject FROM incidents, own WHERE duplicate_of = ?1 AND restricted <= closed UNION
            SELECT subject FROM incidents, own JOIN same ON duplicate_of = same.n AND restricted <= closed)
            SELECT n FROM same";
        let has_duplicates = self.ask(|connection| connection.prepare_cached(duplicates)?.exists([subject]))?;
        let corrected =
            has_duplicates || self.ask(|connection| connection.prepare_cached(amended)?.exists([subject]))?;
        if corrected {
            // A correction may move an entry: what is asked for is known when all of them are.
            conditions.clear();
            values.truncate(1);
        }
        // The common case reads one index in order, so that the last few of a million are found at once.
        let whose = if has_duplicates {
            format!("(subject = ?1 OR subject IN ({duplicates}))")
        } else {
            "subject = ?1".to_owned()
        };
        let ended = if filter.without_ended {
            " AND NOT (kind = 'command.started'
             AND EXISTS (SELECT 1 FROM marks WHERE target = log.tag AND mark = 'ended'))"
        } else {
            ""
        };
        let query = format!("SELECT {ENTRY} FROM log WHERE {whose}{conditions}{ended} ORDER BY at DESC, hlc DESC");
        let wanted = |entry: &Entry| {
            let kind = &entry.header.kind;
            let of_kind = |wanted: &String| kind == wanted || kind.split('.').next() == Some(wanted.as_str());
            let note = if let Fact::NoteAdded(note) = &entry.fact { Some(note) } else { None };
            let note_kind = |wanted: &String| note.is_some_and(|note| note.note.as_str() == wanted);
            (filter.kinds.is_empty() || filter.kinds.iter().any(|one| of_kind(one) || note_kind(one)))
                && !filter.without.contains(&kind.as_str())
                && (!filter.pinned || note.is_some_and(|note| note.pinned))
                && filter.bridge.is_none_or(|bridge| note.is_some_and(|note| note.bridge == Some(bridge)))
                && filter.actor.as_ref().is_none_or(|actor| entry.header.actor == *actor)
                && filter.since.is_none_or(|since| entry.header.at >= since)
                && filter.until.is_none_or(|until| entry.header.at <= until)
        };
        let most = filter.limit.unwrap_or(usize::MAX);
        let mut entries = self.ask(|connection| {
            let mut query = connection.prepare(&query)?;
            let mut found = Vec::new();
            let mut rows = query.query(params_from_iter(&values))?;
            while (found.len() < most || corrected)
                && let Some(row) = rows.next()?
            {
                let entry = entry(row)?;
                if corrected || wanted(&entry) {
                    found.push(entry);
                }
            }
            Ok(found)
        })?;
        entries.reverse();
        self.complete(&mut entries)?;
        if corrected {
            entries.retain(wanted);
            entries.sort_by_key(|entry| (entry.header.at, entry.header.hlc));
            entries.drain(..entries.len().saturating_sub(most));
        }
        Ok(entries)
    }

    /// The entries of a batch, in order.
    pub fn batch(&self, batch: BatchId, subject: SubjectId) -> Result<Vec<Entry>, StoreError> {
        let Some(subject) = self.ask(|connection| rows::find_subject(connection, subject))? else {
            return Ok(Vec::new());
        };
        let query = format!("SELECT {ENTRY} FROM log WHERE subject = ?1 AND batch = ?2 AND {LISTED} ORDER BY n");
        let mut entries = self.stored(&query, &[subject.into(), batch.0.as_bytes().to_vec().into()])?;
        self.complete(&mut entries)?;
        Ok(entries)
    }

    /// An incident's entries of one kind that were not taken back, in the order of the log.
    pub fn of_kind(&self, subject: SubjectId, kind: &str) -> Result<Vec<Entry>, StoreError> {
        let Some(subject) = self.ask(|connection| rows::find_subject(connection, subject))? else {
            return Ok(Vec::new());
        };
        let query = format!(
            "SELECT {ENTRY} FROM log WHERE subject = ?1 AND kind = ?2 AND kind <> 'note.added'
             AND NOT EXISTS (SELECT 1 FROM marks WHERE target = log.tag AND mark = 'undone') ORDER BY hlc"
        );
        self.stored(&query, &[subject.into(), kind.to_owned().into()])
    }

    /// The entries that were recorded under an idempotency key.
    pub fn by_key(&self, key: &str) -> Result<Vec<Entry>, StoreError> {
        let query = format!("SELECT {ENTRY} FROM log WHERE key = ?1 AND {LISTED} ORDER BY n");
        let mut entries = self.stored(&query, &[key.to_owned().into()])?;
        self.complete(&mut entries)?;
        Ok(entries)
    }

    /// The corrections of an entry that were not taken back, in the order of the log.
    pub fn corrections(&self, id: EventId) -> Result<Vec<Entry>, StoreError> {
        self.stored(&corrections(), &[id.tag().into()])
    }

    /// Whether the log has this entry.
    pub fn has(&self, id: EventId) -> Result<bool, StoreError> {
        let query = format!("SELECT 1 FROM log WHERE tag = ?1 AND {LISTED}");
        self.ask(|connection| connection.prepare_cached(&query)?.exists([id.tag()]))
    }

    /// The salt of the first entry under an idempotency key that has one.
    pub fn key_salt(&self, key: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let query =
            format!("SELECT salt FROM log WHERE key = ?1 AND length(salt) = 32 AND {LISTED} ORDER BY n LIMIT 1");
        self.ask(|connection| connection.query_row(&query, [key], |row| row.get(0)).optional())
    }

    /// Somebody's last command on an incident that was not taken back yet, and the kind of the last fact after it.
    pub fn last_of(&self, id: SubjectId, actor: &str) -> Result<Option<LastCommand>, StoreError> {
        let Some(subject) = self.ask(|connection| rows::find_subject(connection, id))? else { return Ok(None) };
        let query = format!(
            "SELECT batch FROM log
             WHERE subject = ?1 AND actor = ?2 AND kind <> 'entry.undone' AND {LISTED}
               AND NOT EXISTS (SELECT 1 FROM marks WHERE target = log.tag AND mark = 'undone')
             ORDER BY hlc DESC LIMIT 1"
        );
        let found: Option<Vec<u8>> =
            self.ask(|connection| connection.query_row(&query, params![subject, actor], |row| row.get(0)).optional())?;
        let Some(batch) = found.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(BatchId) else { return Ok(None) };
        let entries = self.batch(batch, id)?;
        let last = entries.iter().map(|entry| entry.header.hlc.value()).max().unwrap_or_default();
        let query =
            "SELECT kind FROM log WHERE subject = ?1 AND hlc > ?2 AND kind NOT IN ('note.added', 'entry.undone')
            ORDER BY hlc DESC LIMIT 1";
        let later =
            self.ask(|connection| connection.query_row(query, params![subject, last], |row| row.get(0)).optional())?;
        Ok(Some(LastCommand { entries, later }))
    }

    /// The entry whose display id begins like this.
    pub fn find_entry(&self, typed: &str) -> Result<Found, StoreError> {
        let query =
            format!("SELECT {ENTRY} FROM log WHERE tag >= ?1 AND tag < ?1 || '~' AND {LISTED} ORDER BY tag LIMIT 9");
        let mut found = self.stored(&query, &[typed.to_owned().into()])?;
        self.complete(&mut found)?;
        match found.len() {
            0 => Ok(Found::None),
            1 => Ok(found.pop().map_or(Found::None, |entry| Found::One(Box::new(entry)))),
            _ => Ok(Found::Many(found.into_iter().map(|entry| entry.short).collect())),
        }
    }

    /// The shortest beginning of an entry's display id that is unique.
    pub fn short(&self, id: EventId) -> Result<String, StoreError> {
        self.ask(|connection| shortest(connection, &id.tag()))
    }

    /// Words that could not be placed and still wait for it.
    pub fn inbox(&self) -> Result<Vec<KeptItem>, StoreError> {
        let query =
            format!("SELECT {ENTRY} FROM inbox JOIN log ON log.n = inbox.n WHERE settled IS NULL ORDER BY log.n");
        let mut entries = self.stored(&query, &[])?;
        self.complete(&mut entries)?;
        Ok(entries.into_iter().map(|entry| KeptItem { entry }).collect())
    }

    fn stored(&self, query: &str, values: &[rusqlite::types::Value]) -> Result<Vec<Entry>, StoreError> {
        self.ask(|connection| {
            let mut query = connection.prepare_cached(query)?;
            query.query_map(params_from_iter(values), entry)?.collect()
        })
    }

    /// Adds what only the whole log knows: shortest ids and marks.
    fn complete(&self, entries: &mut [Entry]) -> Result<(), StoreError> {
        self.ask(|connection| {
            let mut marks = connection.prepare_cached("SELECT mark, by FROM marks WHERE target = ?1")?;
            for entry in entries {
                let tag = entry.header.id.tag();
                entry.short = shortest(connection, &tag)?;
                entry.marks =
                    marks.query_map([&tag], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
                if entry.marks.iter().any(|(mark, _)| mark == rows::AMENDED) {
                    correct(connection, entry, &tag)?;
                }
            }
            Ok(())
        })
    }
}

/// The corrections of an entry, in the order of the log.
fn corrections() -> String {
    format!(
        "SELECT {ENTRY} FROM amendments JOIN log ON log.tag = amendments.by
         WHERE amendments.subject = (SELECT subject FROM log WHERE tag = ?1) AND target = ?1 ORDER BY log.hlc"
    )
}

/// Takes an entry's corrections over, in the order of the log.
fn correct(connection: &Connection, entry: &mut Entry, tag: &str) -> rusqlite::Result<()> {
    let found: Vec<Entry> =
        connection.prepare_cached(&corrections())?.query_map([tag], self::entry)?.collect::<Result<_, _>>()?;
    let (fact, at) = (entry.fact.clone(), entry.header.at);
    for correction in &found {
        let Fact::EntryAmended(amended) = &correction.fact else { continue };
        entry.fact.correct(amended);
        if let Some(to) = amended.happened_at.filter(|_| amended.moves_due) {
            entry.fact.move_due(entry.header.at, to);
        }
        if let Some(at) = amended.happened_at {
            entry.header.at = at;
            entry.header.approximate = amended.approximate;
        }
    }
    entry.correction = found.last().map(|last| {
        let (actor, recorded_at) = (last.header.actor.clone(), last.header.recorded_at);
        Box::new(Correction { by: last.short.clone(), actor, recorded_at, fact, at })
    });
    Ok(())
}

/// The shortest beginning of a display id that no neighbour in the log shares.
pub(super) fn shortest(connection: &Connection, tag: &str) -> rusqlite::Result<String> {
    let mut query = connection.prepare_cached(
        "SELECT coalesce((SELECT tag FROM log WHERE tag < ?1 ORDER BY tag DESC LIMIT 1), ''),
                coalesce((SELECT tag FROM log WHERE tag > ?1 ORDER BY tag LIMIT 1), '')",
    )?;
    let (before, after): (String, String) = query.query_row([tag], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let shared = |other: &str| tag.bytes().zip(other.bytes()).take_while(|(own, its)| own == its).count();
    let letters = (shared(&before).max(shared(&after)) + 1).clamp(TAG_SHORTEST, tag.len());
    Ok(tag[..letters].to_owned())
}

/// Reads an entry; one whose header can't be read is shown as such, never an error: the rest must stay readable.
fn entry(row: &SqlRow<'_>) -> rusqlite::Result<Entry> {
    let bad = |error: String| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, error.into());
    let header = Header::from_bytes(row.get_ref(0)?.as_blob()?).map_err(|error| bad(error.to_string()))?;
    let words: Option<Vec<u8>> = row.get(2)?;
    let fact = Fact::decode(&header.kind, header.version, row.get_ref(1)?.as_blob()?, words.as_deref());
    let tag: String = row.get(5)?;
    Ok(Entry {
        header,
        fact,
        hash: row.get(3)?,
        redacted: row.get(4)?,
        short: tag,
        marks: Vec::new(),
        correction: None,
    })
}
