//! Every problem of a scenario of an exercise (A5).

use crate::incident::drill::Scenario;
use crate::incident::problem::{Problem, ProblemKind};
use crate::incident::slug::{Deed, DrillKind};
use crate::incident::time::Span;
use crate::incident::when::parse_span;
use crate::policy::check::check;
use crate::policy::field::{table, tables, text, texts};
use crate::policy::library::Library;
use crate::policy::near::{nearest, quoted};
use crate::policy::shape::{CUSTOMERS, Key, SEVERITY, SLUGS, Shape, TEXTS, may, must};
use crate::policy::walk::Walk;
use std::ops::Range;
use toml::de::DeTable;

const DEED: Shape = Shape::OneOf(|| Deed::ALL.iter().map(|deed| deed.as_str()).collect());

/// A scenario.
const SCENARIO: &[Key] = &[
    must("id", Shape::Slug),
    must("version", Shape::Version),
    must("kind", Shape::OneOf(|| DrillKind::ALL.iter().map(|kind| kind.as_str()).collect())),
    must("title", Shape::Both),
    must("situation", Shape::Both),
    may("source", Shape::Link),
    must("length", Shape::Span),
    may("playbook", Shape::Slug),
    must("declare", Shape::Table(HINT)),
    may("inject", Shape::Entries(INJECT)),
    must("expect", Shape::Entries(EXPECT)),
];

const HINT: &[Key] = &[
    must("title", Shape::Both),
    may("severity", SEVERITY),
    may("services", TEXTS),
    may("category", Shape::Text),
    may("customers", CUSTOMERS),
];

const INJECT: &[Key] = &[
    must("id", Shape::Slug),
    may("at", Shape::Span),
    may("after", DEED),
    may("delay", Shape::Span),
    must("text", Shape::Both),
];

const EXPECT: &[Key] = &[
    may("id", Shape::Slug),
    must("deed", DEED),
    must("within", Shape::Span),
    may("weight", Shape::Version),
    may("role", Shape::Slug),
    may("severity", SEVERITY),
    may("audience", Shape::Slug),
    may("roles", SLUGS),
    may("steps", SLUGS),
];

/// Every problem of a scenario.
///
/// `file` is how people name it; where it ends in `.toml`, the id must be its name. `known` are the roles, audiences,
/// categories and playbooks there are.
pub fn lint_scenario(file: &str, text: &str, known: &Library) -> Vec<Problem> {
    let rules = |walk: &mut Walk<'_, '_>| {
        super::playbook::own_id(walk);
        references(walk, known);
        injects(walk);
        expectations(walk, known);
    };
    check(file, text, SCENARIO, rules, || toml::from_str::<Scenario>(text).err())
}

fn references(walk: &mut Walk<'_, '_>, known: &Library) {
    if let Some((id, span)) = text(walk.root, "playbook") {
        let ids = || known.playbooks.iter().map(|playbook| playbook.id.as_str());
        if !id.trim().is_empty() && !ids().any(|known| known == id) {
            let near = nearest(id, ids());
            let what = ProblemKind::UnknownPlaybook { key: "playbook".to_owned(), playbook: quoted(id), near };
            walk.report.add(span.start, what);
        }
    }
    let Some((hint, _)) = table(walk.root, "declare") else { return };
    if let Some((category, span)) = text(hint, "category")
        && !category.trim().is_empty()
        && known.policy.category(category).is_none()
    {
        let near = nearest(category, known.policy.category.iter().map(|category| category.id.as_str()));
        walk.report.add(span.start, ProblemKind::UnknownCategory { category: quoted(category), near });
    }
}

fn injects(walk: &mut Walk<'_, '_>) {
    let injects = tables(walk.root, "inject");
    walk.report.repeated("inject", injects.iter().filter_map(|(inject, _)| text(inject, "id")));
    let length = text(walk.root, "length").and_then(|(length, _)| parse_span(length).ok());
    for (inject, span) in &injects {
        if inject.contains_key("at") == inject.contains_key("after") {
            walk.report.add(span.start, ProblemKind::AtOrAfter);
        }
        late(walk, inject, "at", length);
    }
}

