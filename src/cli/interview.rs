//! The questions that `declare` asks on a terminal when it was given nothing.

use super::desk::Desk;
use super::freetext::interrupted;
use crate::error::Failure;
use crate::incident::command::{Customers, Declare};
use crate::incident::id::SubjectId;
use crate::incident::severity::Severity;
use crate::say;
use crate::store::Row;
use crate::text::one_line;

/// How many unresolved incidents are offered to join.
const OFFERED: usize = 9;

/// What came of the questions.
#[derive(Debug)]
pub enum Outcome {
    /// It is this incident, which somebody declared already.
    Join(SubjectId),
    /// It is a new one.
    Declare(Box<Declare>),
}

/// Asks one question after the other; whatever the command line said already isn't asked.
#[derive(Debug)]
pub struct Interview<'a> {
    desk: &'a Desk,
}

impl<'a> Interview<'a> {
    /// Questions at a desk.
    pub const fn new(desk: &'a Desk) -> Self {
        Self { desk }
    }

    /// Asks: join one of those there are? title, severity, category, service, customers.
    pub fn hold(&self, mut declare: Declare) -> Result<Outcome, Failure> {
        if let Some(id) = self.join_instead()? {
            return Ok(Outcome::Join(id));
        }
        let lang = self.desk.lang;
        let question = say!(lang, "what is wrong?", "何が起きていますか");
        let title = self.desk.ui.ask(&question, None).map_err(|error| interrupted(&error))?;
        declare.title = title.unwrap_or_default();
        if declare.severity.is_none() {
            declare.severity = Some(self.severity()?);
        }
        if declare.category.is_none() {
            declare.category = self.category()?;
        }
        if declare.services.is_empty() {
            let question = say!(
                lang,
                "services it hits, separated by commas (may stay empty)",
                "影響するサービス（カンマ区切り、空欄可）"
            );
            let typed = self.desk.ui.ask(&question, None).map_err(|error| interrupted(&error))?.unwrap_or_default();
            let names = typed.split([',', '、', '，']).map(str::trim).filter(|name| !name.is_empty());
            declare.services = names.map(str::to_owned).collect();
        }
        if declare.customers.is_none() {
            declare.customers = self.customers()?;
        }
        Ok(Outcome::Declare(Box::new(declare)))
    }

    fn join_instead(&self) -> Result<Option<SubjectId>, Failure> {
        let store = self.desk.store()?;
        let open = store.reader().candidates(false, OFFERED);
        let open = open.map_err(|error| self.desk.failed(&error.into(), None))?;
        let open: Vec<Row> = open.into_iter().filter(|row| !row.restricted).collect();
        if open.is_empty() {
            return Ok(None);
        }
        let lang = self.desk.lang;
        let mut choices = vec![say!(lang, "no, this is another one", "いいえ、別件です")];
        let label = |row: &Row| format!("#{} {} {}", row.number, row.severity, one_line(&row.title));
        choices.extend(open.iter().map(label));
        let question = say!(lang, "join one of these instead?", "これらのどれかに参加しますか");
        let chosen = self.choose(&question, &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| open.get(index)).map(|row| row.id))
    }

    fn severity(&self) -> Result<Severity, Failure> {
        let policy = &self.desk.engine.library().policy;
        let lang = self.desk.lang;
        let define = |level: Severity| {
            let rule = policy.rule(level);
            let title = rule.map(|rule| one_line(rule.title.get(lang)).into_owned()).unwrap_or_default();
            let definition = rule.map(|rule| one_line(rule.definition.get(lang)).into_owned()).unwrap_or_default();
            format!("{level} {title}: {definition}")
        };
        let choices: Vec<String> = Severity::ALL.into_iter().map(define).collect();
        let default = usize::from(policy.default_severity.number());
        let question = say!(lang, "how bad is it? (when unsure, the higher one)", "重大度は？（迷ったら重い方）");
        let chosen = self.choose(&question, &choices, default)?;
        Ok(Severity::ALL.get(chosen).copied().unwrap_or(policy.default_severity))
    }

    fn category(&self) -> Result<Option<String>, Failure> {
        let policy = &self.desk.engine.library().policy;
        let lang = self.desk.lang;
        let mut choices = vec![say!(lang, "not known yet", "まだ不明")];
        choices.extend(policy.category.iter().map(|category| one_line(category.title.get(lang)).into_owned()));
        let chosen = self.choose(&say!(lang, "what kind?", "分類は？"), &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| policy.category.get(index)).map(|category| category.id.clone()))
    }

    fn customers(&self) -> Result<Option<Customers>, Failure> {
        let lang = self.desk.lang;
        let choices = [
            say!(lang, "not known yet", "まだ不明"),
            say!(lang, "one customer", "単一のお客様"),
            say!(lang, "several customers", "複数のお客様"),
        ];
        let chosen = self.choose(&say!(lang, "how many customers?", "影響するお客様は？"), &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| Customers::ALL.get(index)).copied())
    }

    fn choose(&self, question: &str, choices: &[String], default: usize) -> Result<usize, Failure> {
        let chosen = self.desk.ui.choose(question, choices, default).map_err(|error| interrupted(&error))?;
        chosen.ok_or_else(|| interrupted(&std::io::ErrorKind::Interrupted.into()))
    }
}
