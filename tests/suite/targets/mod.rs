//! What the fuzz targets hold true of any bytes, shared with the test that replays their corpus.
#![allow(clippy::expect_used, reason = "a target stops where something is not as it should be")]

mod import;
mod log;
mod reference;
mod time;
mod toml_file;

/// What a target does with bytes.
pub type Target = fn(&[u8]);

/// Every target: its name, which is also its folder in the corpus, and what it does with bytes.
pub const TARGETS: [(&str, Target); 6] = [
    ("config", toml_file::config),
    ("playbook", toml_file::playbook),
    ("time", time::time),
    ("reference", reference::reference),
    ("log", log::log),
    ("import", import::import),
];

/// Runs one target.
///
/// # Panics
///
/// Where something doesn't hold, or where there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).expect("a target");
    target(bytes);
}

/// Holds that a text may go to a terminal: nothing in it acts on the screen or reorders what stands around it.
///
/// # Panics
///
/// Where it may not.
pub fn assert_harmless(what: &str, text: &str) {
    let acts = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    let reorders = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if let Some((place, bad)) = text.char_indices().find(|(_, letter)| acts(*letter) || reorders(*letter)) {
        let before: String = text[..place].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{what} has {bad:?} after {before:?}");
    }
}

/// Holds that nothing in a page acts but what the program itself put there.
///
/// # Panics
///
/// Where something does.
pub fn assert_no_markup(html: &str) {
    for link in html.split("href=\"").skip(1) {
        assert!(link.starts_with('#'), "a page leads nowhere else: {}", link.chars().take(40).collect::<String>());
    }
    for tag in html.split('<').skip(1) {
        // Of an attribute's value only the outside counts.
        let outside: String = tag.split('"').step_by(2).collect::<Vec<_>>().join("\"");
        let tag = outside.split('>').next().unwrap_or_default().to_lowercase();
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let acts = ["script", "img", "iframe", "object", "embed", "link", "form", "base"].contains(&name);
        assert!(!acts && !tag.contains(" on") && !tag.contains("javascript:"), "<{tag}> in a page");
    }
}
