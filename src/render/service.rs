//! Services: who answers for which layer, whom to call, whom to reach (E1, D3).

use super::contact::{reach, verified};
use super::{Fit, Page, Table};
use crate::incident::service::{Ladder, Layer, Tier};
use crate::incident::slug::Party;
use crate::say;
use crate::text::{label, one_line};
use crate::view::{Named, Row, ServiceItem};

/// Services, one a row.
pub fn service_list(page: &Page, items: &[ServiceItem]) -> String {
    let lang = page.lang();
    if items.is_empty() {
        return say!(lang, "no services in the policy", "ポリシーにサービスはありません");
    }
    let heads = [
        say!(lang, "id", "ID"),
        say!(lang, "title", "名称"),
        say!(lang, "importance", "重要度"),
        say!(lang, "owner", "担当"),
        say!(lang, "ladder", "エスカレーション"),
        say!(lang, "open incidents", "未解決"),
    ];
    let mut table = Table::new(page, &heads).fit(1, Fit::Flow(12)).gives_up(&[4, 2, 3]);
    for item in items {
        let service = &item.service;
        table.row(vec![
            page.bold(&one_line(&service.id)),
            one_line(service.title.get(lang)).into_owned(),
            service.importance.map_or("–", |importance| label::importance(importance, lang)).to_owned(),
            one_line(service.owner.as_deref().unwrap_or("–")).into_owned(),
            ladder_name(page, item),
            if item.incidents.is_empty() {
                "–".to_owned()
            } else {
                item.incidents.iter().map(|row| hit(page, row)).collect::<Vec<_>>().join(", ")
            },
        ]);
    }
    table.lines().join("\n")
}

/// One service: its incidents, the responsibility matrix, the ladder, the contacts.
pub fn service_page(page: &Page, item: &ServiceItem) -> String {
    let lang = page.lang();
    let service = &item.service;
    let mut lines = vec![format!("{} ({})", page.bold(&one_line(service.title.get(lang))), one_line(&service.id))];
    if let Some(importance) = service.importance {
        lines.push(say!(lang, "importance: {}", "重要度: {}", label::importance(importance, lang)));
    }
    lines.push(say!(lang, "owner: {}", "担当: {}", one_line(service.owner.as_deref().unwrap_or("–"))));
    for row in &item.incidents {
        let title = super::shown_title(row, lang);
        lines.push(say!(
            lang,
            "open: {} {} {title}",
            "未解決: {} {} {title}",
            hit(page, row),
            label::status(row.status, lang)
        ));
    }
    lines.push(String::new());
    lines.extend(matrix(page, item));
    lines.push(String::new());
    lines.extend(ladder(page, item));
    lines.push(String::new());
    lines.extend(contacts(page, item));
    lines.join("\n")
}

fn hit(page: &Page, row: &Row) -> String {
    format!("#{} {}", row.number, page.severity(row.severity))
}

fn ladder_name(page: &Page, item: &ServiceItem) -> String {
    match &item.ladder {
        Some(ladder) if item.default_ladder => {
            say!(page.lang(), "{} (default)", "{}（既定）", one_line(&ladder.id))
        }
        Some(ladder) => one_line(&ladder.id).into_owned(),
        None => "–".to_owned(),
    }
}

/// Who answers for which layer: the owner stands under the party that it is.
fn matrix(page: &Page, item: &ServiceItem) -> Vec<String> {
    let lang = page.lang();
    if item.service.layer.is_empty() {
        return vec![say!(
            lang,
            "no layers: who answers for hardware, OS, application, data? write them as [[service.layer]]",
            "階層の責任範囲が未定義です。[[service.layer]] に書きます"
        )];
    }
    let heads = [
        say!(lang, "layer", "階層"),
        say!(lang, "own", "自社"),
        say!(lang, "vendor", "ベンダー"),
        say!(lang, "contacts", "連絡先"),
    ];
    let mut table = Table::new(page, &heads);
    for layer in &item.service.layer {
        let under = |party| if layer.by == party { owner(layer, item) } else { "–".to_owned() };
        let contacts: Vec<String> = layer.contacts.iter().map(|name| in_brief(page, item, name)).collect();
        table.row(vec![
            one_line(&layer.name).into_owned(),
            under(Party::Own),
            under(Party::Vendor),
            if contacts.is_empty() { "–".to_owned() } else { contacts.join(", ") },
        ]);
    }
    table.lines()
}

