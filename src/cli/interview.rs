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
use crate::ui::Choice;

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

    /// Asks: title, join one of those there are?, severity, category, service, customers.
    pub fn hold(&self, mut declare: Declare) -> Result<Outcome, Failure> {
        let lang = self.desk.lang;
        let question = say!(lang, "what is wrong?", "何が起きていますか");
        let title = self.desk.ui.ask(&question, None).map_err(|error| interrupted(&error))?;
        declare.title = title.unwrap_or_default();
        if declare.title.is_empty() {
            // The rule says it in its own words.
            return Ok(Outcome::Declare(Box::new(declare)));
        }
        let again = format!("hikeshi declare {}", shell_words::quote(&declare.title));
        let outcome = self.rest(declare);
        outcome.map_err(|failure| if failure.hint.is_none() { failure.hint(one_line(&again)) } else { failure })
    }

    fn rest(&self, mut declare: Declare) -> Result<Outcome, Failure> {
        if let Some(id) = self.join_instead(&declare.title)? {
            return Ok(Outcome::Join(id));
        }
        let lang = self.desk.lang;
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
            let typed = self.desk.ui.ask(&format!("{question}:"), None).map_err(|error| interrupted(&error))?;
            let typed = typed.unwrap_or_default();
            let names = typed.split([',', '、', '，']).map(str::trim).filter(|name| !name.is_empty());
            declare.services = names.map(str::to_owned).collect();
        }
        if declare.customers.is_none() {
            declare.customers = self.customers()?;
        }
        Ok(Outcome::Declare(Box::new(declare)))
    }

    /// Offers what is open already, the likeliest first; that it is a new one is preselected, whatever the title.
    fn join_instead(&self, title: &str) -> Result<Option<SubjectId>, Failure> {
        let store = self.desk.store()?;
        let open = store.reader().candidates(false, OFFERED);
        let open = open.map_err(|error| self.desk.failed(&error.into(), None))?;
        let mut open: Vec<Row> = open.into_iter().filter(|row| !row.restricted).collect();
        if open.is_empty() {
            return Ok(None);
        }
        let likeness = |row: &Row| strsim::sorensen_dice(&row.title.to_lowercase(), &title.to_lowercase());
        open.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
        let lang = self.desk.lang;
        // Its own number picks an incident, and no incident has the number 0.
        let mut choices = vec![Choice::new(0, say!(lang, "no, this is another one", "いいえ、別件です"))];
        let label = |row: &Row| format!("{} {}", row.severity, one_line(&row.title));
        choices.extend(open.iter().map(|row| Choice::new(row.number, label(row))));
        let question = say!(lang, "join one of these instead?", "これらのどれかに参加しますか");
        let chosen = self.desk.pick(&question, &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| open.get(index)).map(|row| row.id))
    }

    fn severity(&self) -> Result<Severity, Failure> {
        let policy = &self.desk.engine.library().policy;
        let lang = self.desk.lang;
        let define = |level: Severity| {
            let rule = policy.rule(level);
            let title = rule.map(|rule| one_line(rule.title.get(lang)).into_owned()).unwrap_or_default();
            let definition = rule.map(|rule| one_line(rule.definition.get(lang)).into_owned()).unwrap_or_default();
            Choice::new(u32::from(level.number()), format!("{level} {title}: {definition}"))
        };
        let choices: Vec<Choice> = Severity::ALL.into_iter().map(define).collect();
        let default = usize::from(policy.default_severity.number());
        let question = say!(lang, "how bad is it? (when unsure, the higher one)", "重大度は？（迷ったら重い方）");
        let chosen = self.desk.pick(&question, &choices, default)?;
        Ok(Severity::ALL.get(chosen).copied().unwrap_or(policy.default_severity))
    }

    fn category(&self) -> Result<Option<String>, Failure> {
        let policy = &self.desk.engine.library().policy;
        let lang = self.desk.lang;
        let mut choices = vec![say!(lang, "not known yet", "まだ不明")];
        choices.extend(policy.category.iter().map(|category| one_line(category.title.get(lang)).into_owned()));
        let choices = Choice::counted(choices);
        let chosen = self.desk.pick(&say!(lang, "what kind?", "分類は？"), &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| policy.category.get(index)).map(|category| category.id.clone()))
    }

    fn customers(&self) -> Result<Option<Customers>, Failure> {
        let lang = self.desk.lang;
        let choices = Choice::counted(vec![
            say!(lang, "not known yet", "まだ不明"),
            say!(lang, "one customer", "単一のお客様"),
            say!(lang, "several customers", "複数のお客様"),
        ]);
        let chosen = self.desk.pick(&say!(lang, "how many customers?", "影響するお客様は？"), &choices, 0)?;
        Ok(chosen.checked_sub(1).and_then(|index| Customers::ALL.get(index)).copied())
    }
}
