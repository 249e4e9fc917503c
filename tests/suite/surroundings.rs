//! What the environment says and nobody can follow: it is told, never misread in silence. And times, wherever one is
//! typed.

use super::place::{Place, Ran};
use std::process::Command;

/// A command of a place, with these variables set, or taken away.
fn with(place: &Place, arguments: &[&str], variables: &[(&str, Option<&str>)]) -> Ran {
    let mut command = place.command(arguments);
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.output().expect("runs").into()
}

#[test]
fn a_zone_that_cannot_be_read_is_said_once_by_each_command() {
    let place = Place::declared();
    for zone in ["Asia/Tokio", "JST", "Nowhere", ":Asia/Tokio", "/no/such/file", "+25:00"] {
        for arguments in [&["note", "x", "--at", "04:00"][..], &["list"], &["show"], &["timeline", "--json"]] {
            let ran = with(&place, arguments, &[("TZ", Some(zone))]);
            assert_eq!(ran.code, 0, "{zone} {ran:?}");
            let typed = zone.to_owned();
            assert_eq!(ran.err.matches(&format!("TZ is `{typed}`, which names no time zone")).count(), 1, "{ran:?}");
        }
        let ran = with(&place, &["doctor"], &[("TZ", Some(zone))]);
        assert!(ran.code == 3 && ran.out.contains(&format!("`{zone}`")) && ran.out.contains("environment"), "{ran:?}");
    }
    let ran = with(&place, &["list"], &[("TZ", Some("Asia/Tokio"))]);
    assert!(ran.err.contains("TZ=Asia/Tokyo"), "the name that was meant: {ran:?}");
    let ran = with(&place, &["prompt"], &[("TZ", Some("Asia/Tokio"))]);
    assert_eq!(ran.err, "", "a shell's prompt stays quiet");
    let ran = with(place.lang("ja"), &["list"], &[("TZ", Some("Asia/Tokio"))]);
    assert!(ran.err.contains("「Asia/Tokio」というタイムゾーンはありません"), "{ran:?}");
}

#[test]
fn zones_of_every_readable_form_are_followed() {
    let place = Place::declared();
    for (zone, shown) in [
        ("Asia/Tokyo", "JST"),
        ("asia/tokyo", "JST"),
        (":Asia/Tokyo", "JST"),
        ("JST-9", "JST"),
        ("EST5EDT,M3.2.0,M11.1.0", "EST"),
        ("<+0330>-3:30", "+03:30"),
        ("UTC0", "UTC"),
    ] {
        let ran = with(&place, &["show"], &[("TZ", Some(zone))]);
        assert!(ran.err.is_empty() && ran.out.contains(shown), "{zone}: {ran:?}");
    }
}

