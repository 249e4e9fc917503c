//! What somebody changes, line by line, and what shows it: the table in SECURITY.md.

use super::forge::{blank, follow, forge, fresh_copy, lose, mend, origin, reword, space};
use rusqlite::Connection;

/// A line of the table: what is changed, and what shows it.
pub struct Line {
    pub what: &'static str,
    /// What `verify`, `verify --from` and `doctor` find.
    pub found: [&'static str; 3],
    pub ways: &'static [Way],
}

/// One way to change it.
pub struct Way {
    pub base: Base,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// Two copies, the second of which went on from the first and was sealed.
    Whole,
    /// A store that was saved after two entries were lost.
    Salvaged,
}

pub enum How {
    Sql(&'static str),
    Hand(fn(&Connection)),
}

const fn sql(statements: &'static str) -> Way {
    Way { base: Base::Whole, how: How::Sql(statements) }
}

const fn hand(change: fn(&Connection)) -> Way {
    Way { base: Base::Whole, how: How::Hand(change) }
}

const fn saved(statements: &'static str) -> Way {
    Way { base: Base::Salvaged, how: How::Sql(statements) }
}

pub const NOTE_3: &str = "(SELECT n FROM log WHERE CAST(words AS TEXT) LIKE '%note 3%')";
pub const SEAL: &str = "(SELECT n FROM log WHERE kind = 'store.sealed')";

pub const NONE: &str = "–";

pub const LINES: &[Line] = &[
    Line {
        what: "the words, the facts, the salt, the header or the hash of an entry",
        found: ["changed", "changed", "chain"],
        ways: &[
            sql("UPDATE log SET words = CAST('{\"text\":\"note 9\"}' AS BLOB) WHERE n = NOTE"),
            sql("UPDATE log SET facts = CAST('{\"note\":\"decision\"}' AS BLOB) WHERE n = NOTE"),
            sql("UPDATE log SET salt = randomblob(32) WHERE n = NOTE"),
            sql("UPDATE log SET hash = zeroblob(32) WHERE n = NOTE"),
            sql("UPDATE log SET header = CAST(x'01' || json_set(CAST(substr(header, 2) AS TEXT), '$.zone', 'UTC') AS BLOB)
                 WHERE n = NOTE"),
            sql("UPDATE log SET words_digest = zeroblob(32) WHERE words_digest IS NOT NULL"),
            sql("UPDATE log SET facts = CAST(facts || x'20' AS BLOB) WHERE n = SEAL"),
            sql("UPDATE log SET facts = CAST('{}' AS BLOB) WHERE kind = 'origin.started' AND n >> 40 = 1"),
        ],
    },
    Line {
        what: "a column that repeats the header: who, when, what about, the id, the key; a hash of another length",
        found: ["column", "column", "chain"],
        ways: &[
            sql("UPDATE log SET actor = 'mallory' WHERE n = NOTE"),
            sql("UPDATE log SET at = at - 1 WHERE n = NOTE"),
            sql("UPDATE log SET recorded_at = recorded_at + 60000 WHERE n = NOTE"),
            sql("UPDATE log SET hlc = hlc + 1 WHERE n = NOTE"),
            sql("UPDATE log SET kind = 'note.removed' WHERE n = NOTE"),
            sql("UPDATE log SET tag = 'bbbbbbbbbbbbbbb' WHERE n = NOTE"),
            sql("UPDATE log SET batch = randomblob(16) WHERE n = NOTE"),
            sql("UPDATE log SET key = 'k' WHERE n = NOTE"),
            sql("UPDATE log SET subject = (SELECT max(n) FROM subjects) WHERE n = NOTE"),
            sql("UPDATE subjects SET id = randomblob(16)"),
            sql("UPDATE log SET hash = substr(hash, 1, 31) WHERE n = NOTE"),
            sql("UPDATE log SET hash = CAST(hash || x'00' AS BLOB) WHERE n = (SELECT max(n) FROM log)"),
        ],
    },
    Line {
        what: "a header that is made unreadable",
        found: ["unreadable", "unreadable", "chain"],
        ways: &[
            sql("UPDATE log SET header = x'00' WHERE n = NOTE"),
            sql("UPDATE log SET header = x'' WHERE n = NOTE"),
            sql("UPDATE log SET header = CAST(x'02' || substr(header, 2) AS BLOB) WHERE n = NOTE"),
            sql("UPDATE log SET header = substr(header, 1, 90) WHERE n = NOTE"),
        ],
    },
    Line {
        what: "entries removed from within a copy's chain, or from its beginning",
        found: ["missing", "missing", "chain"],
        ways: &[
            sql("DELETE FROM log WHERE n = NOTE"),
            sql("DELETE FROM log WHERE n BETWEEN NOTE AND NOTE + 2"),
            sql("DELETE FROM log WHERE n & 1023 = 1"),
            sql("DELETE FROM log WHERE n >> 40 = 2 AND n & 1023 < 3"),
            hand(|log| {
                forge(log, 2, "store.salvaged", &format!("{{\"missing\":[{{\"origin\":\"{}\",\"from\":3,\"to\":3}}]}}", origin(log, 1)));
                log.execute("DELETE FROM log WHERE n = (1 << 40) + 3", []).expect("removed");
            }),
        ],
    },
    Line {
        what: "entries moved, copied to another place, or under another copy's id",
        found: ["misplaced", "misplaced", "chain"],
        ways: &[
            sql("CREATE TEMP TABLE x AS SELECT n FROM log WHERE n IN (NOTE, NOTE + 1);
                 UPDATE log SET n = -n WHERE n IN (SELECT n FROM x);
                 UPDATE log SET n = (SELECT min(n) + max(n) FROM x) + n WHERE n < 0"),
            sql("INSERT INTO log SELECT (SELECT max(n) + 1 FROM log), subject, 'bbbbbbbbbbbbbbb', batch, key, hlc, at, recorded_at, actor,
                 kind, header, facts, words, salt, words_digest, hash FROM log WHERE n = NOTE"),
            sql("INSERT INTO log SELECT 1 << 40, subject, 'bbbbbbbbbbbbbbb', batch, key, hlc, at, recorded_at, actor,
                 kind, header, facts, words, salt, words_digest, hash FROM log WHERE n = NOTE"),
            sql("UPDATE origins SET id = randomblob(16) WHERE n = 1"),
            sql("CREATE TEMP TABLE x AS SELECT * FROM origins; UPDATE origins SET id = randomblob(16);
                 UPDATE origins SET id = (SELECT id FROM x WHERE x.n = 3 - origins.n)"),
        ],
    },
    Line {
        what: "words removed without a redaction that says so",
        found: ["blanked", "blanked", "chain"],
        ways: &[
            sql("UPDATE log SET words = NULL, salt = NULL WHERE n = NOTE"),
            sql("UPDATE log SET words = NULL WHERE n = NOTE"),
            hand(|log| blank(log, "%note 3%")),
        ],
    },
    Line {
        what: "words, salt and digest that don't stand together, such as words hidden in the salt",
        found: ["salt", "salt", "chain"],
        ways: &[
            sql("UPDATE log SET salt = CAST(salt || words AS BLOB), words = NULL WHERE n = NOTE"),
            sql("UPDATE log SET words = CAST(substr(salt, 32) || words AS BLOB), salt = substr(salt, 1, 31) WHERE n = NOTE"),
            sql("UPDATE log SET salt = NULL WHERE n = NOTE"),
            sql("UPDATE log SET salt = x'' WHERE n = NOTE"),
            sql("UPDATE log SET words_digest = zeroblob(32) WHERE n = NOTE"),
            sql("UPDATE log SET salt = zeroblob(32) WHERE words_digest IS NOT NULL"),
            sql("UPDATE log SET words = CAST('{}' AS BLOB) WHERE words_digest IS NOT NULL"),
            sql("UPDATE log SET words_digest = substr(words_digest, 1, 31) WHERE words_digest IS NOT NULL"),
        ],
    },
    Line {
        what: "rows that stand in no listed copy, and copies taken off the list",
        found: ["unlisted", "unlisted", "chain"],
        ways: &[
            sql("INSERT INTO log SELECT (9 << 40) + 1, subject, 'bbbbbbbbbbbbbbb', batch, key, hlc, at, recorded_at, 'mallory',
                 kind, header, facts, CAST('{\"text\":\"planted\"}' AS BLOB), salt, words_digest, hash FROM log WHERE n = NOTE"),
            sql("INSERT INTO log SELECT -5, subject, 'bbbbbbbbbbbbbbb', batch, key, hlc, at, recorded_at, actor,
                 kind, header, facts, words, salt, words_digest, hash FROM log WHERE n = NOTE"),
            sql("INSERT INTO log SELECT 9223372036854775807, subject, 'bbbbbbbbbbbbbbb', batch, key, hlc, at, recorded_at, actor,
                 kind, x'', facts, words, salt, words_digest, hash FROM log WHERE n = NOTE"),
            sql("DELETE FROM origins"),
            sql("DELETE FROM origins WHERE n = 2"),
            sql("UPDATE origins SET n = 9 WHERE n = 2"),
            sql("UPDATE origins SET id = substr(id, 1, 15) WHERE n = 2"),
            sql("UPDATE origins SET n = n + (1 << 22)"),
        ],
    },
    Line {
        what: "a listed copy that doesn't begin as copies do: empty, without saying where it began, or from nothing beside another",
        found: ["beginning", "beginning", "chain"],
        ways: &[
            sql("INSERT INTO origins VALUES (9, randomblob(16))"),
            hand(|log| {
                fresh_copy(log, 3);
                forge(log, 3, "note.added", "{\"note\":\"observation\"}");
            }),
            hand(|log| {
                fresh_copy(log, 3);
                let space = space(log);
                forge(log, 3, "origin.started", &format!("{{\"program\":\"0.1.0\",\"space\":\"{space}\"}}"));
            }),
            hand(|log| {
                fresh_copy(log, 3);
                let (space, parent) = (space(log), origin(log, 1));
                let started = format!("{{\"parent\":\"{parent}\",\"program\":\"0.1.0\",\"space\":\"{space}\"}}");
                forge(log, 3, "origin.started", &started);
            }),
            hand(|log| {
                let space = space(log);
                forge(log, 2, "origin.started", &format!("{{\"program\":\"0.1.0\",\"space\":\"{space}\"}}"));
            }),
        ],
    },
    Line {
        what: "what the store notes of itself: whose incident numbers it gives, as which copy it writes",
        found: ["meta", "meta", "chain"],
        ways: &[
            sql("UPDATE meta SET value = randomblob(16) WHERE name = 'space'"),
            sql("UPDATE meta SET value = 'x' WHERE name = 'space'"),
            sql("UPDATE meta SET value = 77 WHERE name = 'origin'"),
            sql("UPDATE meta SET value = 'x' WHERE name = 'origin'"),
        ],
    },
    Line {
        what: "the end of a copy from which another went on, cut off",
        found: ["cut-off", "cut-off", "chain"],
        ways: &[
            sql("DELETE FROM log WHERE n = (SELECT max(n) FROM log WHERE n >> 40 = 1)"),
            sql("DELETE FROM log WHERE n >= NOTE AND n >> 40 = 1"),
        ],
    },
    Line {
        what: "entries rewritten with every hash after them, where a seal or another copy's beginning names a later one",
        found: ["rewritten", "rewritten", "chain"],
        ways: &[
            hand(|log| {
                reword(log, "%note 3%", "nothing happened");
                follow(log, 1);
            }),
            hand(|log| {
                reword(log, "%before the seal%", "nothing happened");
                follow(log, 2);
            }),
        ],
    },
    Line {
        what: "a sealed entry removed, and a salvage forged that says it was lost",
        found: ["gone", "severed", "chain"],
        ways: &[hand(|log| {
            let seq: i64 = log.query_row(&mend("SELECT SEAL - 1"), [], |row| row.get(0)).expect("sealed");
            lose(log, 2, seq & 1023);
        })],
    },
    Line {
        what: "an entry before a sealed one removed, and a salvage forged that says it was lost",
        found: ["severed", "severed", "chain"],
        ways: &[hand(|log| {
            let seq: i64 = log.query_row(&mend("SELECT SEAL - 2"), [], |row| row.get(0)).expect("sealed");
            lose(log, 2, seq & 1023);
        })],
    },
    Line {
        what: "the first entry after those that a salvage lost",
        found: ["changed", "changed", "chain"],
        ways: &[
            saved("UPDATE log SET words = CAST('{\"text\":\"note 9\"}' AS BLOB) WHERE CAST(words AS TEXT) LIKE '%note 5%'"),
            saved("UPDATE log SET salt = randomblob(32) WHERE CAST(words AS TEXT) LIKE '%note 5%'"),
        ],
    },
    Line {
        what: "the signature of a seal, with every hash after it",
        found: ["broken seal", "rewritten", NONE],
        ways: &[hand(|log| {
            let set = "UPDATE log SET facts = CAST(json_set(CAST(facts AS TEXT), '$.signature', 'x') AS BLOB) WHERE n = SEAL";
            log.execute(&mend(set), []).expect("changed");
            follow(log, 2);
        })],
    },
    Line {
        what: "the last entries of the log, cut off",
        found: [NONE, "cut-off", NONE],
        ways: &[
            sql("DELETE FROM log WHERE n = (SELECT max(n) FROM log)"),
            sql("DELETE FROM log WHERE n > SEAL"),
        ],
    },
    Line {
        what: "entries rewritten with every hash after them, where nothing in the log names a later one",
        found: [NONE, "rewritten", NONE],
        ways: &[
            hand(|log| {
                reword(log, "%after the seal%", "nothing happened");
                follow(log, 2);
            }),
            hand(|log| {
                let set = "UPDATE log SET facts = CAST('{\"note\":\"decision\"}' AS BLOB) WHERE n > SEAL AND kind = 'note.added'";
                log.execute(&mend(set), []).expect("changed");
                follow(log, 2);
            }),
        ],
    },
    Line {
        what: "entries after the last seal removed, and a salvage forged that says they were lost (`verify` lists it)",
        found: [NONE, "severed", NONE],
        ways: &[hand(|log| {
            let seq: i64 = log.query_row(&mend("SELECT SEAL + 1"), [], |row| row.get(0)).expect("sealed");
            lose(log, 2, seq & 1023);
        })],
    },
    Line {
        what: "entries added at the end with right hashes, under whatever name",
        found: [NONE, NONE, NONE],
        ways: &[hand(|log| forge(log, 2, "clock.unknown", "{}"))],
    },
    Line {
        what: "words removed, and a redaction forged that says so (the timeline shows it)",
        found: [NONE, NONE, NONE],
        ways: &[hand(|log| {
            let entry: String = log
                .query_row(&mend("SELECT json_extract(CAST(substr(header, 2) AS TEXT), '$.id') FROM log WHERE n = NOTE"), [], |row| row.get(0))
                .expect("a note");
            blank(log, "%note 3%");
            forge(log, 2, "entry.redacted", &format!("{{\"by\":\"aki\",\"entry\":\"{entry}\",\"kind\":\"note.added\"}}"));
            log.execute_batch(&mend("INSERT INTO marks SELECT log.tag, 'redacted', (SELECT tag FROM log ORDER BY n DESC LIMIT 1)
                FROM log WHERE kind = 'note.added' AND words_digest IS NOT NULL AND tag NOT IN (SELECT target FROM marks WHERE mark = 'redacted')")).expect("marked");
        })],
    },
    Line {
        what: "rows that are derived from the log: incidents, marks, corrections, inbox, deadlines, deliveries, contacts, figures, sources, drills",
        found: [NONE, NONE, "rows"],
        ways: &[
            sql("UPDATE incidents SET title = 'all well'"),
            sql("UPDATE incidents SET status = 'closed', phase = 2"),
            sql("UPDATE incidents SET state = CAST(replace(CAST(state AS TEXT), 'API down', 'all well') AS BLOB)"),
            sql("DELETE FROM incidents WHERE number = 1"),
            sql("UPDATE incidents SET restricted = 1"),
            sql("DELETE FROM marks"),
            sql("INSERT INTO marks SELECT tag, 'undone', tag FROM log WHERE n = NOTE"),
            sql("DELETE FROM amendments"),
            sql("DELETE FROM inbox"),
            sql("UPDATE inbox SET settled = 'discarded'"),
            sql("DELETE FROM clocks"),
            sql("UPDATE clocks SET due_at = due_at + 86400000"),
            sql("INSERT INTO outbox (message, subject, channel, next_at) VALUES (randomblob(16), 1, 'x', 0)"),
            sql("DELETE FROM contacts"),
            sql("UPDATE contacts SET verified_at = verified_at + 1"),
            sql("UPDATE figures SET updates_missed = 7"),
            sql("INSERT INTO sources SELECT 'x', 1, tag FROM log LIMIT 1"),
            sql("INSERT INTO drills (subject, kind, team, scenario, started_at) VALUES (1, 'x', 'x', 'x', 0)"),
            sql("INSERT INTO suggestions VALUES (1, 'x')"),
        ],
    },
    Line {
        what: "what the store only notes for itself: where its file lies, where copies were put, until when nothing is due",
        found: [NONE, NONE, NONE],
        ways: &[
            sql("UPDATE meta SET value = 'elsewhere:1' WHERE name = 'place'"),
            sql("DELETE FROM meta"),
            sql("INSERT INTO meta VALUES ('backups', '[\"/nowhere\"]')"),
            sql("UPDATE clocks SET quiet_until = 1"),
        ],
    },
];