/// Our own layers are the service's owner's where nobody else is named.
fn owner(layer: &Layer, item: &ServiceItem) -> String {
    let own = item.service.owner.as_deref().filter(|_| layer.by == Party::Own);
    one_line(layer.owner.as_deref().or(own).unwrap_or("?")).into_owned()
}

/// A contact's name, with what is wrong with it.
fn in_brief(page: &Page, item: &ServiceItem, name: &str) -> String {
    let lang = page.lang();
    let shown = one_line(name).into_owned();
    match item.named(name).and_then(|named| named.contact.as_ref()) {
        Some(contact) if contact.is_stale(page.now) => {
            format!("{shown} {}", page.alarm(&say!(lang, "(stale)", "（要確認）")))
        }
        Some(_) => shown,
        None => format!("{shown} {}", page.dim(&say!(lang, "(not a contact)", "（未登録）"))),
    }
}

fn ladder(page: &Page, item: &ServiceItem) -> Vec<String> {
    let lang = page.lang();
    let Some(ladder) = &item.ladder else {
        return vec![say!(
            lang,
            "no ladder: nobody is called by rule; write one as [[ladder]]",
            "エスカレーション先が未定義です。[[ladder]] に書きます"
        )];
    };
    let name = ladder_name(page, item);
    let mut lines = vec![say!(lang, "ladder {name}:", "エスカレーション {name}:")];
    lines.extend(tiers(page, ladder));
    lines
}

fn tiers(page: &Page, ladder: &Ladder) -> Vec<String> {
    let lang = page.lang();
    let tier = |(index, tier): (usize, &Tier)| {
        let mut who: Vec<String> = tier.call.iter().map(|name| one_line(name).into_owned()).collect();
        // Who is on call is looked up when they are called, not when somebody looks.
        if let Some(file) = &tier.calendar {
            who.push(say!(lang, "on call by {}", "当番表 {}", one_line(file)));
        }
        if !tier.command.is_empty() {
            let command = shell_words::join(&tier.command);
            who.push(say!(lang, "on call by `{}`", "当番コマンド `{}`", one_line(&command)));
        }
        let mut line = format!("  {} {}", index + 1, if who.is_empty() { "–".to_owned() } else { who.join(", ") });
        if let Some(channel) = &tier.channel {
            line.push_str(&say!(lang, "; through {}", "、経路 {}", one_line(channel)));
        }
        if let Some(wait) = &tier.wait {
            line.push_str(&say!(lang, "; {} to answer", "、応答まで {}", one_line(wait)));
        }
        line
    };
    ladder.tier.iter().enumerate().map(tier).collect()
}

fn contacts(page: &Page, item: &ServiceItem) -> Vec<String> {
    let lang = page.lang();
    if item.contacts.is_empty() {
        let id = one_line(&item.service.id);
        return vec![say!(
            lang,
            "no contacts: hikeshi contact add NAME --service {id} --reach ADDRESS",
            "連絡先がありません: hikeshi contact add 名前 --service {id} --reach 連絡先"
        )];
    }
    let heads =
        [say!(lang, "contact", "連絡先"), say!(lang, "reach", "連絡方法"), say!(lang, "last verified", "最終確認")];
    let mut table = Table::new(page, &heads).fit(1, Fit::Flow(14)).gives_up(&[2]);
    for Named { name, contact } in &item.contacts {
        let shown = page.bold(&one_line(name));
        table.row(match contact {
            Some(contact) => vec![shown, reach(page, contact), verified(page, contact)],
            None => {
                let word = shell_words::quote(name);
                let add = format!("hikeshi contact add {} --reach …", one_line(&word));
                vec![shown, page.dim(&say!(lang, "not a contact yet: {add}", "未登録: {add}")), "–".to_owned()]
            }
        });
    }
    let mut lines = table.lines();
    lines.extend(
        item.contacts.iter().filter(|named| named.contact.as_ref().is_some_and(|one| one.is_stale(page.now))).map(
            |named| {
                let word = shell_words::quote(&named.name);
                page.dim(&format!("hikeshi contact verify {}", one_line(&word)))
            },
        ),
    );
    lines
}
