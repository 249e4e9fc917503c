//! What a playbook's file must be.

use super::check::{Check, nearest};
use super::library::Library;
use super::source::Source;
use crate::incident::command::Customers;
use crate::incident::playbook::Playbook;
use crate::incident::problem::ProblemKind;
use crate::incident::severity::Severity;
use crate::incident::status::Status;
use std::ops::Range;
use std::path::Path;
use toml::de::DeTable;

/// More steps than anybody can follow.
const MOST_STEPS: usize = 500;

/// Statuses that a step can wait for.
const REACHABLE: [Status; 4] = [Status::Identified, Status::Mitigated, Status::Monitoring, Status::Resolved];

/// Reports every problem of a playbook's file; `today` is a day, for the date of its last review.
pub fn check_playbook(
    check: &mut Check<'_>,
    source: &Source,
    known: &Library,
    today: Option<&str>,
) -> Option<Playbook> {
    let table = check.parse();
    let (top, at) = (table.get_ref(), 0..0);
    if top.is_empty() {
        return None;
    }
    let keys = ["id", "version", "reviewed", "title", "purpose", "roles", "select", "role", "step"];
    check.keys(top, &keys);
    let id = check.id(&at, top, "id");
    let own_id = id.as_ref().map(|(id, _)| *id);
    if let (Some((id, span)), Some(stem)) = (id, Path::new(&source.file).file_stem().and_then(|stem| stem.to_str()))
        && id != stem
    {
        check.error(span, ProblemKind::IdIsNotFile { id: id.to_owned(), file: stem.to_owned() });
    }
    check.version(&at, top, "version");
    reviewed(check, top, &at, today);
    check.localized(&at, top, "title", true);
    check.localized(&at, top, "purpose", true);
    let own: Vec<String> =
        check.tables(&at, top, "role").into_iter().filter_map(|(role, at)| Some(check.role(role, &at)?.0)).collect();
    let listed = roles(check, top, &at, &own, known);
    select(check, top, &at, known, own_id);
    steps(check, top, &at, &listed);
    if check.is_useless() {
        return None;
    }
    match toml::from_str::<Playbook>(&source.text) {
        Ok(playbook) => Some(playbook),
        Err(error) => {
            check.error(error.span().unwrap_or(0..0), ProblemKind::Other(error.message().to_owned()));
            None
        }
    }
}

fn reviewed(check: &mut Check<'_>, top: &DeTable<'_>, at: &Range<usize>, today: Option<&str>) {
    let Some(value) = check.get(at, top, "reviewed", true) else { return };
    let written = value.get_ref().as_datetime().map(ToString::to_string);
    let Some(written) = written.or_else(|| value.get_ref().as_str().map(str::to_owned)) else {
        let found = value.get_ref().type_str();
        check.error(value.span(), ProblemKind::WrongType { key: "reviewed".to_owned(), wanted: "datetime", found });
        return;
    };
    let Ok(day) = written.parse::<jiff::civil::Date>() else {
        check.error(value.span(), ProblemKind::BadDay(written));
        return;
    };
    let Some(today) = today.and_then(|today| today.parse::<jiff::civil::Date>().ok()) else { return };
    if day > today {
        check.error(value.span(), ProblemKind::ReviewedInFuture(written));
    } else if day < today.saturating_sub(jiff::Span::new().years(1)) {
        check.warning(value.span(), ProblemKind::ReviewedLongAgo(written));
    }
}

/// The slugs of the playbook's roles; each must be defined somewhere.
fn roles(check: &mut Check<'_>, top: &DeTable<'_>, at: &Range<usize>, own: &[String], known: &Library) -> Vec<String> {
    let mut listed: Vec<String> = Vec::new();
    for (role, span) in check.texts(at, top, "roles", true) {
        let everywhere = known.policy.role.iter().map(|role| role.id.as_str());
        let everything: Vec<&str> = everywhere.chain(own.iter().map(String::as_str)).collect();
        if !everything.contains(&role) {
            let near = nearest(role, everything);
            check.error(span, ProblemKind::UnknownRole { role: role.to_owned(), near });
        } else if listed.iter().any(|other| other == role) {
            check.error(span, ProblemKind::Duplicate(role.to_owned()));
        }
        listed.push(role.to_owned());
    }
    listed
}

