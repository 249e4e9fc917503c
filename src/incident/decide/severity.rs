//! Raising and lowering the severity, calling people in, and unified command (A2, A4, A8, D2, D3).

use super::{Draft, call, clocks};
use crate::incident::command::{CommandMode, Deescalate, Escalate};
use crate::incident::fact::{CommandChanged, SeverityChanged};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::severity::Severity;

pub(super) fn escalate(draft: &mut Draft<'_>, escalate: &Escalate) -> Result<(), Rejection> {
    let nobody = escalate.call.is_empty() && escalate.called.is_empty();
    let reason = escalate.reason.as_deref().map(|text| limits::text(Field::Reason, text)).transpose()?;
    if escalate.to.is_none() && nobody {
        return Err(Rejection::NothingToEscalate);
    }
    if let Some(to) = escalate.to {
        let from = draft.incident.severity;
        if to.worse_than(from) {
            change(draft, "escalate", to, reason.clone())?;
        } else if nobody {
            return Err(Rejection::NotWorse { from, to });
        }
    }
    call::call(draft, escalate, reason.as_ref())
}

pub(super) fn deescalate(draft: &mut Draft<'_>, deescalate: &Deescalate) -> Result<(), Rejection> {
    let reason = limits::text(Field::Reason, &deescalate.reason)?;
    let from = draft.incident.severity;
    if !from.worse_than(deescalate.to) {
        return Err(Rejection::NotBetter { from, to: deescalate.to });
    }
    change(draft, "deescalate", deescalate.to, Some(reason))
}

pub(super) fn change(
    draft: &mut Draft<'_>,
    verb: &'static str,
    to: Severity,
    reason: Option<String>,
) -> Result<(), Rejection> {
    if draft.incident.status.is_final() {
        return Err(Rejection::Over { verb, status: draft.incident.status });
    }
    draft.push(SeverityChanged { from: draft.incident.severity, to, reason });
    unify_if_called_for(draft)?;
    draft.activate_steps();
    clocks::keep_cadences(draft);
    Ok(())
}

/// Opens unified command where the severity calls for it, and ends it where it no longer does (A4).
pub(super) fn unify_if_called_for(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    let policy = draft.context.policy;
    let unified = policy.rule(draft.incident.severity).is_some_and(|rule| rule.unified_command);
    let to = if unified { CommandMode::Unified } else { CommandMode::Standard };
    if draft.incident.command == to {
        return Ok(());
    }
    draft.push(CommandChanged { to });
    if unified {
        let playbook = draft.context.playbook(&policy.unified_playbook)?;
        draft.join(playbook);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, CommandMode, Deescalate, Escalate};
    use crate::incident::decide::scene::Scene;
    use crate::incident::fact::Fact;
    use crate::incident::rejection::Rejection;
    use crate::incident::severity::Severity;

    fn raise(to: Severity) -> Command {
        Command::Escalate(Escalate { to: Some(to), ..Escalate::default() })
    }

    fn call(to: Option<Severity>) -> Command {
        Command::Escalate(Escalate { to, call: vec!["dba".to_owned()], ..Escalate::default() })
    }

    #[test]
    fn a4_reaching_sev0_opens_unified_command_after_the_steps_there_are() {
        let before = Scene::declared().incident();
        let after = Scene::declared().when(raise(Severity::Sev0)).incident();
        assert_eq!(after.command, CommandMode::Unified);
        assert_eq!(after.checklists.len(), before.checklists.len() + 1);
        let numbers = |incident: &crate::incident::state::Incident| {
            incident.steps().map(|place| place.state.step.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&after)[..numbers(&before).len()], numbers(&before)[..]);
    }

    #[test]
    fn a4_leaving_sev0_ends_unified_command() {
        let lower = Command::Deescalate(Deescalate { to: Severity::Sev1, reason: "contained".to_owned() });
        let after = Scene::declared().given(raise(Severity::Sev0)).when(lower).incident();
        assert_eq!((after.severity, after.worst), (Severity::Sev1, Severity::Sev0));
        assert_eq!(after.command, CommandMode::Standard);
    }

    #[test]
    fn raising_must_raise_and_lowering_must_lower() {
        let same = Scene::declared().when(raise(Severity::Sev2)).rejection();
        assert_eq!(same, Rejection::NotWorse { from: Severity::Sev2, to: Severity::Sev2 });
        let lower = Command::Deescalate(Deescalate { to: Severity::Sev1, reason: "r".to_owned() });
        let worse = Scene::declared().when(lower).rejection();
        assert_eq!(worse, Rejection::NotBetter { from: Severity::Sev2, to: Severity::Sev1 });
    }

    #[test]
    fn calling_people_is_never_refused() {
        for to in [None, Some(Severity::Sev2), Some(Severity::Sev4)] {
            let facts = Scene::declared().when(call(to)).facts();
            assert!(matches!(facts.as_slice(), [Fact::PeopleCalled(called)] if called.who == "dba"), "{facts:?}");
        }
        let closed = Scene::declared().resolved().closed();
        assert_eq!(closed.when(call(None)).facts().len(), 1);
    }

    #[test]
    fn an_incident_that_is_over_keeps_its_severity() {
        let refused = Scene::declared().resolved().closed().when(raise(Severity::Sev1)).rejection();
        assert!(matches!(refused, Rejection::Over { .. }));
    }
}
