//! Every problem of a playbook.

use super::role::roles;
use crate::incident::command::Customers;
use crate::incident::playbook::{Playbook, Select};
use crate::incident::problem::{Problem, ProblemKind};
use crate::policy::check::check;
use crate::policy::day::Day;
use crate::policy::field::{table, tables, text, texts};
use crate::policy::library::Library;
use crate::policy::near::{nearest, quoted};
use crate::policy::shape::PLAYBOOK;
use crate::policy::walk::Walk;
use std::collections::BTreeSet;
use std::path::Path;
use toml::de::DeTable;

/// The most steps of a playbook: more is no checklist.
const STEPS: usize = 500;

/// The most characters of a step that read well under stress, in either language.
const STEP: usize = 200;

/// Every problem of a playbook.
///
/// `file` is how people name it; where it ends in `.toml`, the id must be its name. `known` are the roles, categories
/// and other playbooks there are. `today` is `YYYY-MM-DD`; without it, the day of review is not held against it (E12).
pub fn lint_playbook(file: &str, text: &str, known: &Library, today: Option<&str>) -> Vec<Problem> {
    let rules = |walk: &mut Walk<'_, '_>| {
        own_id(walk);
        reviewed(walk, today.and_then(Day::parse));
        roles(walk, known);
        steps(walk);
        selection(walk, known);
    };
    check(file, text, PLAYBOOK, rules, || toml::from_str::<Playbook>(text).err())
}

pub(super) fn own_id(walk: &mut Walk<'_, '_>) {
    let path = Path::new(walk.report.file());
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let stem = path.file_stem().filter(|_| is_toml).map(|stem| stem.to_string_lossy());
    if let (Some((id, span)), Some(stem)) = (text(walk.root, "id"), stem)
        && !id.trim().is_empty()
        && id != stem
    {
        walk.report.add(span.start, ProblemKind::NotFileName { id: quoted(id), stem: quoted(&stem) });
    }
}

fn reviewed(walk: &mut Walk<'_, '_>, today: Option<Day>) {
    let Some(value) = walk.root.get("reviewed") else { return };
    let (Some(day), Some(today)) = (Day::from_value(value.get_ref()), today) else { return };
    if day > today {
        let what = ProblemKind::ReviewedLater { day: day.to_string(), today: today.to_string() };
        walk.report.add(value.span().start, what);
    } else if day.over_a_year_before(today) {
        walk.report.add(value.span().start, ProblemKind::ReviewedLongAgo { day: day.to_string() });
    }
}

fn steps(walk: &mut Walk<'_, '_>) {
    let steps = tables(walk.root, "step");
    // A `step` that is no list of tables is reported already.
    if steps.is_empty() && walk.root.get("step").is_none_or(|step| step.get_ref().is_array()) {
        walk.report.add(0, ProblemKind::NoStep);
    }
    if let Some((_, span)) = steps.get(STEPS) {
        walk.report.add(span.start, ProblemKind::TooManySteps { count: steps.len(), most: STEPS });
    }
    let ids = steps.iter().filter_map(|(step, _)| text(step, "id"));
    walk.report.repeated("step", ids.clone());
    for (id, span) in ids {
        if !id.is_empty() && id.bytes().all(|letter| letter.is_ascii_digit()) {
            walk.report.add(span.start, ProblemKind::DigitsOnly { id: quoted(id) });
        }
    }
    for (both, _) in steps.iter().filter_map(|(step, _)| table(step, "text")) {
        long_text(walk, both);
    }
}

fn long_text(walk: &mut Walk<'_, '_>, both: &DeTable<'_>) {
    for side in ["en", "ja"] {
        let Some((words, span)) = text(both, side) else { continue };
        let chars = words.chars().count();
        if chars > STEP {
            let key = format!("text.{side}");
            walk.report.add(span.start, ProblemKind::LongStep { key, chars, most: STEP });
        }
    }
}

fn selection(walk: &mut Walk<'_, '_>, known: &Library) {
    let Some((select, span)) = table(walk.root, "select") else { return };
    let categories = || known.policy.category.iter().map(|category| category.id.as_str());
    for (category, span) in texts(select, "categories") {
        if !category.trim().is_empty() && !categories().any(|known| known == category) {
            let near = known.policy.category(category).map(|meant| meant.id.clone());
            let near = near.or_else(|| nearest(category, categories()));
            walk.report.add(span.start, ProblemKind::UnknownCategory { category: quoted(category), near });
        }
    }
    let own = asked(
        texts(select, "categories").iter().map(|(category, _)| *category),
        texts(select, "severities").iter().map(|(severity, _)| *severity),
        text(select, "customers").map(|(customers, _)| customers),
    );
    if own == asked([], [], None) {
        walk.report.add(span.start, ProblemKind::SelectsNothing);
        return;
    }
    let own_id = text(walk.root, "id").map(|(id, _)| id);
    let others = known.playbooks.iter().filter(|other| Some(other.id.as_str()) != own_id);
    for (other, select) in others.filter_map(|other| Some((other, other.select.as_ref()?))) {
        if same(&own, select) {
            walk.report.add(span.start, ProblemKind::SameSelection { other: quoted(&other.id) });
        }
    }
}

/// What a selection asks for, in a form that compares.
type Asked<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>, Option<&'a str>);

fn asked<'a>(
    categories: impl IntoIterator<Item = &'a str>,
    severities: impl IntoIterator<Item = &'a str>,
    customers: Option<&'a str>,
) -> Asked<'a> {
    (categories.into_iter().collect(), severities.into_iter().collect(), customers)
}

fn same(own: &Asked<'_>, other: &Select) -> bool {
    let categories = other.categories.iter().map(String::as_str);
    let severities = other.severities.iter().map(|severity| severity.as_str());
    *own == asked(categories, severities, other.customers.map(Customers::as_str))
}
