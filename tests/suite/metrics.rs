//! A look back over incidents whose figures were worked out by hand.

use super::place::Place;
use serde_json::{Value, json};

/// An incident from declaration to resolution: it began `before` seconds earlier and took so many seconds.
fn lived(place: &Place, title: &str, (before, mitigated, resolved): (i64, i64, i64), more: &[&str]) -> String {
    let began = format!("{before}s ago");
    let declared =
        [&["declare", title, "--severity", "sev3", "--started-at", &began, "-q", "--force"][..], more].concat();
    let number = place.ok(&declared).trim().to_owned();
    place.wait(mitigated - 1);
    place.ok(&["mitigate", "--workaround", "old site", "-i", &number, "-q"]);
    place.wait(resolved - mitigated - 1);
    place.ok(&["resolve", "restored", "-i", &number, "-q", "--cause", title]);
    number
}

fn measure<'a>(document: &'a Value, name: &str) -> &'a Value {
    let all = document["measures"].as_array().expect("a list");
    all.iter().find(|one| one["measure"] == name).expect("a measure")
}

fn share<'a>(document: &'a Value, name: &str) -> &'a Value {
    let all = document["shares"].as_array().expect("a list");
    all.iter().find(|one| one["share"] == name).expect("a share")
}

/// Six incidents, resolved after 10, 20, 30, 40, 50 and 300 minutes; the last two are alike.
fn six() -> Place {
    let place = Place::new();
    for (name, minutes) in [("a", 10), ("b", 20), ("c", 30), ("d", 40)] {
        let service = ["--service", name, "--category", "outage"];
        lived(&place, name, (120, 300, minutes * 60), &service);
    }
    for (title, minutes) in [("Disk full", 50), ("disk FULL.", 300)] {
        lived(&place, title, (600, 600, minutes * 60), &["--service", "db", "--category", "outage"]);
    }
    place
}

#[test]
fn medians_and_percentiles_are_those_worked_out_by_hand() {
    let place = six();
    let found = place.json(&["metrics"]);
    assert_eq!(found["incidents"], 6);
    let resolve = measure(&found, "resolve");
    // Sorted: 10, 20, 30, 40, 50, 300. The third of six is the median, the sixth (ceil 5.4) the ninetieth percentile.
    assert_eq!(
        [
            &resolve["n"],
            &resolve["least_seconds"],
            &resolve["median_seconds"],
            &resolve["p90_seconds"],
            &resolve["most_seconds"]
        ],
        [&json!(6), &json!(600), &json!(1800), &json!(18000), &json!(18000)]
    );
    // ≤ 15 min: 10; ≤ 30 min: 20, 30; ≤ 1 h: 40, 50; ≤ 8 h: 300.
    assert_eq!(resolve["distribution"], json!([0, 0, 1, 2, 2, 0, 0, 1, 0, 0, 0]));
    assert_eq!((&resolve["from"], &resolve["until"]), (&json!("declared_at"), &json!("resolved_at")));
    // From the beginning: 12, 22, 32, 42, 60, 310 minutes.
    assert_eq!(measure(&found, "outage")["median_seconds"], 32 * 60);
    // Workarounds after 5, 5, 5, 5, 10, 10 minutes.
    assert_eq!(measure(&found, "mitigate")["median_seconds"], 300);
    assert_eq!(measure(&found, "mitigate")["p90_seconds"], 600);
    let detect = measure(&found, "detect");
    assert_eq!((&detect["n"], &detect["median_seconds"]), (&json!(0), &Value::Null));
    assert_eq!(detect["left_out"], json!([{"name": "no-detection-time", "count": 6}]));
    let out = place.ok(&["metrics"]);
    assert!(out.contains("time to resolve      6  0         30 min  5 h 0 min   ··▄██··▄···"), "{out}");
    assert!(out.contains("time to detect = detected − started; left out: 6 no detection time"), "{out}");
    assert!(!out.contains("mean") && !out.contains("average"), "{out}");
}

