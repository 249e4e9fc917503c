//! Users' own templates: what they override, how they fail, and what they can't do.

use super::full;
use crate::incident::localized::Lang;
use crate::incident::slug::Stage;
use crate::text::statement::{Draft, Frame, TemplateError, Templates};
use std::time::{Duration, Instant};

fn drafted(source: &str, frame: &Frame) -> Result<Draft, TemplateError> {
    let mut templates = Templates::compiled_in();
    templates.with("templates/initial.en.txt", source.to_owned()).expect("a template's name");
    templates.render(Stage::Initial, "staff", Lang::En, frame)
}

fn text(source: &str, frame: &Frame) -> String {
    drafted(source, frame).expect("a draft").text
}

fn fault(source: &str) -> TemplateError {
    drafted(source, &full(Lang::En, "staff", false)).expect_err("a fault")
}

#[test]
fn ones_own_template_stands_before_the_compiled_in_one_of_its_name() {
    let mut templates = Templates::compiled_in();
    let frame = full(Lang::Ja, "customers", true);
    templates
        .with("templates/initial.customers.ja.txt", "件名：障害のお知らせ\r\n\u{3000}{{ cause }}\r\n".to_owned())
        .expect("added");
    templates.with("Initial.JA.txt", "\u{feff}subject: Plain\n{{ impact }}".to_owned()).expect("added");
    let draft = templates.render(Stage::Initial, "customers", Lang::Ja, &frame).expect("a draft");
    assert_eq!(
        (draft.subject.as_str(), draft.template.as_str()),
        ("障害のお知らせ", "templates/initial.customers.ja.txt")
    );
    assert_eq!(draft.text, "\u{3000}カード会社との接続に用いる証明書の期限切れです。\n");
    let draft = templates.render(Stage::Initial, "partners", Lang::Ja, &frame).expect("a draft");
    assert_eq!((draft.subject.as_str(), draft.template.as_str()), ("Plain", "Initial.JA.txt"));
    let draft = templates.render(Stage::Initial, "partners", Lang::En, &frame).expect("a draft");
    assert_eq!(draft.template, "initial.en.txt");
}

#[test]
fn a_name_that_nothing_would_find_is_refused() {
    for name in
        ["inital.en.txt", "initial.fr.txt", "initial.txt", "initial..en.txt", "initial.en.md", "en.txt", "", "x/"]
    {
        let error = Templates::compiled_in().with(name, String::new()).expect_err(name);
        assert_eq!((error.file.as_str(), error.line, error.missing), (name, None, None));
        assert!(error.message.en.contains("initial, progress") && error.message.ja.contains("ファイル名"));
    }
}

