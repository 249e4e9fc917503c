//! `search` and `similar`: finding again what was written down.

use super::place::Place;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

/// A place where two incidents left their words.
fn told() -> Place {
    let place = Place::new();
    place.ok(&["declare", "決済障害: card payments fail", "--category", "outage", "--service", "payments"]);
    place.ok(&["-i", "1", "note", "ﾃﾞｰﾀﾍﾞｰｽの接続プール exhausted on db-3"]);
    place.ok(&["-i", "1", "note", "the connection pool is empty: restart the replica", "--kind", "hypothesis"]);
    place.ok(&["-i", "1", "mitigate", "--workaround", "failed over to Ｏｓａｋａ"]);
    place.ok(&["declare", "Login slow", "--service", "auth"]);
    place.ok(&["-i", "2", "note", "pool of the connection was fine"]);
    place
}

/// The texts of what is found, with the words in brackets.
fn found(place: &Place, query: &[&str]) -> Vec<String> {
    let words = [&["search"], query].concat();
    let document = place.json(&words);
    let hits = document["hits"].as_array().expect("a list");
    hits.iter()
        .map(|hit| {
            let text: Vec<char> = hit["text"].as_str().expect("text").chars().collect();
            let ends = |mark: usize| -> Vec<usize> {
                let ranges = hit["ranges"].as_array().expect("a list").iter();
                ranges.map(|range| usize::try_from(range[mark].as_u64().expect("a number")).expect("fits")).collect()
            };
            let (from, to) = (ends(0), ends(1));
            let mut shown = String::new();
            for (at, letter) in text.iter().enumerate() {
                if to.contains(&at) {
                    shown.push(']');
                }
                if from.contains(&at) {
                    shown.push('[');
                }
                shown.push(*letter);
            }
            if to.contains(&text.len()) {
                shown.push(']');
            }
            shown
        })
        .collect()
}

#[test]
fn words_of_one_and_two_characters_and_of_either_width_are_found() {
    let place = told();
    for (query, text) in [
        ("障害", "決済[障害]: card payments fail"),
        ("害", "決済障[害]: card payments fail"),
        ("済障", "決[済障]害: card payments fail"),
        ("データベース", "[ﾃﾞｰﾀﾍﾞｰｽ]の接続プール exhausted on db-3"),
        ("ﾃﾞｰﾀ", "[ﾃﾞｰﾀ]ﾍﾞｰｽの接続プール exhausted on db-3"),
        ("プール", "ﾃﾞｰﾀﾍﾞｰｽの接続[プール] exhausted on db-3"),
        ("osaka", "failed over to [Ｏｓａｋａ]"),
        ("ＤＢ－３", "ﾃﾞｰﾀﾍﾞｰｽの接続プール exhausted on [db-3]"),
        ("\"connection pool\"", "the [connection pool] is empty: restart the replica"),
        ("pool -replica", "[pool] of the connection was fine"),
        ("exh*", "ﾃﾞｰﾀﾍﾞｰｽの接続プール [exhausted] on db-3"),
        ("payments card", "決済障害: [card] [payments] fail · [payments]"),
    ] {
        assert_eq!(found(&place, &[query]), [text], "{query}");
    }
    assert_eq!(found(&place, &["exh"]), [] as [&str; 0]);
    assert_eq!(found(&place, &["pool", "-replica"]), ["[pool] of the connection was fine"]);
    assert_eq!(found(&place, &["pool", "-the connection"]), ["the connection [pool] is empty: restart the replica"; 0]);
    // What stands in a row comes first.
    let both = found(&place, &["connection", "pool"]);
    assert!(both.len() == 2 && both[0].starts_with("the"), "{both:?}");
}

