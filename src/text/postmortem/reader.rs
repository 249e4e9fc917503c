//! What documents for executives and for customers say beside the facts (E8).

use super::listed;
use crate::incident::localized::Lang;
use crate::say;

/// The title of the page for executives.
pub fn executive_title(number: u32, title: &str, lang: Lang) -> String {
    say!(lang, "Executive summary: #{number} {title}", "経営層向け報告：#{number} {title}")
}

/// The title of the document for customers.
pub fn customer_title(title: &str, lang: Lang) -> String {
    say!(lang, "Incident report: {title}", "障害報告書：{title}")
}

/// What an incident is called outside where nobody gave it a title for there: by its services, never by the one that
/// was written for inside; of data that leaked or was lost not even that service was disrupted.
pub fn outside_title(services: &[String], category: Option<&str>, day: &str, lang: Lang) -> String {
    let disrupted = !matches!(category, Some("security" | "data-loss" | "near-miss" | "other"));
    let names = listed(services, lang);
    match (names.is_empty(), disrupted) {
        (false, true) => say!(lang, "{names}: service disruption on {day}", "{names} の障害（{day}）"),
        (false, false) => say!(lang, "{names}: incident on {day}", "{names} に関する事象（{day}）"),
        (true, true) => say!(lang, "service disruption on {day}", "サービスの障害（{day}）"),
        (true, false) => say!(lang, "incident on {day}", "事象（{day}）"),
    }
}

/// Where the rest can be read.
pub fn details_elsewhere(number: u32, lang: Lang) -> String {
    say!(
        lang,
        "Details, timeline and evidence: the full postmortem of #{number}.",
        "詳細・タイムライン・根拠は #{number} のポストモーテム全文を参照。"
    )
}

/// That so many are not listed.
pub fn more(count: usize, lang: Lang) -> String {
    say!(lang, "and {count} more", "ほか {count} 件")
}

/// That nobody outside was told a cause.
pub fn cause_not_published(lang: Lang) -> String {
    say!(lang, "The cause has not been published yet.", "原因はまだ公表していません。")
}

/// That a statement was corrected by a later one.
pub fn corrected_later(lang: Lang) -> String {
    say!(lang, "corrected later", "後に訂正")
}

/// The name of the drawing of causes.
pub fn causes_title(lang: Lang) -> String {
    say!(lang, "Chain of causes", "因果の連鎖")
}

/// The drawing of causes in words.
pub fn causes_description(causes: &[String], lang: Lang) -> String {
    let causes = listed(causes, lang);
    say!(
        lang,
        "Each cause stands below what it explains: {causes}. The table below says what shows each.",
        "各原因は、それが説明する事象の下にある：{causes}。根拠は下の表にある。"
    )
}

/// The name of the drawing of plans.
pub fn plan_title(lang: Lang) -> String {
    say!(lang, "Planned and actual durations", "計画と実績の所要時間")
}

/// The drawing of plans in words.
pub fn plan_description(kept: usize, of: usize, lang: Lang) -> String {
    say!(
        lang,
        "An outline for what was planned, a bar for what it took; in time: {kept} of {of}. The table below holds all.",
        "枠が計画、棒が実績。期限内 {kept}/{of} 件。すべては下の表にある。"
    )
}

/// The name of the drawing of the impact.
pub fn impact_title(lang: Lang) -> String {
    say!(lang, "Impact over time", "影響の推移")
}

/// The drawing of the impact in words.
pub fn impact_description(figures: &[String], lang: Lang) -> String {
    let figures = listed(figures, lang);
    say!(
        lang,
        "From the least to the most: {figures}. The table holds all.",
        "最小～最大：{figures}。すべては表にある。"
    )
}
