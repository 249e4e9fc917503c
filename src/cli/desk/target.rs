//! Which incident a verb is about: the one named, the only one that can be meant, or the one that is picked.

use super::{Desk, Reach};
use crate::engine::{TargetError, incident_of, named_incident, only_incident};
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::id::SubjectId;
use crate::store::{Reader, Row};
use crate::ui::Choice;
use crate::{render, say};

impl Desk {
    /// The incident that a verb is about: the one named, or the only one that can be meant; on a terminal it asks.
    pub fn incident(&self, reader: &Reader<'_>, reach: Reach) -> Result<SubjectId, Failure> {
        self.target(reader, reach).map_err(|error| self.failed(&error.into(), None))
    }

    /// The incident that commands act on where they name none; `None` where that can't be told.
    pub fn in_force(&self, reader: &Reader<'_>) -> Result<Option<Row>, Failure> {
        let found = match &self.named {
            Some(typed) => named_incident(reader, typed).map(Some),
            None => match only_incident(reader, true) {
                Err(TargetError::NoneOpen { .. } | TargetError::Several { .. }) => Ok(None),
                only => only.map(Some),
            },
        };
        let id = found.map_err(|error| self.failed(&error.into(), None))?;
        let row = id.map(|id| reader.row(id)).transpose().map_err(|error| self.failed(&error.into(), None))?;
        Ok(row.flatten())
    }

    pub(super) fn target(&self, reader: &Reader<'_>, reach: Reach) -> Result<SubjectId, TargetError> {
        if let Some(typed) = &self.named {
            return named_incident(reader, typed);
        }
        match only_incident(reader, reach == Reach::NotOver) {
            Err(TargetError::Several { rows, resolved_too }) if self.ui.interactive => {
                let chosen = self.choose(&rows);
                chosen.ok_or(TargetError::Several { rows, resolved_too })
            }
            outcome => outcome,
        }
    }

    /// The incident that a command is about: an entry that it names belongs to one, and nobody need say which.
    pub(super) fn meant(&self, reader: &Reader<'_>, command: &Command, reach: Reach) -> Result<SubjectId, TargetError> {
        match command.about().filter(|_| self.named.is_none()) {
            Some(entry) => incident_of(reader, entry),
            None => self.target(reader, reach),
        }
    }

    fn choose(&self, rows: &[Row]) -> Option<SubjectId> {
        let label = |row: &Row| format!("{} {}", row.severity, render::shown_title(row, self.lang));
        let choices: Vec<Choice> = rows.iter().map(|row| Choice::new(row.number, label(row))).collect();
        let question = say!(self.lang, "which incident?", "どのインシデントですか");
        let chosen = self.ui.choose(&question, &choices, 0).ok().flatten()?;
        rows.get(chosen).map(|row| row.id)
    }
}