#[test]
fn entries_that_say_the_same_for_long_are_found_each() {
    let place = Place::new();
    let same = "We apologise to everybody for this long interruption of service. ".repeat(5);
    let update = |id: &str, at: &str, status: &str, end: &str| {
        serde_json::json!({ "id": id, "status": status, "created_at": at,
            "body": format!("We are still looking at zone-b. {same}{end}") })
    };
    let updates: Vec<Value> = (0..12)
        .map(|n| {
            let status = if n == 11 { "resolved" } else { "investigating" };
            update(
                &format!("u{n}"),
                &format!("2026-01-01T10:{:02}:00Z", 30 + n),
                status,
                &format!("Shard {n} is lost."),
            )
        })
        .collect();
    let document = serde_json::json!({ "page": { "id": "p", "time_zone": "UTC" }, "incidents": [{ "id": "a1",
        "name": "Cache trouble", "status": "resolved", "impact": "minor", "created_at": "2026-01-01T10:00:00Z",
        "resolved_at": "2026-01-01T12:00:00Z", "incident_updates": updates }] });
    let file = place.path().join("page.json");
    std::fs::write(&file, document.to_string()).expect("written");
    place.ok(&["import", "statuspage", file.to_str().expect("UTF-8")]);
    let hits = |limit: &str| {
        let found = place.json(&["search", "zone-b", "--limit", limit]);
        (found["hits"].as_array().map(Vec::len), found["more"].clone(), found["capped"].clone())
    };
    let all = hits("50").0.expect("a list");
    assert!(all >= 12, "each update is an entry, and none hides another: {all}");
    assert_eq!(hits("10"), (Some(10), true.into(), false.into()), "the limit counts what is shown");
    assert_eq!(hits(&all.to_string()), (Some(all), false.into(), false.into()));
    let entries = place.json(&["search", "zone-b", "--limit", "50"]);
    let mut ids: Vec<&str> =
        entries["hits"].as_array().expect("a list").iter().filter_map(|hit| hit["entry"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "and none is shown twice");
}

#[test]
fn what_is_capped_is_said() {
    let place = Place::declared();
    let notes: String = (0..300).map(|n| format!("retry number {n} timed out\n")).collect();
    assert_eq!(place.run_with(&["note", "--each-line", "-"], notes.as_bytes()).code, 0);
    let found = place.json(&["search", "retry"]);
    assert_eq!((&found["more"], &found["capped"], &found["cut"]), (&true.into(), &true.into(), &false.into()));
    assert!(place.ok(&["search", "retry"]).contains("only the newest were compared"));
    assert!(place.lang("ja").ok(&["search", "retry"]).contains("新しい記録だけを比べました"));
    place.lang("en");
    for limit in ["299", "300", "301"] {
        let found = place.json(&["search", "retry", "--limit", limit]);
        let count = limit.parse::<usize>().expect("a number").min(300);
        assert_eq!((found["hits"].as_array().map(Vec::len), &found["more"]), (Some(count), &(limit == "299").into()));
    }
    // Without an index, what isn't wanted takes nobody's place.
    place.ok(&["declare", "another", "-q"]);
    place.ok(&["-i", "2", "note", "one retry here, too"]);
    let more: String = (0..300).map(|n| format!("retry again {n}\n")).collect();
    assert_eq!(place.run_with(&["-i", "1", "note", "--each-line", "-"], more.as_bytes()).code, 0);
    let index = place.store().with_extension("search");
    std::fs::remove_file(&index).expect("removed");
    std::fs::create_dir(&index).expect("made");
    let found = place.json(&["search", "retry", "-i", "2"]);
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1), "{found}");
    let long: String = (0..40).map(|n| format!("w{n} ")).collect();
    assert_eq!(place.json(&["search", &long])["cut"], true);
}

#[test]
fn what_is_found_can_be_narrowed() {
    let place = told();
    assert_eq!(found(&place, &["pool", "--kind", "hypothesis"]).len(), 1);
    assert_eq!(found(&place, &["pool", "--kind", "role"]).len(), 0);
    assert_eq!(found(&place, &["pool", "--service", "AUTH"]).len(), 1);
    assert_eq!(found(&place, &["pool", "--since", "1s"]).len(), 0);
    assert_eq!(found(&place, &["pool", "--since", "1h"]).len(), 2);
    let one = place.json(&["search", "pool", "--limit", "1"]);
    assert!(one["hits"].as_array().map(Vec::len) == Some(1) && one["more"] == true, "{one}");
    assert_eq!(place.json(&["search", "pool", "-i", "1"])["hits"].as_array().map(Vec::len), Some(1));
    let out = place.ok(&["search", "pool"]);
    assert!(out.contains("#1") && out.contains("2026-11-20") && out.contains("note.added") && out.contains("«pool»"));
    let colored = place.ok(&["search", "pool", "--color", "always"]);
    assert!(colored.contains("\u{1b}[") && !colored.contains('«'), "{colored}");
}

