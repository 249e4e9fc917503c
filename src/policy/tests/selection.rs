//! Which compiled-in playbook an incident gets.

use crate::incident::command::Customers;
use crate::incident::playbook::select;
use crate::incident::severity::Severity;
use crate::policy::Library;

#[test]
fn incidents_get_the_playbook_that_responders_would_reach_for() {
    use Customers::{Many, One};
    use Severity::{Sev0, Sev1, Sev2, Sev3, Sev4};
    let library = Library::load(None).expect("the compiled-in library");
    for (category, severity, customers, expected) in [
        (Some("outage"), Sev2, Some(Many), Some("service-outage")),
        (Some("outage"), Sev0, Some(Many), Some("service-outage")),
        (Some("outage"), Sev3, None, Some("service-outage")),
        (Some("outage"), Sev2, Some(One), Some("service-outage")),
        (Some("outage"), Sev1, Some(One), Some("single-customer-escalation")),
        (None, Sev1, Some(One), Some("single-customer-escalation")),
        (None, Sev0, Some(One), Some("single-customer-escalation")),
        (Some("other"), Sev1, Some(One), Some("single-customer-escalation")),
        (None, Sev2, Some(One), None),
        (None, Sev1, Some(Many), None),
        // What the law asks for does not shrink with the number of customers (E6).
        (Some("security"), Sev1, Some(One), Some("data-breach")),
        (Some("security"), Sev4, None, Some("data-breach")),
        (Some("data-loss"), Sev0, Some(One), Some("data-loss")),
        (Some("data-loss"), Sev3, Some(Many), Some("data-loss")),
        (Some("near-miss"), Sev4, None, Some("near-miss")),
        (Some("third-party"), Sev2, Some(Many), Some("third-party-outage")),
        (Some("performance"), Sev3, Some(Many), Some("performance-degradation")),
        (Some("release"), Sev2, None, Some("bad-release")),
        (Some("platform"), Sev1, Some(Many), Some("platform-outage")),
        (Some("other"), Sev2, Some(Many), None),
        (Some("other"), Sev3, None, None),
        (None, Sev2, None, None),
    ] {
        let selected = select(&library.playbooks, category, severity, customers).map(|playbook| playbook.id.as_str());
        assert_eq!(selected, expected, "{category:?} {severity} {customers:?}");
    }
}

#[test]
fn every_category_but_other_has_a_playbook() {
    let library = Library::load(None).expect("the compiled-in library");
    for category in &library.policy.category {
        let selected = select(&library.playbooks, Some(&category.id), Severity::Sev2, None);
        assert_eq!(selected.is_some(), category.id != "other", "{}", category.id);
    }
}
