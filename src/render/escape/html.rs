//! Text inside HTML and SVG, between tags or in a quoted attribute.

use crate::text::visible;
use std::borrow::Cow;

/// The text as HTML shows it, whatever it holds; line ends stay.
pub fn html(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(html("<script>a('b')&\"</script>"), "&lt;script&gt;a(&#39;b&#39;)&amp;&quot;&lt;/script&gt;");
        assert_eq!(html("\u{202e}<b>\u{1b}"), "\\u{202e}&lt;b&gt;\\x1b");
        assert_eq!(html("決済 db-3\nok"), "決済 db-3\nok");
    }
}
