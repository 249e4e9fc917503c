//! `kill -9` at any moment.

use super::dice::Dice;
use super::scene::Scene;
use super::table::Row;
use super::verdict::{Depth, Fact, judge};
use super::writer::Writer;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many kills one store goes through.
const EACH: usize = 20;

/// Kills a writer so many times, from before it has begun to after it would have ended.
pub fn kills(under: &Path, writer: &Writer, times: usize, dice: &mut Dice) -> Row {
    let mut row = Row::new("kill -9 at random", writer.name);
    let usual = usual(under, writer);
    while row.tried < times {
        let mut scene = writer.scene(under);
        let mut facts: Vec<Fact> = Vec::new();
        let mut well = true;
        for round in 0..if writer.from_nothing { 1 } else { EACH } {
            if row.tried == times {
                break;
            }
            let call = writer.call(&scene);
            let after = usual * u32::try_from(dice.below(2000)).expect("fits") / 1000;
            let ended = scene.killed(&call, after);
            row.tried += 1;
            let shown = format!("{}, killed after {after:?}", scene.root().display());
            facts.extend(writer.facts(&call, &ended));
            // Most are looked at as the kill left them, so that several kills meet in one store.
            let depth = if round % 5 == 4 { Depth::Write } else { Depth::Look };
            well &= row.complain(judge(&scene, &facts, depth).wrong, &shown);
            if round % 3 == 0 {
                well &= row.complain(repeat(writer, &scene, &call, &mut facts), &shown);
            }
            if !well {
                break;
            }
        }
        let shown = scene.root().display().to_string();
        if well {
            well = row.add(judge(&scene, &facts, Depth::Write), &shown);
        }
        if !well {
            scene.keep();
        }
    }
    row
}

/// Asks for the same again, unharmed: it must work, and then be there once.
pub fn repeat(writer: &Writer, scene: &Scene, call: &super::scene::Call, facts: &mut [Fact]) -> Vec<String> {
    if writer.again.is_empty() {
        return Vec::new();
    }
    let ended = scene.run(&call.arguments, &call.lines);
    if !ended.code.is_some_and(|code| writer.again.contains(&code)) {
        return vec![format!("the same again ends with {:?}: {}", ended.code, ended.err.trim())];
    }
    for fact in facts.iter_mut().filter(|fact| call.words.contains(&fact.word)) {
        fact.confirmed = true;
    }
    Vec::new()
}

/// How long it takes unharmed: the longest of three.
fn usual(under: &Path, writer: &Writer) -> Duration {
    let took = (0..3).map(|_| {
        let scene = writer.scene(under);
        let call = writer.call(&scene);
        let begin = Instant::now();
        scene.killed(&call, Duration::from_secs(20));
        begin.elapsed()
    });
    took.max().unwrap_or_default()
}
