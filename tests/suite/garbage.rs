//! Every command with garbage wherever text comes in: it never panics, never acts on a terminal, never breaks the store.

use super::hostile::{FOREIGN_COLOR, NASTY, Verb, configuration, environment, garbage, noise};
use super::place::{HIKESHI, Place, Ran};
use super::targets::{assert_harmless, assert_no_markup};
use super::terminal::Terminal;
use hikeshi::engine::Engine;
use hikeshi::incident::localized::Lang;
use hikeshi::incident::time::Timestamp;
use hikeshi::render::postmortem::html;
use hikeshi::store::{Filter, Listing};
use hikeshi::text::Moments;
use hikeshi::view::Postmortem;
use proptest::prelude::{ProptestConfig, Strategy, prop};
use proptest::test_runner::TestRunner;
use std::ffi::OsString;
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a command may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// What `COMPLETE` is set to when a shell asks for completions.
const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// Everything that one run gets from outside.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub line: Vec<OsString>,
    pub environment: Vec<(&'static str, OsString)>,
    pub input: Vec<u8>,
    pub configuration: Vec<(OsString, Vec<u8>)>,
    pub homeless: bool,
}

/// A store in which every field that people fill in holds something nasty, and the ids of some of its entries.
pub fn nasty_store() -> (Place, Vec<String>) {
    let place = Place::new();
    let [color, c1, bidi, script, image, close, formula, ..] = NASTY.map(|nasty| format!("x {nasty}"));
    let [color, c1, bidi] = [&color, &c1, &bidi].map(String::as_str);
    let [script, image, close, formula] = [&script, &image, &close, &formula].map(String::as_str);
    place.ok(&[
        "declare",
        script,
        "--summary",
        image,
        "--detected-by",
        close,
        "--service",
        "api",
        "--severity",
        "sev1",
    ]);
    place.ok(&["declare", color, "--summary", bidi, "--service", "web", "--force"]);
    for (number, text) in [("1", script), ("1", color), ("1", formula), ("2", c1), ("2", bidi), ("2", image)] {
        place.ok(&["-i", number, "note", text, "--kind", "change", "--pin"]);
        place.ok(&["-i", number, "checklist", "add", text]);
        place.ok(&["-i", number, "link", "add", "chat", text]);
    }
    place.ok(&["-i", "1", "assign-role", "tech-lead", "ben", "--scope", script, "--handover", color]);
    place.ok(&["-i", "2", "mitigate", "--workaround", close]);
    // Words that nobody placed.
    place.fails(4, &["note", &format!("lost {color} {script}")]);
    let timeline = place.json(&["timeline", "1"]);
    let entries = timeline["entries"].as_array().expect("a list");
    let ids = entries.iter().filter_map(|entry| entry["id"].as_str().map(str::to_owned)).take(6).collect();
    (place, ids)
}

