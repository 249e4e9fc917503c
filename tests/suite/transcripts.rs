//! The transcripts in `examples/`, and the one in the README, are run, and must print what they say. `HIKESHI_BLESS=1` writes what was printed.

use hikeshi::transcript::{Line, Transcript};
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn fastly() {
    replay("fastly-2021-06-08.md", "en");
}

#[test]
fn cloudflare() {
    replay("cloudflare-2019-07-02.md", "en");
}

#[test]
fn line() {
    replay("line-2020-11-09.md", "ja");
}

#[test]
fn a_pasted_password() {
    replay("a-pasted-password.md", "en");
}

#[test]
fn what_helped_last_time() {
    replay("what-helped-last-time.md", "en");
}

#[test]
fn readme() {
    replay("../README.md", "en");
}

fn replay(name: &str, lang: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let source = std::fs::read_to_string(&path).expect("a transcript");
    let transcript = Transcript::parse(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut printed: Vec<(usize, String)> = Vec::new();
    for line in &transcript.lines {
        let Line::Run(step) = line else { continue };
        let arguments = step.arguments().unwrap_or_else(|| panic!("{name}:{}: not a command of hikeshi's", step.line));
        let output = Command::new(super::place::HIKESHI)
            .env_clear()
            .env("HOME", folder.path())
            .env("HIKESHI_DB", folder.path().join("hikeshi.db"))
            .env("HIKESHI_NOW", &step.now)
            .env("HIKESHI_SEED", name)
            .env("HIKESHI_ACTOR", &step.actor)
            .env("HIKESHI_LANG", lang)
            .env("TZ", step.zone.as_deref().unwrap_or("UTC"))
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .args(arguments)
            .output()
            .expect("runs");
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
        printed.push((step.line, text));
    }
    if std::env::var("HIKESHI_BLESS").is_ok() {
        std::fs::write(&path, blessed(&source, &printed)).expect("written");
        return;
    }
    for (line, text) in printed {
        let step = transcript.lines.iter().find_map(|one| match one {
            Line::Run(step) if step.line == line => Some(step),
            _ => None,
        });
        let wanted = &step.expect("it was run").output;
        assert_eq!(&text, wanted, "{name}:{line}: what the command prints has changed; HIKESHI_BLESS=1 writes it");
    }
}

/// The source with every command's output in place of the one it had.
fn blessed(source: &str, printed: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut inside = false;
    for (index, line) in source.lines().enumerate() {
        let fence = line.starts_with("```");
        let typed = printed.iter().find(|(number, _)| *number == index + 1);
        if inside && !fence && typed.is_none() {
            continue;
        }
        if fence {
            inside = line.starts_with("```console");
        }
        text.push_str(line);
        text.push('\n');
        if let Some((_, output)) = typed {
            text.push_str(output);
        }
    }
    text
}
