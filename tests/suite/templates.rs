//! Templates of the organisation's own, and that none of them takes the machine.

use super::place::{HIKESHI, Place, Ran};
use std::process::Command;

/// Each builds up far more than a statement, in another way.
const GREEDY: [&str; 12] = [
    "{% set a = 'xxxxxxxxxxxxxxxx' %}{% set a = a ~ a %}",
    "{% set a = 'xxxxxxxxxxxxxxxx' %}{% set a = a + a %}",
    "{% set a = 'x' %}{% set a = a | replace('x', 'xx') %}",
    "{% set a = 'x' %}{% set a = [a, a] | join('') %}",
    "{% set a %}{% for i in range(9999) %}{{ 'x' * 99999 }}{% endfor %}{% endset %}{{ a | length }}",
    "{% filter upper %}{% for i in range(9999) %}{{ 'x' * 99999 }}{% endfor %}{% endfilter %}",
    "{% for i in [1] %}{{ ('x' * 100000000) ~ ('x' * 100000000) | length }}{% endfor %}",
    "{{ ([1] * 100000000) | list | length }}",
    "{{ 'x' | indent(4000000000, true) | length }}",
    "{{ [1] | batch(1000000000, 'x') | list | length }}",
    "{{ '%4000000000d' | format(1) | length }}",
    "{{ [1] | slice(1000000000) | list | length }}",
];

/// The template, its step repeated until it would be gigabytes.
fn grown(source: &str) -> String {
    match source.rfind("{% set a = ").filter(|at| *at > 0) {
        Some(at) => format!("{}{}{{{{ a | length }}}}\n", &source[..at], source[at..].repeat(40)),
        None => format!("{source}\n"),
    }
}

/// A draft for executives, by a program that may use 800 MB of addresses in all.
fn draft(place: &Place, lang: &'static str) -> Ran {
    place.lang(lang);
    let given = place.command(&[]);
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 800000; exec \"$0\" update --audience executives --sent-by-hand", HIKESHI]);
    command
        .env_clear()
        .envs(given.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(place.path());
    command.output().expect("runs").into()
}

#[test]
fn a_template_that_asks_for_all_memory_gets_a_little() {
    let place = Place::declared();
    let folder = place.path().join(".config/hikeshi/templates");
    std::fs::create_dir_all(&folder).expect("made");
    for source in GREEDY {
        for lang in ["en", "ja"] {
            std::fs::write(folder.join(format!("initial.executives.{lang}.txt")), grown(source)).expect("written");
            std::fs::write(folder.join(format!("progress.executives.{lang}.txt")), grown(source)).expect("written");
        }
        let ran = draft(&place, "en");
        assert_eq!(ran.code, 0, "{source}\n{}", ran.err);
        assert!(ran.err.contains(".en.txt") && ran.err.contains("compiled-in template"), "{source}\n{}", ran.err);
    }
    let ran = draft(&place, "ja");
    assert!(ran.code == 0 && ran.err.contains("組み込みのテンプレート"), "{}", ran.err);
}

#[test]
fn an_own_template_is_filled_and_its_faults_are_named() {
    let place = Place::declared();
    let folder = place.path().join(".config/hikeshi/templates");
    std::fs::create_dir_all(&folder).expect("made");
    let file = folder.join("initial.executives.en.txt");
    std::fs::write(&file, "Subject: About {{ title }}\n{{ 'We ' ~ 'know' }} of {{ services }}.\n").expect("written");
    place.ok(&["update", "--audience", "executives", "--sent-by-hand"]);
    let drafted = place.json(&["timeline", "--kind", "statement.drafted"])["entries"][0]["data"].clone();
    assert_eq!(
        (drafted["subject"].as_str(), drafted["text"].as_str()),
        (Some("About API down"), Some("We know of api."))
    );
    std::fs::write(folder.join("progress.executives.en.txt"), "a\n{{ titel }}\n").expect("written");
    std::fs::write(&file, "a\n{{ titel }}\n").expect("written");
    let ran = place.run(&["update", "--audience", "executives", "--sent-by-hand"]);
    assert!(ran.err.contains(".en.txt:2: there is no `titel`; did you mean `title`?"), "{}", ran.err);
}
