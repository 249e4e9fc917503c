//! Whatever order, zones, missing and extra fields a file has: every update's words and time are kept, or told.
//!
//! Documents are made of a model, written as each format writes them, and read by the library.

use hikeshi::incident::fact::Fact;
use hikeshi::incident::id::SpaceId;
use hikeshi::incident::past::{Happened, Past, Standing, facts};
use hikeshi::incident::time::Timestamp;
use hikeshi::intake::{self, AlertFormat, Contents, Format, Reading, Setting};
use jiff::tz::TimeZone;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// 2026-03-29T00:00:00Z, the night on which clocks change in Europe, after they did in America.
const BASE: i64 = 1_774_742_400;

/// Zones in which pages are written.
const ZONES: [&str; 6] =
    ["Etc/UTC", "Asia/Shanghai", "Europe/London", "America/Los_Angeles", "Asia/Kolkata", "America/Sao_Paulo"];

/// How an update's time is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    Utc,
    Offset,
    Local,
    Word,
    Seconds,
    Missing,
    Broken,
}

#[derive(Debug, Clone)]
struct Update {
    /// Minutes since the update before it.
    gap: i64,
    written: Written,
    text: String,
    status: usize,
    named: bool,
    extra: bool,
}

#[derive(Debug, Clone, Copy)]
enum Order {
    OldestFirst,
    NewestFirst,
    Shuffled(u64),
}

#[derive(Debug, Clone)]
struct Model {
    zone: &'static str,
    updates: Vec<Update>,
    order: Order,
    ends: bool,
}

const STATUS: [&str; 5] = ["investigating", "identified", "monitoring", "resolved", "update"];

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        4 => Just(Written::Utc),
        2 => Just(Written::Offset),
        2 => Just(Written::Local),
        1 => Just(Written::Word),
        1 => Just(Written::Seconds),
        1 => Just(Written::Missing),
        1 => Just(Written::Broken),
    ]
}

fn update() -> impl Strategy<Value = Update> {
    let words = "[a-z0-9]{1,8}( [a-z障害復旧]{1,6}){0,3}";
    (0i64..700, written(), words, 0..STATUS.len(), any::<bool>(), any::<bool>())
        .prop_map(|(gap, written, text, status, named, extra)| Update { gap, written, text, status, named, extra })
}

fn model() -> impl Strategy<Value = Model> {
    let order = prop_oneof![Just(Order::OldestFirst), Just(Order::NewestFirst), any::<u64>().prop_map(Order::Shuffled)];
    (0..ZONES.len(), prop::collection::vec(update(), 0..8), order, any::<bool>())
        .prop_map(|(zone, updates, order, ends)| Model { zone: ZONES[zone], updates, order, ends })
}

impl Model {
    /// The updates with their times in seconds, the oldest first, each text its own.
    fn dated(&self) -> Vec<(i64, String, &Update)> {
        let mut at = BASE;
        let each = self.updates.iter().enumerate().map(|(index, update)| {
            at += update.gap * 60;
            (at, format!("{index} {}", update.text), update)
        });
        each.collect()
    }

    fn ordered<T>(&self, mut list: Vec<T>) -> Vec<T> {
        match self.order {
            Order::OldestFirst => {}
            Order::NewestFirst => list.reverse(),
            Order::Shuffled(seed) => {
                let mut state = seed | 1;
                for index in (1..list.len()).rev() {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let other = usize::try_from(state >> 33).expect("fits") % (index + 1);
                    list.swap(index, other);
                }
            }
        }
        list
    }

