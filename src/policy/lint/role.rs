//! The roles of a playbook: those it fills, those it describes, those its steps fall to.

use crate::incident::problem::ProblemKind;
use crate::incident::roster::fold;
use crate::policy::field::{tables, text, texts};
use crate::policy::library::Library;
use crate::policy::near::{nearest, quoted};
use crate::policy::walk::Walk;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use toml::de::DeValue;

/// The most of a playbook's own roles that an unknown one is compared with.
const COMPARED: usize = 100;

/// A slug and where it stands.
type Slug<'t> = (&'t str, Range<usize>);

/// Reports what is wrong with the roles of a playbook (A3).
pub(super) fn roles(walk: &mut Walk<'_, '_>, known: &Library) {
    let root = walk.root;
    let described: Vec<Slug<'_>> = tables(root, "role").into_iter().filter_map(|(role, _)| text(role, "id")).collect();
    let listed = texts(root, "roles");
    let taken: Vec<Slug<'_>> = tables(root, "step").into_iter().filter_map(|(step, _)| text(step, "role")).collect();
    walk.report.repeated("role", described.iter().cloned());
    walk.report.repeated("roles", listed.iter().cloned());
    let is_empty = |list: &DeValue<'_>| list.as_array().is_some_and(|list| list.is_empty());
    if let Some(list) = root.get("roles").filter(|list| is_empty(list.get_ref())) {
        walk.report.add(list.span().start, ProblemKind::Empty { key: "roles".to_owned() });
    }

    let of_policy: HashSet<&str> = known.policy.role.iter().map(|role| role.id.as_str()).collect();
    for (slug, span) in described.iter().filter(|(slug, _)| of_policy.contains(slug)) {
        walk.report.add(span.start, ProblemKind::RoleKnown { role: quoted(slug) });
    }
    let exists = |slug: &str, own: &HashSet<&str>| of_policy.contains(slug) || own.contains(slug);
    let own = slugs(&described);
    let names = names_of(known);
    for (slug, span) in listed.iter().chain(&taken) {
        if !slug.trim().is_empty() && !exists(slug, &own) {
            let near = near(slug, known, &names, &described);
            walk.report.add(span.start, ProblemKind::UnknownRole { role: quoted(slug), near });
        }
    }
    if root.contains_key("roles") {
        let filled = slugs(&listed);
        for (slug, span) in taken.iter().filter(|(slug, _)| exists(slug, &own) && !filled.contains(slug)) {
            walk.report.add(span.start, ProblemKind::RoleNotListed { role: quoted(slug) });
        }
    }
}

fn slugs<'t>(located: &[Slug<'t>]) -> HashSet<&'t str> {
    located.iter().map(|(slug, _)| *slug).collect()
}

/// The slug that was probably meant: people write a role's title where its slug belongs.
fn near(written: &str, known: &Library, names: &HashMap<String, &str>, described: &[Slug<'_>]) -> Option<String> {
    let by_name = names.get(&fold(written)).map(|slug| (*slug).to_owned());
    by_name.or_else(|| {
        let of_policy = known.policy.role.iter().map(|role| role.id.as_str());
        nearest(written, of_policy.chain(described.iter().take(COMPARED).map(|(slug, _)| *slug)))
    })
}

/// The slugs of the policy's roles by all their names; of a name that two roles have, the first role's.
fn names_of(known: &Library) -> HashMap<String, &str> {
    let mut slugs = HashMap::new();
    for role in &known.policy.role {
        for name in [&role.id, &role.title.en, &role.title.ja].into_iter().chain(&role.also) {
            slugs.entry(fold(name)).or_insert(role.id.as_str());
        }
    }
    slugs
}
