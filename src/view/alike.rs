//! Past incidents like this one, what resolved them, and how long that took (D2).

use super::similar::{Case, Why, probes, rank};
use crate::incident::id::SubjectId;
use crate::incident::state::Incident;
use crate::incident::time::Span;
use crate::store::{Likely, Past, Store, StoreError};

/// How much is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many are shown.
    pub shown: usize,
    /// How many incidents are compared.
    pub compared: usize,
    /// How many entries of each.
    pub entries: usize,
    /// How many entries the index may lack.
    pub behind: i64,
    /// Whether one word or the category in common is enough.
    pub faint: bool,
}

impl Bounds {
    /// For somebody who asks.
    pub const fn asked(shown: usize) -> Self {
        Self { shown, compared: 300, entries: 200, behind: i64::MAX, faint: true }
    }

    /// For somebody who has more urgent things to do.
    pub const fn at_declare() -> Self {
        Self { shown: 3, compared: 50, entries: 30, behind: 2_000, faint: false }
    }
}

/// A past incident that is like the one asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// The incident.
    pub incident: Incident,
    /// How like it is: more is more.
    pub score: f64,
    /// Why, the strongest reason first.
    pub why: Vec<Why>,
}

/// What ended an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending<'a> {
    /// The permanent fix.
    Fix(&'a str),
    /// A workaround.
    Workaround(&'a str),
    /// What was said when it was resolved.
    Summary(&'a str),
}

impl Alike {
    /// What resolved it: the fix, else the workaround, else what was said when it was resolved.
    pub fn ending(&self) -> Option<Ending<'_>> {
        let Incident { fix, workaround, summary, times, .. } = &self.incident;
        let fix = fix.as_ref().map(|fix| Ending::Fix(&fix.text));
        let workaround = workaround.as_ref().filter(|one| one.reverted_at.is_none());
        let summary = summary.as_ref().filter(|_| times.resolved.is_some());
        let ending = fix.or_else(|| workaround.map(|one| Ending::Workaround(&one.text)));
        let ending = ending.or_else(|| summary.map(|text| Ending::Summary(text)));
        ending.filter(|ending| !ending.text().is_empty())
    }

    /// How long it lasted, from when it began, was noticed or declared, until service was restored.
    pub fn lasted(&self) -> Option<Span> {
        self.incident.times.resolved.and_then(|resolved| self.incident.lasted(resolved))
    }
}

impl<'a> Ending<'a> {
    /// The words.
    pub const fn text(&self) -> &'a str {
        match self {
            Self::Fix(text) | Self::Workaround(text) | Self::Summary(text) => text,
        }
    }
}

/// Past incidents like a case; `itself` is the incident that it is.
pub fn alike(
    store: &Store,
    case: &Case,
    itself: Option<SubjectId>,
    restricted: bool,
    bounds: Bounds,
) -> Result<Vec<Alike>, StoreError> {
    let past = store.past(&Likely {
        words: probes(case),
        services: case.services.clone(),
        except: itself,
        restricted,
        most: bounds.compared,
        entries: bounds.entries,
        behind: bounds.behind,
    })?;
    let cases: Vec<Case> = past.iter().map(|one| of(&one.incident, one.said.clone())).collect();
    let mut past: Vec<Option<Past>> = past.into_iter().map(Some).collect();
    let ranked = rank(case, &cases, bounds.shown).into_iter();
    let ranked = ranked.filter(|likeness| bounds.faint || likeness.why.iter().any(Why::is_strong));
    let found = ranked.filter_map(|likeness| {
        let Past { incident, .. } = past.get_mut(likeness.index)?.take()?;
        Some(Alike { incident, score: likeness.score, why: likeness.why })
    });
    Ok(found.collect())
}

/// What is known of an incident, to be compared with others.
pub fn of(incident: &Incident, said: Vec<String>) -> Case {
    let mut causes: Vec<String> = Vec::new();
    causes.extend(incident.cause.clone());
    causes.extend(incident.workaround.as_ref().map(|workaround| workaround.text.clone()));
    causes.extend(incident.fix.as_ref().map(|fix| fix.text.clone()));
    causes.extend(incident.lessons.causes.iter().map(|cause| cause.text.clone()));
    let mut said = said;
    said.retain(|text| !causes.contains(text));
    Case {
        title: incident.title.clone(),
        services: incident.services.clone(),
        category: incident.category.clone(),
        causes,
        said,
    }
}
