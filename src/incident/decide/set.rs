//! Changing what was said at declare, and adding places to join or to look.

use super::{Draft, clocks, declare};
use crate::incident::command::{Link, Set};
use crate::incident::fact::{IncidentChanged, LinkAdded};
use crate::incident::limits;
use crate::incident::rejection::{Field, Rejection};
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::incident::when::When;

pub(super) fn set(draft: &mut Draft<'_>, set: &Set) -> Result<(), Rejection> {
    let mut change = IncidentChanged::default();
    let incident = &draft.incident;
    if let Some(typed) = &set.title {
        let title = limits::line(Field::Title, typed)?;
        if title != incident.title {
            change.title_was = Some(incident.title.clone());
            change.title = Some(title);
        }
    }
    if let Some(typed) = &set.public_title {
        let title = limits::line(Field::Title, typed)?;
        if Some(&title) != incident.public_title.as_ref() {
            change.public_title_was.clone_from(&incident.public_title);
            change.public_title = Some(title);
        }
    }
    if let Some(typed) = &set.summary {
        let summary = limits::text(Field::Summary, typed)?;
        if Some(&summary) != incident.summary.as_ref() {
            change.summary_was.clone_from(&incident.summary);
            change.summary = Some(summary);
        }
    }
    if let Some(typed) = &set.category {
        let category = declare::category(draft, typed)?;
        if Some(&category) != incident.category.as_ref() {
            change.category_was.clone_from(&incident.category);
            change.category = Some(category);
        }
    }
    if set.customers.is_some() && set.customers != incident.customers {
        change.customers_was = incident.customers;
        change.customers = set.customers;
    }
    beginning(&mut change, incident, set)?;
    let added = limits::names(Field::Service, &set.add_services)?;
    change.services_added = added.into_iter().filter(|service| !incident.services.contains(service)).collect();
    change.services_removed = limits::names(Field::Service, &set.remove_services)?;
    if let Some(service) = change.services_removed.iter().find(|service| !incident.services.contains(service)) {
        return Err(Rejection::NoSuchService { service: service.clone(), services: incident.services.clone() });
    }
    change.restricted = set.restricted && !incident.restricted;
    if change == IncidentChanged::default() {
        return Err(Rejection::NothingToChange);
    }
    draft.push(change);
    draft.activate_steps();
    clocks::keep_cadences(draft);
    Ok(())
}

/// When it began and when it was noticed: what is learnt later takes the place of what was said before (D1).
fn beginning(change: &mut IncidentChanged, incident: &Incident, set: &Set) -> Result<(), Rejection> {
    let times = &incident.times;
    let new = |when: Option<&When>, old: Option<Timestamp>| when.map(|when| when.at).filter(|at| Some(*at) != old);
    change.started_at = new(set.started_at.as_ref(), times.started);
    change.detected_at = new(set.detected_at.as_ref(), times.detected);
    if let (Some(started_at), Some(detected_at)) =
        (change.started_at.or(times.started), change.detected_at.or(times.detected))
        && detected_at < started_at
        && (change.started_at.is_some() || change.detected_at.is_some())
    {
        return Err(Rejection::DetectedBeforeStart { detected_at, started_at });
    }
    change.started_at_was = times.started.filter(|_| change.started_at.is_some());
    change.detected_at_was = times.detected.filter(|_| change.detected_at.is_some());
    Ok(())
}

pub(super) fn link(draft: &mut Draft<'_>, link: &Link) -> Result<(), Rejection> {
    let target = limits::line(Field::Link, &link.target)?;
    draft.push(LinkAdded { kind: link.kind, target });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::incident::command::{Command, Customers, Link, LinkKind, Set};
    use crate::incident::decide::scene::{Scene, exactly};
    use crate::incident::fact::Fact;
    use crate::incident::rejection::Rejection;
    use crate::incident::time::Span;

    #[test]
    fn the_former_value_stands_beside_the_new_one() {
        let set = Set { title: Some("Payments down".to_owned()), customers: Some(Customers::Many), ..Set::default() };
        let decision = Scene::declared().when(Command::Set(set));
        let facts = decision.clone().facts();
        let Some(Fact::IncidentChanged(change)) = facts.first() else { panic!("changed") };
        assert!(change.title_was.is_some() && change.customers_was.is_none());
        assert_eq!(decision.incident().title, "Payments down");
    }

    #[test]
    fn services_come_and_go() {
        let add = Set { add_services: vec!["api".to_owned(), "web".to_owned()], ..Set::default() };
        let scene = Scene::declared().given(Command::Set(add));
        let remove = Set { remove_services: vec!["api".to_owned()], ..Set::default() };
        assert_eq!(scene.clone().when(Command::Set(remove)).incident().services, ["web"]);
        let unknown = Set { remove_services: vec!["db".to_owned()], ..Set::default() };
        assert!(matches!(scene.when(Command::Set(unknown)).rejection(), Rejection::NoSuchService { .. }));
    }

    #[test]
    fn detection_that_is_learnt_later_is_set_but_not_before_the_beginning() {
        let ago = |minutes: i64| Some(exactly(Scene::NOW.minus(Span::from_minutes(minutes))));
        let noticed = Set { detected_at: ago(10), ..Set::default() };
        let scene = Scene::declared().given(Command::Set(noticed));
        let incident = scene.clone().incident();
        assert_eq!(incident.times.detected, Some(Scene::NOW.minus(Span::from_minutes(10))));
        let began = Set { started_at: ago(5), ..Set::default() };
        assert!(matches!(scene.clone().when(Command::Set(began)).rejection(), Rejection::DetectedBeforeStart { .. }));
        let both = Set { started_at: ago(5), detected_at: ago(4), ..Set::default() };
        let facts = scene.when(Command::Set(both)).facts();
        let Some(Fact::IncidentChanged(change)) = facts.first() else { panic!("changed") };
        assert!(change.detected_at_was.is_some() && change.started_at_was.is_none());
    }

    #[test]
    fn what_changes_nothing_is_refused() {
        assert_eq!(Scene::declared().when(Command::Set(Set::default())).rejection(), Rejection::NothingToChange);
    }

    #[test]
    fn links_are_kept_in_order() {
        let link = |target: &str| Command::Link(Link { kind: LinkKind::Bridge, target: target.to_owned() });
        let incident = Scene::declared().given(link("room 1")).when(link("room 2")).incident();
        assert_eq!(incident.links.iter().map(|link| link.target.as_str()).collect::<Vec<_>>(), ["room 1", "room 2"]);
    }
}
