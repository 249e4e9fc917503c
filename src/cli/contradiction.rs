//! What was said and no longer holds: whoever changes the facts is told which statements still stand (B6).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::engine::Receipt;
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::id::TAG_SHORTEST;
use crate::incident::slug::Stage;
use crate::incident::state::{Incident, Statement};
use crate::incident::status::Status;
use crate::say;

/// Records a command that changes the facts, and warns of what it made wrong.
pub fn record(desk: &Desk, command: Command, recording: &Recording, reach: Reach) -> Result<(), Failure> {
    if let Some(receipt) = desk.record_silently(command, recording, reach)? {
        desk.confirm(&receipt, warnings(desk, &receipt));
    }
    Ok(())
}

/// Warnings about statements that a command has made wrong, each with what mends it.
pub fn warnings(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let Some(before) = receipt.before.as_ref().filter(|_| !receipt.duplicate) else { return Vec::new() };
    let incident = &receipt.incident;
    let mut found = Vec::new();
    for statement in standing(incident) {
        let id: String = statement.id.tag().chars().take(TAG_SHORTEST).collect();
        let (who, number) = (statement.audiences.join(", "), incident.number);
        let (first, stage) = match contradicted(before, incident, statement) {
            Some(Contradiction::Over) => (
                say!(desk.lang, "{who} were told that it goes on ({id})", "{who} には継続中と伝えています（{id}）"),
                "resolved",
            ),
            Some(Contradiction::NotOver) => (
                say!(desk.lang, "{who} were told that it is over ({id})", "{who} には復旧済みと伝えています（{id}）"),
                "correction",
            ),
            Some(Contradiction::Cause) => (
                say!(
                    desk.lang,
                    "{who} were told another cause, or none ({id})",
                    "{who} には別の原因、または原因調査中と伝えています（{id}）"
                ),
                "progress",
            ),
            Some(Contradiction::Workaround) => (
                say!(
                    desk.lang,
                    "{who} don't know of this workaround ({id})",
                    "{who} はこのワークアラウンドを知りません（{id}）"
                ),
                "workaround",
            ),
            None => continue,
        };
        let audience = statement.audiences.first().map_or("customers", String::as_str);
        found.push(if stage == "correction" {
            say!(
                desk.lang,
                "{first}: hikeshi -i {number} update --corrects {id}",
                "{first}: hikeshi -i {number} update --corrects {id}"
            )
        } else {
            say!(
                desk.lang,
                "{first}: hikeshi -i {number} update --audience {audience} --stage {stage}; if it was wrong: --corrects {id}",
                "{first}: hikeshi -i {number} update --audience {audience} --stage {stage}（誤りなら --corrects {id}）"
            )
        });
    }
    found
}

enum Contradiction {
    Over,
    NotOver,
    Cause,
    Workaround,
}

/// The statement that counts for each audience, each once.
fn standing(incident: &Incident) -> Vec<&Statement> {
    let statements = incident.promises.statements.iter().filter(|statement| statement.stands());
    let counts = |statement: &&Statement| {
        let mut audiences = statement.audiences.iter();
        audiences.any(|one| incident.promises.standing(one).is_some_and(|last| last.id == statement.id))
    };
    statements.filter(counts).collect()
}

fn contradicted(before: &Incident, after: &Incident, statement: &Statement) -> Option<Contradiction> {
    let over = after.status >= Status::Resolved;
    let was_over = before.status >= Status::Resolved;
    if over && !was_over && statement.stage != Stage::Resolved {
        return Some(Contradiction::Over);
    }
    if was_over && !over && statement.stage == Stage::Resolved {
        return Some(Contradiction::NotOver);
    }
    if !over && after.cause != before.cause {
        return Some(Contradiction::Cause);
    }
    let workaround = |incident: &Incident| incident.workaround.as_ref().map(|held| held.text.clone());
    (!over && workaround(after) != workaround(before)).then_some(Contradiction::Workaround)
}