#[test]
fn no_query_is_wrong() {
    let place = told();
    let long = "x ".repeat(50_000);
    for query in ["\"", "NEAR(", "*", "col:", "head : pool", "a AND (", "^", "{head} : x", "' OR 1=1 --", "-", &long] {
        let ran = place.run(&["search", query]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.contains("nothing found"), "{}", ran.err);
        let ran = place.run(&["search", "--json", "--", query]);
        let document: Value = serde_json::from_str(&ran.out).expect("a document");
        assert!(ran.code == 0 && document["hits"] == Value::Array(Vec::new()), "{}", ran.out);
    }
    assert_eq!(found(&place, &["connection OR pool"]).len(), 0);
    assert_eq!(found(&place, &["-pool"]).len(), 2, "nothing else asked for: no operator");
    assert!(!place.run(&["search", &long]).err.contains("too long"), "the same word once");
    let long: String = (0..9_000).map(|n| format!("w{n} ")).collect();
    assert!(place.run(&["search", &long]).err.contains("too long"));
    assert_eq!(place.run(&["search"]).code, 2);
    assert!(place.lang("ja").run(&["search", "無い"]).err.contains("見つかりません"));
}

#[test]
fn corrected_and_taken_back_words_say_so_and_redacted_ones_are_gone() {
    let place = told();
    let noted = place.json(&["-i", "1", "note", "replaced the flange"]);
    let id = noted["entries"][0]["id"].as_str().expect("an id").to_owned();
    place.ok(&["search", "flange"]);
    place.ok(&["amend", &id, "replaced the gasket"]);
    let hit = place.json(&["search", "gasket"])["hits"][0].clone();
    assert_eq!(
        (&hit["entry"], &hit["amended"], &hit["earlier"]),
        (&Value::from(id.as_str()), &true.into(), &false.into())
    );
    let hit = place.json(&["search", "flange"])["hits"][0].clone();
    assert_eq!((&hit["entry"], &hit["earlier"]), (&Value::from(id.as_str()), &true.into()));
    assert!(place.ok(&["search", "gasket"]).contains("[corrected]"));
    place.ok(&["-i", "1", "note", "turned off the sprinkler"]);
    place.ok(&["-i", "1", "undo"]);
    assert!(place.ok(&["search", "sprinkler"]).contains("[taken back]"));
    let index = place.store().with_extension("search");
    assert_eq!(index.metadata().expect("made").permissions().mode() & 0o777, 0o600);
    let bytes = std::fs::read(&index).expect("read");
    assert!(bytes.windows(6).any(|window| window == b"flange") || bytes.windows(5).any(|window| window == b"lange"));
    place.ok(&["redact", &id, "--reason", "a slip"]);
    for _ in 0..2 {
        for entry in std::fs::read_dir(place.store().parent().expect("a folder")).expect("listed").flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            for word in [&b"flange"[..], b"gasket", b"lange", b"asket"] {
                assert!(!bytes.windows(word.len()).any(|window| window == word), "{}", entry.path().display());
            }
        }
        assert_eq!(found(&place, &["gasket"]).len() + found(&place, &["flange"]).len(), 0);
        assert_eq!(found(&place, &["sprinkler"]).len(), 1, "the rest is found again");
    }
}

#[test]
fn restricted_incidents_stay_out_of_sight() {
    let place = told();
    place.ok(&["declare", "Ledger was copied", "--restricted", "--category", "security"]);
    place.ok(&["-i", "3", "note", "the ledger left at noon"]);
    assert_eq!(found(&place, &["ledger"]).len(), 0);
    assert_eq!(found(&place, &["ledger", "--restricted"]).len(), 2);
    assert_eq!(found(&place, &["ledger", "-i", "3"]).len(), 2);
    assert!(place.ok(&["search", "ledger", "--restricted"]).contains("[restricted]"));
}

