//! What a walk amounts to, once everything that the chains say of each other is known.

use super::walk::{Hole, Start, Walk, Witness, hex, name};
use super::{Absent, BREAKS, Beginning, Break, Fault, Verification};
use crate::incident::fact::Gap;
use crate::incident::id::{EventId, OriginId, SpaceId};
use std::collections::{HashMap, HashSet};

/// The copies that say what a salvage lost, and that a head covers: one noted outside, or a sealed one.
#[derive(Debug, Default)]
struct Covered {
    outside: HashSet<OriginId>,
    sealed: HashSet<OriginId>,
}

/// What the store says of itself beside the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ground<'a> {
    /// The copy that writes here, where that is noted.
    pub own: Option<OriginId>,
    /// Whether a copy is noted that the store doesn't list.
    pub is_astray: bool,
    /// Whose incident numbers it hands out, where that is noted.
    pub space: Option<SpaceId>,
    /// Every copy that it lists, with the number of its last entry.
    pub listed: &'a [(OriginId, u64)],
    /// Those of them whose chains were walked.
    pub walked: &'a [OriginId],
}

impl Walk {
    /// What was found; `hash_at` looks up the stored hash of an entry that a noted head speaks of.
    pub fn finish(mut self, ground: &Ground<'_>, hash_at: impl Fn(OriginId, u64) -> Option<Vec<u8>>) -> Verification {
        self.origins.extend(self.here.take());
        let told = self.holes();
        for (place, found) in told.into_iter().rev() {
            self.breaks.insert(place, found);
        }
        let unexplained = self.blanked.iter().filter(|(id, _)| !self.redactions.contains(id));
        self.breaks.extend(unexplained.map(|(_, found)| found.clone()));
        self.breaks.extend(self.beginnings(ground));
        self.breaks.extend(self.notes_of_itself(ground));
        let own = self.lineage(ground.own);
        let mut absent: Vec<Absent> = Vec::new();
        let covered = self.covered();
        for witness in &self.noted {
            match against(witness, ground, &hash_at) {
                None => self.breaks.extend(self.severed(witness, &covered)),
                // What this store wrote must be there; what another copy wrote may come later.
                Some((about, found))
                    if found.fault.is_absence()
                        && witness.by.is_some_and(|by| !is_own(own.as_ref(), by))
                        && about.is_none_or(|about| !is_own(own.as_ref(), about)) =>
                {
                    absent.push(Absent { origin: found.origin, seq: found.seq, noted: witness.noted.place.clone() });
                }
                Some((_, found)) => self.breaks.push(found),
            }
        }
        absent.dedup();
        self.breaks.dedup();
        self.breaks.truncate(BREAKS);
        for walked in &mut self.origins {
            let mut parents = self.starts.iter();
            walked.continued =
                parents.any(|start| start.parent == Some(walked.origin) && start.parent_seq == walked.seq);
        }
        Verification {
            entries: self.entries,
            redacted: self.redacted,
            origins: self.origins,
            breaks: self.breaks,
            salvaged: self.salvaged.into_iter().map(|(_, gap)| gap).collect(),
            absent,
            unlisted: self.unlisted,
            seals: self.seals,
        }
    }

