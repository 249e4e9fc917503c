//! Who can be reached, and who has to be checked (A7).

use super::{Fit, Page, Table};
use crate::say;
use crate::text::one_line;
use crate::view::ContactItem;

/// Contacts, one a row.
pub fn contact_list(page: &Page, items: &[ContactItem]) -> String {
    let lang = page.lang();
    if items.is_empty() {
        return say!(lang, "no contacts", "連絡先はありません");
    }
    let heads = [
        say!(lang, "name", "名前"),
        say!(lang, "audience", "告知先"),
        say!(lang, "services", "サービス"),
        say!(lang, "reach", "連絡方法"),
        say!(lang, "last verified", "最終確認"),
        say!(lang, "note", "備考"),
    ];
    let mut table = Table::new(page, &heads).fit(3, Fit::Flow(16)).fit(5, Fit::Flow(12)).gives_up(&[5, 2, 1]);
    for item in items {
        let contact = &item.contact;
        table.row(vec![
            page.bold(&one_line(&contact.name)),
            one_line(contact.audience.as_deref().unwrap_or("–")).into_owned(),
            listed(&contact.services),
            reach(page, item),
            verified(page, item),
            one_line(item.note.as_deref().unwrap_or_default()).into_owned(),
        ]);
    }
    table.lines().join("\n")
}

/// How to reach somebody.
pub fn reach(page: &Page, item: &ContactItem) -> String {
    if item.redacted { say!(page.lang(), "[redacted]", "[墨消し]") } else { listed(&item.reach) }
}

/// When a contact was last found to be current, loudly where that is too long ago.
pub fn verified(page: &Page, item: &ContactItem) -> String {
    let lang = page.lang();
    let at = item.contact.verified_at;
    let (day, age) = (page.moments.day(at), page.age(at));
    let told = say!(lang, "{day}, {age} ago", "{day}（{age}前）");
    if item.is_stale(page.now) { page.alarm(&say!(lang, "stale: {told}", "要確認: {told}")) } else { told }
}

/// Names as one line; a dash where there are none.
fn listed(names: &[String]) -> String {
    if names.is_empty() { "–".to_owned() } else { one_line(&names.join(", ")).into_owned() }
}