/// Runs in a home of its own with a copy of the store.
pub fn run(given: &Given, store: &Path, home: &Path) -> Ran {
    let here = home.join("w/x/y/z");
    std::fs::create_dir_all(&here).expect("made");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, here.join("pipe"), rustix::fs::FileType::Fifo, mode, 0).expect("a pipe");
    std::fs::write(here.join("there.toml"), given.configuration.first().map_or(&b"a = "[..], |(_, text)| text))
        .expect("written");
    for (name, text) in &given.configuration {
        let path = home.join(".config/hikeshi").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    std::fs::copy(store, home.join("hikeshi.db")).expect("copied");
    std::fs::write(home.join("input"), &given.input).expect("written");
    let mut command = Command::new(HIKESHI);
    command
        .env_clear()
        .env("HIKESHI_NOW", "2026-11-20T06:00:00Z")
        .env("USER", "aki")
        .env("HIKESHI_DB", home.join("hikeshi.db"))
        .envs(given.environment.iter().map(|(name, value)| (name, value)))
        .env("TMPDIR", home)
        .env("PATH", home.join("nothing"))
        .env("EDITOR", "/bin/true")
        .env("VISUAL", "/bin/true")
        .current_dir(&here)
        .args(&given.line)
        .stdin(File::open(home.join("input")).expect("opened"))
        .stdout(File::create(home.join("out")).expect("made"))
        .stderr(File::create(home.join("err")).expect("made"));
    if !given.homeless {
        command.env("HOME", home);
    }
    let mut child = command.spawn().expect("starts");
    let since = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("asked") {
            break status;
        }
        if since.elapsed() > PATIENCE {
            child.kill().expect("killed");
            child.wait().expect("ends");
            panic!("it didn't end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert_eq!(status.signal(), None, "it was killed");
    let text = |name: &str| String::from_utf8(std::fs::read(home.join(name)).expect("read")).expect("UTF-8");
    Ran { code: status.code().unwrap_or(-1), out: text("out"), err: text("err") }
}

/// What holds of any run.
pub fn assert_holds(given: &Given, ran: &Ran) {
    assert!((0..=5).contains(&ran.code), "exit code {}", ran.code);
    assert!(!ran.err.contains("panicked at") && !ran.err.contains("RUST_BACKTRACE"), "{}", ran.err);
    let says = |word: &str| given.line.iter().any(|given| given == word);
    let forced = given.environment.iter().any(|(name, _)| *name == "CLICOLOR_FORCE");
    let colored = forced || says("always") || says("--color=always");
    for (what, text) in [("stdout", &ran.out), ("stderr", &ran.err)] {
        assert!(!text.contains(FOREIGN_COLOR), "{what} has a colour of its own: {text:?}");
        let text = if colored { without_colors(text) } else { text.clone() };
        // A calendar's lines end as its standard has it (RFC 5545, 3.1), and so do those of a table (RFC 4180, 2.1).
        let text =
            if says("--ical") || says("csv") || says("--format=csv") { text.replace("\r\n", "\n") } else { text };
        assert_harmless(what, &text);
    }
    if completes(given) {
        return;
    }
    if ran.code == 0 && (says("html") || says("--format=html")) {
        assert_no_markup(&ran.out);
    }
    if ran.code == 0 && (says("csv") || says("--format=csv")) {
        assert!(!has_formula(&ran.out), "{}", ran.out);
    }
    if says("--json") {
        assert_json(given, ran);
    }
}

/// Whether a shell asked, and not a person.
fn completes(given: &Given) -> bool {
    given.environment.iter().any(|(name, value)| *name == "COMPLETE" && SHELLS.iter().any(|shell| value == shell))
}

fn assert_json(given: &Given, ran: &Ran) {
    // What needs attention was found, and is the document; a failure of the command itself has none.
    if ran.code == 0 || (ran.code == 3 && !ran.out.is_empty()) {
        let stream = given.line.iter().any(|word| word == "--each-line");
        let documents = if stream { ran.out.lines().collect() } else { vec![ran.out.as_str()] };
        for document in documents {
            let read = serde_json::from_str::<serde_json::Value>(document);
            assert!(read.is_ok_and(|value| value.is_object()), "no JSON document: {document:?}");
        }
        return;
    }
    let last = ran.err.lines().last().unwrap_or_default();
    let error: serde_json::Value = serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
    let error = &error["error"];
    assert!(error["kind"].is_string() && error["message"].is_string() && error["details"].is_array(), "{last}");
}

/// Whether a cell of comma separated values would be taken for a formula.
fn has_formula(csv: &str) -> bool {
    let mut cells = csv.lines().flat_map(|line| line.split(','));
    cells.any(|cell| {
        let cell = cell.trim_start_matches('"');
        cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err())
    })
}

/// The text without the program's own colours.
fn without_colors(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        left.push_str(before);
        let end = after.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
        rest = match end.and_then(|end| after[end..].strip_prefix('m')) {
            Some(after) => after,
            None => {
                left.push_str("\u{1b}[");
                after
            }
        };
    }
    left + rest
}