#[test]
fn few_are_said_to_be_few_and_have_no_ninetieth_percentile() {
    let place = Place::new();
    lived(&place, "one", (60, 60, 600), &[]);
    let resolve = measure(&place.json(&["metrics"]), "resolve").clone();
    assert_eq!((&resolve["median_seconds"], &resolve["p90_seconds"]), (&json!(600), &Value::Null));
    assert!(place.ok(&["metrics"]).contains("few (n = 1)"));
    assert!(place.lang("ja").ok(&["metrics"]).contains("件数が少ない（n = 1）"));
}

#[test]
fn what_has_no_such_time_is_counted_with_its_reason() {
    let place = Place::new();
    place.ok(&["declare", "open", "--severity", "sev3", "-q"]);
    place.wait(600);
    lived(&place, "done", (60, 60, 600), &[]);
    // Over, it is said later, before it was declared: from declaration to the end there is no such time.
    let odd = place.ok(&["declare", "odd", "--severity", "sev3", "-q"]);
    place.ok(&["set", "-i", odd.trim(), "-q", "--started-at", "2026-11-20 03:50"]);
    place.ok(&["resolve", "over", "-i", odd.trim(), "-q", "--at", "2026-11-20 04:00"]);
    let found = place.json(&["metrics"]);
    let resolve = measure(&found, "resolve");
    let reasons = json!([{"name": "not-resolved-yet", "count": 1}, {"name": "clocks-disagree", "count": 1}]);
    assert_eq!((&resolve["n"], &resolve["left_out"]), (&json!(1), &reasons));
    for measure in found["measures"].as_array().expect("a list") {
        let absent: i64 =
            measure["left_out"].as_array().expect("a list").iter().filter_map(|one| one["count"].as_i64()).sum();
        assert_eq!(measure["n"].as_i64().unwrap_or_default() + absent, 3, "{measure}");
    }
    let mitigate = measure(&found, "mitigate");
    let reasons = json!([{"name": "no-workaround", "count": 1}, {"name": "not-mitigated-yet", "count": 1}]);
    assert_eq!(mitigate["left_out"], reasons);
}

