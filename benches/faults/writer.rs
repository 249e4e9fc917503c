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
    Writer {
        name: "evidence add",
        needs: "evidence",
        from_nothing: false,
        kind: "evidence.added",
        prepare: |scene, word| {
            let file = scene.root().with_extension("log");
            std::fs::write(&file, word.repeat(4_000)).expect("written");
            let file = file.to_str().expect("UTF-8");
            call(&["-i", "1", "-q", "evidence", "add", file, "--note", &word, "--key", &word], &word)
        },
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "run",
        needs: "run",
        from_nothing: false,
        kind: "command.run",
        prepare: |_, word| call(&["-i", "1", "run", "--key", &word, "--", "echo", &word], &word),
        // Its exit code is the command's; what it says of the record is what counts.
        confirms: |ended| {
            usize::from(ended.err.lines().any(|line| line.starts_with("#1 $ ") || line.ends_with("in the spool")))
        },
        again: &[0],
    },
    Writer {
        name: "update",
        needs: "update",
        from_nothing: false,
        kind: "statement.drafted",
        prepare: |_, word| {
            let said =
                ["-i", "1", "-q", "update", "said", &word, "--audience", "staff", "--sent-by-hand", "--key", &word];
            call(&said, &word)
        },
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "redact",
        needs: "redact",
        from_nothing: false,
        kind: "entry.redacted",
        prepare: |scene, word| {
            let id = scene.must(&["-i", "1", "-q", "note", "pasted", "by", "mistake"]);
            call(&["-q", "redact", id.trim(), "--reason", &word], &word)
        },
        confirms: done,
        // 1: the words are gone already.
        again: &[0, 1],
    },
    Writer {
        name: "amend",
        needs: "amend",
        from_nothing: false,
        kind: "entry.amended",
        prepare: |scene, word| {
            let id = scene.must(&["-i", "1", "-q", "note", "a", "slip"]);
            call(&["-q", "amend", id.trim(), &word, "--key", &word], &word)
        },
        confirms: done,
        again: &[0],
    },
    Writer {
        name: "spool brought in",
        needs: "doctor",
        from_nothing: false,
        kind: "note.added",
        prepare: |scene, word| {
            let queue = scene.store().with_extension("queue");
            // Nobody may have written yet.
            drop(std::fs::remove_file(&queue));
            std::fs::create_dir(&queue).expect("made");
            let waits = self::word();
            scene.must(&["-i", "1", "-q", "note", "while away", &waits]);
            std::fs::remove_dir(&queue).expect("removed");
            let mut call = call(&["-i", "1", "-q", "note", "back", &word, "--key", &word], &word);
            call.words = vec![waits, word];
            call
        },
        // What waits was confirmed before.
        confirms: |ended| 1 + done(ended),
        again: &[0],
    },
    Writer {
        name: "migration",
        needs: "doctor",
        from_nothing: true,
        kind: "note.added",
        prepare: |scene, word| {
            use std::os::unix::fs::OpenOptionsExt;
            std::fs::create_dir_all(scene.store().parent().expect("a folder")).expect("made");
            let golden = include_bytes!("../../tests/golden/store-v1.db");
            let mut file = std::fs::OpenOptions::new();
            let mut file = file.write(true).create(true).truncate(true).mode(0o600).open(scene.store()).expect("made");
            std::io::Write::write_all(&mut file, golden).expect("written");
            file.sync_all().expect("synced");
            call(&["-i", "1", "-q", "note", "after", &word, "--key", &word], &word)
        },
        confirms: done,
        again: &[0],
    },
];

impl Writer {
    pub fn exists(&self) -> bool {
        has_verb(self.needs)
    }

    /// Whether all that lies on its disk was written by commands, so that a power cut can be replayed from their calls.
    pub fn is_replayable(&self) -> bool {
        self.name != "migration"
    }

    /// Whether an exit code is one of the contract's; `run` also ends as a shell does that can't start a command, or
    /// whose command was ended by the pipe that nobody could read any more (128 + SIGPIPE).
    pub fn may_end_with(&self, code: i32) -> bool {
        (0..=5).contains(&code) || (self.name == "run" && [126, 127, 141].contains(&code))
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
