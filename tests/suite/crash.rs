//! A kill at any moment leaves a store that opens and holds every confirmed command.

use super::place::Place;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How many processes are killed.
const KILLS: usize = 220;

#[test]
fn kill_9_loses_nothing_that_was_confirmed() {
    let place = Place::declared();
    let mut confirmed: BTreeSet<String> = BTreeSet::new();
    let mut killed = 0;
    let begin = Instant::now();
    place.ok(&["-i", "1", "note", "how long one takes here"]);
    // From before the store is open to well into the writing, on whatever machine this is.
    let window = begin.elapsed().as_micros().saturating_mul(8);
    for round in 0..KILLS {
        // Confirmations are read from a pipe as they come, outside the store.
        let mut command = place.command(&["-i", "1", "-q", "note", "--each-line", "-"]);
        command.env_remove("HIKESHI_SEED").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("starts");
        let mut input = child.stdin.take().expect("a pipe");
        let output = child.stdout.take().expect("a pipe");
        let feeder = std::thread::spawn(move || {
            for line in 0.. {
                if writeln!(input, "round {round} line {line}").is_err() {
                    return;
                }
            }
        });
        let reader = std::thread::spawn(move || {
            let lines = BufReader::new(output).split(b'\n').map_while(Result::ok);
            lines.filter_map(|line| String::from_utf8(line).ok()).collect::<Vec<String>>()
        });
        let delay = u128::try_from(round).expect("fits") * 397 * window / 40_000 % window;
        std::thread::sleep(Duration::from_micros(u64::try_from(delay).expect("fits")));
        child.kill().expect("killed");
        child.wait().expect("ended");
        killed += 1;
        feeder.join().expect("fed");
        let mut lines = reader.join().expect("read");
        // The last line may be cut off in the pipe: only whole ids count.
        lines.retain(|line| line.len() >= 4);
        confirmed.extend(lines);
        if begin.elapsed() > Duration::from_mins(1) && killed >= 200 {
            break;
        }
    }
    assert!(killed >= 200, "{killed}");
    assert!(!confirmed.is_empty(), "some rounds wrote");
    let connection = rusqlite::Connection::open(place.store()).expect("opens");
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("checked");
    assert_eq!(sound, "ok");
    let mut query = connection.prepare("SELECT count(*) FROM log WHERE tag >= ?1 AND tag < ?1 || '~'").expect("asked");
    for id in &confirmed {
        let found: i64 = query.query_row([id], |row| row.get(0)).expect("counted");
        assert!(found >= 1, "{id} was confirmed and is gone");
    }
    drop(query);
    drop(connection);
    // The chain has no hole, and the store goes on.
    super::store::assert_chain(&place.store());
    place.ok(&["note", "still here"]);
}
