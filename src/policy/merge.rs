//! Lays a user's policy over the compiled-in one.

use super::embedded;
use crate::incident::policy::Policy;
use toml::de::Error;
use toml::{Table, Value};

/// The compiled-in policy with what `text` says laid over it: its values replace those with the same key, in an entry
/// those of the entry with the same `id`; entries with a new id are added at the end.
///
/// What an entry doesn't say stays as it was: whoever writes a shorter deadline for sev0 has not said that sev0 no
/// longer calls for unified command.
pub(super) fn over_compiled_in(text: &str) -> Result<Policy, Error> {
    let mut merged: Table = toml::from_str(embedded::POLICY)?;
    merged.extend(toml::from_str::<Table>(embedded::LEGAL)?);
    let own: Table = toml::from_str(text)?;
    for (key, value) in own {
        match (merged.get_mut(&key), value) {
            (Some(Value::Array(entries)), Value::Array(own)) => lay_over(entries, own),
            (Some(Value::Table(values)), Value::Table(own)) => lay_over_table(values, own),
            (_, value) => {
                merged.insert(key, value);
            }
        }
    }
    merged.try_into()
}

/// The values of a table replace those with the same key; lists of entries are laid over as anywhere.
fn lay_over_table(values: &mut Table, own: Table) {
    for (key, value) in own {
        match (values.get_mut(&key), value) {
            (Some(Value::Array(entries)), Value::Array(own)) if own.iter().all(Value::is_table) => {
                lay_over(entries, own);
            }
            (_, value) => {
                values.insert(key, value);
            }
        }
    }
}

fn lay_over(entries: &mut Vec<Value>, own: Vec<Value>) {
    for entry in own {
        let same = entries.iter_mut().find(|known| known.get("id").is_some() && known.get("id") == entry.get("id"));
        match (same, entry) {
            (Some(Value::Table(known)), Value::Table(entry)) => known.extend(entry),
            (_, entry) => entries.push(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::over_compiled_in;
    use crate::incident::severity::Severity;

    #[test]
    fn nothing_said_changes_nothing() {
        let compiled_in: crate::incident::policy::Policy = over_compiled_in("").expect("the compiled-in policy");
        assert_eq!(over_compiled_in("# nothing\n"), Ok(compiled_in));
    }

    #[test]
    fn what_is_said_is_laid_over() {
        let text = r#"
            default_severity = "sev1"
            [[severity]]
            id = "sev0"
            postmortem_due = "1d"
            [[category]]
            id = "database"
            title = { en = "Database", ja = "データベース" }
            [[role]]
            id = "scribe"
            also = ["note taker"]
        "#;
        let policy = over_compiled_in(text).expect("a policy");
        assert_eq!((policy.default_severity, policy.default_playbook.as_str()), (Severity::Sev1, "default"));
        let sev0 = policy.rule(Severity::Sev0).expect("a rule");
        assert_eq!((sev0.postmortem_due.as_deref(), sev0.unified_command), (Some("1d"), true));
        assert_eq!(sev0.title.en, "Unified command");
        assert_eq!(policy.severity.len(), Severity::ALL.len());
        assert_eq!(policy.category.last().map(|category| category.id.as_str()), Some("database"));
        let scribe = policy.role.iter().find(|role| role.id == "scribe").expect("a role");
        assert_eq!((scribe.also.as_slice(), scribe.title.ja.as_str()), (&["note taker".to_owned()][..], "書記係"));
    }
}
