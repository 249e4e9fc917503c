//! What leaves the team: documents for customers and for executives.

use super::place::{Place, Ran};
use super::writing::told;

/// Everything that a document for customers says, in every format.
fn for_customers(place: &Place) -> Vec<Ran> {
    ["md", "html", "json"].map(|format| place.run(&["postmortem", "--for", "customers", "--format", format])).into()
}

#[test]
fn what_customers_received_stands_word_for_word_whatever_people_are_called() {
    let place = Place::new();
    place.actor("will");
    place.ok(&["declare", "Orders lost on db-3", "--service", "mark", "--service", "checkout", "-q"]);
    place.ok(&["assign-role", "tech-lead", "may", "-q"]);
    place.ok(&["assign-role", "scribe", "Young Service", "-q"]);
    place.ok(&["impact", "--region", "North", "--region", "eu-west-1", "-q"]);
    let said = "Orders will go through again. You may retry;\nmark your order with web-1. Will Young wrote this.";
    let by_hand = ["--audience", "customers", "--sent-by-hand", "-q"];
    place.ok(&[&["update", said][..], &by_hand].concat());
    place.ok(&["resolve", "restarted", "-q"]);
    let text = "The service will recover in May. We asked Will to mark young orders in North and eu-west-1 on db-3.";
    place.ok(&["postmortem", "set", "summary", text, "-q"]);
    for ran in for_customers(&place) {
        assert_eq!(ran.code, 0, "{}", ran.err);
        for line in said.lines() {
            assert!(ran.out.contains(line), "{line}: {}", ran.out);
        }
        let text = "The service will recover in May. We asked incident manager to mark young orders in North and \
                    eu-west-1 on a server.";
        assert!(ran.out.contains(text), "{}", ran.out);
        for heading in ["Summary", "Impact", "Cause", "mark, checkout"] {
            assert!(ran.out.contains(heading), "{heading}: {}", ran.out);
        }
        assert!(!ran.out.contains("Orders lost"), "the title was written for inside: {}", ran.out);
    }
}

#[test]
fn a_japanese_name_that_is_a_word_is_only_a_name_beside_a_title() {
    let place = Place::new();
    place.lang("ja").actor("林");
    place.ok(&["declare", "森林データの障害", "--service", "原簿", "-q"]);
    for (role, name) in [("tech-lead", "森"), ("scribe", "南"), ("communications-manager", "原")] {
        place.ok(&["assign-role", role, name, "-q"]);
    }
    place.ok(&["resolve", "再起動", "-q"]);
    let text = "原因は森林管理と南部の原簿。林さんと森さんが確認。小林さんは南にいた。";
    place.ok(&["postmortem", "set", "summary", text, "-q"]);
    let ran = place.run(&["postmortem", "--for", "customers"]);
    assert!(
        ran.out.contains(
            "原因は森林管理と南部の原簿。インシデント マネージャーとテック リードが確認。小林さんは南にいた。"
        ),
        "{ran:?}"
    );
    assert!(ran.out.contains("原簿 の障害") && !ran.out.contains("障害報告書：森林"), "{}", ran.out);
    assert!(ran.err.contains("小林さん") && ran.err.contains("南にいた"), "what may be a name is told: {}", ran.err);
}

#[test]
fn the_title_for_outside_is_set_apart() {
    let place = told();
    place.ok(&["set", "--public-title", "Payments were refused"]);
    for ran in for_customers(&place) {
        assert!(ran.out.contains("Incident report: Payments were refused"), "{}", ran.out);
        assert!(!ran.out.contains("Checkout"), "{}", ran.out);
    }
    assert_eq!(place.json(&["show"])["incident"]["public_title"], "Payments were refused");
    assert!(place.ok(&["timeline"]).contains("title for outside “Payments were refused”"));
    assert!(place.fails(1, &["set", "--public-title", "Payments were refused"]).contains("nothing"));
    place.ok(&["declare", "names of Acme on the web", "--category", "security", "--service", "api", "-q"]);
    let text = place.ok(&["-i", "2", "postmortem", "--for", "customers"]);
    assert!(text.contains("Incident report: api: incident on 2026-11-20"), "{text}");
}

#[test]
fn executives_read_everything_that_was_measured() {
    let place = told();
    place.ok(&[
        "impact",
        "--data-loss",
        "confirmed",
        "--region",
        "eu-west-1",
        "--region",
        "Osaka",
        "--units",
        "3/40",
        "-q",
    ]);
    place.ok(&["impact", "--cost", "12,000 EUR", "--requests-failed", "7.5%", "--downtime", "26h11m", "-q"]);
    for format in ["md", "html", "json"] {
        let text = place.ok(&["postmortem", "--for", "executives", "--format", format]);
        for says in ["1200", "7.5 %", "eu-west-1, Osaka", "3/40", "data loss confirmed", "12,000 EUR", "1 d 2 h"] {
            assert!(text.contains(says), "{format} {says}: {text}");
        }
    }
    let impact = &place.json(&["postmortem", "--for", "executives"])["impact"];
    assert_eq!((impact["users"].as_u64(), impact["downtime_seconds"].as_u64()), (Some(1200), Some(26 * 3600 + 660)));
    assert_eq!((impact["data_loss"].as_str(), impact["units_total"].as_u64()), (Some("confirmed"), Some(40)));
    assert!(place.json(&["postmortem", "--for", "customers"])["impact"].is_null(), "figures stay inside");
}
