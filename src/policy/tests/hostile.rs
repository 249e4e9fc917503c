//! Files that nobody wrote with good intentions: problems, and never a panic.

use crate::policy::{Library, PLAYBOOKS, POLICY, Problem, ProblemKind, lint_playbook, lint_policy, lint_settings};
use proptest::prelude::{Strategy, any, proptest};
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load(None).expect("the compiled-in library"));

fn lint_all(text: &str) -> [Vec<Problem>; 3] {
    [
        lint_playbook("hostile.toml", text, &LIBRARY, Some("2026-11-21")),
        lint_policy("policy.toml", text, &LIBRARY),
        lint_settings("config.toml", text),
    ]
}

#[test]
fn absurd_files_have_problems() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let keys = (0..20_000).fold(String::new(), |text, number| text + &number.to_string() + " = 1\n");
    for text in [
        format!("a = {}", many("[", 500_000)),
        format!("a = {}", many("{b = ", 100_000)),
        format!("{}a = 1", many("a.", 400_000)),
        format!("[{}a]", many("a.", 400_000)),
        many("\0", 20_000),
        keys,
        many("=\n", 20_000),
        many("a = 1\n", 20_000),
        many("[[step]]\n", 20_000),
        format!("name = \"{}\"", many("x", 900_000)),
        format!("id = \"{}\" = 1", many("x", 900_000)),
        format!("roles = [{}]", many("\"x\", ", 20_000)),
        format!("{} = 1", many("k", 900_000)),
        "name = \"\\u0000\"\nid = \"\\u001b[2J\"\ndefault_playbook = \"\\u202e\"".to_owned(),
        "version = 99999999999999999999999999\nschema = -1\nname = 1e999".to_owned(),
        "\u{feff}\u{feff}".to_owned(),
        "\r\r\r".to_owned(),
    ] {
        for problems in lint_all(&text) {
            let start: String = text.chars().take(40).collect();
            assert!(!problems.is_empty(), "{start}");
            assert!(problems.len() <= 201, "{start}: {}", problems.len());
            assert!(problems.iter().all(|problem| problem.source_line.len() <= 4000), "{start}");
        }
    }
}

#[test]
fn two_mebibytes_are_not_even_parsed() {
    for problems in lint_all(&"#".repeat(2 * 1024 * 1024)) {
        assert!(matches!(problems.as_slice(), [Problem { what: ProblemKind::TooLarge { .. }, .. }]));
    }
}

#[test]
fn more_steps_than_anybody_can_take_are_refused() {
    let step = |number: usize| format!("[[step]]\nid = \"s{number}\"\ntext = {{ en = \"a\", ja = \"a\" }}\n");
    let head = "id = \"hostile\"\nversion = 1\nreviewed = 2026-01-01\ntitle = { en = \"a\", ja = \"a\" }\n\
                purpose = { en = \"a\", ja = \"a\" }\nroles = [\"scribe\"]\n";
    let text = (0..501).fold(head.to_owned(), |text, number| text + &step(number));
    let [problems, ..] = lint_all(&text);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].what, ProblemKind::TooManySteps { count: 501, most: 500 });
}

/// A file with pieces cut out, doubled and strewn in.
fn mutated() -> impl Strategy<Value = String> {
    let strewn =
        ["[[", "]]", "\"", "\"\"\"", "{", "}", "=", "\n", "\0", "\u{1b}", ".", ",", "é", "障", "[_]\n", "'''", "#"];
    let change = (any::<usize>(), any::<usize>(), 0..=strewn.len());
    (0..=PLAYBOOKS.len(), proptest::collection::vec(change, 1..8)).prop_map(move |(file, changes)| {
        let mut letters: Vec<char> = PLAYBOOKS.get(file).map_or(POLICY, |(_, text)| text).chars().collect();
        for (from, length, piece) in changes {
            let from = from % (letters.len() + 1);
            match strewn.get(piece) {
                Some(piece) => drop(letters.splice(from..from, piece.chars())),
                None => drop(letters.drain(from..(from + length % 200).min(letters.len()))),
            }
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    #[test]
    fn mutations_never_panic(text in mutated()) {
        for problem in lint_all(&text).into_iter().flatten() {
            let lines = text.split('\n').count();
            assert!(problem.line >= 1 && problem.line <= lines && problem.column >= 1);
        }
    }

    #[test]
    fn noise_never_panics(text in "(\\PC|[\"\\[\\]{}=\n.#'\\\\\0]){0,200}") {
        lint_all(&text);
    }
}
