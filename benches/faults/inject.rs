//! Faults at exactly one call to the system: refused, refused from then on, or the last one before a kill.

use super::dice::Dice;
use super::kill::repeat;
use super::scene::Scene;
use super::strace::{self, CALLS, GROWING, Traced};
use super::table::Row;
use super::verdict::{Depth, Fact, judge};
use super::writer::Writer;
use std::collections::HashMap;
use std::path::Path;

/// What happens at the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An I/O error.
    Io,
    /// No space is left.
    Full,
    /// The process is killed instead of the call.
    Kill,
}

impl Fault {
    const fn name(self) -> &'static str {
        match self {
            Self::Io => "EIO at each call",
            Self::Full => "ENOSPC at each call",
            Self::Kill => "kill -9 at each call",
        }
    }

    const fn effect(self) -> &'static str {
        match self {
            Self::Io => "error=EIO",
            Self::Full => "error=ENOSPC",
            Self::Kill => "signal=KILL",
        }
    }

    fn strikes(self, call: &str) -> bool {
        let calls = if self == Self::Full { GROWING } else { CALLS };
        calls.split(',').any(|one| one == call)
    }
}

/// How many tries share a store.
const EACH: usize = 25;

/// Strikes at every call that a writer makes to its store, or at a sample of them.
pub fn inject(under: &Path, writer: &Writer, fault: Fault, sample: Option<usize>, dice: &mut Dice) -> Row {
    let mut row = Row::new(fault.name(), writer.name);
    let mut points: Vec<String> = Vec::new();
    for (call, nth) in calls(under, writer) {
        if fault.strikes(&call) {
            points.push(format!("inject={call}:{}:when={nth}", fault.effect()));
            // A disk that is broken or full usually stays so. A lock that is refused for ever is only waited for.
            if fault != Fault::Kill && call != "fcntl" {
                points.push(format!("inject={call}:{}:when={nth}+", fault.effect()));
            }
        }
    }
    let mut points = dice.some(points, sample).into_iter().peekable();
    while points.peek().is_some() {
        let mut scene = writer.scene(under);
        let mut facts: Vec<Fact> = Vec::new();
        let mut well = true;
        for point in points.by_ref().take(if writer.from_nothing { 1 } else { EACH }) {
            let shown = format!("{}, -e {point}", scene.root().display());
            let wrong = strike(writer, &scene, &point, &mut row.tried, &mut facts);
            well &= row.complain(wrong, &shown);
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

/// One fault, and what is wrong afterwards.
fn strike(writer: &Writer, scene: &Scene, point: &str, tried: &mut usize, facts: &mut Vec<Fact>) -> Vec<String> {
    let call = writer.call(scene);
    let (ended, trace) = scene.strained(&call, &["-e", point]);
    if !trace.contains("INJECTED") && !trace.contains("killed by SIGKILL") {
        // The store has grown since the calls were counted: this one is not reached any more.
        facts.extend(writer.facts(&call, &ended));
        return Vec::new();
    }
    *tried += 1;
    let mut wrong = Vec::new();
    if ended.hung {
        wrong.push("it hangs".to_owned());
    }
    let killed = trace.contains("killed by SIGKILL");
    if !killed && !ended.code.is_some_and(|code| writer.may_end_with(code)) || ended.err.contains("panicked") {
        wrong.push(format!("it ends with {:?}: {}", ended.code, ended.err.trim()));
    }
    facts.extend(writer.facts(&call, &ended));
    wrong.extend(judge(scene, facts, Depth::Look).wrong);
    if wrong.is_empty() {
        wrong.extend(repeat(writer, scene, &call, facts));
        wrong.extend(judge(scene, facts, Depth::Look).wrong);
    }
    wrong
}

/// The calls that an unharmed run makes to its store or to say what it did, and which of their name each one is.
fn calls(under: &Path, writer: &Writer) -> Vec<(String, usize)> {
    let scene = writer.scene(under);
    // The first command in a new place also settles who it is; the many that follow don't.
    if !writer.from_nothing {
        let call = writer.call(&scene);
        scene.run(&call.arguments, &call.lines);
    }
    let call = writer.call(&scene);
    let (_, trace) = scene.strained(&call, &[]);
    let traced = strace::parse(&trace);
    // strace counts the calls of each thread by themselves.
    let main = traced.first().map(|one| one.thread.clone()).expect("a trace");
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for one in traced.into_iter().filter(|one| one.thread == main) {
        let nth = seen.entry(one.name.clone()).or_default();
        *nth += 1;
        if concerns(&one, scene.root()) {
            found.push((one.name, *nth));
        }
    }
    found
}

fn concerns(call: &Traced, root: &Path) -> bool {
    let says = call.name == "write" && ["1<", "2<"].iter().any(|own| call.arguments[0].starts_with(own));
    let root = root.display().to_string();
    // The folder in which the process stands is named by every relative path.
    let here = format!("AT_FDCWD<{root}>");
    says || call.arguments.iter().chain([&call.result]).any(|shown| *shown != here && shown.contains(&root))
}