/// Reports a time that comes when everything is over.
fn late(walk: &mut Walk<'_, '_>, table: &DeTable<'_>, key: &str, length: Option<Span>) {
    let Some((written, span)) = text(table, key) else { return };
    if let (Ok(at), Some(length)) = (parse_span(written), length)
        && at > length
    {
        let (key, value) = (key.to_owned(), quoted(written));
        walk.report.add(span.start, ProblemKind::AfterTheEnd { key, value });
    }
}

fn expectations(walk: &mut Walk<'_, '_>, known: &Library) {
    let expected = tables(walk.root, "expect");
    if expected.is_empty()
        && let Some(list) = walk.root.get("expect").filter(|list| list.get_ref().is_array())
    {
        walk.report.add(list.span().start, ProblemKind::Empty { key: "expect".to_owned() });
    }
    let named = expected.iter().filter_map(|(one, _)| text(one, "id").or_else(|| text(one, "deed")));
    walk.report.repeated("expect", named);
    let length = text(walk.root, "length").and_then(|(length, _)| parse_span(length).ok());
    for (one, span) in &expected {
        let deed = text(one, "deed").and_then(|(deed, _)| Deed::parse(deed));
        let needs = match deed {
            Some(Deed::Severity) => Some("severity"),
            Some(Deed::Roles) => Some("roles"),
            Some(Deed::Steps) => Some("steps"),
            _ => None,
        };
        if let Some(key) = needs {
            let empty = one.get(key).is_some_and(|list| list.get_ref().as_array().is_some_and(|list| list.is_empty()));
            if !one.contains_key(key) {
                walk.report.add(span.start, ProblemKind::MissingKey { key: key.to_owned() });
            } else if empty {
                walk.report.add(span.start, ProblemKind::Empty { key: key.to_owned() });
            }
        }
        late(walk, one, "within", length.filter(|_| deed != Some(Deed::Postmortem)));
        names(walk, one, known);
    }
}

/// Reports roles, audiences and steps that there aren't.
fn names(walk: &mut Walk<'_, '_>, one: &DeTable<'_>, known: &Library) {
    let own = known.playbooks.iter().flat_map(|playbook| &playbook.role);
    let roles: Vec<&str> = known.policy.role.iter().chain(own).map(|role| role.id.as_str()).collect();
    for (role, span) in text(one, "role").into_iter().chain(texts(one, "roles")) {
        if !role.trim().is_empty() && !roles.contains(&role) {
            let near = nearest(role, roles.iter().copied());
            walk.report.add(span.start, ProblemKind::UnknownRole { role: quoted(role), near });
        }
    }
    let audiences: Vec<&str> = known.policy.audience.iter().map(|audience| audience.id.as_str()).collect();
    each(walk, "audience", text(one, "audience").into_iter(), &audiences);
    let chosen = text(walk.root, "playbook").map(|(id, _)| id);
    let fits = |id: &str| chosen.is_none_or(|chosen| chosen == id || id == known.policy.unified_playbook);
    let there = known.playbooks.iter().filter(|playbook| fits(&playbook.id));
    let steps: Vec<&str> = there.flat_map(|playbook| &playbook.step).map(|step| step.id.as_str()).collect();
    each(walk, "steps", texts(one, "steps").into_iter(), &steps);
}

fn each<'t>(
    walk: &mut Walk<'_, '_>,
    key: &str,
    written: impl Iterator<Item = (&'t str, Range<usize>)>,
    known: &[&str],
) {
    for (name, span) in written.filter(|(name, _)| !name.trim().is_empty() && !known.contains(name)) {
        let near = nearest(name, known.iter().copied());
        walk.report.add(span.start, ProblemKind::UnknownName { key: key.to_owned(), name: quoted(name), near });
    }
}
