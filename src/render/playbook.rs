//! Playbooks, as people read them.

use super::{Fit, Page, Table};
use crate::incident::playbook::Playbook;
use crate::incident::policy::Policy;
use crate::say;
use crate::text::one_line;

/// The playbooks, and which incidents they fit.
pub fn playbooks(page: &Page, playbooks: &[Playbook], policy: &Policy) -> String {
    let lang = page.lang();
    let headings = match lang {
        crate::incident::localized::Lang::En => ["id", "title", "fits", "steps", "reviewed"],
        crate::incident::localized::Lang::Ja => ["ID", "題名", "対象", "手順", "最終見直し"],
    };
    let mut table =
        Table::new(page, &headings.map(str::to_owned)).fit(1, Fit::Flow(14)).fit(2, Fit::Flow(14)).gives_up(&[4, 3, 2]);
    for playbook in playbooks {
        table.row(vec![
            one_line(&playbook.id).into_owned(),
            one_line(playbook.title.get(lang)).into_owned(),
            fits(playbook, policy, lang),
            playbook.step.len().to_string(),
            playbook.reviewed.clone(),
        ]);
    }
    table.lines().join("\n")
}

fn fits(playbook: &Playbook, policy: &Policy, lang: crate::incident::localized::Lang) -> String {
    if playbook.id == policy.default_playbook {
        return say!(lang, "everything else", "その他すべて");
    }
    if playbook.id == policy.unified_playbook {
        return say!(lang, "unified command (sev0)", "統一コマンド（sev0）");
    }
    let Some(select) = &playbook.select else { return say!(lang, "only by name", "名前で指定した場合のみ") };
    let mut parts: Vec<String> = select.categories.clone();
    let (best, worst) = (select.severities.iter().min(), select.severities.iter().max());
    if let (Some(worst_level), Some(least), true) = (best, worst, select.severities.len() < 5) {
        parts.push(if worst_level == least { worst_level.to_string() } else { format!("{worst_level}–{least}") });
    }
    if let Some(customers) = select.customers {
        parts.push(crate::text::label::customers(customers, lang).to_owned());
    }
    one_line(&parts.join(", ")).into_owned()
}

/// One playbook: when to use it, its roles, its steps.
pub fn playbook(page: &Page, playbook: &Playbook) -> String {
    let lang = page.lang();
    let mut lines = vec![
        format!(
            "{} ({} v{})",
            page.bold(&one_line(playbook.title.get(lang))),
            one_line(&playbook.id),
            playbook.version
        ),
        one_line(playbook.purpose.get(lang)).into_owned(),
        say!(lang, "last reviewed: {}", "最終見直し: {}", playbook.reviewed),
        say!(lang, "roles: {}", "役割: {}", one_line(&playbook.roles.join(", "))),
        String::new(),
    ];
    let mut table = Table::new(page, &[]).fit(2, Fit::Flow(16)).fit(4, Fit::Flow(12)).gives_up(&[4, 3, 1]);
    for (index, step) in playbook.step.iter().enumerate() {
        let mut remarks: Vec<String> = Vec::new();
        if step.required {
            remarks.push(say!(lang, "required", "必須"));
        }
        if let Some(due) = &step.due {
            remarks.push(say!(lang, "within {due}", "{due} 以内", due = one_line(due)));
        }
        if let Some(when) = &step.when {
            remarks.push(super::checklist::condition(when, lang));
        }
        let mut text = one_line(step.text.get(lang)).into_owned();
        if let Some(run) = &step.run {
            text = format!("{text}  $ {}", one_line(run));
        }
        table.row(vec![
            format!("{:>3}", index + 1),
            one_line(&step.id).into_owned(),
            text,
            step.role.as_deref().map(|role| one_line(role).into_owned()).unwrap_or_default(),
            remarks.join(", "),
        ]);
    }
    lines.extend(table.lines());
    lines.join("\n")
}