#[test]
fn a_missing_variable_is_named_with_file_and_line() {
    let error = fault("Subject: {{ title }}\n\nCause: {{ cause }}\nNext: {{ next_updat }}\n");
    assert_eq!((error.line, error.missing.as_deref()), (Some(4), Some("next_updat")));
    assert_eq!(error.to_string(), "templates/initial.en.txt:4: there is no `next_updat`; did you mean `next_update`?");
    assert_eq!(
        error.text(Lang::Ja),
        "templates/initial.en.txt:4: `next_updat` という値はありません。`next_update` ではありませんか"
    );
    for (source, line, missing) in [
        ("Subject: {{ nothing }}\nx", 1, "nothing"),
        ("{{ nothing }}", 1, "nothing"),
        ("a\n{% if nothing %}b{% endif %}", 2, "nothing"),
        ("a\n\n{% for one in many %}b{% endfor %}", 3, "many"),
        ("a\n{{ nothing | upper }}", 2, "nothing"),
        ("a\n{{ nothing.at.all }}", 2, "nothing"),
        ("Subject: a\n{% for figure in figures %}\n{{ figure.amount }}\n{% endfor %}", 3, "figure.amount"),
    ] {
        let error = fault(source);
        assert_eq!((error.line, error.missing.as_deref()), (Some(line), Some(missing)), "{source}: {error}");
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    for (source, line, words) in [
        ("a\n{% if cause %}\nb\n", 3, "can't be read"),
        ("Subject: a\nb\n{{ cause\n", 3, "can't be read"),
        ("a\n{{ cause | shout }}", 2, "shout"),
        ("a\n{% include '/etc/passwd' %}", 2, "can't be read"),
        ("{% extends 'initial.en' %}", 1, "can't be read"),
        ("{% import 'x' as x %}", 1, "can't be read"),
        ("a\n{{ 1 / 0 }}", 2, "can't be filled in"),
        ("a\n{{ debug() }}", 2, "debug"),
    ] {
        let error = fault(source);
        assert!(error.line.is_some_and(|found| found.abs_diff(line) <= 1), "{source}: {error}");
        assert!(error.message.en.contains(words), "{source}: {error}");
        assert!(!error.message.ja.is_empty() && error.message.ja != error.message.en, "{error}");
    }
    let empty = fault("Subject: a\n\n{# nothing #}\n");
    assert_eq!(empty.to_string(), "templates/initial.en.txt: the template gives no text");
}

#[test]
fn a_loop_without_end_ends() {
    let started = Instant::now();
    for source in [
        "{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "Subject: {% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}\nx",
        "{% for a in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
        "{% for a in range(1000) %}{{ 'x' * 1000000 }}{% endfor %}",
        "{{ 'x' * 100000000000 }}",
    ] {
        let error = fault(source);
        assert_eq!(error.missing, None, "{error}");
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn what_is_not_known_says_so_in_ones_own_template_too() {
    let source = "Cause: {{ cause }}\n{{ 'Next: ' ~ next_update }}\nServices: {{ services }}\n{{ figures }}\n{{ title | upper }}\n\
                  {{ impact or 'being counted' }}{% if workaround %}!{% endif %}{% for step in response %}!{% endfor %}.";
    let nothing = Frame { cause: Some(" \n ".to_owned()), ..Frame::default() };
    let known = "Cause: not yet known\nNext: not yet known\nServices: not yet known\nnot yet known\nNOT YET KNOWN\nbeing counted.\n";
    assert_eq!(text(source, &nothing), known);
    let some = text(
        "{{ services }}; {{ links }}; {{ services[0] }} of {{ services | length }}",
        &full(Lang::En, "staff", false),
    );
    assert_eq!(some, "Checkout, Invoices and Reports; Status: https://status.example/12; Checkout of 3\n");
}

#[test]
fn the_severity_is_withheld_from_readers_outside() {
    let mut templates = Templates::compiled_in();
    templates.with("templates/initial.customers.en.txt", "Now:\n{{ severity }}".to_owned()).expect("added");
    let error = templates.render(Stage::Initial, "customers", Lang::En, &full(Lang::En, "customers", true));
    let error = error.expect_err("withheld");
    assert_eq!((error.line, error.missing.as_deref()), (Some(2), Some("severity")));
    assert!(error.message.en.contains("audiences outside") && error.message.ja.contains("社外"));
    let inside = templates.render(Stage::Initial, "customers", Lang::En, &full(Lang::En, "customers", false));
    assert_eq!(inside.expect("a draft").text, "Now:\nsev1\n");
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "{{ 7*7 }} {% for x in y %} {# gone #} <script>&amp; \u{1b}[31m\u{202e}";
    let shown = "{{ 7*7 }} {% for x in y %} {# gone #} <script>&amp; \\x1b[31m\\u{202e}";
    let some = || Some(hostile.to_owned());
    let frame = Frame {
        title: format!("{hostile}\r\nBcc: everyone@example.com\r\n\r\nbody"),
        services: vec![hostile.to_owned()],
        cause: some(),
        impact: Some(format!("first\r\n{hostile}\rlast")),
        response: vec![format!("a\nSubject: b\n{hostile}")],
        corrects: some(),
        next_update: some(),
        ..Frame::default()
    };
    for stage in Stage::ALL.iter().copied() {
        for lang in [Lang::En, Lang::Ja] {
            let draft = Templates::compiled_in().render(stage, "staff", lang, &frame).expect("a draft");
            assert!(!draft.subject.contains(['\r', '\n', '\u{1b}', '\u{202e}']), "{}", draft.subject);
            assert!(!draft.text.contains(['\r', '\u{1b}', '\u{202e}']), "{}", draft.text);
            assert!(draft.text.contains(shown), "{}", draft.text);
        }
    }
    let draft = drafted("{{ title }}\n{{ impact }}\n{% for step in response %}{{ step }}{% endfor %}", &frame)
        .expect("a draft");
    assert_eq!(
        draft.text,
        format!("{shown} Bcc: everyone@example.com body\nfirst\n{shown}\\x0dlast\na Subject: b {shown}\n")
    );
}

#[test]
fn only_the_templates_own_first_line_is_a_subject() {
    let frame = Frame { incident: 7, title: "Subject: mine now".to_owned(), ..Frame::default() };
    let draft = drafted("{{ title }}\nbody\n", &frame).expect("a draft");
    assert_eq!((draft.subject.as_str(), draft.text.as_str()), ("#7 Subject: mine now", "Subject: mine now\nbody\n"));
    let outside = Frame { external: true, ..frame };
    assert_eq!(drafted("body\n", &outside).expect("a draft").subject, "Service notice");
    let long = Frame { title: "長".repeat(500), ..Frame::default() };
    let subject = drafted("Subject: {{ title }}\nbody\n", &long).expect("a draft").subject;
    assert!(subject.chars().count() == 150 && subject.ends_with('…'), "{subject}");
}

#[test]
fn faults_are_found_before_the_templates_are_needed() {
    let mut templates = Templates::compiled_in();
    assert_eq!(templates.faults(), []);
    for (name, source) in [
        ("initial.en.txt", "{{ severity }}"),
        ("initial.staff.en.txt", "{{ severity }}"),
        ("progress.ja.txt", "{% if cause %}\n{{ cuase }}{% endif %}-"),
        ("resolved.customers.ja.txt", "{{ cause }}"),
    ] {
        templates.with(name, source.to_owned()).expect("added");
    }
    let found = templates.faults();
    let found: Vec<_> = found.iter().map(|fault| (fault.file.as_str(), fault.line, fault.missing.as_deref())).collect();
    assert_eq!(found, [("initial.en.txt", Some(1), Some("severity")), ("progress.ja.txt", Some(2), Some("cuase"))]);
}