    /// An instant as it is written.
    fn time(&self, at: i64, written: Written) -> Value {
        let instant = jiff::Timestamp::from_second(at).expect("a time");
        let local = instant.to_zoned(TimeZone::get(self.zone).expect("a zone"));
        match written {
            Written::Utc => json!(instant.to_string()),
            Written::Offset => json!(local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            // What a wall clock shows twice is no time without a word for its zone.
            Written::Local if twice(&local) => json!(instant.to_string()),
            Written::Local => json!(local.strftime("%Y-%m-%d %H:%M:%S").to_string()),
            Written::Word => json!(local.strftime("%Y-%m-%d %H:%M:%S %Z").to_string()),
            Written::Seconds => json!(at),
            Written::Missing => Value::Null,
            Written::Broken => json!("a while ago"),
        }
    }

    fn fields(&self, at: i64, update: &Update, key: &str) -> Map<String, Value> {
        let mut fields = Map::new();
        if update.written != Written::Missing {
            fields.insert(key.to_owned(), self.time(at, update.written));
        }
        if update.extra {
            fields.insert("a_field_of_tomorrow".to_owned(), json!({"x": [1, null, "y"]}));
            fields.insert("affected_components".to_owned(), Value::Null);
        }
        fields
    }

    /// Checks that a file of this one incident has all of it.
    fn check(&self, contents: &Contents) -> Result<(), TestCaseError> {
        let dated = self.dated();
        prop_assert_eq!(contents.pasts.len(), 1, "{:?}", contents.skipped);
        let past = &contents.pasts[0];
        let kept = kept(past);
        prop_assert_eq!(kept.len(), dated.len());
        for (at, text, update) in &dated {
            let Some((when, _)) = kept.iter().find(|(_, one)| one == text) else {
                return Err(TestCaseError::fail(format!("`{text}` is lost: {kept:?}")));
            };
            let known = !matches!(update.written, Written::Missing | Written::Broken);
            prop_assert_eq!(when.about, !known, "{}", text);
            if known {
                prop_assert_eq!(when.at, Timestamp::from_millis(at * 1000), "{}", text);
            }
        }
        let broken = dated.iter().filter(|(.., update)| update.written == Written::Broken).count();
        let told = contents.skipped.iter().filter(|one| one.why.kind() == "bad-time").count();
        prop_assert_eq!(told, broken, "{:?}", contents.skipped);
        prop_assert_eq!(contents.skipped.len(), told, "{:?}", contents.skipped);
        Ok(())
    }
}

/// Whether a wall clock shows this twice.
fn twice(local: &jiff::Zoned) -> bool {
    local.time_zone().to_ambiguous_timestamp(local.datetime()).is_ambiguous()
}

/// The updates as they would be recorded.
fn kept(past: &Past) -> Vec<(Happened, String)> {
    let standing = Standing { space: SpaceId(uuid::Uuid::nil()), number: 1 };
    let all = facts(past, None, standing).into_iter();
    let said = all.filter_map(|(at, fact)| match fact {
        Fact::ReportImported(report) => Some((at, report.text)),
        _ => None,
    });
    said.collect()
}

fn read(format: Format, text: &str) -> Contents {
    format.read(text.as_bytes(), &Reading::default()).expect("read")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_a_status_page(model in model()) {
        let updates = model.dated().into_iter().enumerate().map(|(index, (at, text, update))| {
            let mut fields = model.fields(at, update, if update.named { "display_at" } else { "created_at" });
            fields.insert("body".to_owned(), json!(text));
            fields.insert("status".to_owned(), json!(STATUS[update.status]));
            if update.named {
                fields.insert("id".to_owned(), json!(format!("u{index}")));
            }
            Value::Object(fields)
        });
        let updates = model.ordered(updates.collect());
        let mut incident = json!({"id": "i1", "name": "API", "created_at": model.time(BASE, Written::Local), "incident_updates": updates});
        if model.ends {
            incident["status"] = json!("resolved");
        }
        let text = json!({"page": {"id": "p", "time_zone": model.zone}, "incidents": [incident]}).to_string();
        model.check(&read(Format::Statuspage, &text))?;
    }

    #[test]
    fn of_google_cloud(model in model()) {
        let updates = model.dated().into_iter().map(|(at, text, update)| {
            // A word for a zone is no habit of this format: it names no zone in which it would be understood.
            let update = &Update { written: plain(update.written), ..update.clone() };
            let mut fields = model.fields(at, update, if update.named { "when" } else { "created" });
            fields.insert("text".to_owned(), json!(text));
            fields.insert("status".to_owned(), json!(if update.status == 3 { "AVAILABLE" } else { "SERVICE_DISRUPTION" }));
            Value::Object(fields)
        });
        let mut incident = json!({"id": "i1", "external_desc": "API", "begin": model.time(BASE, Written::Utc), "updates": model.ordered(updates.collect())});
        if model.ends {
            incident["end"] = model.time(BASE + 3600, Written::Offset);
        }
        model.check(&read(Format::GoogleCloud, &json!([incident]).to_string()))?;
    }

    #[test]
    fn of_github_statuses(model in model()) {
        let updates = model.dated().into_iter().map(|(at, text, update)| {
            let mut fields = model.fields(at, &Update { written: plain(update.written), ..update.clone() }, "at");
            fields.insert("message".to_owned(), json!(text));
            if update.named {
                fields.insert("status".to_owned(), json!(STATUS[update.status]));
            }
            Value::Object(fields)
        });
        let incident = json!({"id": "i1", "title": "API", "started_at": model.time(BASE, Written::Utc), "updates": model.ordered(updates.collect())});
        model.check(&read(Format::GithubStatuses, &incident.to_string()))?;
    }

    #[test]
    fn of_the_health_dashboard(model in model()) {
        let log = model.dated().into_iter().map(|(at, text, update)| {
            let mut fields = model.fields(at, &Update { written: plain(update.written), ..update.clone() }, "timestamp");
            fields.insert(if update.named { "message" } else { "description" }.to_owned(), json!(text));
            fields.insert("status".to_owned(), json!(update.status.to_string()));
            Value::Object(fields)
        });
        let log = model.ordered(log.collect());
        let event = json!({"arn": "a", "date": BASE.to_string(), "summary": if model.ends { "[RESOLVED] API" } else { "API" }, "event_log": log});
        model.check(&read(Format::Aws, &json!({"api": [event]}).to_string()))?;
    }

    #[test]
    fn of_the_old_health_dashboard(model in model(), second in 0i64..60) {
        let seattle = TimeZone::get("America/Los_Angeles").expect("a zone");
        let local = |at: i64| jiff::Timestamp::from_second(at).expect("a time").to_zoned(seattle.clone());
        let dated = model.dated();
        let began = dated.first().map_or(BASE, |(at, ..)| *at) + second;
        let mut day = local(began).date();
        let posts = dated.iter().map(|(at, text, update)| {
            let at = local(*at);
            // The day stands there where it is another one, and wherever somebody likes it to.
            let named = at.date() != day || update.named;
            day = at.date();
            let zone = if update.extra { "%Z" } else { "PT" };
            let form = if named { format!("%b %-d, %-I:%M %p {zone}") } else { format!("%-I:%M %p {zone}") };
            format!("<div><span class=\"yellowfg\"> {}</span>&nbsp;{text}</div>", at.strftime(&form))
        });
        let description: String = posts.collect();
        let event = json!({"service": "s3", "date": began.to_string(), "summary": "API", "description": description});
        let contents = read(Format::Aws, &json!({"archive": [event], "current": []}).to_string());
        prop_assert_eq!(&contents.skipped, &[]);
        let past = &contents.pasts[0];
        let kept = kept(past);
        prop_assert_eq!(kept.len(), dated.len());
        for ((when, said), (at, text, _)) in kept.iter().zip(&dated) {
            prop_assert_eq!(said, text);
            // The minute of the beginning holds its second.
            let expected = if *at == began - second { began } else { *at };
            prop_assert_eq!(when.at, Timestamp::from_millis(expected * 1000));
            prop_assert!(when.at >= past.started_at);
        }
    }

    #[test]
    fn of_what_a_status_page_remembers(model in model()) {
        let incidents = model.dated().into_iter().enumerate().map(|(index, (at, text, update))| {
            let local = jiff::Timestamp::from_second(at).expect("a time").to_zoned(TimeZone::get(model.zone).expect("a zone"));
            let written = if update.written == Written::Broken { "a while ago".to_owned() } else { local.strftime("%b %-d, %H:%M %Z").to_string() };
            json!({"code": format!("c{index}"), "name": "API", "message": text, "timestamp": written})
        });
        let months = json!([{"name": "March", "year": 2026, "incidents": model.ordered(incidents.collect())}]);
        let text = json!({"page": {"time_zone": model.zone}, "months": months}).to_string();
        let contents = read(Format::Statuspage, &text);
        prop_assert_eq!(contents.pasts.len() + contents.skipped.len(), model.updates.len());
        for (at, text, update) in model.dated() {
            let past = contents.pasts.iter().find(|past| past.reports[0].text == text);
            if update.written == Written::Broken {
                prop_assert!(past.is_none());
            } else {
                let began = past.map(|past| past.started_at);
                prop_assert_eq!(began, Some(Timestamp::from_millis(at * 1000)), "{} {:?}", text, &contents.skipped);
            }
        }
    }

    #[test]
    fn of_an_export_of_slack(model in model()) {
        let messages = model.dated().into_iter().map(|(at, text, update)| {
            let ts = match update.written {
                Written::Missing => Value::Null,
                Written::Broken => json!("a while ago"),
                Written::Seconds => json!(at),
                _ => json!(format!("{at}.000100")),
            };
            let mut fields = model.fields(at, &Update { written: Written::Missing, ..update.clone() }, "ts");
            fields.insert("ts".to_owned(), ts);
            fields.insert("text".to_owned(), json!(text));
            fields.insert(if update.named { "user" } else { "username" }.to_owned(), json!("U1"));
            Value::Object(fields)
        });
        let text = Value::Array(model.ordered(messages.collect())).to_string();
        let chat = intake::chat(text.as_bytes(), &setting()).expect("read");
        prop_assert_eq!(chat.lines.len() + chat.skipped.len(), model.updates.len());
        for (at, text, update) in model.dated() {
            let line = chat.lines.iter().find(|line| line.text == text);
            let told = matches!(update.written, Written::Missing | Written::Broken);
            prop_assert_eq!(line.is_none(), told);
            prop_assert!(line.is_none_or(|line| line.at.millis() / 1000 == at));
        }
    }

    #[test]
    fn of_a_pasted_chat(model in model()) {
        let mut day = String::new();
        let lines = model.dated().into_iter().map(|(at, text, update)| {
            let at = jiff::Timestamp::from_second(at).expect("a time").to_zoned(TimeZone::UTC);
            let (date, time) = (at.strftime("%Y-%m-%d").to_string(), at.strftime("%H:%M").to_string());
            let head = if date == day { String::new() } else { format!("{date}\n") };
            day.clone_from(&date);
            let more = if update.extra { "\n  and more" } else { "" };
            if update.named { format!("{date} {time} aki: {text}{more}\n") } else { format!("{head}[{time}] aki: {text}{more}\n") }
        });
        let chat = intake::chat(lines.collect::<String>().as_bytes(), &setting()).expect("read");
        prop_assert_eq!(&chat.skipped, &[]);
        let said: Vec<(i64, String)> = chat.lines.iter().map(|line| (line.at.millis() / 1000, line.text.clone())).collect();
        let whole = |text: String, update: &Update| if update.extra { text + "\n  and more" } else { text };
        let expected: Vec<(i64, String)> = model.dated().into_iter().map(|(at, text, update)| (at, whole(text, update))).collect();
        prop_assert_eq!(said, expected);
    }

    #[test]
    fn of_groups_of_alerts(model in model(), grafana in any::<bool>()) {
        let alerts = model.dated().into_iter().enumerate().map(|(index, (at, text, update))| {
            let mut fields = model.fields(at, &Update { written: plain(update.written), ..update.clone() }, "startsAt");
            fields.insert("fingerprint".to_owned(), json!(format!("f{index}")));
            fields.insert("annotations".to_owned(), json!({"summary": text, "description": format!("why {text}")}));
            Value::Object(fields)
        });
        let body = json!({"externalURL": "x", "alerts": model.ordered(alerts.collect())}).to_string();
        let format = if grafana { AlertFormat::Grafana } else { AlertFormat::Alertmanager };
        let alerts = format.read(body.as_bytes()).expect("read");
        prop_assert_eq!(alerts.len(), model.updates.len());
        for (at, text, update) in model.dated() {
            let Some(alert) = alerts.iter().find(|alert| alert.title == text) else {
                return Err(TestCaseError::fail(format!("`{text}` is lost")));
            };
            prop_assert_eq!(alert.text.clone(), Some(format!("why {text}")));
            let known = !matches!(update.written, Written::Missing | Written::Broken);
            prop_assert_eq!(alert.starts_at, known.then(|| Timestamp::from_millis(at * 1000)));
        }
    }
}

/// Times as a format without a zone of its own writes them.
fn plain(written: Written) -> Written {
    match written {
        Written::Local | Written::Word => Written::Offset,
        other => other,
    }
}

fn setting() -> Setting {
    Setting { zone: TimeZone::UTC, date: None, now: Timestamp::from_millis(i64::MAX / 4), people: HashMap::new() }
}
