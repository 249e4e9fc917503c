//! Every problem of `policy.toml`.

use super::communication::communication;
use crate::incident::policy::{Category, Policy};
use crate::incident::problem::{Problem, ProblemKind};
use crate::incident::roster::fold;
use crate::policy::check::check;
use crate::policy::field::{table, tables, text, texts};
use crate::policy::library::Library;
use crate::policy::merge::over_compiled_in;
use crate::policy::near::{nearest, quoted};
use crate::policy::shape::{ALERTS, CATEGORY, Key, POLICY, ROLE, SECTION};
use crate::policy::walk::Walk;
use std::collections::HashMap;
use toml::de::DeTable;

/// Every problem of a policy. `file` is how people name it; `known` are the playbooks that it may name.
///
/// It may be partial: what it doesn't say stays as compiled in.
pub fn lint_policy(file: &str, text: &str, known: &Library) -> Vec<Problem> {
    let rules = |walk: &mut Walk<'_, '_>| {
        // The compiled-in policy is sound, a test holds it to that; without it, every entry counts as new.
        let compiled_in: Option<Policy> = over_compiled_in("").ok();
        let compiled_in = compiled_in.as_ref();
        let ids = |of: fn(&Policy) -> Vec<&str>| compiled_in.map(of).unwrap_or_default();
        let categories = ids(|policy| policy.category.iter().map(|category| category.id.as_str()).collect());
        let roles = ids(|policy| policy.role.iter().map(|role| role.id.as_str()).collect());
        entries(walk, "category", &categories, CATEGORY);
        entries(walk, "role", &roles, ROLE);
        if let Some(compiled_in) = compiled_in {
            communication(walk, compiled_in);
        }
        alerts(walk);
        sections(walk, compiled_in);
        repeated(walk, "severity");
        named_playbooks(walk, known);
        shared_names(walk, compiled_in.map_or(&[], |policy| &policy.category));
    };
    check(file, text, POLICY, rules, || over_compiled_in(text).err())
}

/// An entry with a new id must be complete; an id stands once.
pub(super) fn entries(walk: &mut Walk<'_, '_>, list: &str, known: &[&str], keys: &'static [Key]) {
    repeated(walk, list);
    for (entry, span) in tables(walk.root, list) {
        // One without an id is reported already.
        if text(entry, "id").is_some_and(|(id, _)| !known.contains(&id)) {
            walk.missing(entry, keys.iter().filter(|key| key.required), "", span.start);
        }
    }
}

/// A word stands for one severity.
fn alerts(walk: &mut Walk<'_, '_>) {
    let Some((alerts, _)) = table(walk.root, "alerts") else { return };
    let words = ALERTS.iter().flat_map(|key| texts(alerts, key.name));
    let mut words: Vec<_> = words.collect();
    words.sort_by_key(|(_, span)| span.start);
    walk.report.repeated("alerts", words.into_iter());
}

/// A section of the postmortem with a new id must be complete; an id stands once.
fn sections(walk: &mut Walk<'_, '_>, compiled_in: Option<&Policy>) {
    let Some((postmortem, _)) = table(walk.root, "postmortem") else { return };
    let own = tables(postmortem, "section");
    walk.report.repeated("section", own.iter().filter_map(|(entry, _)| text(entry, "id")));
    let known = |id: &str| compiled_in.is_some_and(|policy| policy.postmortem.section.iter().any(|one| one.id == id));
    for (entry, span) in own {
        if text(entry, "id").is_some_and(|(id, _)| !known(id)) {
            walk.missing(entry, SECTION.iter().filter(|key| key.required), "", span.start);
        }
    }
}

fn repeated(walk: &mut Walk<'_, '_>, list: &str) {
    walk.report.repeated(list, tables(walk.root, list).into_iter().filter_map(|(entry, _)| text(entry, "id")));
}

fn named_playbooks(walk: &mut Walk<'_, '_>, known: &Library) {
    for key in ["default_playbook", "unified_playbook"] {
        let Some((id, span)) = text(walk.root, key) else { continue };
        let ids = || known.playbooks.iter().map(|playbook| playbook.id.as_str());
        if !id.trim().is_empty() && !ids().any(|known| known == id) {
            let what =
                ProblemKind::UnknownPlaybook { key: key.to_owned(), playbook: quoted(id), near: nearest(id, ids()) };
            walk.report.add(span.start, what);
        }
    }
}

/// Warns of names of a category that another one before it has.
fn shared_names(walk: &mut Walk<'_, '_>, compiled_in: &[Category]) {
    let own = tables(walk.root, "category");
    let replaced = |id: &str| own.iter().any(|(entry, _)| text(entry, "id").is_some_and(|(own, _)| own == id));
    let mut owners: HashMap<String, String> = HashMap::new();
    for category in compiled_in.iter().filter(|category| !replaced(&category.id)) {
        let names = [&category.id, &category.title.en, &category.title.ja].into_iter().chain(&category.also);
        owners.extend(names.map(|name| (fold(name), category.id.clone())));
    }
    for (entry, _) in &own {
        let Some((id, _)) = text(entry, "id") else { continue };
        for (name, span) in names(entry) {
            match owners.get(&fold(name)) {
                Some(first) if first != id => {
                    let what = ProblemKind::SharedName { name: quoted(name), first: quoted(first) };
                    walk.report.add(span.start, what);
                }
                _ => {
                    owners.insert(fold(name), id.to_owned());
                }
            }
        }
    }
}

fn names<'t>(category: &'t DeTable<'_>) -> Vec<(&'t str, std::ops::Range<usize>)> {
    let title = table(category, "title");
    let titles = title.into_iter().flat_map(|(title, _)| ["en", "ja"].into_iter().filter_map(|key| text(title, key)));
    text(category, "id").into_iter().chain(titles).chain(texts(category, "also")).collect()
}
