//! Exercises: how one stands, how it is graded, how teams do over time, and when the next one is due (A5).

use crate::incident::clock::Clock;
use crate::incident::drill::{Drills, Grading, Held, Play, grade};
use crate::incident::fact::{DrillGraded, Fact};
use crate::incident::id::SubjectId;
use crate::incident::state::{Incident, Meta};
use crate::incident::time::Timestamp;
use crate::store::{DrillRow, Filter, Reader, StoreError};

/// The kinds that are no deed, and of which there may be many.
const NO_DEEDS: &[&str] = &["note.added", "clock.reminded", "clock.met", "clock.started", "clock.ended"];

/// The mark of an entry that was taken back.
const UNDONE: &str = "undone";

/// An exercise with its grade.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillReport {
    /// The incident on which it is played.
    pub incident: Incident,
    /// What was played.
    pub play: Play,
    /// The grade, as the log has it now.
    pub grading: Grading,
    /// Whether nothing more happens in it.
    pub over: bool,
    /// The last grade that was recorded.
    pub recorded: Option<DrillGraded>,
}

/// How a team does, exercise by exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The team; none where exercises were held without one.
    pub team: Option<String>,
    /// Its exercises, the first one first.
    pub drills: Vec<DrillRow>,
}

/// An incident's facts that hold, as they were last corrected, in the order in which they happened.
pub fn standing_facts(reader: &Reader<'_>, id: SubjectId) -> Result<Vec<(Meta, Fact)>, StoreError> {
    let filter = Filter { without: NO_DEEDS, ..Filter::default() };
    let entries = reader.timeline(id, &filter)?.into_iter();
    let own = entries.filter(|entry| entry.header.subject == id);
    let holds = own.filter(|entry| entry.marks.iter().all(|(mark, _)| mark != UNDONE));
    Ok(holds
        .map(|entry| (Meta { id: entry.header.id, at: entry.header.at, actor: entry.header.actor }, entry.fact))
        .collect())
}

impl DrillReport {
    /// Grades the exercise that is played on an incident; `None` where none is.
    pub fn gather(reader: &Reader<'_>, incident: Incident, now: Timestamp) -> Result<Option<Self>, StoreError> {
        let Some(play) = incident.play.as_deref().cloned() else { return Ok(None) };
        let facts = standing_facts(reader, incident.id)?;
        let recorded = facts.iter().rev().find_map(|(_, fact)| match fact {
            Fact::DrillGraded(graded) => Some(graded.clone()),
            _ => None,
        });
        let grading = grade(&play, &facts, now);
        let over = play.is_over(incident.status, now);
        Ok(Some(Self { incident, play, grading, over, recorded }))
    }
}

/// How each team does; `None` asks for every team, restricted exercises are left out unless asked for.
pub fn trends(reader: &Reader<'_>, team: Option<&str>, restricted: bool) -> Result<Vec<Trend>, StoreError> {
    let mut trends: Vec<Trend> = Vec::new();
    let wanted = |row: &DrillRow| {
        (restricted || !row.restricted) && team.is_none_or(|team| row.held.team.as_deref() == Some(team))
    };
    for row in reader.drills()?.into_iter().filter(wanted) {
        match trends.iter_mut().find(|trend| trend.team == row.held.team) {
            Some(trend) => trend.drills.push(row),
            None => trends.push(Trend { team: row.held.team.clone(), drills: vec![row] }),
        }
    }
    trends.sort_by(|left, right| left.team.cmp(&right.team));
    Ok(trends)
}

/// When which exercise is due.
pub fn drill_clocks(reader: &Reader<'_>, drills: &Drills) -> Result<Vec<Clock>, StoreError> {
    let held: Vec<Held> = reader.drills()?.into_iter().map(|row| row.held).collect();
    if held.is_empty() && drills.teams.is_empty() {
        return Ok(Vec::new());
    }
    Ok(drills.clocks(&held, reader.begun_at()?))
}
