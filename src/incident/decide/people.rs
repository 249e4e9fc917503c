//! Who does what: duties are never nobody's (A3, C1–C3).

use super::{Draft, call};
use crate::incident::command::{AssignRole, UnassignRole};
use crate::incident::fact::{RoleAssigned, RoleUnassigned};
use crate::incident::limits;
use crate::incident::localized::Localized;
use crate::incident::playbook::RoleSpec;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::roster::{self, INCIDENT_MANAGER};

pub(super) fn assign(draft: &mut Draft<'_>, assign: &AssignRole) -> Result<(), Rejection> {
    let typed = limits::name(Field::Role, &assign.role)?;
    let person = limits::name(Field::Person, &assign.person)?;
    let scope = assign.scope.as_deref().map(|text| limits::line(Field::Scope, text)).transpose()?;
    let duty = assign.duty.as_deref().map(|text| limits::text(Field::Duty, text)).transpose()?;
    let handover = assign.handover.as_deref().map(|text| limits::text(Field::Handover, text)).transpose()?;

    let spec = match draft.context.role(Some(&draft.incident), &typed) {
        Ok(spec) => spec,
        Err(Rejection::UnknownRole { .. }) if duty.is_some() => ad_hoc(&typed)?,
        Err(rejection) => return Err(rejection),
    };
    let there = draft.incident.role(&spec.id);
    let holders: Vec<String> =
        there.map(|role| role.holders.iter().map(|holder| holder.name.clone()).collect()).unwrap_or_default();
    let same = |name: &String| *name == person;
    if (assign.add || holders.len() == 1) && holders.iter().any(same) && scope.is_none() && duty.is_none() {
        return Err(Rejection::HeldAlready { role: spec.id, person });
    }
    let relieved = if assign.add { Vec::new() } else { holders.into_iter().filter(|name| !same(name)).collect() };
    let role = spec.id.clone();
    let hand_over_by = call::hand_over_by(draft, &role);
    draft.push(RoleAssigned {
        role,
        holder: person,
        beside_others: assign.add,
        relieved,
        spec: Some(spec).filter(|_| there.is_none()),
        scope,
        duty,
        handover,
        hand_over_by,
    });
    Ok(())
}

pub(super) fn unassign(draft: &mut Draft<'_>, unassign: &UnassignRole) -> Result<(), Rejection> {
    let typed = limits::name(Field::Role, &unassign.role)?;
    let spec = draft.context.role(Some(&draft.incident), &typed)?;
    let holders: Vec<String> = draft
        .incident
        .role(&spec.id)
        .map(|role| role.holders.iter().map(|holder| holder.name.clone()).collect())
        .unwrap_or_default();
    let leaving: Vec<String> = match &unassign.person {
        Some(person) => holders.iter().filter(|name| *name == person.trim()).cloned().collect(),
        None => holders.clone(),
    };
    if leaving.is_empty() {
        return Err(Rejection::NotHeld { role: spec.id, person: unassign.person.clone(), holders });
    }
    if spec.id == INCIDENT_MANAGER && leaving.len() == holders.len() {
        return Err(Rejection::LastIncidentManager { holder: leaving.join(", ") });
    }
    draft.push(RoleUnassigned { role: spec.id, holders: leaving });
    Ok(())
}