    /// Missing numbers that no salvage explains, and entries after explained ones that are not what the salvage found.
    fn holes(&self) -> Vec<(usize, Break)> {
        let mut known: HashMap<(OriginId, u64), Vec<&Gap>> = HashMap::new();
        for (_, gap) in &self.salvaged {
            known.entry((gap.origin, gap.to)).or_default().push(gap);
        }
        let fault = |hole: &Hole| {
            let gaps = known.get(&(hole.gap.origin, hole.gap.to)).map(Vec::as_slice).unwrap_or_default();
            let covers: Vec<&&Gap> = gaps.iter().filter(|gap| gap.from <= hole.gap.from).collect();
            if covers.is_empty() {
                let at = (hole.gap.from, None);
                return Some((at, Fault::Missing { to: hole.gap.to }));
            }
            let at = (hole.gap.to + 1, hole.entry.map(EventId::tag));
            let found = hex(&hole.after);
            let before = hole.before.as_ref().map(|hash| hex(hash));
            let mut pinned =
                covers.iter().filter(|gap| gap.after.is_some() && gap.before.is_some() == before.is_some());
            let Some(pin) = pinned.next() else { return Some((at, Fault::Unpinned)) };
            let fits = |gap: &&Gap| gap.after.as_ref() == Some(&found) && gap.before == before;
            if fits(pin) || pinned.any(|gap| fits(gap)) {
                return None;
            }
            if pin.after.as_ref() == Some(&found) {
                let (expected, found) = (before.unwrap_or_default(), pin.before.clone().unwrap_or_default());
                return Some(((hole.gap.from - 1, None), Fault::Changed { expected, found }));
            }
            Some((at, Fault::Changed { expected: found, found: pin.after.clone().unwrap_or_default() }))
        };
        let told = self.missing.iter().filter_map(|hole| {
            let ((seq, entry), fault) = fault(hole)?;
            Some((hole.place, Break { origin: name(hole.gap.origin), seq, entry, fault }))
        });
        told.take(BREAKS).collect()
    }

    /// Entries that are lost before a head which agrees: what lies before them hangs from nothing that was noted, unless
    /// whoever noted heads has noted one since that covers the salvage, and what it wrote down, too.
    fn severed(&self, witness: &Witness, covered: &Covered) -> Option<Break> {
        if !witness.vouches {
            return None;
        }
        let noted = &witness.noted;
        let origin = self.origins.iter().find(|walked| noted.is_of(walked.origin))?.origin;
        let reach = self.reach(origin, noted.seq);
        let known = if witness.by.is_none() { &covered.outside } else { &covered.sealed };
        let is_known = |gap: &Gap| {
            let said = self.salvaged.iter().filter(|(_, told)| told.origin == gap.origin && told.to == gap.to);
            said.into_iter().any(|(by, _)| known.contains(by))
        };
        let lost = |hole: &&Hole| reach.get(&hole.gap.origin).is_some_and(|upto| hole.gap.to < *upto);
        let hole = self.missing.iter().rfind(|hole| lost(hole) && !is_known(&hole.gap))?;
        let (from, to, place) = (hole.gap.from, hole.gap.to, noted.place.clone());
        let (lost, fault) = (name(hole.gap.origin), Fault::Severed { from, to, noted: place });
        Some(Break { origin: lost, seq: to + 1, entry: None, fault })
    }

    /// How far each copy's chain is held by a head: the head's own, and those that it goes on from.
    fn reach(&self, origin: OriginId, seq: u64) -> HashMap<OriginId, u64> {
        let mut found = HashMap::new();
        let mut next = Some((origin, seq));
        while let Some((origin, seq)) = next.filter(|(origin, _)| !found.contains_key(origin)) {
            found.insert(origin, seq);
            let start = self.starts.iter().find(|start| start.origin == origin);
            next = start.and_then(|start| Some((start.parent?, start.parent_seq)));
        }
        found
    }

    /// The salvages that noted heads cover.
    fn covered(&self) -> Covered {
        let mut covered = Covered::default();
        let salvages: HashSet<OriginId> = self.salvaged.iter().map(|(by, _)| *by).collect();
        if salvages.is_empty() {
            return covered;
        }
        for witness in self.noted.iter().filter(|witness| witness.vouches) {
            let Some(walked) = self.origins.iter().find(|walked| witness.noted.is_of(walked.origin)) else { continue };
            let reach = self.reach(walked.origin, witness.noted.seq);
            let reached = salvages.iter().filter(|by| reach.get(by).is_some_and(|upto| *upto >= 2));
            if witness.by.is_none() { covered.outside.extend(reached) } else { covered.sealed.extend(reached) }
        }
        covered
    }