#[test]
fn a_tilde_that_no_shell_expanded_is_refused_with_the_path_that_was_meant() {
    let place = Place::new();
    let meant = place.path().join("hk.db").display().to_string();
    let ran = with(&place, &["note", "the database is down"], &[("HIKESHI_DB", Some("~/hk.db"))]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let line = format!("HIKESHI_DB={meant} hikeshi note 'the database is down'");
    assert!(ran.err.contains("`~/hk.db` begins with `~`") && ran.err.contains(&line), "{ran:?}");
    let ran = with(&place, &["--db=~/hk.db", "list"], &[]);
    assert!(ran.code == 2 && ran.err.contains(&format!("--db={meant}")) && ran.err.contains("list"), "{ran:?}");
    let ran = with(&place, &["list"], &[("HIKESHI_CONFIG", Some("~/conf"))]);
    let folder = place.path().join("conf").display().to_string();
    assert!(ran.code == 2 && ran.err.contains(&format!("HIKESHI_CONFIG={folder} hikeshi list")), "{ran:?}");
    let ran = with(&place, &["list"], &[("HIKESHI_DB", Some("~"))]);
    assert!(ran.code == 2 && ran.err.contains("begins with `~`"), "{ran:?}");
    let ran = with(&place, &["list"], &[("HIKESHI_DB", Some("~somebody/hk.db"))]);
    assert!(ran.code == 2 && ran.err.contains("write the whole path"), "{ran:?}");
    let ran = with(&place, &["list", "--json"], &[("HIKESHI_DB", Some("~/hk.db"))]);
    let error: serde_json::Value = serde_json::from_str(&ran.err).expect("a document");
    assert_eq!(error["error"]["kind"], "usage");
    let ran = with(place.lang("ja"), &["list"], &[("HIKESHI_DB", Some("~/hk.db"))]);
    assert!(ran.err.contains("シェルだけ"), "{ran:?}");
    assert!(!place.path().join("~").exists(), "no folder of that name");
}

#[test]
fn a_home_that_is_no_absolute_path_is_refused() {
    let place = Place::new();
    for home in ["rel", "~", "./x"] {
        let ran = with(&place, &["note", "x"], &[("HOME", Some(home)), ("HIKESHI_DB", None)]);
        assert!(ran.code == 2 && ran.err.contains(&format!("HOME is `{home}`")), "{ran:?}");
        assert!(!place.path().join(home).exists());
    }
}

#[test]
fn without_home_the_password_entry_says_where() {
    let place = Place::new();
    let id = rustix::process::getuid().as_raw();
    let entry = Command::new("getent").args(["passwd", &id.to_string()]).output();
    let Some(home) = entry.ok().and_then(|entry| {
        let line = String::from_utf8(entry.stdout).ok()?;
        line.split(':').nth(5).filter(|home| home.starts_with('/')).map(str::to_owned)
    }) else {
        return;
    };
    // Only looked at: nothing of that home is touched.
    let ran = with(&place, &["doctor", "--json"], &[("HOME", None), ("HIKESHI_DB", None)]);
    let store = format!("{}/.local/share/hikeshi/hikeshi.db", home.trim_end_matches('/'));
    let known = std::path::Path::new(&store).exists();
    assert!(ran.code != 5 && (known || ran.out.contains(&store)), "{ran:?}");
}

#[test]
fn relative_folders_of_the_specification_are_ignored_and_that_is_said() {
    let place = Place::new();
    let ran = with(
        &place,
        &["declare", "down", "-q"],
        &[("HIKESHI_DB", None), ("XDG_DATA_HOME", Some("data")), ("XDG_STATE_HOME", Some("state"))],
    );
    assert_eq!((ran.code, ran.out.as_str()), (0, "1\n"), "{ran:?}");
    assert!(ran.err.contains("XDG_DATA_HOME is `data`") && ran.err.contains("XDG_STATE_HOME is `state`"), "{ran:?}");
    assert!(place.path().join(".local/share/hikeshi/hikeshi.db").exists() && !place.path().join("data").exists());
}

#[test]
fn a_day_alone_is_its_beginning_wherever_a_stretch_of_time_is_asked_for() {
    let place = Place::declared();
    place.ok(&["note", "a line"]);
    for day in [
        "2026-11-20",
        "2026/11/20",
        "11/20",
        "today",
        "yesterday",
        "今日",
        "昨日",
        "11月20日",
        "Fri",
        "令和8年11月20日",
    ] {
        for verb in [&["list"][..], &["timeline"], &["search", "line"], &["metrics"]] {
            let ran = place.run(&[verb, &["--since", day]].concat());
            assert!(ran.code == 0 && !ran.out.trim().is_empty(), "{verb:?} {day}: {ran:?}");
        }
    }
    assert!(place.ok(&["timeline", "--until", "2026-11-20"]).contains("no entries"), "a day is its beginning");
    assert!(place.ok(&["timeline", "--since", "2026-11-20", "--until", "now"]).contains("a line"));
    for day in ["2026-02-30", "13/45", "令和0年1月1日", "someday", "2027-01-01"] {
        for verb in [&["list"][..], &["timeline"], &["search", "line"], &["metrics"]] {
            assert_eq!(place.run(&[verb, &["--since", day]].concat()).code, 2, "{verb:?} {day}");
        }
    }
}

#[test]
fn times_of_the_night_shift_are_understood_and_echoed() {
    let place = Place::declared();
    for (typed, understood) in [
        ("25:00", "2026-11-20 01:00 UTC"),
        ("24:30", "2026-11-20 00:30 UTC"),
        ("昨日 25:10", "2026-11-20 01:10 UTC"),
        ("11/20 01:05", "2026-11-20 01:05 UTC"),
        ("Thu 23:50", "2026-11-19 23:50 UTC"),
        ("昨夜 23:50", "2026-11-19 23:50 UTC"),
        ("令和8年11月20日 1:05", "2026-11-20 01:05 UTC"),
    ] {
        let ran = place.run(&["note", "x", "--at", typed]);
        assert!(ran.code == 0 && ran.err.contains(understood), "{typed}: {ran:?}");
    }
    for typed in ["25:99", "99:00", "2/30 1:00", "13/45 1:00", "令和0年11月20日 1:00", "昨夜 12:00"] {
        let err = place.fails(2, &["note", "x", "--at", typed]);
        assert!(err.contains(typed), "{err}");
    }
}

#[test]
fn a_kind_of_entries_that_there_is_not_is_refused_wherever_one_is_asked_for() {
    let place = Place::declared();
    for verb in [&["timeline"][..], &["search", "api"]] {
        let err = place.fails(2, &[verb, &["--kind", "nope"]].concat());
        assert!(err.contains("no kind of entry `nope`") && err.contains("note"), "{err}");
    }
    for kind in ["incident", "incident.declared", "decision", "observation"] {
        assert_eq!(place.run(&["timeline", "--kind", kind]).code, 0, "{kind}");
    }
}

#[test]
fn rows_of_the_night_the_clocks_go_back_carry_their_offset() {
    let place = Place::new();
    let new_york = |arguments: &[&str], now: &str| {
        let ran = with(&place, arguments, &[("TZ", Some("America/New_York")), ("HIKESHI_NOW", Some(now))]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out
    };
    new_york(&["declare", "night", "-q"], "2026-11-01T05:30:00Z");
    new_york(&["note", "second"], "2026-11-01T06:00:00Z");
    new_york(&["note", "third"], "2026-11-01T06:30:00Z");
    new_york(&["note", "fourth"], "2026-11-01T07:05:00Z");
    for view in [&["timeline"][..], &["show"]] {
        let shown = new_york(view, "2026-11-01T07:30:00Z");
        let line = |text: &str| shown.lines().rfind(|line| line.contains(text)).unwrap_or_default().trim().to_owned();
        assert!(line("second").starts_with("01:00 -05:00"), "{shown}");
        assert!(line("third").starts_with("01:30 -05:00"), "{shown}");
        assert!(line("fourth").starts_with("02:05 ") && !line("fourth").contains("-05:00"), "{shown}");
    }
    assert!(new_york(&["timeline"], "2026-11-01T07:30:00Z").contains("01:30 -04:00"));
}
