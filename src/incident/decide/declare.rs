//! Declaring: from a title to an incident with a playbook, an incident manager and first steps (A2, A3, D1, D2).

use super::severity::unify_if_called_for;
use super::{Draft, alert, call, clocks};
use crate::incident::alert::filled;
use crate::incident::command::Declare;
use crate::incident::fact::{IncidentDeclared, RoleAssigned};
use crate::incident::limits;
use crate::incident::playbook::{self, Playbook};
use crate::incident::rejection::{Field, Rejection};
use crate::incident::roster::INCIDENT_MANAGER;
use crate::incident::severity::Severity;

pub(super) fn declare(draft: &mut Draft<'_>, declare: &Declare) -> Result<(), Rejection> {
    let declare: &Declare = &filled(declare, draft.context.policy, draft.context.now);
    let context = draft.context;
    let title = limits::line(Field::Title, &declare.title)?;
    let services = limits::names(Field::Service, &declare.services)?;
    let summary = declare.summary.as_deref().map(|text| limits::text(Field::Summary, text)).transpose()?;
    let detected_by = declare.detected_by.as_deref().map(|text| limits::line(Field::DetectedBy, text)).transpose()?;
    let commander = limits::name(Field::Person, declare.commander.as_deref().unwrap_or(context.actor))?;
    let category = declare.category.as_deref().map(|typed| category(draft, typed)).transpose()?;
    let started_at = declare.started_at.as_ref().map(|when| when.at);
    let detected_at = declare.detected_at.as_ref().map(|when| when.at);
    if let (Some(started_at), Some(detected_at)) = (started_at, detected_at)
        && detected_at < started_at
    {
        return Err(Rejection::DetectedBeforeStart { detected_at, started_at });
    }
    if let Some(other) = context.lookalike.as_ref().filter(|_| !declare.force) {
        return Err(Rejection::Lookalike { number: other.number, title: other.title.clone() });
    }
    let severity = declare.severity.unwrap_or_else(|| by_default(draft, declare));
    let playbooks: Vec<&Playbook> = if declare.playbooks.is_empty() {
        let category = category.as_deref().or(declare.near_miss.then_some(NEAR_MISS));
        let chosen = playbook::select(context.playbooks, category, severity, declare.customers);
        vec![chosen.map_or_else(|| context.playbook(&context.policy.default_playbook), Ok)?]
    } else {
        declare.playbooks.iter().map(|id| context.playbook(id.trim())).collect::<Result<_, _>>()?
    };

    draft.push(IncidentDeclared {
        space: context.space,
        number: context.next_number,
        title,
        severity,
        severity_by_default: declare.severity.is_none(),
        category,
        services,
        customers: declare.customers,
        summary,
        started_at,
        detected_at,
        detected_by,
        drill: declare.drill,
        restricted: declare.restricted,
        near_miss: declare.near_miss,
    });
    for playbook in playbooks {
        draft.join(playbook);
    }
    alert::record(draft, &declare.alerts)?;
    if declare.near_miss && declare.commander.is_none() {
        // Nothing burns: nobody has to lead, and nobody waits for news (D1).
        draft.activate_steps();
        return Ok(());
    }
    let spec = context.role(Some(&draft.incident), INCIDENT_MANAGER).ok();
    draft.push(RoleAssigned {
        role: INCIDENT_MANAGER.to_owned(),
        holder: commander,
        beside_others: false,
        relieved: Vec::new(),
        spec: spec.filter(|_| draft.incident.role(INCIDENT_MANAGER).is_none()),
        scope: None,
        duty: None,
        handover: None,
        hand_over_by: call::hand_over_by(draft, INCIDENT_MANAGER),
    });
    unify_if_called_for(draft)?;
    draft.activate_steps();
    clocks::keep_cadences(draft);
    Ok(())
}

/// The category of near misses, whose playbook they follow.
const NEAR_MISS: &str = "near-miss";

/// How bad it is when nobody says: when unsure, treat as higher, but for what came to nothing (D1).
const fn by_default(draft: &Draft<'_>, declare: &Declare) -> Severity {
    if declare.near_miss { Severity::Sev4 } else { draft.context.policy.default_severity }
}