    /// Copies that begin as no copy does.
    fn beginnings(&self, ground: &Ground<'_>) -> Vec<Break> {
        let broken = |origin: OriginId, fault| Break {
            origin: name(origin),
            seq: 1,
            entry: None,
            fault: Fault::Beginning(fault),
        };
        let walked: HashSet<OriginId> = self.origins.iter().map(|walked| walked.origin).collect();
        let empty = ground.walked.iter().filter(|origin| !walked.contains(origin));
        let mut found: Vec<Break> = empty.map(|origin| broken(*origin, Beginning::Empty)).collect();
        let mut roots: HashSet<SpaceId> = HashSet::new();
        for start in self.starts.iter().filter(|start| start.parent.is_none() && !start.after_salvage) {
            if !roots.insert(start.space) {
                found.push(broken(start.origin, Beginning::NoParent));
            }
        }
        found
    }

    /// What the store notes of itself and the log says otherwise.
    fn notes_of_itself(&self, ground: &Ground<'_>) -> Vec<Break> {
        let own = ground.own.or_else(|| ground.listed.first().map(|(origin, _)| *origin));
        let broken = |name_, expected: String, found: String| Break {
            origin: own.map(name).unwrap_or_default(),
            seq: 1,
            entry: None,
            fault: Fault::Meta { name: name_, expected, found },
        };
        let mut found = Vec::new();
        if ground.is_astray {
            let last = ground.listed.last().map(|(origin, _)| name(*origin)).unwrap_or_default();
            found.push(broken("origin", last, String::new()));
        }
        let start = self.starts.iter().find(|start| Some(start.origin) == own);
        if let (Some(Start { space, .. }), Some(noted)) = (start, ground.space)
            && *space != noted
        {
            found.push(broken("space", space.to_string(), noted.to_string()));
        }
        found
    }

    /// The copy that writes here and those it goes on from; everything where nobody knows which one writes.
    fn lineage(&self, own: Option<OriginId>) -> Option<HashSet<OriginId>> {
        let parents: HashMap<OriginId, OriginId> =
            self.starts.iter().filter_map(|start| Some((start.origin, start.parent?))).collect();
        let mut found = HashSet::new();
        let mut next = Some(own?);
        while let Some(origin) = next.filter(|origin| found.insert(*origin)) {
            next = parents.get(&origin).copied();
        }
        Some(found)
    }
}

/// What a noted head shows about a chain, and which copy that is, where it is listed.
fn against(
    witness: &Witness,
    ground: &Ground<'_>,
    hash_at: &impl Fn(OriginId, u64) -> Option<Vec<u8>>,
) -> Option<(Option<OriginId>, Break)> {
    let noted = &witness.noted;
    let place = noted.place.clone();
    let Some((origin, last)) = ground.listed.iter().copied().find(|(origin, _)| noted.is_of(*origin)) else {
        let (origin, seq) = (noted.origin.clone(), noted.seq);
        return Some((None, Break { origin, seq, entry: None, fault: Fault::NoSuchOrigin { noted: place } }));
    };
    let broken = |fault| Some((Some(origin), Break { origin: name(origin), seq: noted.seq, entry: None, fault }));
    match hash_at(origin, noted.seq) {
        Some(found) if hex(&found).starts_with(&noted.hash) => None,
        Some(found) => broken(Fault::Rewritten { expected: noted.hash.clone(), found: hex(&found), noted: place }),
        None if noted.seq > last => broken(Fault::CutOff { last, noted: place }),
        None => broken(Fault::Gone { noted: place }),
    }
}

fn is_own(own: Option<&HashSet<OriginId>>, origin: OriginId) -> bool {
    own.is_none_or(|own| own.contains(&origin))
}

impl Fault {
    /// Whether it says that a noted entry isn't there, as it isn't before another copy's entries come.
    const fn is_absence(&self) -> bool {
        matches!(self, Self::NoSuchOrigin { .. } | Self::CutOff { .. })
    }
}