#[test]
fn drills_near_misses_cancelled_and_restricted_ones_are_kept_apart() {
    let place = Place::new();
    lived(&place, "real", (60, 60, 600), &[]);
    lived(&place, "drill", (60, 60, 1200), &["--drill"]);
    lived(&place, "near", (60, 60, 1800), &["--near-miss", "--category", "release"]);
    lived(&place, "secret", (60, 60, 3600), &["--restricted", "--service", "vault"]);
    for because in ["false-alarm", "duplicate"] {
        let number = place.ok(&["declare", because, "--severity", "sev3", "-q"]);
        let mut words = vec!["cancel", "-i", number.trim(), "--reason", "x", "-q"];
        words.extend(["--because", because]);
        words.extend(if because == "duplicate" { &["--of", "1"][..] } else { &[] });
        let ran = place.run(&words);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let found = place.json(&["metrics"]);
    assert_eq!(found["incidents"], 1);
    assert_eq!(measure(&found, "resolve")["median_seconds"], 600);
    assert_eq!((&found["left_out"]["drills"], &found["left_out"]["near_misses"]), (&json!(1), &json!(1)));
    let cancelled = json!([{"name": "duplicate", "count": 1}, {"name": "false-alarm", "count": 1}]);
    assert_eq!(found["left_out"]["cancelled"], cancelled);
    assert_eq!(found["near_misses"]["count"], 1);
    assert_eq!(found["near_misses"]["categories"][0]["name"], "release");
    let drills = place.json(&["metrics", "--drills"]);
    assert_eq!((&drills["incidents"], &drills["left_out"]["real"]), (&json!(1), &json!(3)));
    assert_eq!(measure(&drills, "resolve")["median_seconds"], 1200);
    assert_eq!(measure(&place.json(&["metrics", "--near-misses"]), "resolve")["median_seconds"], 1800);
    for format in ["table", "json", "csv", "html"] {
        let asked = ["metrics", "--by", "service", "--format", format];
        assert!(!place.ok(&asked).contains("vault"), "{format}");
        assert!(place.ok(&[&asked[..], &["--restricted"]].concat()).contains("vault"), "{format}");
    }
    assert!(place.fails(2, &["metrics", "--drills", "--near-misses"]).contains("--near-misses"));
}

#[test]
fn only_what_was_declared_in_the_period_counts() {
    let place = six();
    place.wait(100 * 86_400);
    let none = place.run(&["metrics"]);
    assert!(none.out.contains("declared earlier: 6 (--since 2020-01-01)"), "{}", none.out);
    lived(&place, "late", (60, 60, 600), &[]);
    assert_eq!(place.json(&["metrics"])["incidents"], 1);
    assert_eq!(place.json(&["metrics", "--since", "200d"])["incidents"], 7);
    assert_eq!(place.json(&["metrics", "--since", "200d", "--until", "10d ago"])["incidents"], 6);
    assert!(place.fails(2, &["metrics", "--since", "1d", "--until", "2d"]).contains("ends"));
}

#[test]
fn what_came_back_is_named() {
    let found = six().json(&["metrics"]);
    assert_eq!(found["causes_again"][0]["count"], 2);
    assert_eq!(found["causes_again"][0]["incidents"], json!([5, 6]));
    assert_eq!(found["places_again"], json!([{"what": ["outage", "db"], "count": 2, "incidents": [5, 6]}]));
    // One of six had the cause of another one before it: 16.7 %.
    assert_eq!(share(&found, "cause-again")["percent"], 16.7);
    assert_eq!(share(&found, "category-and-service-again")["n"], 6);
}

#[test]
fn updates_roles_and_reopening_are_shares_of_what_they_could_be() {
    // Declared 05:00:01, customers due 05:30:01 and told 05:10:02: in time. Due again 06:10:02, told 06:40:03: late.
    // Executives and customer-facing teams were never told.
    let place = Place::new();
    place.ok(&["declare", "API down", "--severity", "sev1", "--customers", "many", "--category", "outage", "-q"]);
    place.wait(600);
    let told = ["--audience", "customers", "--sent-by-hand", "-q"];
    place.ok(&[&["update", "We look", "--channel", "status-page"][..], &told].concat());
    place.wait(5400);
    place.ok(&[&["update", "Better", "--channel", "status-page"][..], &told].concat());
    place.ok(&["resolve", "restored", "-q"]);
    let found = place.json(&["metrics"]);
    let updates = share(&found, "updates-in-time");
    let postmortem = place.ok(&["postmortem", "-i", "1"]);
    assert!(postmortem.contains("1 of 4 updates came in time; late: 1; never: 2."), "{postmortem}");
    assert_eq!((&updates["percent"], &updates["n"]), (&json!(25.0), &json!(4)), "{updates}");
    assert_eq!(updates["detail"], "1 of 4; late: 1; never or overdue: 2");
    assert_eq!(share(&found, "manager-held")["percent"], 100.0);
    assert_eq!(share(&found, "reopened")["percent"], 0.0);
    place.ok(&["reopen", "-i", "1", "--reason", "again", "-q"]);
    let found = place.json(&["metrics"]);
    assert_eq!(share(&found, "reopened")["percent"], 100.0);
    assert_eq!(measure(&found, "resolve")["left_out"], json!([{"name": "not-resolved-yet", "count": 1}]));
}

#[test]
fn a_role_counts_while_somebody_holds_it() {
    let place = Place::new();
    let number = place.ok(&["declare", "x", "--severity", "sev3", "--category", "outage", "-q"]);
    let roles = place.json(&["roles"])["roles"].as_array().expect("a list").len();
    place.wait(99);
    place.ok(&["assign-role", "tech-lead", "ben", "-q"]);
    place.wait(196);
    place.ok(&["unassign-role", "tech-lead", "-q"]);
    let declared = place.json(&["show"])["incident"]["declared_at"].as_str().expect("a time").to_owned();
    let end = declared.parse::<jiff::Timestamp>().expect("a time") + jiff::SignedDuration::from_secs(1000);
    place.wait(1000);
    place.ok(&["resolve", "over", "-q", "-i", number.trim(), "--at", &end.to_string()]);
    let found = place.json(&["metrics"]);
    assert_eq!(share(&found, "manager-held")["percent"], 100.0);
    // The tech lead for 197 of 1000 seconds and the incident manager for all, of so many roles.
    let expected = (1197.0 / f64::from(u32::try_from(roles).expect("few"))).round() / 10.0;
    assert_eq!(share(&found, "roles-held")["percent"], json!(expected));
}

#[test]
fn parts_are_in_their_own_order() {
    let place = six();
    let by = |part: &str| {
        let found = place.json(&["metrics", "--by", part]);
        let groups = found["groups"].as_array().expect("a list").clone();
        groups.iter().map(|one| (one["group"].clone(), one["incidents"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(by("severity"), [(json!("sev3"), json!(6))]);
    assert_eq!(by("service")[..2], [(json!("db"), json!(2)), (json!("a"), json!(1))]);
    assert_eq!(by("category"), [(json!("outage"), json!(6))]);
    assert_eq!(by("month"), [(json!("2026-11"), json!(6))]);
    assert_eq!(by("weekday"), [(json!("5"), json!(6))]);
    let out = place.ok(&["metrics", "--by", "weekday"]);
    assert!(out.contains("Friday") && out.contains("30 min / 5 h 0 min (6)"), "{out}");
}

#[test]
fn a_spreadsheet_runs_nothing_and_a_browser_loads_nothing() {
    let place = Place::new();
    lived(&place, "=cmd|' /C calc'!A0", (60, 60, 600), &["--service", "=1+1", "--service", "<b>x</b>"]);
    lived(&place, "=cmd|' /C calc'!A0", (60, 60, 900), &["--service", "=1+1", "--service", "<b>x</b>"]);
    let csv = place.ok(&["metrics", "--by", "service", "--format", "csv"]);
    assert!(csv.contains("service,'=1+1,resolve,2,0,600,"), "{csv}");
    let columns = csv.lines().map(|line| line.split(',').count());
    assert!(columns.clone().all(|count| Some(count) == columns.clone().next()), "{csv}");
    place.ok(&["metrics", "--by", "service", "-o", "report.html"]);
    let html = std::fs::read_to_string(place.path().join("report.html")).expect("written");
    assert!(html.contains("&lt;b&gt;x&lt;/b&gt;") && !html.contains("<b>x") && !html.contains("<script"), "{html}");
    for part in [
        "<title id=\"distribution-resolve-title\">",
        "<desc id=\"parts-resolve-desc\">",
        "@page",
        "prefers-color-scheme",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(place.fails(1, &["metrics", "-o", "report.html"]).contains("--force"));
    assert!(place.fails(2, &["metrics", "--json", "--format", "csv"]).contains("--json"));
}

#[test]
fn redacted_words_leave_no_trace_in_the_figures() {
    let place = Place::new();
    for title in ["one", "two"] {
        let number = place.ok(&["declare", title, "--severity", "sev3", "-q"]);
        place.ok(&["identify", "--cause", "Acme's password", "-i", number.trim(), "-q"]);
    }
    assert!(place.ok(&["metrics"]).contains("Acme's password: 2 times (#1 #2)"));
    for number in ["1", "2"] {
        let entries = place.json(&["timeline", "-i", number]);
        let entries = entries["entries"].as_array().expect("a list");
        let said = entries.iter().find(|one| one["kind"] == "incident.identified").expect("said");
        place.ok(&["redact", said["id"].as_str().expect("an id"), "--reason", "a secret"]);
    }
    let found = place.json(&["metrics"]);
    assert_eq!((&found["causes_again"], &share(&found, "cause-again")["n"]), (&json!([]), &json!(0)));
}

#[test]
fn a_store_of_an_earlier_version_gives_the_same_figures_untouched() {
    let place = six();
    let figures = |place: &Place| {
        let mut found = place.json(&["metrics", "--by", "service", "--since", "2026-01-01 00:00"]);
        found["until"] = Value::Null;
        found
    };
    let now = figures(&place);
    let store = rusqlite::Connection::open(place.store()).expect("opens");
    store
        .execute_batch("DROP TABLE figures; DROP TABLE sources; DROP TABLE drills; DROP TABLE spells; PRAGMA user_version = 3; PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("as it was");
    drop(store);
    let before = std::fs::read(place.store()).expect("read");
    assert_eq!(figures(&place), now);
    assert_eq!(std::fs::read(place.store()).expect("read"), before, "reading changes nothing");
    place.ok(&["note", "-i", "1", "goes on", "-q"]);
    assert_eq!(figures(&place), now);
    place.ok(&["doctor"]);
}
