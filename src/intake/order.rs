//! In which order updates were made: some tools write the newest first, and some don't say when.

use crate::incident::past::Report;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use std::collections::HashMap;

/// An update as it was read.
#[derive(Debug)]
pub struct Update {
    /// When it was said, as the source shows it; `None` where it doesn't say.
    pub at: Option<Timestamp>,
    /// When it was written, which decides between those that were said at the same time.
    pub created: Option<Timestamp>,
    /// The update.
    pub report: Report,
}

/// Which way round a list is whose times don't tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// As status pages have it.
    NewestFirst,
    /// As logs have it.
    OldestFirst,
}

/// What the incident says of its beginning and its end, for updates that don't say when they were.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// When it began.
    pub began: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
}

/// The updates in the order in which they were made. One without a time has that of the end, where it tells of it, of
/// the one before it, of the one after it, or of the beginning.
pub fn oldest_first(mut updates: Vec<Update>, habit: Habit, span: Span) -> Option<Vec<Report>> {
    let when = |update: &Update| update.at.map(|at| (at, update.created.unwrap_or(at)));
    let dated: Vec<(Timestamp, Timestamp)> = updates.iter().filter_map(when).collect();
    let ends = dated.first().zip(dated.last()).filter(|(first, last)| first != last);
    if ends.map_or(habit == Habit::NewestFirst, |(first, last)| first > last) {
        updates.reverse();
    }
    let mut before: Option<(Timestamp, Timestamp)> = None;
    let mut keys: Vec<Option<(Timestamp, Timestamp)>> = Vec::with_capacity(updates.len());
    for update in &updates {
        let ended = span.ended.filter(|_| update.report.to == Some(Status::Resolved));
        let ended = ended.filter(|end| before.is_none_or(|(before, _)| before <= *end)).map(|at| (at, at));
        before = when(update).or(ended).or(before);
        keys.push(before);
    }
    let first = keys.iter().flatten().next().copied().or(span.began.map(|at| (at, at)));
    let mut keyed: Vec<((Timestamp, Timestamp), Report)> = Vec::with_capacity(updates.len());
    for (update, key) in updates.into_iter().zip(keys) {
        let key = key.or(first)?;
        keyed.push((key, Report { at: key.0, about: update.at.is_none(), ..update.report }));
    }
    keyed.sort_by_key(|(key, _)| *key);
    Some(keyed.into_iter().map(|(_, report)| report).collect())
}

/// Tells updates of one name apart by their order.
pub fn name_apart(reports: &mut [Report]) {
    let mut alike: HashMap<String, usize> = HashMap::new();
    for report in reports {
        let count = alike.entry(report.source.clone()).or_default();
        *count += 1;
        if *count > 1 {
            report.source = format!("{} {count}", report.source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Habit, Span, Update, oldest_first};
    use crate::incident::past::Report;
    use crate::incident::status::Status;
    use crate::incident::time::Timestamp;

    fn told(updates: &[(Option<i64>, Option<i64>, &str)], habit: Habit) -> Vec<(i64, bool, String)> {
        let at = |millis: &Option<i64>| millis.map(Timestamp::from_millis);
        let read = |(shown, created, text): &(Option<i64>, Option<i64>, &str)| Update {
            at: at(shown),
            created: at(created),
            report: Report {
                source: (*text).to_owned(),
                at: Timestamp::from_millis(0),
                about: false,
                status: None,
                to: text.contains("over").then_some(Status::Resolved),
                text: (*text).to_owned(),
            },
        };
        let at = |millis| Some(Timestamp::from_millis(millis));
        let reports = oldest_first(updates.iter().map(read).collect(), habit, Span { began: at(1), ended: at(7) });
        reports.expect("dated").into_iter().map(|one| (one.at.millis(), one.about, one.text)).collect()
    }

    fn texts(updates: &[(Option<i64>, Option<i64>, &str)], habit: Habit) -> String {
        told(updates, habit).into_iter().map(|(.., text)| text).collect()
    }

    #[test]
    fn those_said_at_one_time_come_in_the_order_in_which_they_were_written_then_in_that_of_the_list() {
        let same = [(Some(5), Some(7), "b"), (Some(5), Some(6), "a"), (Some(5), Some(8), "c")];
        assert_eq!(texts(&same, Habit::NewestFirst), "abc");
        let newest = [(Some(9), None, "d"), (Some(5), None, "c"), (Some(5), None, "b"), (Some(2), None, "a")];
        assert_eq!(texts(&newest, Habit::OldestFirst), "abcd");
        let silent = [(Some(5), None, "b"), (Some(5), None, "a")];
        assert_eq!(
            (texts(&silent, Habit::NewestFirst).as_str(), texts(&silent, Habit::OldestFirst).as_str()),
            ("ab", "ba")
        );
    }

    #[test]
    fn one_without_a_time_has_that_of_its_neighbour() {
        let list = [(None, None, "a"), (Some(5), None, "b"), (None, None, "c"), (Some(9), None, "d")];
        let expected = [(5, true, "a"), (5, false, "b"), (5, true, "c"), (9, false, "d")];
        assert_eq!(told(&list, Habit::OldestFirst), expected.map(|(at, about, text)| (at, about, text.to_owned())));
        assert_eq!(told(&[(None, None, "a")], Habit::NewestFirst), [(1, true, "a".to_owned())]);
        let over = [(None, None, "over"), (Some(5), None, "a")];
        assert_eq!(told(&over, Habit::NewestFirst), [(5, false, "a".to_owned()), (7, true, "over".to_owned())]);
    }
}
