//! Every compiled-in draft: each stage, audience and language, with every fact known and with none.

use super::{LANGS, full};
use crate::incident::localized::Lang;
use crate::incident::slug::Stage;
use crate::text::statement::embedded::EMBEDDED;
use crate::text::statement::{Draft, Frame, Templates};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

const AUDIENCES: [(&str, bool); 6] = [
    ("customers", true),
    ("executives", false),
    ("staff", false),
    ("support", false),
    ("regulator", true),
    ("partners", true),
];

/// Each draft with a name for it, and the frame and language that it was made from.
fn drafts(of: impl Fn(Lang, &str, bool) -> Frame) -> Vec<(String, Draft, Frame, Lang)> {
    let mut drafts = Vec::new();
    for (stage, lang) in Stage::ALL.iter().flat_map(|stage| LANGS.map(|lang| (*stage, lang))) {
        for (audience, usual) in AUDIENCES {
            for external in [usual, true] {
                let frame = of(lang, audience, external);
                let draft = Templates::compiled_in().render(stage, audience, lang, &frame).expect("a draft");
                drafts.push((format!("{stage} {audience} {lang:?} {}", draft.template), draft, frame, lang));
            }
        }
    }
    drafts
}

fn both() -> Vec<(String, Draft, Frame, Lang)> {
    let mut all = drafts(full);
    all.extend(drafts(|_, audience, external| Frame { audience: audience.to_owned(), external, ..Frame::default() }));
    all
}

#[test]
fn every_draft_is_whole() {
    for (name, draft, ..) in both() {
        let Draft { subject, text, .. } = &draft;
        assert!(!subject.is_empty() && !subject.contains(['\n', '\r']), "{name}: {subject:?}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with('\n'), "{name}\n{text}");
        for trace in ["{{", "}}", "{%", "%}", "{#", "undefined", "None", "none\n", "[]", "Some(", "stub"] {
            assert!(!text.contains(trace) && !subject.contains(trace), "{name}: {trace}\n{subject}\n{text}");
        }
        for line in text.lines() {
            assert!(line.width() <= 150, "{name}: {line}");
            assert_eq!(line, line.trim_end(), "{name}");
        }
        assert!(subject.width() <= 110, "{name}: {subject}");
    }
}

#[test]
fn no_label_stands_alone() {
    for (name, draft, ..) in both() {
        let lines: Vec<&str> = draft.text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let next = lines.get(index + 1).copied().unwrap_or_default();
            let heading = line.ends_with([':', '：']) || line.starts_with('■') && !line.contains('：');
            let numbered = line.chars().next().is_some_and(|first| first.is_ascii_digit()) && line.contains(". ");
            // What was wrong, and what holds now, are set off by a blank line.
            let set_off =
                line.starts_with("What holds now") || line.contains("earlier statement") || line.ends_with("this:");
            let quoted = line.contains("取り消しいたします");
            assert!(!(heading || numbered) || !next.is_empty() || set_off || quoted, "{name}: {line}\n{}", draft.text);
            assert!(!matches!(line.trim(), "-" | "・" | "\"\"" | "「」" | ">"), "{name}\n{}", draft.text);
        }
    }
}

#[test]
fn readers_outside_see_no_severity_and_no_inner_word() {
    for (name, draft, frame, _) in both().into_iter().filter(|(_, _, frame, _)| frame.external) {
        let all = format!("{}\n{}", draft.subject, draft.text).to_lowercase();
        for word in
            ["sev0", "sev1", "sev2", "severity", "重大度", "incident manager", "インシデント マネージャー", "社内"]
        {
            assert!(!all.contains(word), "{name}: {word}\n{all}");
        }
        if ["customers", "regulator", "partners"].contains(&frame.audience.as_str()) && !frame.title.is_empty() {
            assert!(!all.contains(&frame.title.to_lowercase()), "{name}: the title is for readers inside\n{all}");
        }
    }
}

#[test]
fn executives_and_staff_see_severity_and_figures() {
    let inside = |name: &str, frame: &Frame| {
        ["executives", "staff"].contains(&frame.audience.as_str()) && !frame.external && !name.starts_with("invitation")
    };
    let drafts: Vec<_> = drafts(full).into_iter().filter(|(name, _, frame, _)| inside(name, frame)).collect();
    assert_eq!(drafts.len(), 20);
    for (name, draft, ..) in drafts {
        let all = format!("{}\n{}", draft.subject, draft.text);
        assert!(all.contains("sev1") && draft.text.contains("1,840"), "{name}\n{all}");
    }
    let staff = Templates::compiled_in().render(Stage::Initial, "staff", Lang::En, &full(Lang::En, "staff", false));
    assert!(staff.expect("a draft").text.contains("Severity: sev1"));
}

