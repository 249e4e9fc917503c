//! Commands that answer, refuse, hang and flood.

use super::at;
use crate::incident::oncall::{CommandFault, OnCallError};
use crate::oncall::{Source, on_call};
use std::time::{Duration, Instant};

/// Enough for any of them under load.
const LONG: Duration = Duration::from_secs(20);

fn run(words: &[&str], timeout: Duration) -> Result<Vec<String>, CommandFault> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let answer = on_call(&Source::Command(&words, &[]), at("2026-11-20T05:05:00Z"), timeout);
    answer.map_err(|error| match error {
        OnCallError::Command { fault, program } => {
            assert_eq!(Some(program), words.first().cloned().or_else(|| Some(String::new())));
            fault
        }
        OnCallError::Calendar { .. } => panic!("{error}"),
    })
}

fn sh(script: &str) -> Result<Vec<String>, CommandFault> {
    run(&["sh", "-c", script], LONG)
}

#[test]
fn each_line_is_a_name() {
    for (script, names) in [
        ("printf '佐藤 花子\\r\\n\\n  Suzuki\\nSuzuki\\n'", vec!["佐藤 花子", "Suzuki"]),
        ("printf Kato", vec!["Kato"]),
        ("true", vec![]),
        ("echo noise >&2; echo A", vec!["A"]),
        ("echo \"$HIKESHI_ON_CALL_AT\"", vec!["2026-11-20T05:05:00.000Z"]),
        ("read -r line || echo nothing to read", vec!["nothing to read"]),
        (
            "seq 1 20",
            vec![
                "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
                "19", "20",
            ],
        ),
    ] {
        assert_eq!(sh(script), Ok(names.into_iter().map(str::to_owned).collect()), "{script}");
    }
    // Without a shell nothing in an argument means anything.
    assert_eq!(run(&["printf", "%s", "$(id); `id` > x"], LONG), Ok(vec!["$(id); `id` > x".to_owned()]));
}

#[test]
fn what_is_no_list_of_names_is_refused() {
    for (script, fault) in [
        ("seq 1 21", CommandFault::TooMany),
        ("printf 'A\\nB\\033[31m\\n'", CommandFault::NotAName { line: 2 }),
        ("printf 'A\\n\\377\\n'", CommandFault::NotAName { line: 2 }),
        ("printf '%0300d' 7", CommandFault::NotAName { line: 1 }),
        ("yes '' | head -n 70000; echo A", CommandFault::NotAName { line: 65_538 }),
    ] {
        assert_eq!(sh(script), Err(fault), "{script}");
    }
}

#[test]
fn a_refusal_says_what_the_command_said_last() {
    let said = |text: &str| Some(text.to_owned());
    for (script, code, said) in [
        ("echo A; echo first >&2; echo 'no rota for payments' >&2; echo >&2; exit 3", 3, said("no rota for payments")),
        ("exit 1", 1, None),
        ("kill -KILL $$", 137, None),
        ("echo 'password=tr0ub4dor-and-3' >&2; exit 1", 1, said("password=[password]")),
    ] {
        match sh(script) {
            Err(CommandFault::Failed { code: found, said: found_said }) => {
                assert_eq!(found, code, "{script}");
                let hidden = found_said.as_ref().is_none_or(|text| !text.contains("tr0ub4dor"));
                assert!(hidden && found_said.is_some() == said.is_some(), "{script}: {found_said:?}");
                assert!(script.contains("password") || found_said == said, "{script}: {found_said:?}");
            }
            other => panic!("{script}: {other:?}"),
        }
    }
    assert_eq!(run(&[], LONG), Err(CommandFault::Empty));
    assert!(matches!(run(&["/nowhere/who-is-on-call"], LONG), Err(CommandFault::NotStarted { .. })));
}

/// Whether a process of this number is there and is not a corpse.
fn lives(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

#[test]
fn a_command_that_hangs_is_stopped_with_all_it_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pid");
    let script = format!("echo asking >&2; sleep 600 & echo $! > {}; wait", file.display());
    let begun = Instant::now();
    let timeout = Duration::from_secs(1);
    let refused = run(&["sh", "-c", &script], timeout);
    assert_eq!(refused, Err(CommandFault::TimedOut { after: timeout, said: Some("asking".to_owned()) }));
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    let pid = std::fs::read_to_string(file).expect("it had begun");
    let gone = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        !lives(&pid)
    });
    assert!(gone, "{pid} still runs");
}

#[test]
fn what_a_command_leaves_behind_is_not_waited_for() {
    let begun = Instant::now();
    assert_eq!(sh("sleep 600 & echo A"), Ok(vec!["A".to_owned()]));
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
}

#[test]
fn a_flood_is_stopped() {
    let begun = Instant::now();
    let refused = run(&["yes"], Duration::from_millis(500));
    assert!(matches!(refused, Err(CommandFault::TimedOut { .. })), "{refused:?}");
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
}
