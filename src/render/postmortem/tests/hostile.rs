//! Text that wants to be more than text, in every field that people fill in.

use super::moments;
use crate::incident::command::{Bridge, LinkKind, NoteKind};
use crate::incident::fact::{
    IncidentClosed, IncidentDeclared, IncidentFixed, IncidentIdentified, IncidentMitigated, IncidentReopened,
    IncidentResolved, LinkAdded, NoteAdded, PeopleCalled, PlaybookJoined, PostmortemFiled, RoleAssigned,
    SeverityChanged, StepAdded, StepChecked, StepSkipped,
};
use crate::incident::localized::{Lang, Localized};
use crate::incident::playbook::Step;
use crate::incident::severity::Severity;
use crate::incident::status::Status;
use crate::render::postmortem::{html, markdown};
use crate::view::postmortem::story::{Story, assigned, declared, minute, note, role};

/// What people may paste, or an attacker may have put into a log that they paste.
const NASTY: [&str; 8] = [
    "<script>alert('x')</script> \"onload=\"alert(1) <img src=x onerror=alert(1)>",
    "a | b || c \\| d \\",
    "# heading\n## another\n---\n===\n- item\n1. item\n> quote\n    code\n| a | b |\n| - | - |",
    "```\nfence\n~~~~\n````\n<b>after</b>",
    "[link](javascript:alert(1)) ![image](http://evil.example/x.png) <http://evil.example>",
    "-->\n<!-- comment --> </td></tr></table></svg></title></style></desc> &lt;b&gt; ]]>",
    "\u{1b}[31mred\u{7}\u{0} gpj.\u{202e}exe \u{2066}x\u{2069} \u{200b}\u{feff}\u{9b}2J\u{2028}line",
    "`code` **bold** __init__ ~~gone~~ *it* _it_ \r\nnext",
];

/// A story in which every field that people fill in holds `text`.
fn story(text: &str) -> Story {
    let own = || text.to_owned();
    let some = || Some(text.to_owned());
    let instance = || "p".to_owned();
    let step = |id: &str| Step {
        id: id.to_owned(),
        text: Localized::same(text),
        role: Some(own()),
        due: None,
        required: true,
        run: some(),
        link: some(),
        when: None,
    };
    let joined = PlaybookJoined {
        instance: instance(),
        playbook: own(),
        version: 1,
        title: Localized::same(text),
        roles: vec![role("scribe", text, text), role("tech-lead", text, text)],
        steps: vec![step("a"), step("b"), step(text)],
    };
    let declared = IncidentDeclared {
        category: some(),
        services: vec![own(), own()],
        summary: some(),
        started_at: Some(minute(-5)),
        detected_by: some(),
        drill: true,
        restricted: true,
        ..declared(text)
    };
    let held = IncidentMitigated { from: Status::Identified, workaround: own(), fix_due_at: Some(minute(30)) };
    let resolved = IncidentResolved {
        from: Status::Mitigated,
        summary: some(),
        cause: some(),
        postmortem_required: true,
        postmortem_due_at: Some(minute(99)),
    };
    let told = NoteAdded { pinned: true, bridge: Some(Bridge::Unified), ..note(NoteKind::Change, text) };
    let taken = RoleAssigned {
        relieved: vec![own()],
        scope: some(),
        duty: some(),
        handover: some(),
        ..assigned("tech-lead", text)
    };
    Story::new()
        .at(0, text, declared)
        .at(0, text, joined)
        .at(1, text, LinkAdded { kind: LinkKind::Doc, target: own() })
        .at(2, text, taken)
        .at(3, text, RoleAssigned { spec: Some(role(text, text, text)), beside_others: true, ..assigned(text, text) })
        .late(4, 40, text, told)
        .at(5, text, PeopleCalled::new(own(), some()))
        .at(6, text, SeverityChanged { from: Severity::Sev1, to: Severity::Sev2, reason: some() })
        .at(7, text, StepChecked { instance: instance(), step: "a".to_owned(), result: some() })
        .at(8, text, StepSkipped { instance: instance(), step: "b".to_owned(), reason: own() })
        .at(9, text, StepAdded { step: own(), text: own(), role: some(), person: some(), due_at: Some(minute(12)) })
        .at(10, text, IncidentIdentified { from: Status::Investigating, cause: some() })
        .at(11, text, held)
        .at(12, text, IncidentFixed { text: own(), reverts_workaround: true })
        .at(13, text, resolved)
        .at(14, text, IncidentClosed { from: Status::Resolved, left_open: vec![own()], reason: some() })
        .at(15, text, IncidentReopened { from: Status::Closed, to: Status::Resolved, reason: own() })
        .at(16, text, PostmortemFiled { place: own() })
}

