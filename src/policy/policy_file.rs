//! What `policy.toml` must be.

use super::check::Check;
use super::library::Library;
use super::partial::Partial;
use super::source::Source;
use crate::incident::problem::ProblemKind;
use crate::incident::severity::Severity;

/// Reports every problem of a policy file; every part of it may be left out.
pub fn check_policy(check: &mut Check<'_>, source: &Source, known: &Library) -> Option<Partial> {
    let table = check.parse();
    let (top, at) = (table.get_ref(), 0..0);
    check.keys(
        top,
        &["schema", "default_severity", "default_playbook", "unified_playbook", "severity", "category", "role"],
    );
    let severities = Severity::ALL.map(Severity::as_str);
    if let Some(value) = check.get(&at, top, "default_severity", false) {
        check.one_of(value, "default_severity", &severities);
    }
    for key in ["default_playbook", "unified_playbook"] {
        if let Some((id, span)) = check.text_at(&at, top, key, false)
            && !known.playbooks.iter().any(|playbook| playbook.id == id)
        {
            check.error(span, ProblemKind::UnknownPlaybook(id.to_owned()));
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for (rule, at) in check.tables(&at, top, "severity") {
        check.keys(
            rule,
            &["id", "title", "definition", "response", "unified_command", "postmortem_required", "postmortem_due"],
        );
        if let Some(value) = check.get(&at, rule, "id", true) {
            check.one_of(value, "id", &severities);
            twice(check, &mut seen, value.get_ref().as_str(), value.span());
        }
        for key in ["title", "definition", "response"] {
            check.localized(&at, rule, key, true);
        }
        check.boolean(&at, rule, "unified_command");
        check.boolean(&at, rule, "postmortem_required");
        check.length(&at, rule, "postmortem_due");
    }
    seen.clear();
    for (category, at) in check.tables(&at, top, "category") {
        check.keys(category, &["id", "title", "also"]);
        let id = check.id(&at, category, "id");
        if let Some((id, span)) = id {
            twice(check, &mut seen, Some(id), span);
        }
        check.localized(&at, category, "title", true);
        check.texts(&at, category, "also", false);
    }
    seen.clear();
    for (role, at) in check.tables(&at, top, "role") {
        if let Some((id, span)) = check.role(role, &at) {
            twice(check, &mut seen, Some(&id), span);
        }
    }
    if check.is_useless() {
        return None;
    }
    match toml::from_str::<Partial>(&source.text) {
        Ok(partial) => Some(partial),
        Err(error) => {
            check.error(error.span().unwrap_or(0..0), ProblemKind::Other(error.message().to_owned()));
            None
        }
    }
}

fn twice(check: &mut Check<'_>, seen: &mut Vec<String>, id: Option<&str>, span: std::ops::Range<usize>) {
    let Some(id) = id else { return };
    if seen.iter().any(|other| other == id) {
        check.error(span, ProblemKind::Duplicate(id.to_owned()));
    }
    seen.push(id.to_owned());
}
