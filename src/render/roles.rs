//! Who does what: every role, its duties, its holder, and who carries it while it has none (C1, C3).

use super::{Fit, Page, Table};
use crate::incident::state::Incident;
use crate::say;
use crate::text::one_line;

/// Every role of an incident.
pub fn roles(page: &Page, incident: &Incident) -> String {
    let lang = page.lang();
    let headings = match lang {
        crate::incident::localized::Lang::En => ["role", "who", "since", "duties"],
        crate::incident::localized::Lang::Ja => ["役割", "担当", "開始", "担当内容"],
    };
    let mut table = Table::new(page, &headings.map(str::to_owned))
        .fit(0, Fit::Flow(14))
        .fit(1, Fit::Flow(12))
        .fit(3, Fit::Flow(20))
        .gives_up(&[2, 3]);
    for role in &incident.roles {
        let spec = &role.spec;
        let title = one_line(spec.title.get(lang)).into_owned();
        let id = one_line(&spec.id).into_owned();
        let title = if title.eq_ignore_ascii_case(&id.replace('-', " ")) { id } else { format!("{id} ({title})") };
        let primary = one_line(spec.primary.get(lang)).trim_end_matches(['.', '。']).to_owned();
        let secondary = one_line(spec.secondary.get(lang)).into_owned();
        let duties = if secondary.is_empty() {
            primary
        } else {
            say!(lang, "{primary}; also: {secondary}", "{primary}　副: {secondary}")
        };
        if role.holders.is_empty() {
            let who = incident.covered_by(role).map_or_else(
                || "–".to_owned(),
                |leader| say!(lang, "– (carried by {})", "–（{} が兼務）", one_line(leader)),
            );
            table.row(vec![title, page.dim(&who), String::new(), duties]);
            continue;
        }
        for (index, holder) in role.holders.iter().enumerate() {
            let mut who = one_line(&holder.name).into_owned();
            if let Some(scope) = &holder.scope {
                who = format!("{who} ({})", one_line(scope));
            }
            let (title, duties) =
                if index == 0 { (title.clone(), duties.clone()) } else { (String::new(), String::new()) };
            table.row(vec![title, page.bold(&who), page.moments.near(holder.since, page.now), duties]);
        }
    }
    table.lines().join("\n")
}