#[test]
fn every_draft_follows_the_explanation_frame() {
    for (name, draft, frame, _) in drafts(full).into_iter().filter(|(name, ..)| !name.starts_with("invitation")) {
        let text = &draft.text;
        for fact in [&frame.cause, &frame.impact, &frame.prevention, &frame.next_update, &frame.workaround] {
            let fact = fact.as_deref().expect("known");
            let needless = name.starts_with("resolved") && Some(fact) == frame.workaround.as_deref();
            assert!(text.contains(fact) || needless, "{name}: {fact}\n{text}");
        }
        assert!(frame.response.iter().all(|step| text.contains(step.as_str())), "{name}\n{text}");
        assert!(text.contains(frame.services[0].as_str()), "{name}");
    }
}

#[test]
fn what_is_not_known_is_said() {
    let empty =
        |_: Lang, audience: &str, external| Frame { audience: audience.to_owned(), external, ..Frame::default() };
    for (name, draft, _, lang) in drafts(empty).into_iter().filter(|(name, ..)| !name.starts_with("invitation")) {
        let cause = match lang {
            Lang::En => "The cause is not yet known; we are investigating.",
            Lang::Ja => "原因は調査中です。",
        };
        assert!(draft.text.contains(cause), "{name}\n{}", draft.text);
        let unknown = if lang == Lang::En { ["not yet", "being"] } else { ["確認中", "未定"] };
        assert!(unknown.iter().any(|words| draft.text.contains(words)), "{name}\n{}", draft.text);
    }
}

#[test]
fn both_languages_tell_the_same_facts() {
    for stage in Stage::ALL.iter().copied() {
        for (audience, external) in AUDIENCES {
            let told = LANGS.map(|lang| {
                let frame = full(lang, audience, external);
                let text = Templates::compiled_in().render(stage, audience, lang, &frame).expect("a draft").text;
                let mut told = BTreeSet::new();
                for (name, words) in [
                    ("started", &frame.started_at),
                    ("detected", &frame.detected_at),
                    ("resolved", &frame.resolved_at),
                    ("duration", &frame.duration),
                    ("now", &frame.now),
                    ("cause", &frame.cause),
                    ("impact", &frame.impact),
                    ("workaround", &frame.workaround),
                    ("prevention", &frame.prevention),
                    ("next", &frame.next_update),
                    ("webinar", &frame.webinar),
                    ("contact", &frame.contact),
                    ("sender", &frame.sender),
                ] {
                    if text.contains(words.as_deref().expect("known")) {
                        told.insert(name);
                    }
                }
                for (name, pairs) in
                    [("figures", &frame.figures), ("timeline", &frame.timeline), ("links", &frame.links)]
                {
                    if pairs.iter().all(|(name, value)| text.contains(name.as_str()) && text.contains(value.as_str())) {
                        told.insert(name);
                    }
                }
                told
            });
            assert_eq!(told[0], told[1], "{stage} {audience}");
        }
    }
}

#[test]
fn a_drill_says_so_first() {
    for (name, draft, _, lang) in
        drafts(|lang, audience, external| Frame { drill: true, ..full(lang, audience, external) })
    {
        let word = if lang == Lang::En { "DRILL" } else { "訓練" };
        let first = draft.text.lines().next().expect("a line");
        assert!(first.contains(word) && draft.subject.contains(word), "{name}: {first}");
    }
    assert!(drafts(full).iter().all(|(_, draft, ..)| !draft.text.contains("DRILL") && !draft.text.contains("訓練")));
}

#[test]
fn the_audiences_own_voice_is_found_before_the_stages() {
    let used = |stage, audience| {
        let frame = full(Lang::Ja, audience, true);
        Templates::compiled_in().render(stage, audience, Lang::Ja, &frame).expect("a draft").template
    };
    assert_eq!(used(Stage::Initial, "customers"), "initial.customers.ja.txt");
    assert_eq!(used(Stage::Initial, " Customers "), "initial.customers.ja.txt");
    assert_eq!(used(Stage::Initial, "partners"), "initial.ja.txt");
    assert_eq!(used(Stage::Invitation, "../../etc/passwd"), "invitation.ja.txt");
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/templates");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().replace(".txt", ""))
        .collect();
    let embedded: BTreeSet<String> = EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, embedded);
    for name in &embedded {
        let other = name.strip_suffix(".en").map_or_else(|| name.replace(".ja", ".en"), |stem| format!("{stem}.ja"));
        assert!(embedded.contains(&other), "{name} has no {other}");
    }
}

#[test]
fn every_fact_of_the_frame_has_a_name_in_templates() {
    let frame = Frame::default();
    let json = serde_json::to_value(&frame).expect("written");
    let fields: BTreeSet<&str> = json.as_object().expect("a map").keys().map(String::as_str).collect();
    let names: BTreeSet<&str> = frame.values(Lang::En).into_keys().collect();
    assert_eq!(fields, names);
}