/// The slug of the category that `typed` means.
pub(super) fn category(draft: &Draft<'_>, typed: &str) -> Result<String, Rejection> {
    let typed = limits::name(Field::Category, typed)?;
    let policy = draft.context.policy;
    policy.category(&typed).map(|category| category.id.clone()).ok_or_else(|| Rejection::UnknownCategory {
        typed,
        known: policy.category.iter().map(|category| category.id.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use crate::incident::alert::Alert;
    use crate::incident::command::{Command, CommandMode, Customers, Declare};
    use crate::incident::context::OtherIncident;
    use crate::incident::decide::scene::{Scene, declare, exactly};
    use crate::incident::rejection::Rejection;
    use crate::incident::severity::Severity;
    use crate::incident::slug::AlertState;
    use crate::incident::status::Status;
    use crate::incident::time::Timestamp;

    #[test]
    fn a2_a3_the_playbook_follows_category_severity_and_customers() {
        for (category, severity, customers, playbook) in [
            (Some("outage"), Some(Severity::Sev2), None, "service-outage"),
            (None, Some(Severity::Sev1), Some(Customers::One), "single-customer-escalation"),
            (None, None, None, "default"),
        ] {
            let command = Declare { category: category.map(str::to_owned), severity, customers, ..declare("t") };
            let incident = Scene::new().when(Command::Declare(command)).incident();
            assert_eq!(incident.checklists[0].playbook, playbook);
        }
    }

    #[test]
    fn c1_the_declarer_leads_unless_a_commander_is_named() {
        let incident = Scene::new().when(Command::Declare(declare("t"))).incident();
        assert_eq!(incident.leader(), Some("aki"));
        let named = Declare { commander: Some("ben".to_owned()), ..declare("t") };
        assert_eq!(Scene::new().when(Command::Declare(named)).incident().leader(), Some("ben"));
    }

    #[test]
    fn without_a_severity_the_policy_treats_it_as_higher() {
        let incident = Scene::new().when(Command::Declare(declare("t"))).incident();
        assert_eq!(incident.severity, Severity::Sev2);
        assert_eq!(incident.status, Status::Investigating);
    }

    #[test]
    fn a4_sev0_opens_unified_command_at_once() {
        let command = Declare { severity: Some(Severity::Sev0), ..declare("t") };
        let incident = Scene::new().when(Command::Declare(command)).incident();
        assert_eq!(incident.command, CommandMode::Unified);
        assert_eq!(incident.checklists.last().map(|list| list.playbook.as_str()), Some("unified-command"));
        assert!(incident.role("unified-commander").is_some());
    }

    #[test]
    fn a_lookalike_is_refused_unless_forced() {
        let other = OtherIncident {
            id: Scene::new().context().batch.incident(),
            number: 7,
            title: "t".to_owned(),
            status: Status::Identified,
        };
        let scene = Scene::new().lookalike(other);
        let refused = scene.clone().when(Command::Declare(declare("t"))).rejection();
        assert_eq!(refused, Rejection::Lookalike { number: 7, title: "t".to_owned() });
        let forced = Declare { force: true, ..declare("t") };
        assert_eq!(scene.when(Command::Declare(forced)).incident().title, "t");
    }

    #[test]
    fn d1_a_near_miss_needs_nobody_to_lead_and_starts_no_clock() {
        let near_miss = Declare { near_miss: true, ..declare("t") };
        let scene = Scene::new().when(Command::Declare(near_miss.clone()));
        let incident = scene.clone().incident();
        assert_eq!((incident.severity, incident.leader()), (Severity::Sev4, None));
        assert!(incident.promises.clocks.is_empty());
        let worse = Declare { severity: Some(Severity::Sev0), ..near_miss };
        let resolved = Scene::new().given(Command::Declare(worse)).resolved().incident();
        assert_eq!((resolved.status, resolved.postmortem), (Status::Resolved, None));
        assert!(resolved.promises.clocks.is_empty());
    }

    #[test]
    fn d1_alerts_say_what_the_person_does_not() {
        let alert = |title: &str, severity: &str, at: i64| Alert {
            format: "alertmanager".to_owned(),
            fingerprint: title.to_owned(),
            state: AlertState::Firing,
            title: title.to_owned(),
            text: None,
            link: Some("https://prometheus.example/graph".to_owned()),
            links: Vec::new(),
            services: vec!["api".to_owned()],
            severity: Some(severity.to_owned()),
            starts_at: Some(Timestamp::from_millis(at)),
            ends_at: None,
        };
        let alerts = vec![alert("slow", "warning", 20), alert("down", "critical", 10)];
        let incident = Scene::new().when(Command::Declare(Declare { alerts, ..Declare::default() })).incident();
        assert_eq!((incident.title.as_str(), incident.severity), ("slow", Severity::Sev1));
        assert_eq!((incident.services.len(), incident.alerts.len(), incident.links.len()), (1, 2, 1));
        assert_eq!(incident.times.detected, Some(Timestamp::from_millis(10)));
    }

    #[test]
    fn nothing_is_noticed_before_it_began() {
        let at = |millis| Some(exactly(Timestamp::from_millis(millis)));
        let command = Declare { started_at: at(20), detected_at: at(10), ..declare("t") };
        let refused = Scene::new().when(Command::Declare(command)).rejection();
        assert!(matches!(refused, Rejection::DetectedBeforeStart { .. }));
    }

    #[test]
    fn steps_apply_at_once_or_wait_for_their_condition() {
        let command = Declare { category: Some("outage".to_owned()), ..declare("t") };
        let incident = Scene::new().when(Command::Declare(command)).incident();
        for place in incident.steps() {
            let waits = place.state.step.when.as_ref().is_some_and(|when| when.status.is_some());
            assert!(!(waits && place.state.active), "{}", place.state.step.id);
        }
        assert!(incident.steps().any(|place| place.state.active && place.state.due_at.is_some()));
    }
}
