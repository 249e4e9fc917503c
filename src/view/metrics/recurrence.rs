//! What came back: the same category at the same service, the same words of cause.

use crate::store::{Figures, Reader, StoreError};
use std::collections::HashMap;

/// How many of each are told, and how many incidents of each are named.
const TOLD: usize = 10;

/// What came back within the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurrence {
    /// Incidents that have a category and a service.
    pub placed: usize,
    /// Those of them that share both with one that came before in the same period.
    pub placed_again: usize,
    /// The category and service that came back most often.
    pub places: Vec<Again>,
    /// Incidents whose cause is known.
    pub explained: usize,
    /// Those of them that share a cause with one that came before in the same period.
    pub explained_again: usize,
    /// The causes that came back most often.
    pub causes: Vec<Again>,
}

/// Something that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Category and service, or the words of the cause.
    pub what: Vec<String>,
    /// In how many incidents.
    pub count: usize,
    /// The first of them, by number.
    pub numbers: Vec<u32>,
}

#[derive(Debug, Default)]
struct Seen {
    count: usize,
    numbers: Vec<u32>,
    place: i64,
}

impl Seen {
    fn add(&mut self, figures: &Figures<'_>) {
        self.count += 1;
        self.place = figures.place;
        let at = self.numbers.partition_point(|number| *number < figures.number);
        if at < TOLD {
            self.numbers.insert(at, figures.number);
            self.numbers.truncate(TOLD);
        }
    }
}

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    placed: usize,
    again: usize,
    explained: usize,
    explained_again: usize,
    places: HashMap<String, HashMap<String, Seen>>,
    causes: HashMap<u64, Seen>,
}

impl Sightings {
    /// Takes an incident in.
    pub(super) fn add(&mut self, figures: &Figures<'_>, services: &[String]) {
        if let Some(category) = figures.category.filter(|_| !services.is_empty()) {
            self.placed += 1;
            if !self.places.contains_key(category) {
                self.places.insert(category.to_owned(), HashMap::new());
            }
            let mut known = false;
            for service in services {
                let Some(seen) = self.places.get_mut(category) else { continue };
                // A name is copied once, not for every incident.
                if let Some(seen) = seen.get_mut(service) {
                    known = true;
                    seen.add(figures);
                } else {
                    seen.entry(service.clone()).or_default().add(figures);
                }
            }
            self.again += usize::from(known);
        }
        let mut known = None;
        for mark in figures.cause_marks() {
            let seen = self.causes.entry(mark).or_default();
            known = Some(known.unwrap_or(false) || seen.count > 0);
            seen.add(figures);
        }
        self.explained += usize::from(known.is_some());
        self.explained_again += usize::from(known == Some(true));
    }

    /// What came back, with the words of the causes.
    pub(super) fn finish(self, reader: &Reader<'_>) -> Result<Recurrence, StoreError> {
        let places = self.places.into_iter().flat_map(|(category, services)| {
            services.into_iter().map(move |(service, seen)| (vec![category.clone(), service], seen))
        });
        let mut causes = Vec::new();
        for (mark, seen) in most(self.causes.into_iter()) {
            let words = reader.cause(seen.place, mark)?.unwrap_or_default();
            causes.push(Again { what: vec![words], count: seen.count, numbers: seen.numbers });
        }
        let told = |(what, seen): (Vec<String>, Seen)| Again { what, count: seen.count, numbers: seen.numbers };
        Ok(Recurrence {
            placed: self.placed,
            placed_again: self.again,
            places: most(places).into_iter().map(told).collect(),
            explained: self.explained,
            explained_again: self.explained_again,
            causes,
        })
    }
}

/// What was seen more than once, the most frequent first.
fn most<K: Ord>(all: impl Iterator<Item = (K, Seen)>) -> Vec<(K, Seen)> {
    let mut found: Vec<(K, Seen)> = all.filter(|(_, seen)| seen.count > 1).collect();
    found.sort_by(|(key, one), (other_key, other)| {
        other.count.cmp(&one.count).then_with(|| one.numbers.cmp(&other.numbers)).then_with(|| key.cmp(other_key))
    });
    found.truncate(TOLD);
    found
}
