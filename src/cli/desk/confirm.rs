//! Saying what was recorded: to people in one line, to scripts as a document.

use super::Desk;
use crate::engine::Receipt;
use crate::incident::fact::Fact;
use crate::incident::status::Status;
use crate::render::json::{EntryDoc, IncidentDoc, RecordedDoc, SCHEMA};
use crate::render::{Page, json, receipt};
use crate::{render, say};

impl Desk {
    /// Confirms what was recorded, with warnings beside it.
    pub fn confirm(&self, recorded: &Receipt, mut warnings: Vec<String>) {
        warnings.extend(self.over(recorded));
        warnings.extend(self.secrets_in(recorded));
        for warning in &warnings {
            self.ui.warning(warning);
        }
        let page = self.page();
        if self.ui.json {
            self.ui.out(&json::line(&self.recorded(recorded, warnings)));
        } else if self.ui.quiet {
            self.ui.out(&recorded.entries.first().map(|entry| entry.short.clone()).unwrap_or_default());
        } else {
            self.ui.show(&receipt(&page, &recorded.incident, &recorded.entries, recorded.duplicate));
        }
    }

    /// Warns that the incident was over before this was recorded: somebody may have meant another one.
    pub fn over(&self, recorded: &Receipt) -> Option<String> {
        let incident = &recorded.incident;
        let before = recorded.before.as_ref().map_or(incident.status, |before| before.status);
        let what_follows = |fact: &Fact| fact.kind().starts_with("action.") || fact.kind().starts_with("postmortem.");
        match before {
            Status::Cancelled if incident.status == Status::Cancelled => Some(say!(
                self.lang,
                "{} is cancelled; to look for the one that is meant: hikeshi list",
                "{} は取り消し済みです。別のインシデントなら: hikeshi list",
                self.page().target(incident)
            )),
            // Actions and the postmortem go on after it.
            Status::Closed if incident.status == Status::Closed => {
                let meant = recorded.entries.iter().all(|entry| what_follows(&entry.fact));
                (!meant).then(|| {
                    say!(
                        self.lang,
                        "{} is closed; to go on with it: hikeshi -i {} reopen --reason …",
                        "{} はクローズ済みです。再開するには: hikeshi -i {} reopen --reason …",
                        self.page().target(incident),
                        incident.number
                    )
                })
            }
            _ => None,
        }
    }

    /// Warnings about entries whose words look like a secret.
    pub fn secrets_in(&self, recorded: &Receipt) -> Vec<String> {
        self.secret_warnings(&recorded.secrets)
    }

    /// Warnings about entries, named by their ids, whose words look like a secret by these rules.
    pub fn secret_warnings(&self, secrets: &[(String, &'static str)]) -> Vec<String> {
        let warning = |(id, rule): &(String, &'static str)| {
            say!(
                self.lang,
                "{id} looks like it holds a secret ({rule}); to remove it for good: hikeshi redact {id} --reason 'pasted by mistake'",
                "{id} に秘密情報らしきもの（{rule}）があります。完全に消すには: hikeshi redact {id} --reason 誤って貼り付け"
            )
        };
        secrets.iter().map(warning).collect()
    }

    /// The JSON of a command that recorded.
    pub fn recorded(&self, receipt: &Receipt, warnings: Vec<String>) -> RecordedDoc {
        RecordedDoc {
            schema: SCHEMA,
            incident: Some(IncidentDoc::new(&receipt.incident, self.env.now())),
            entries: receipt.entries.iter().map(|entry| EntryDoc::new(entry, self.lang)).collect(),
            duplicate: receipt.duplicate,
            warnings,
        }
    }

    /// Prints a document in JSON, or what it looks like for people.
    pub fn print<T: serde::Serialize>(&self, document: impl FnOnce() -> T, people: impl FnOnce(&Page) -> String) {
        if self.ui.json {
            self.ui.out(&render::json::line(&document()));
        } else {
            self.ui.show(&people(&self.page()));
        }
    }
}