#[test]
fn the_index_is_disposable() {
    let place = told();
    let index = place.store().with_extension("search");
    let hits = found(&place, &["pool"]);
    assert_eq!(hits.len(), 2);
    std::fs::remove_file(&index).expect("removed");
    assert_eq!(found(&place, &["pool"]), hits);
    let whole = std::fs::read(&index).expect("read");
    for broken in [&b"not a database at all"[..], &[], &whole[..whole.len() / 2], &vec![0x5a; whole.len()]] {
        std::fs::write(&index, broken).expect("written");
        assert_eq!(found(&place, &["pool"]), hits, "{} bytes", broken.len());
    }
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
        std::fs::write(&index, bytes).expect("written");
        assert_eq!(found(&place, &["pool"]), hits, "page {page}");
    }
    place.ok(&["doctor", "--rebuild"]);
    assert!(!index.exists(), "whatever is not the log is made again");
    assert_eq!(found(&place, &["pool"]), hits);
    // Somebody else's file is no index.
    std::fs::remove_file(&index).expect("removed");
    rusqlite::Connection::open(&index).and_then(|file| file.execute_batch("CREATE TABLE entries (x)")).expect("made");
    assert_eq!(found(&place, &["pool"]), hits);
    // Nor is that of another log.
    let copy = place.path().join("copy.db");
    let copy = copy.to_str().expect("UTF-8");
    place.ok(&["backup", copy]);
    place.ok(&["-i", "2", "note", "after the backup the pool burst"]);
    assert_eq!(found(&place, &["pool"]).len(), 3);
    place.ok(&["restore", copy]);
    assert_eq!(found(&place, &["pool"]), hits);
    place.ok(&["-i", "2", "note", "and the pool was mended"]);
    assert_eq!(found(&place, &["pool"]).len(), 3);
    // A copy that somebody looks at stays one file.
    assert_eq!(found(&place, &["--db", copy, "pool"]), hits);
    assert!(!place.path().join("copy.search").exists());
}

#[test]
fn a_store_that_cannot_be_written_is_searched_all_the_same() {
    let place = told();
    assert_eq!(found(&place, &["pool"]).len(), 2);
    place.ok(&["-i", "2", "note", "the pool again, not yet in the index"]);
    let folder = place.store().parent().expect("a folder").to_owned();
    let index = place.store().with_extension("search");
    let before = std::fs::read(&index).expect("read");
    assert_eq!(found(&place, &["pool"]).len(), 3);
    assert_ne!(std::fs::read(&index).expect("read"), before);
    // Root may write everywhere: an index that is a folder is one that nobody can write.
    std::fs::remove_file(&index).expect("removed");
    std::fs::create_dir(&index).expect("made");
    assert_eq!(found(&place, &["pool"]).len(), 3);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o500)).expect("set");
    let read_only = found(&place, &["pool"]);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).expect("set");
    assert_eq!(read_only.len(), 3);
}

#[test]
fn a_tick_takes_in_what_was_recorded() {
    let place = told();
    let index = place.store().with_extension("search");
    assert!(!index.exists(), "recording doesn't touch it");
    place.ok(&["tick"]);
    let rows = |table: &str| -> i64 {
        let file = rusqlite::Connection::open(&index).expect("opens");
        file.query_row(&format!("SELECT max(value) FROM {table}"), [], |row| row.get(0)).expect("a number")
    };
    assert!(rows("figures") > 10);
}

/// A place with a past: two outages that were resolved, and what is no example.
fn experienced() -> Place {
    let place = Place::new();
    place.ok(&["declare", "Checkout answers 500", "--service", "payments", "--category", "outage"]);
    place.ok(&["-i", "1", "note", "connection pool of db-3 is exhausted"]);
    place.ok(&["-i", "1", "identify", "--cause", "connection pool exhausted after the deploy"]);
    place.ok(&["-i", "1", "mitigate", "--workaround", "rolled back to build 41"]);
    place.wait(3_600);
    place.ok(&["-i", "1", "resolve", "payments work again"]);
    place.ok(&["declare", "Newsletter is late", "--service", "mail", "--near-miss"]);
    place.ok(&["-i", "2", "note", "the queue of the mailer was full"]);
    place.ok(&["declare", "Checkout drill", "--drill", "--service", "payments"]);
    place.ok(&["declare", "Checkout was a false alarm", "--service", "payments"]);
    place.ok(&["-i", "4", "cancel", "--reason", "no incident"]);
    place.ok(&["declare", "Checkout data copied", "--service", "payments", "--restricted"]);
    place
}

fn alike(place: &Place, what: &[&str]) -> Vec<u64> {
    let document = place.json(&[&["similar"], what].concat());
    let similar = document["similar"].as_array().expect("a list");
    similar.iter().map(|one| one["ref"].as_u64().expect("a number")).collect()
}

