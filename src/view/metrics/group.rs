//! Incidents part by part.

use super::measure::{Measure, Taken};
use crate::incident::severity::Severity;
use crate::store::Figures;
use std::collections::HashMap;

/// How incidents are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By the worst severity they had.
    Severity,
    /// By service; an incident of several counts with each.
    Service,
    /// By category.
    Category,
    /// By the month in which they were declared.
    Month,
    /// By the day of the week on which they were declared.
    Weekday,
}

impl By {
    /// Its slug.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Service => "service",
            Self::Category => "category",
            Self::Month => "month",
            Self::Weekday => "weekday",
        }
    }
}

/// What the incidents of a part share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKey {
    /// The severity.
    Severity(Severity),
    /// A service or category; none where there is none.
    Named(Option<String>),
    /// Year and month.
    Month(i16, i8),
    /// The day of the week, Monday is 1.
    Weekday(i8),
}

/// A part.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What its incidents share.
    pub key: GroupKey,
    /// How many there are.
    pub counted: usize,
    /// How long things took.
    pub measures: Vec<Measure>,
}

/// Year, month and weekday of an instant where the reader is.
pub type Calendar<'a> = &'a dyn Fn(crate::incident::time::Timestamp) -> (i16, i8, i8);

/// Parts as they come.
#[derive(Debug, Default)]
pub(super) struct Groups {
    of: HashMap<GroupKey, (usize, Taken)>,
    named: HashMap<String, (usize, Taken)>,
}

impl Groups {
    /// Takes an incident in.
    pub(super) fn add(&mut self, figures: &Figures<'_>, services: &[String], by: By, calendar: Calendar<'_>) {
        let key = match by {
            By::Severity => GroupKey::Severity(figures.worst),
            By::Category => match figures.category {
                Some(name) => return self.name(name, figures),
                None => GroupKey::Named(None),
            },
            By::Service if services.is_empty() => GroupKey::Named(None),
            By::Service => return services.iter().for_each(|name| self.name(name, figures)),
            By::Month => {
                let (year, month, _) = calendar(figures.times.declared);
                GroupKey::Month(year, month)
            }
            By::Weekday => GroupKey::Weekday(calendar(figures.times.declared).2),
        };
        let (count, taken) = self.of.entry(key).or_default();
        *count += 1;
        taken.add(&figures.times);
    }

    fn name(&mut self, name: &str, figures: &Figures<'_>) {
        // A name is copied once, not for every incident.
        if !self.named.contains_key(name) {
            self.named.insert(name.to_owned(), (0, Taken::default()));
        }
        if let Some((count, taken)) = self.named.get_mut(name) {
            *count += 1;
            taken.add(&figures.times);
        }
    }

    /// The parts: names by how many there are, everything else in its own order.
    pub(super) fn finish(self) -> Vec<Group> {
        let named = self.named.into_iter().map(|(name, part)| (GroupKey::Named(Some(name)), part));
        let all = self.of.into_iter().chain(named);
        let mut groups: Vec<Group> =
            all.map(|(key, (counted, taken))| Group { key, counted, measures: taken.measures() }).collect();
        groups.sort_by(|left, right| match (&left.key, &right.key) {
            (GroupKey::Named(one), GroupKey::Named(other)) => {
                (one.is_none(), right.counted, one).cmp(&(other.is_none(), left.counted, other))
            }
            (one, other) => one.cmp(other),
        });
        groups
    }
}
