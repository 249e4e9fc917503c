//! Which way round a list of updates is: some tools write the newest first.

use crate::incident::past::Report;
use std::collections::HashMap;

/// Turns a list that begins with the newest; one whose times don't tell is taken to, as status pages have it.
pub fn oldest_first(reports: &mut [Report]) {
    let ends = reports.first().zip(reports.last()).map(|(first, last)| (first.at, last.at));
    if ends.is_some_and(|(first, last)| first >= last) {
        reports.reverse();
    }
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