#[test]
fn similar_says_why_and_what_resolved_it() {
    let place = experienced();
    place.ok(&["declare", "Payments slow", "--service", "payments", "--category", "outage"]);
    place.ok(&["-i", "6", "identify", "--cause", "pool exhausted again"]);
    let found = place.json(&["similar", "6"]);
    let first = &found["similar"][0];
    assert_eq!((&first["ref"], &first["resolved_by"]), (&1.into(), &"rolled back to build 41".into()), "{found}");
    assert_eq!(first["minutes"], 60);
    let why: Vec<&str> = first["why"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(why.contains(&"service payments") && why.iter().any(|why| why.contains("exhausted")), "{why:?}");
    let out = place.ok(&["similar", "6"]);
    for part in
        ["#1", "Checkout answers 500", "service payments", "1 h", "rolled back to build 41", "cause: connection"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(place.ok(&["similar", "6", "-q", "--limit", "1"]).trim(), "1");
    assert!(place.lang("ja").ok(&["similar", "6"]).contains("サービス payments"));
}

#[test]
fn exercises_and_what_was_no_incident_are_no_examples() {
    let place = experienced();
    assert_eq!(alike(&place, &["checkout", "fails"]), [1]);
    assert_eq!(alike(&place, &["checkout", "fails", "--restricted"]), [5, 1]);
    assert_eq!(alike(&place, &["the", "mailer"]), [2], "a near miss counts");
    assert_eq!(alike(&place, &["nothing", "at", "all"]), [] as [u64; 0]);
    assert!(place.run(&["similar", "zzz"]).err.contains("hikeshi search"));
    place.fails(4, &["similar", "99"]);
    for query in ["\"", "NEAR(", "*", "' OR 1", "{title} : x"] {
        assert_eq!(place.run(&["similar", query]).code, 0, "{query}");
    }
}

#[test]
fn declare_tells_of_look_alikes_by_itself() {
    let place = experienced();
    let ran = place.run(&["declare", "Payments fail", "--service", "payments"]);
    assert!(ran.code == 0 && ran.err.contains("#1") && ran.err.contains("rolled back"), "{}", ran.err);
    assert!(!ran.err.contains("#3") && !ran.err.contains("#4") && !ran.err.contains("#5"), "{}", ran.err);
    assert!(!ran.out.contains("rolled back"), "{}", ran.out);
    let found = place.json(&["declare", "Payments fail once more", "--service", "payments"]);
    assert_eq!((&found["incident"]["ref"], &found["similar"].as_array().map(Vec::len)), (&7.into(), &Some(2)));
    let quiet = place.run(&["declare", "Payments are gone", "--service", "payments", "-q"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("8\n", ""));
    let alone = place.run(&["declare", "Office is dark", "--service", "lights"]);
    assert!(!alone.err.contains("similar"), "{}", alone.err);
    // Whatever is wrong with the index, the incident is declared.
    let index = place.store().with_extension("search");
    for broken in [&b"no index"[..], &[0x5a; 9_000]] {
        std::fs::write(&index, broken).expect("written");
        assert_eq!(place.run(&["declare", "Payments fail", "--service", "payments", "--force"]).code, 0);
    }
}

#[test]
fn what_can_not_be_meant_is_said() {
    let place = Place::declared();
    place.ok(&["note", "database connections refused"]);
    let err = place.fails(2, &["search", "refused", "--kind", "bogus"]);
    assert!(err.contains("no kind of entry `bogus`") && err.contains("note"), "{err}");
    for kind in ["note", "note.added", "observation"] {
        assert!(place.ok(&["search", "refused", "--kind", kind]).contains("refused"), "{kind}");
    }
    let ran = place.run(&["search", "--", "-refused"]);
    assert!(ran.code == 0 && ran.err.contains("name one that must be there"), "{}", ran.err);
    assert!(place.ok(&["search", "\"database conn*\""]).contains("connections"), "a phrase may go on");
    assert!(place.ok(&["search", "refused", "--since", "2026-11-20"]).contains("refused"), "a day alone");
    let long = "disk full ".repeat(6_000);
    assert!(place.run(&["similar", &long]).err.contains("2000 characters"));
}
