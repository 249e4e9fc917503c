//! Working an incident's row out from how it stands.

use super::{Actions, Figures, Passed, Roles, Updates};
use crate::incident::roster::INCIDENT_MANAGER;
use crate::incident::state::{Action, Incident, Progress, is_late};
use crate::incident::time::Timestamp;
use crate::store::rows;
use sha2::{Digest, Sha256};

/// Works out an incident's row.
pub(super) fn of<T>(incident: &Incident, place: i64, then: impl FnOnce(&Figures<'_>) -> T) -> T {
    let services = rows::services_column(&incident.services);
    let mut causes: Vec<u64> = causes(incident).filter_map(mark).collect();
    causes.sort_unstable();
    causes.dedup();
    let causes: Vec<u8> = causes.into_iter().flat_map(u64::to_be_bytes).collect();
    let updates_open = listed(incident.promises.clocks.iter().map(|clock| clock.due_at));
    let all = || incident.lessons.actions.iter();
    let actions_open = listed(all().filter(|one| one.progress() == Progress::Open).filter_map(|one| one.due_at));
    let number =
        |wanted: &dyn Fn(&Action) -> bool| u32::try_from(all().filter(|one| wanted(one)).count()).unwrap_or(u32::MAX);
    let done = |one: &Action| matches!(one.progress(), Progress::Done | Progress::Effective);
    let is_late = |one: &Action| one.done_at.zip(one.due_at).is_some_and(|(done, due)| is_late(due, done));
    let failed = |one: &Action| match one.verified {
        Some((_, effective)) => !effective,
        None => false,
    };
    let (times, tally) = (&incident.times, &incident.tally);
    let held =
        |role: &str| times.resolved.map_or(0, |resolved| tally.held_within(role, times.declared, resolved).millis());
    let planned = || incident.roles.iter().filter(|role| !role.ad_hoc);
    then(&Figures {
        place,
        number: incident.number,
        worst: incident.worst,
        drill: incident.drill,
        restricted: incident.restricted,
        near_miss: incident.near_miss,
        cancelled: incident.cancelled.as_ref().map(|cancelled| cancelled.because),
        category: incident.category.as_deref(),
        services: &services,
        times: Passed {
            declared: times.declared,
            started: times.started,
            detected: times.detected,
            acknowledged: incident.promises.acknowledged_at,
            mitigated: incident.first_mitigated(),
            resolved: times.resolved,
            calm: incident.calm(),
        },
        updates: Updates { in_time: tally.in_time, late: tally.late, missed: tally.missed, open: &updates_open },
        reopened: tally.reopened,
        roles: Roles {
            manager: held(INCIDENT_MANAGER),
            count: u32::try_from(planned().count()).unwrap_or(u32::MAX),
            held: planned().fold(0i64, |sum, role| sum.saturating_add(held(&role.spec.id))),
        },
        actions: Actions {
            dropped: number(&|one| one.progress() == Progress::Dropped),
            in_time: number(&|one| done(one) && one.due_at.is_some() && !is_late(one)),
            late: number(&|one| done(one) && is_late(one)),
            undated: number(&|one| one.progress() != Progress::Dropped && one.due_at.is_none()),
            effective: number(&|one| one.progress() == Progress::Effective),
            ineffective: number(&|one| one.progress() != Progress::Dropped && failed(one)),
            unchecked: number(&|one| one.progress() == Progress::Done && !failed(one)),
            open: &actions_open,
        },
        causes: &causes,
    })
}

fn listed(times: impl Iterator<Item = Timestamp>) -> String {
    let times: Vec<String> = times.map(|at| at.millis().to_string()).collect();
    times.join(" ")
}

/// The texts that say what caused an incident.
pub(super) fn causes(incident: &Incident) -> impl Iterator<Item = &str> {
    let chain = incident.lessons.causes.iter().map(|cause| cause.text.as_str());
    incident.cause.as_deref().into_iter().chain(chain)
}

/// A number that is the same for texts that differ only in case, width, spaces and punctuation; none for no words.
pub(super) fn mark(text: &str) -> Option<u64> {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        let narrow = match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            other => other,
        };
        if narrow.is_alphanumeric() {
            plain.extend(narrow.to_lowercase());
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    let plain = plain.trim_end();
    let digest: [u8; 32] = Sha256::digest(plain).into();
    let (head, _) = digest.split_first_chunk::<8>()?;
    (!plain.is_empty()).then(|| u64::from_be_bytes(*head))
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn causes_are_the_same_but_for_case_width_and_punctuation() {
        let one = mark("Certificate expired (API)");
        assert!(one.is_some());
        assert_eq!(mark("certificate  expired: ａｐｉ."), one);
        assert_ne!(mark("certificate expired"), one);
        assert_eq!(mark(" … "), None);
        assert_eq!(mark("証明書の期限切れ。"), mark("証明書の期限切れ"));
    }
}
