//! The segment for a shell's prompt, in the shells themselves, wired as the README says.

use super::place::{HIKESHI, Place};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const README: &str = include_str!("../../README.md");

/// Titles that do something, each in some shell, when a prompt is read again.
const HOSTILE: [&str; 8] = [
    "$(touch pwned)",
    "`touch pwned`",
    "a'\"$(touch pwned)\"'",
    "\\$(touch pwned)",
    "%(e:touch pwned:)%1v!",
    "${x:=$(touch pwned)}",
    "x;touch pwned;y",
    "&&touch pwned||",
];

/// The lines that the README gives for a shell.
fn wiring(shell: &str) -> String {
    let start = README.lines().skip_while(|line| !line.starts_with(&format!("# {shell},"))).skip(1);
    let lines: Vec<&str> = start.take_while(|line| !line.starts_with("# ") && !line.starts_with("```")).collect();
    assert!(!lines.is_empty(), "the README says nothing of {shell}");
    lines.join("\n")
}

/// Runs lines in a shell in which `hikeshi` is this program; everything it printed.
fn typed(place: &Place, shell: &[&str], lines: &str) -> String {
    let (program, arguments) = shell.split_first().expect("a shell");
    let bin = Path::new(HIKESHI).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a path"));
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("PATH", path).env("HOME", place.path()).env("TERM", "dumb");
    command.env("HIKESHI_DB", place.store()).env("HIKESHI_ACTOR", "aki").env("LC_ALL", "C.UTF-8");
    command.current_dir(place.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn is_here(shell: &str) -> bool {
    Command::new(shell).args(["-c", "true"]).status().is_ok_and(|status| status.success())
}

/// The ways into a prompt: what starts a shell, what is typed, and whether the shell is there on every machine.
fn ways() -> Vec<(&'static str, Vec<&'static str>, String)> {
    let interactive = vec!["bash", "--norc", "--noprofile", "-i"];
    let subst = "setopt prompt_subst prompt_bang\n";
    vec![
        ("bash", interactive.clone(), format!("{}\ntrue\nexit\n", wiring("bash"))),
        ("bash", interactive.clone(), "PROMPT_COMMAND='PS1=\"$(hikeshi prompt)> \"'\ntrue\ntrue\nexit\n".to_owned()),
        ("bash", interactive, "PS1='$(hikeshi prompt)> '\ntrue\ntrue\nexit\n".to_owned()),
        ("bash", vec!["bash", "-O", "promptvars", "-c"], "p=$(hikeshi prompt); echo \"${p@P}\"".to_owned()),
        ("bash", vec!["bash", "-c"], "eval \"p='$(hikeshi prompt)'\"; echo \"$p\"".to_owned()),
        ("dash", vec!["dash", "-i"], "PS1='$(hikeshi prompt)> '\ntrue\ntrue\nexit\n".to_owned()),
        ("dash", vec!["dash", "-i"], "PS1=\"$(hikeshi prompt)> \"\ntrue\ntrue\nexit\n".to_owned()),
        ("zsh", vec!["zsh", "-f", "-i"], format!("{}\ntrue\nexit\n", wiring("zsh"))),
        ("zsh", vec!["zsh", "-f", "-i"], format!("{subst}PROMPT='$(hikeshi prompt)> '\ntrue\ntrue\nexit\n")),
        ("zsh", vec!["zsh", "-f", "-i"], format!("{subst}PROMPT=\"$(hikeshi prompt)> \"\ntrue\ntrue\nexit\n")),
        ("zsh", vec!["zsh", "-f", "-c"], format!("{subst}print -P -- \"$(hikeshi prompt)\"")),
        ("fish", vec!["fish", "--no-config", "-i"], format!("{}\nfish_right_prompt\nexit\n", wiring("fish"))),
        ("fish", vec!["fish", "--no-config", "-c"], "eval \"echo '\"(hikeshi prompt)\"'\"".to_owned()),
    ]
}

#[test]
fn nothing_in_a_title_is_run_by_a_shells_prompt() {
    for title in HOSTILE {
        let place = Place::new();
        let declared = place.run_with(&["declare", "-", "-q"], title.as_bytes());
        assert_eq!(declared.code, 0, "{}", declared.err);
        let segment = place.ok(&["prompt"]);
        for (shell, start, lines) in ways().into_iter().filter(|(shell, ..)| is_here(shell)) {
            let printed = if start.last() == Some(&"-c") {
                typed(&place, &[start.as_slice(), &[lines.as_str()]].concat(), "")
            } else {
                typed(&place, &start, &lines)
            };
            assert!(!place.path().join("pwned").exists(), "{shell}: {title:?} was run: {lines}\n{printed}");
            assert!(printed.contains(segment.trim_end()), "{shell}: {lines}\n{printed}");
        }
    }
}

#[test]
fn a_segment_has_colours_only_where_a_person_reads_it() {
    let place = Place::declared();
    for arguments in [&["prompt"][..], &["prompt", "--color", "always"]] {
        let mut command = place.command(arguments);
        let output = command.env("CLICOLOR_FORCE", "1").output().expect("runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "#1 sev2 API down\n");
    }
}
