//! What holds of every draft, and what a user's own template can and can't do.

mod compiled_in;
mod golden;
mod own;

use super::Frame;
use crate::incident::localized::Lang;

const LANGS: [Lang; 2] = [Lang::En, Lang::Ja];

/// An incident of which everything is known, in the reader's language.
fn full(lang: Lang, audience: &str, external: bool) -> Frame {
    let say = |en: &str, ja: &str| if lang == Lang::En { en } else { ja }.to_owned();
    let some = |en: &str, ja: &str| Some(say(en, ja));
    Frame {
        incident: 12,
        title: say("Checkout rejects cards", "決済でカードが拒否される"),
        severity: "sev1".to_owned(),
        status: say("mitigated", "暫定対応済み"),
        services: vec![say("Checkout", "決済"), say("Invoices", "請求書"), say("Reports", "レポート")],
        started_at: some("20 Nov 2026 14:02 JST", "2026年11月20日 14:02"),
        detected_at: some("20 Nov 2026 14:05 JST", "2026年11月20日 14:05"),
        resolved_at: some("20 Nov 2026 16:40 JST", "2026年11月20日 16:40"),
        duration: some("2 h 38 min", "2時間38分"),
        now: some("20 Nov 2026 15:00 JST", "2026年11月20日 15:00"),
        cause: some(
            "A certificate for the card network had expired.",
            "カード会社との接続に用いる証明書の期限切れです。",
        ),
        impact: some("Card payments are refused.", "カードによるお支払いができません。"),
        figures: vec![(say("Customers affected", "影響を受けたお客様"), say("1,840 of 5,200", "5,200社のうち1,840社"))],
        response: vec![
            say("14:20 Switched to the reserve network.", "14:20 予備回線へ切り替えました。"),
            say("14:45 Ordered a new certificate.", "14:45 新しい証明書を手配しました。"),
        ],
        workaround: some("Please pay by bank transfer.", "銀行振込をご利用ください。"),
        prevention: some("Certificates are renewed 30 days ahead.", "証明書を期限の30日前に更新します。"),
        open_issues: vec![say("Refunds of double charges", "二重請求分の返金")],
        timeline: vec![
            (say("14:02", "14:02"), say("First refusal", "最初の拒否")),
            (say("14:20", "14:20"), say("Reserve network in use", "予備回線の使用開始")),
        ],
        next_update: some("15:30 JST", "15:30"),
        corrects: some("Only card payments\nin Japan are refused.", "日本国内のカード払いのみ\nご利用いただけません。"),
        webinar: some("15:45 JST, https://live.example/12", "15:45 より https://live.example/12"),
        links: vec![(say("Status", "稼働状況"), "https://status.example/12".to_owned())],
        contact: some("support@shop.example", "support@shop.example"),
        sender: some("Example Shop Inc.", "株式会社サンプルショップ"),
        audience: audience.to_owned(),
        audience_title: title(lang, audience).to_owned(),
        external,
        drill: false,
    }
}

fn title(lang: Lang, audience: &str) -> &'static str {
    let (en, ja) = match audience {
        "customers" => ("Customers", "お客様"),
        "executives" => ("Executives", "経営層"),
        "staff" => ("Staff", "社員"),
        "support" => ("Support desk", "サポート窓口"),
        "regulator" => ("Ministry of Example", "サンプル省"),
        _ => ("Partners", "パートナー企業"),
    };
    if lang == Lang::En { en } else { ja }
}
