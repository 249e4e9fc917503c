//! What the law and contracts ask for, and how far it got in an incident (E6).

use crate::incident::duty::Duty;
use crate::incident::policy::Policy;
use crate::incident::state::{Incident, LegalDuty};
use crate::incident::time::Timestamp;

/// A duty, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyItem {
    /// The duty's id.
    pub id: String,
    /// What the policy says of it; nothing where it no longer has it.
    pub duty: Option<Duty>,
    /// Whether the organisation turned its regime on.
    pub on: bool,
    /// What became of it in the incident.
    pub run: Option<LegalDuty>,
    /// How it stands.
    pub standing: DutyStanding,
}

/// How a duty stands in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyStanding {
    /// It was not started.
    Idle,
    /// It runs.
    Running,
    /// It runs, and it is time to worry.
    Warning,
    /// It was due.
    Overdue,
    /// Notice was given.
    Met,
    /// It was decided that none is.
    Waived,
}

impl DutyStanding {
    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Warning => "warning",
            Self::Overdue => "overdue",
            Self::Met => "met",
            Self::Waived => "waived",
        }
    }

    fn of(run: Option<&LegalDuty>, now: Timestamp) -> Self {
        let Some(run) = run else { return Self::Idle };
        if run.notified_at.is_some() {
            Self::Met
        } else if run.waived.is_some() {
            Self::Waived
        } else if run.due_at.is_some_and(|due| due < now) {
            Self::Overdue
        } else if run.warn_at.is_some_and(|warn| warn <= now) {
            Self::Warning
        } else {
            Self::Running
        }
    }
}

/// The duties of the regimes that are turned on, with `all` of every one, in the policy's order; what was started in
/// the incident is always among them.
pub fn duties(policy: &Policy, incident: Option<&Incident>, all: bool, now: Timestamp) -> Vec<DutyItem> {
    let runs: &[LegalDuty] = incident.map_or(&[], |incident| &incident.promises.duties);
    let item = |id: &str, duty: Option<&Duty>| {
        let run = runs.iter().find(|run| run.id == id);
        DutyItem {
            id: id.to_owned(),
            duty: duty.cloned(),
            on: duty.is_some_and(|duty| policy.legal.contains(&duty.regime)),
            run: run.cloned(),
            standing: DutyStanding::of(run, now),
        }
    };
    let known = policy.duty.iter().map(|duty| item(&duty.id, Some(duty)));
    let mut items: Vec<DutyItem> = known.filter(|item| all || item.on || item.run.is_some()).collect();
    let gone = runs.iter().filter(|run| !policy.duty.iter().any(|duty| duty.id == run.id));
    items.extend(gone.map(|run| item(&run.id, None)));
    items
}

#[cfg(test)]
mod tests {
    use super::{DutyStanding, duties};
    use crate::incident::id::SubjectId;
    use crate::incident::localized::Localized;
    use crate::incident::policy::Policy;
    use crate::incident::state::{Incident, LegalDuty};
    use crate::incident::time::Timestamp;

    fn policy() -> Policy {
        let both =
            concat!(include_str!("../../playbooks/policy.toml"), "\n", include_str!("../../playbooks/legal.toml"));
        let mut policy: Policy = toml::from_str(both).expect("the policy");
        policy.legal = vec!["gdpr".to_owned()];
        policy
    }

    fn running(id: &str) -> LegalDuty {
        let title = Localized { en: "a".to_owned(), ja: "a".to_owned() };
        LegalDuty {
            id: id.to_owned(),
            variant: None,
            title,
            source: "§ 1".to_owned(),
            since: hours(0),
            warn_at: Some(hours(48)),
            due_at: Some(hours(72)),
            notified_at: None,
            waived: None,
        }
    }

    fn hours(hours: i64) -> Timestamp {
        Timestamp::from_millis(1_795_000_000_000 + hours * 3_600_000)
    }

    fn with(duties: Vec<LegalDuty>) -> Incident {
        let mut incident = Incident::blank(SubjectId(uuid::Uuid::nil()));
        incident.promises.duties = duties;
        incident
    }

    #[test]
    fn only_what_is_on_and_what_runs_is_listed_unless_all_is_asked_for() {
        let (policy, incident) = (policy(), with(vec![running("sec-8-k-1-05"), running("forgotten")]));
        let ids =
            |all| duties(&policy, Some(&incident), all, hours(0)).into_iter().map(|item| item.id).collect::<Vec<_>>();
        assert_eq!(ids(false), ["gdpr-33-1", "gdpr-33-2", "gdpr-34", "sec-8-k-1-05", "forgotten"]);
        assert_eq!(ids(true).len(), policy.duty.len() + 1);
        let off = duties(&policy, None, true, hours(0)).into_iter().filter(|item| !item.on).count();
        assert_eq!(off, policy.duty.len() - 3);
    }

    #[test]
    fn a_duty_stands_as_its_times_and_its_end_say() {
        let policy = policy();
        let at = |run: LegalDuty, now| duties(&policy, Some(&with(vec![run])), false, now)[0].standing;
        let run = || running("gdpr-33-1");
        assert_eq!(duties(&policy, None, false, hours(0))[0].standing, DutyStanding::Idle);
        assert_eq!(at(run(), hours(47)), DutyStanding::Running);
        assert_eq!(at(run(), hours(48)), DutyStanding::Warning);
        assert_eq!(at(run(), hours(72)), DutyStanding::Warning, "its last instant is in time");
        assert_eq!(at(run(), hours(73)), DutyStanding::Overdue);
        assert_eq!(at(LegalDuty { notified_at: Some(hours(1)), ..run() }, hours(99)), DutyStanding::Met);
        assert_eq!(at(LegalDuty { waived: Some("no risk".to_owned()), ..run() }, hours(99)), DutyStanding::Waived);
    }
}