/// The store is whole, can be read, and what is made of it is no markup.
fn assert_whole(store: &Path) {
    let connection = rusqlite::Connection::open(store).expect("opens");
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("asked");
    assert_eq!(verdict, "ok");
    drop(connection);
    let store = Engine::new(store.to_owned(), None, None).read().expect("opens");
    let reader = store.reader();
    let all = Listing { all: true, restricted: true, ..Listing::default() };
    let rows = reader.list(&all).expect("listed");
    assert!(rows.len() >= 2, "nothing went away");
    reader.inbox().expect("read");
    let moments = Moments::new(jiff::tz::TimeZone::UTC, Lang::En);
    for row in rows {
        let incident = reader.incident(row.id).expect("read").expect("there");
        let entries = reader.timeline(row.id, &Filter::default()).expect("read");
        let now = Timestamp::from_millis(1_795_154_400_000);
        assert_no_markup(&html(
            &Postmortem::assemble(&incident, &entries, &hikeshi::incident::writing::PostmortemRule::default(), now),
            &moments,
        ));
    }
}

/// How many times each verb is run.
fn turns(verbs: usize) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse::<usize>().ok()).unwrap_or(0);
    u32::try_from((asked / verbs).max(2)).expect("few")
}

#[test]
fn no_command_minds_garbage() {
    let (place, entries) = nasty_store();
    let verbs = Verb::all();
    let cases = turns(verbs.len());
    for verb in verbs {
        let demo = verb.words == ["demo"];
        let config = ProptestConfig { cases: if demo { 1 } else { cases }, failure_persistence: None, ..config() };
        let given = (verb.line(&entries), environment(), noise(), configuration(), prop::bool::weighted(0.1)).prop_map(
            move |(mut line, environment, input, configuration, homeless)| {
                // Nobody watches, so that it need not wait.
                line.extend(demo.then(|| "--fast".into()));
                Given { line, environment, input, configuration, homeless }
            },
        );
        let outcome = TestRunner::new(config).run(&given, |given| {
            let home = tempfile::tempdir().expect("a folder");
            let ran = run(&given, &place.store(), home.path());
            assert_holds(&given, &ran);
            assert_whole(&home.path().join("hikeshi.db"));
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", verb.words.join(" "));
        }
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::default() }
}

#[test]
fn what_is_no_verb_is_refused_without_harm() {
    let (place, _) = nasty_store();
    let config = ProptestConfig { cases: turns(1).max(16), failure_persistence: None, ..config() };
    let words = (prop::collection::vec(garbage(), 0..4), environment(), noise(), configuration());
    let given = words.prop_map(|(line, environment, input, configuration)| Given {
        line,
        environment,
        input,
        configuration,
        homeless: false,
    });
    let outcome = TestRunner::new(config).run(&given, |given| {
        let home = tempfile::tempdir().expect("a folder");
        let ran = run(&given, &place.store(), home.path());
        assert_holds(&given, &ran);
        assert!(ran.code != 0 || completes(&given), "{}", ran.out);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn on_a_terminal_nasty_text_is_shown_and_not_obeyed() {
    let (place, _) = nasty_store();
    for lang in ["en", "ja"] {
        place.lang(lang);
        for look in ["show", "timeline", "checklist", "roles", "list", "inbox", "prompt"] {
            for number in ["1", "2"] {
                let mut terminal = Terminal::start(&place, &["-i", number, look]);
                terminal.ends();
                let shown = terminal.heard().replace("\r\n", "\n");
                assert!(!shown.contains('\u{fffd}'), "{look}: UTF-8: {shown:?}");
                assert!(!shown.contains(FOREIGN_COLOR), "{look}: {shown:?}");
                assert!(shown.trim().len() > 4, "{look} says something");
                assert_harmless(look, &without_colors(&shown));
            }
        }
    }
}

#[test]
fn formulas_are_told_from_numbers() {
    for nasty in NASTY.iter().filter(|nasty| nasty.starts_with(['=', '+', '@'])) {
        assert!(has_formula(&format!("1,\"{nasty}\",-2\n")), "{nasty}");
    }
    assert!(!has_formula("ref,minutes\n1,-2\n2,\"'=1\"\n"));
}

#[test]
fn colours_are_taken_out_and_nothing_else() {
    assert_eq!(without_colors("\u{1b}[1;31ma\u{1b}[0m \u{1b}[2Jb"), "a \u{1b}[2Jb");
}
