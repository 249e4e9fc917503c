//! Files of other tools, chats and alerts: the first byte says which, the rest is the file.

use super::assert_harmless;
use hikeshi::incident::fact::Fact;
use hikeshi::incident::id::SpaceId;
use hikeshi::incident::limits;
use hikeshi::incident::localized::Lang;
use hikeshi::incident::past::{Past, Skipped, Standing, facts};
use hikeshi::incident::time::Timestamp;
use hikeshi::intake::{self, AlertFormat, Format, Reading, Setting};
use hikeshi::text;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// 2026-11-20T05:00:00Z.
const NOW: Timestamp = Timestamp::from_millis(1_795_150_800_000);

pub fn import(bytes: &[u8]) {
    let Some((which, file)) = bytes.split_first() else { return };
    let which = usize::from(*which);
    if let Some(format) = Format::ALL.get(which) {
        let Ok(contents) = format.read(file, &Reading::default()) else { return };
        skipped(&contents.skipped);
        contents.pasts.iter().for_each(past);
    } else if let Some(format) = AlertFormat::ALL.get(which - Format::ALL.len()) {
        let Ok(alerts) = format.read(file) else { return };
        for alert in alerts {
            assert!(!alert.fingerprint.is_empty() && alert.fingerprint.len() <= limits::LINE);
            assert!(alert.text.is_none_or(|text| text.len() <= limits::TEXT));
        }
    } else {
        let setting = Setting { zone: TimeZone::UTC, date: None, now: NOW, people: HashMap::new() };
        let Ok(chat) = intake::chat(file, &setting) else { return };
        skipped(&chat.skipped);
        for line in chat.lines {
            assert!(line.at <= NOW && !line.author.is_empty() && !line.text.trim().is_empty());
        }
    }
}

fn skipped(skipped: &[Skipped]) {
    for one in skipped {
        assert!(one.line > 0 && one.record != Some(0));
        for lang in [Lang::En, Lang::Ja] {
            assert_harmless("why it was left out", &text::skip(&one.why, lang));
        }
    }
}

/// Every update is there, in the order of time, with all of its words.
fn past(past: &Past) {
    let standing = Standing { space: SpaceId(uuid::Uuid::nil()), number: 1 };
    let found = facts(past, None, standing);
    let mut said: Vec<(u32, String)> = Vec::new();
    for (_, fact) in &found {
        let Fact::ReportImported(report) = fact else { continue };
        match said.last_mut().filter(|_| report.part.is_some_and(|part| part > 1)) {
            Some((_, text)) => text.push_str(&report.text),
            None => said.push((report.order, report.text.clone())),
        }
    }
    said.sort_by_key(|(order, _)| *order);
    let expected: Vec<(u32, String)> = (1..).zip(past.reports.iter().map(|report| report.text.clone())).collect();
    assert_eq!(said, expected);
    assert!(matches!(found.first(), Some((_, Fact::IncidentDeclared(_)))));
    for (_, fact) in &found {
        assert!(!matches!(fact, Fact::ClockStarted(_) | Fact::MessageQueued(_) | Fact::PeopleCalled(_)));
        assert!(!text::entry(fact, Lang::Ja).is_empty());
    }
}
