//! Slack's incoming webhooks, and those of others that take the same.

use super::Carried;
use super::attempt::Attempt;
use super::http::{Post, post};
use super::secret;

pub(super) fn carry(attempt: &Attempt) -> Carried {
    let url = secret::url(attempt)?;
    let text = text(&attempt.message.subject, &attempt.message.text);
    let body = serde_json::json!({ "text": text }).to_string().into_bytes();
    post(attempt, &Post { url: &url, headers: Vec::new(), body: &body })
}

/// Subject and text, with what Slack would read as a mention, a channel or a link kept as it was typed: only `&`, `<`
/// and `>` mean anything to it (docs.slack.dev, "Escaping text").
fn text(subject: &str, text: &str) -> String {
    let whole =
        if subject.is_empty() || text.starts_with(subject) { text.to_owned() } else { format!("{subject}\n{text}") };
    whole.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            text("", "<!channel> <@U1> <https://x.example|ok> &lt;!here&gt;"),
            "&lt;!channel&gt; &lt;@U1&gt; &lt;https://x.example|ok&gt; &amp;lt;!here&amp;gt;"
        );
        assert_eq!(text("障害 <1>", "復旧しました"), "障害 &lt;1&gt;\n復旧しました");
        assert_eq!(text("Down", "Down since 14:05"), "Down since 14:05");
    }
}