fn ad_hoc(typed: &str) -> Result<RoleSpec, Rejection> {
    let id = roster::slug(typed);
    if id.is_empty() {
        return Err(Rejection::UnknownRole { typed: typed.to_owned(), near: Vec::new() });
    }
    Ok(RoleSpec {
        id,
        title: Localized::same(typed),
        primary: Localized::default(),
        secondary: Localized::default(),
        also: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{AssignRole, Command, UnassignRole};
    use crate::incident::decide::scene::Scene;
    use crate::incident::fact::Fact;
    use crate::incident::rejection::Rejection;

    fn give(role: &str, person: &str) -> AssignRole {
        AssignRole { role: role.to_owned(), person: person.to_owned(), ..AssignRole::default() }
    }

    fn take(role: &str, person: Option<&str>) -> Command {
        Command::UnassignRole(UnassignRole { role: role.to_owned(), person: person.map(str::to_owned) })
    }

    #[test]
    fn c1_a_role_that_nobody_holds_is_carried_by_the_incident_manager() {
        let incident = Scene::declared().incident();
        let role = incident.role("tech-lead").expect("the playbook has it");
        assert_eq!(incident.covered_by(role), Some("aki"));
        let held = Scene::declared().when(Command::AssignRole(give("tech-lead", "ben"))).incident();
        assert_eq!(held.covered_by(held.role("tech-lead").expect("there")), None);
        assert_eq!(held.carriers("tech-lead"), ["ben"]);
    }

    #[test]
    fn a_new_holder_relieves_the_one_before() {
        let handover =
            AssignRole { handover: Some("db-3 is drained".to_owned()), ..give("テックリード", "chie") };
        let scene = Scene::declared().given(Command::AssignRole(give("tech-lead", "ben")));
        let decision = scene.when(Command::AssignRole(handover));
        let facts = decision.clone().facts();
        let [Fact::RoleAssigned(fact)] = facts.as_slice() else { panic!("one fact") };
        assert_eq!((fact.relieved.as_slice(), fact.role.as_str()), (["ben".to_owned()].as_slice(), "tech-lead"));
        assert_eq!(decision.incident().carriers("tech-lead"), ["chie"]);
    }

    #[test]
    fn c2_a_role_is_given_to_several_with_a_scope_each() {
        let add = |person: &str, scope: &str| {
            let scope = Some(scope.to_owned());
            Command::AssignRole(AssignRole { add: true, scope, ..give("tech-lead", person) })
        };
        let incident = Scene::declared().given(add("ben", "storage")).when(add("chie", "network")).incident();
        assert_eq!(incident.carriers("tech-lead"), ["ben", "chie"]);
    }

    #[test]
    fn c2_a_role_made_up_on_the_spot_needs_a_duty() {
        let refused = Scene::declared().when(Command::AssignRole(give("tape librarian", "ben"))).rejection();
        assert!(matches!(refused, Rejection::UnknownRole { .. }));
        let made = AssignRole { duty: Some("find the tapes".to_owned()), ..give("tape librarian", "ben") };
        let incident = Scene::declared().when(Command::AssignRole(made)).incident();
        let role = incident.role("tape-librarian").expect("made");
        assert!(role.ad_hoc && role.spec.primary.en == "find the tapes");
    }

    #[test]
    fn c1_the_incident_manager_stays_until_a_successor_is_named() {
        let refused = Scene::declared().when(take("incident-manager", None)).rejection();
        assert_eq!(refused, Rejection::LastIncidentManager { holder: "aki".to_owned() });
        let handed = Scene::declared().when(Command::AssignRole(give("IC", "ben"))).incident();
        assert_eq!(handed.leader(), Some("ben"));
    }

    #[test]
    fn what_nobody_holds_cannot_be_taken() {
        let refused = Scene::declared().when(take("scribe", Some("ben"))).rejection();
        assert!(matches!(refused, Rejection::NotHeld { .. }));
    }

    #[test]
    fn the_same_again_is_refused() {
        let scene = Scene::declared().given(Command::AssignRole(give("scribe", "ben")));
        let refused = scene.when(Command::AssignRole(give("scribe", "ben"))).rejection();
        assert!(matches!(refused, Rejection::HeldAlready { .. }));
    }

    #[test]
    fn a4_a_unified_commander_can_be_named_before_sev0() {
        let incident = Scene::declared().when(Command::AssignRole(give("unified-commander", "ben"))).incident();
        assert_eq!(incident.carriers("unified-commander"), ["ben"]);
    }
}