fn nasty() -> impl Iterator<Item = (Story, Lang)> {
    NASTY.iter().flat_map(|text| [Lang::En, Lang::Ja].map(|lang| (story(text), lang)))
}

/// Characters that steer or deceive, and may stand in no document.
fn hidden(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn html_has_no_tag_that_is_not_ours() {
    let ours = [
        "!DOCTYPE",
        "a",
        "blockquote",
        "body",
        "desc",
        "div",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "html",
        "li",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "path",
        "rect",
        "section",
        "strong",
        "style",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
    ];
    for (story, lang) in nasty() {
        let page = html(&story.postmortem(60), &moments("Asia/Tokyo", lang));
        assert!(!page.chars().any(hidden));
        for tag in page.split('<').skip(1) {
            let (inside, after) = tag.split_once('>').expect("every tag is closed");
            assert!(!after.contains('>'), "a stray > in {after}");
            let name = inside.trim_start_matches('/').split([' ', '\n', '/']).next().expect("a name");
            assert!(ours.contains(&name), "<{inside}>");
            let attributes = inside.split_once(' ').map_or("", |(_, attributes)| attributes);
            assert!(!attributes.contains("on") || !attributes.contains("alert"), "<{inside}>");
        }
    }
}

/// The lines outside blocks of code.
fn prose(text: &str) -> Vec<&str> {
    let mut fence: Option<&str> = None;
    let mut prose = Vec::new();
    for line in text.lines() {
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => fence = Some(line),
            None => prose.push(line),
        }
    }
    assert_eq!(fence, None, "every block of code ends");
    prose
}

fn bars(line: &str) -> usize {
    let escaped = line.replace("\\\\", "").replace("\\|", "");
    escaped.matches('|').count()
}

#[test]
fn markdown_has_no_markup_that_is_not_ours() {
    let clean = |lang| {
        let story = story("calm");
        let text = markdown(&story.postmortem(60), &moments("Asia/Tokyo", lang));
        let count = |mark: &str| prose(&text).iter().filter(|line| line.starts_with(mark)).count();
        [count("# "), count("## "), count("### "), count("#### "), count("<!-- "), count("| ")]
    };
    for (story, lang) in nasty() {
        let text = markdown(&story.postmortem(60), &moments("Asia/Tokyo", lang));
        assert!(!text.chars().any(hidden));
        let lines = prose(&text);
        let count = |mark: &str| lines.iter().filter(|line| line.starts_with(mark)).count();
        assert_eq!(
            [count("# "), count("## "), count("### "), count("#### "), count("<!-- "), count("| ")],
            clean(lang),
            "as many headings, comments and rows as with harmless words"
        );
        let mut columns = None;
        for line in lines {
            let is_comment = line.starts_with("<!-- ") && line.ends_with(" -->");
            assert!(is_comment || !line.contains('<'), "{line}");
            assert!(!line.contains("](") || line.contains("\\]("), "{line}");
            if line.starts_with('|') {
                assert_eq!(bars(line), *columns.get_or_insert(bars(line)), "{line}");
            } else {
                columns = None;
                assert_eq!(bars(line), 0, "{line}");
            }
        }
    }
}
