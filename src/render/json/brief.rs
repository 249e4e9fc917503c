//! BRIEF: what to say now, and who knows it.

use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::state::{Incident, Statement};
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::view::brief::{Answer, Brief, Briefed, Gone, Said, Told};
use schemars::JsonSchema;
use serde::Serialize;

/// `brief --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BriefDoc {
    /// The version of this document.
    pub schema: u32,
    /// When it was asked.
    pub now: String,
    /// The incident's number.
    pub incident: u32,
    /// What is wrong.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub status: Status,
    /// Whether it is an exercise.
    pub drill: bool,
    /// What each audience was told last, those directly hit first.
    pub audiences: Vec<ToldDoc>,
    /// Statements that went to nobody yet.
    pub drafts: Vec<DraftDoc>,
    /// What holds until the permanent fix.
    pub workaround: Option<HeldDoc>,
    /// What no longer holds, the latest first.
    pub no_longer: Vec<GoneDoc>,
    /// Known questions and answers.
    pub answers: Vec<AnswerDoc>,
    /// Who was told what to say, those who must be told again first.
    pub briefed: Vec<BriefedDoc>,
    /// When what is to be said last changed.
    pub changed_at: Option<String>,
}

/// What an audience was told last.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ToldDoc {
    /// Its slug.
    pub audience: String,
    /// Its name.
    pub title: String,
    /// The statement that stands.
    pub statement: Option<SaidDoc>,
    /// When the next update is due.
    pub next_update_at: Option<String>,
    /// Whether that is past.
    pub overdue: bool,
}

/// A statement.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SaidDoc {
    /// Its display id.
    pub id: String,
    /// For whom it was.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Stage,
    /// When it went out.
    pub at: String,
    /// How.
    pub how: Conveyance,
    /// Through which channels.
    pub channels: Vec<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// The words; `null` where they were removed.
    pub text: Option<String>,
    /// Whether they were corrected after they were written down.
    pub corrected: bool,
    /// The channels through which it did not go, or not yet.
    pub undelivered: Vec<UndeliveredDoc>,
}

/// A channel through which a statement did not go.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UndeliveredDoc {
    /// The channel.
    pub channel: String,
    /// Whether nobody tries any more.
    pub given_up: bool,
}

/// A statement that went to nobody yet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DraftDoc {
    /// Its display id.
    pub id: String,
    /// For whom it is.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Stage,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
    /// The roles whose approval is missing.
    pub lacks: Vec<String>,
    /// Who carries them.
    pub waits_for: Vec<String>,
}

/// A workaround.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldDoc {
    /// What it is; `null` where the words were removed.
    pub text: Option<String>,
    /// Since when.
    pub since: String,
    /// When the permanent fix is due.
    pub fix_due_at: Option<String>,
    /// When it was taken back.
    pub reverted_at: Option<String>,
}

/// What was said and no longer holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GoneDoc {
    /// `statement` or `workaround`.
    pub what: &'static str,
    /// Since when it no longer holds.
    pub since: Option<String>,
    /// The wrong statement.
    pub was: Option<SaidDoc>,
    /// The statement that replaced it.
    pub now: Option<SaidDoc>,
    /// The old workaround.
    pub workaround: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AnswerDoc {
    /// The entry's display id.
    pub id: String,
    /// When it was written.
    pub at: String,
    /// The question; `null` where the words were removed.
    pub question: Option<String>,
    /// What to answer; `null` where the words were removed.
    pub answer: Option<String>,
}

/// Somebody who was told what to say.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BriefedDoc {
    /// Who.
    pub name: String,
    /// Whom they speak to; `null` for anybody.
    pub audience: Option<String>,
    /// When they were last told.
    pub at: String,
    /// Whether nothing has changed since.
    pub current: bool,
    /// When it changed.
    pub changed_at: Option<String>,
}

