//! The commands that are harmed: one row for each.

use super::scene::{Call, Ended, Scene, has_verb, word};
use super::verdict::Fact;
use std::path::Path;

/// A command that writes.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    pub name: &'static str,
    /// The verb without which the row is left out, said aloud.
    pub needs: &'static str,
    /// Whether each try begins without a store; else with a store that holds one incident, shared by many tries.
    pub from_nothing: bool,
    /// The kind of the log's entry that holds a fact's word, exactly once.
    pub kind: &'static str,
    /// Does what must come before, unharmed, and returns the command, which has to carry the word.
    pub prepare: fn(&Scene, String) -> Call,
    /// How many facts, in the order of their words, what a command said confirms.
    pub confirms: fn(&Ended) -> usize,
    /// The exit codes of the same command again, unharmed, after which its facts are there once; none where it can't
    /// be repeated.
    pub again: &'static [i32],
}

/// Every command that is harmed. A verb that comes later is one more row.
pub const WRITERS: &[Writer] = &[
    Writer {
        name: "note",
        needs: "note",
        from_nothing: false,
        kind: "note.added",
        prepare: |_, word| call(&["-i", "1", "-q", "note", "seen", &word, "--key", &word], &word),
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "note --each-line",
        needs: "note",
        from_nothing: false,
        kind: "note.added",
        prepare: |_, _| {
            let words: Vec<String> = (0..60).map(|_| word()).collect();
            let lines = words.iter().map(|word| format!("line {word}")).collect();
            let arguments = ["-i", "1", "-q", "note", "--each-line", "-"].map(str::to_owned).to_vec();
            Call { arguments, lines, words }
        },
        // Every line is confirmed by one of its own; the last one may be cut off in the pipe.
        confirms: |ended| ended.out.matches('\n').count(),
        again: &[],
    },
    Writer {
        name: "resolve",
        needs: "resolve",
        from_nothing: false,
        kind: "incident.resolved",
        prepare: |scene, word| {
            let number = scene.must(&["declare", "one of many", "--force", "-q"]);
            call(&["-i", number.trim(), "-q", "resolve", "rebooted", &word, "--key", &word], &word)
        },
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "declare, new store",
        needs: "declare",
        from_nothing: true,
        kind: "incident.declared",
        prepare: |_, word| call(&["-q", "declare", "down", &word, "--force", "--key", &word], &word),
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "note, to the inbox",
        needs: "inbox",
        from_nothing: false,
        kind: "inbox.kept",
        prepare: |scene, word| {
            // With two incidents open nobody knows where it belongs.
            if scene.run(&["-i".to_owned(), "2".to_owned(), "show".to_owned()], &[]).code != Some(0) {
                scene.must(&["declare", "another", "--force", "-q"]);
            }
            call(&["note", "heard", &word, "--key", &word], &word)
        },
        confirms: |ended| usize::from(ended.err.contains("your words are kept")),
        again: &[4],
    },
    Writer {
        name: "inbox file",
        needs: "inbox",
        from_nothing: false,
        kind: "note.added",
        prepare: |scene, word| {
            if scene.run(&["-i".to_owned(), "2".to_owned(), "show".to_owned()], &[]).code != Some(0) {
                scene.must(&["declare", "another", "--force", "-q"]);
            }
            let kept = scene.run(&["note".to_owned(), word.clone()], &[]).err;
            let id = kept.split("inbox file ").nth(1).and_then(|rest| rest.split(' ').next()).expect("kept");
            call(&["-q", "inbox", "file", id, "-i", "1"], &word)
        },
        confirms: done,
        // 4: filed before, no more in the inbox.
        again: &[0, 4],
    },
];

impl Writer {
    pub fn exists(&self) -> bool {
        has_verb(self.needs)
    }

    /// Where its tries begin.
    pub fn scene(&self, under: &Path) -> Scene {
        if self.from_nothing { Scene::empty(under) } else { Scene::declared(under) }
    }

    pub fn call(&self, scene: &Scene) -> Call {
        (self.prepare)(scene, word())
    }

    /// A call's facts, with what was confirmed of them.
    pub fn facts(&self, call: &Call, ended: &Ended) -> Vec<Fact> {
        let confirmed = (self.confirms)(ended);
        let fact = |(index, word): (usize, &String)| Fact {
            word: word.clone(),
            kind: self.kind,
            confirmed: index < confirmed,
        };
        call.words.iter().enumerate().map(fact).collect()
    }
}

/// A command that carries one fact.
fn call(arguments: &[&str], word: &str) -> Call {
    let arguments = arguments.iter().map(|&one| one.to_owned()).collect();
    Call { arguments, lines: Vec::new(), words: vec![word.to_owned()] }
}

/// It ended well, or had said so before it was ended.
fn done(ended: &Ended) -> usize {
    usize::from(ended.code.map_or_else(|| ended.out.contains('\n'), |code| code == 0))
}
