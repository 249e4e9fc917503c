//! The part of the policy about who is told what, by whom and how: every name in it must stand for something.

use super::policy::entries;
use crate::incident::policy::Policy;
use crate::incident::problem::ProblemKind;
use crate::policy::field::{tables, text, texts};
use crate::policy::near::{nearest, quoted};
use crate::policy::shape::{AUDIENCE, CADENCE, CALENDAR, CHANNEL, CLASSIFICATION, DUTY, LADDER, SERVICE};
use crate::policy::walk::Walk;
use std::ops::Range;
use toml::de::DeTable;

/// A name and where it stands.
type Name<'t> = (&'t str, Range<usize>);

/// Reports what is wrong with audiences, cadences, channels, services, ladders, rules and duties.
pub(super) fn communication(walk: &mut Walk<'_, '_>, compiled_in: &Policy) {
    let known = Known::of(walk.root, compiled_in);
    entries(walk, "audience", &ids(compiled_in.audience.iter().map(|one| &one.id)), AUDIENCE);
    entries(walk, "cadence", &ids(compiled_in.cadence.iter().map(|one| &one.id)), CADENCE);
    entries(walk, "channel", &[], CHANNEL);
    entries(walk, "service", &ids(compiled_in.service.iter().map(|one| &one.id)), SERVICE);
    entries(walk, "ladder", &ids(compiled_in.ladder.iter().map(|one| &one.id)), LADDER);
    entries(walk, "classification", &ids(compiled_in.classification.iter().map(|one| &one.id)), CLASSIFICATION);
    entries(walk, "duty", &ids(compiled_in.duty.iter().map(|one| &one.id)), DUTY);
    entries(walk, "calendar", &ids(compiled_in.calendar.iter().map(|one| &one.id)), CALENDAR);
    let root = walk.root;
    for (audience, _) in tables(root, "audience") {
        unknown(walk, "channels", texts(audience, "channels"), &known.channels);
        unknown(walk, "approval", texts(audience, "approval"), &known.roles);
    }
    for (cadence, _) in tables(root, "cadence") {
        unknown(walk, "audience", text(cadence, "audience"), &known.audiences);
        unknown(walk, "role", text(cadence, "role"), &known.roles);
    }
    for (service, _) in tables(root, "service") {
        unknown(walk, "ladder", text(service, "ladder"), &known.ladders);
    }
    unknown(walk, "default_ladder", text(root, "default_ladder"), &known.ladders);
    for (ladder, _) in tables(root, "ladder") {
        for (tier, _) in tables(ladder, "tier") {
            unknown(walk, "channel", text(tier, "channel"), &known.channels);
        }
    }
    for (duty, _) in tables(root, "duty") {
        unknown(walk, "after", text(duty, "after"), &known.duties);
        unknown(walk, "calendar", text(duty, "calendar"), &known.calendars);
    }
    unknown(walk, "legal", texts(root, "legal"), &known.regimes);
    super::fit::channels(walk);
    super::fit::duties(walk, compiled_in);
    if let Some((reminders, _)) = crate::policy::field::table(root, "reminders") {
        unknown(walk, "channels", texts(reminders, "channels"), &known.channels);
        unknown(walk, "up", texts(reminders, "up"), &known.roles);
    }
}

fn ids<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    ids.map(String::as_str).collect()
}

/// Every name there is, compiled in or written.
struct Known {
    audiences: Vec<String>,
    channels: Vec<String>,
    ladders: Vec<String>,
    roles: Vec<String>,
    duties: Vec<String>,
    calendars: Vec<String>,
    regimes: Vec<String>,
}

impl Known {
    fn of(root: &DeTable<'_>, compiled_in: &Policy) -> Self {
        let written = |list: &str, key: &str| {
            let entries = tables(root, list).into_iter();
            entries.filter_map(|(entry, _)| text(entry, key).map(|(id, _)| id.to_owned())).collect::<Vec<String>>()
        };
        let with = |mut own: Vec<String>, more: Vec<&str>| {
            own.extend(more.into_iter().map(str::to_owned));
            own
        };
        Self {
            audiences: with(written("audience", "id"), ids(compiled_in.audience.iter().map(|one| &one.id))),
            channels: written("channel", "id"),
            ladders: written("ladder", "id"),
            // A playbook brings the unified commander along, not the policy.
            roles: with(
                written("role", "id"),
                ids(compiled_in.role.iter().map(|one| &one.id)).into_iter().chain(["unified-commander"]).collect(),
            ),
            duties: with(written("duty", "id"), ids(compiled_in.duty.iter().map(|one| &one.id))),
            calendars: with(written("calendar", "id"), ids(compiled_in.calendar.iter().map(|one| &one.id))),
            regimes: with(written("duty", "regime"), ids(compiled_in.duty.iter().map(|one| &one.regime))),
        }
    }
}

/// Reports the names that stand for nothing.
fn unknown<'t>(walk: &mut Walk<'_, '_>, key: &str, names: impl IntoIterator<Item = Name<'t>>, known: &[String]) {
    for (name, span) in names {
        if !name.trim().is_empty() && !known.iter().any(|one| one == name) {
            let near = nearest(name, known.iter().map(String::as_str));
            walk.report.add(span.start, ProblemKind::UnknownName { key: key.to_owned(), name: quoted(name), near });
        }
    }
}