impl BriefDoc {
    /// The document of a brief at `now`.
    pub fn new(brief: &Brief, now: Timestamp, lang: Lang) -> Self {
        let incident = &brief.incident;
        Self {
            schema: super::SCHEMA,
            now: now.to_string(),
            incident: incident.number,
            title: incident.title.clone(),
            severity: incident.severity,
            status: incident.status,
            drill: incident.drill,
            audiences: brief.audiences.iter().map(|told| ToldDoc::new(told, now, lang)).collect(),
            drafts: DraftDoc::all(incident, brief.asked.as_deref()),
            workaround: incident.workaround.as_ref().map(|held| HeldDoc {
                text: written(&held.text),
                since: held.at.to_string(),
                fix_due_at: held.fix_due_at.map(|at| at.to_string()),
                reverted_at: held.reverted_at.map(|at| at.to_string()),
            }),
            no_longer: brief.gone.iter().map(GoneDoc::new).collect(),
            answers: brief.answers.iter().map(AnswerDoc::new).collect(),
            briefed: brief.briefed.iter().map(BriefedDoc::new).collect(),
            changed_at: brief.changed_at.map(|at| at.to_string()),
        }
    }
}

impl ToldDoc {
    /// The document of what an audience was told last, at `now`.
    pub fn new(told: &Told, now: Timestamp, lang: Lang) -> Self {
        Self {
            audience: told.audience.clone(),
            title: told.title.get(lang).to_owned(),
            statement: told.statement.as_ref().map(SaidDoc::new),
            next_update_at: told.next.as_ref().map(|(at, _)| at.to_string()),
            overdue: told.next.as_ref().is_some_and(|(at, _)| *at < now),
        }
    }
}

impl DraftDoc {
    /// The documents of those that wait, for everybody or for one audience.
    pub fn all(incident: &Incident, asked: Option<&str>) -> Vec<Self> {
        let heard = |draft: &&Statement| asked.is_none_or(|asked| draft.audiences.iter().any(|one| one == asked));
        let document = |draft: &Statement| Self {
            id: draft.id.tag()[..TAG_SHORTEST].to_owned(),
            audiences: draft.audiences.clone(),
            stage: draft.stage,
            by: draft.by.clone(),
            at: draft.at.to_string(),
            lacks: draft.lacks().into_iter().map(str::to_owned).collect(),
            waits_for: draft.lacks().iter().flat_map(|role| incident.carriers(role)).map(str::to_owned).collect(),
        };
        incident.promises.drafts().filter(heard).map(document).collect()
    }
}

impl SaidDoc {
    /// The document of a statement.
    pub fn new(said: &Said) -> Self {
        Self {
            id: said.id.clone(),
            audiences: said.audiences.clone(),
            stage: said.stage,
            at: said.at.to_string(),
            how: said.how,
            channels: said.channels.clone(),
            subject: said.subject.clone(),
            text: said.text.clone(),
            corrected: said.corrected,
            undelivered: said
                .undelivered
                .iter()
                .map(|one| UndeliveredDoc { channel: one.channel.clone(), given_up: one.given_up })
                .collect(),
        }
    }
}

impl GoneDoc {
    fn new(gone: &Gone) -> Self {
        match gone {
            Gone::Statement { was, now } => Self {
                what: "statement",
                since: now.as_ref().map(|now| now.at.to_string()),
                was: Some(SaidDoc::new(was)),
                now: now.as_deref().map(SaidDoc::new),
                workaround: None,
            },
            Gone::Workaround { was, at } => {
                Self { what: "workaround", since: Some(at.to_string()), was: None, now: None, workaround: was.clone() }
            }
        }
    }
}

impl AnswerDoc {
    fn new(one: &Answer) -> Self {
        Self {
            id: one.id.clone(),
            at: one.at.to_string(),
            question: one.question.clone(),
            answer: written(&one.answer),
        }
    }
}

impl BriefedDoc {
    /// The document of somebody who was told.
    pub fn new(one: &Briefed) -> Self {
        Self {
            name: one.name.clone(),
            audience: one.audience.clone(),
            at: one.at.to_string(),
            current: one.changed_at.is_none(),
            changed_at: one.changed_at.map(|at| at.to_string()),
        }
    }
}

fn written(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