fn select(check: &mut Check<'_>, top: &DeTable<'_>, at: &Range<usize>, known: &Library, own: Option<&str>) {
    let Some((select, span)) = check.table(at, top, "select") else { return };
    check.keys(select, &["categories", "severities", "customers"]);
    let known_categories: Vec<&str> = known.policy.category.iter().map(|category| category.id.as_str()).collect();
    let mut chosen: (Vec<String>, Vec<String>, Option<String>) = Default::default();
    for item in check.list(&span, select, "categories", false) {
        check.one_of(item, "categories", &known_categories);
        chosen.0.extend(item.get_ref().as_str().map(str::to_owned));
    }
    for item in check.list(&span, select, "severities", false) {
        check.one_of(item, "severities", &Severity::ALL.map(Severity::as_str));
        chosen.1.extend(item.get_ref().as_str().map(str::to_owned));
    }
    if let Some(value) = check.get(&span, select, "customers", false) {
        check.one_of(value, "customers", &[Customers::One.as_str(), Customers::Many.as_str()]);
        chosen.2 = value.get_ref().as_str().map(str::to_owned);
    }
    let same = known.playbooks.iter().filter(|other| Some(other.id.as_str()) != own).find(|other| {
        other.select.as_ref().is_some_and(|select| {
            let severities: Vec<String> = select.severities.iter().map(ToString::to_string).collect();
            let customers = select.customers.map(|customers| customers.to_string());
            (&select.categories, &severities, &customers) == (&chosen.0, &chosen.1, &chosen.2)
        })
    });
    if let Some(other) = same {
        check.error(span, ProblemKind::SameSelection(other.id.clone()));
    }
}

fn steps(check: &mut Check<'_>, top: &DeTable<'_>, at: &Range<usize>, listed: &[String]) {
    let steps = check.tables(at, top, "step");
    if steps.is_empty() {
        check.error(at.clone(), ProblemKind::NoStep);
    }
    if steps.len() > MOST_STEPS {
        check.error(at.clone(), ProblemKind::TooManySteps { steps: steps.len(), most: MOST_STEPS });
        return;
    }
    let mut seen: Vec<String> = Vec::new();
    for (step, at) in steps {
        check.keys(step, &["id", "text", "role", "due", "required", "run", "link", "when"]);
        if let Some((id, span)) = check.id(&at, step, "id") {
            if id.bytes().all(|byte| byte.is_ascii_digit()) {
                check.error(span, ProblemKind::NumericId(id.to_owned()));
            } else if seen.iter().any(|other| other == id) {
                check.error(span, ProblemKind::Duplicate(id.to_owned()));
            }
            seen.push(id.to_owned());
        }
        check.localized(&at, step, "text", true);
        if let Some((role, span)) = check.text_at(&at, step, "role", false)
            && !listed.iter().any(|one| one == role)
        {
            check.error(span, ProblemKind::RoleNotListed(role.to_owned()));
        }
        check.length(&at, step, "due");
        check.boolean(&at, step, "required");
        check.text_at(&at, step, "run", false);
        if let Some((link, span)) = check.text_at(&at, step, "link", false)
            && !(link.starts_with("https://") || link.starts_with("http://"))
        {
            check.error(span, ProblemKind::BadLink(link.to_owned()));
        }
        if let Some((when, at)) = check.table(&at, step, "when") {
            check.keys(when, &["severity", "customers", "status"]);
            if let Some(value) = check.get(&at, when, "severity", false) {
                check.one_of(value, "severity", &Severity::ALL.map(Severity::as_str));
            }
            if let Some(value) = check.get(&at, when, "customers", false) {
                check.one_of(value, "customers", &[Customers::One.as_str(), Customers::Many.as_str()]);
            }
            if let Some(value) = check.get(&at, when, "status", false) {
                check.one_of(value, "status", &REACHABLE.map(Status::as_str));
            }
        }
    }
}
