//! What people write comes back as they wrote it, whatever stands around it.

use super::{read_worksheet, worksheet};
use crate::incident::fact::PostmortemWritten;
use crate::incident::localized::Lang;
use crate::text::Moments;
use crate::view::Postmortem;
use crate::view::postmortem::story::{Story, declared};

fn moments(zone: &str, lang: Lang) -> Moments {
    Moments::new(jiff::tz::TimeZone::get(zone).expect("a zone"), lang)
}

fn written(section: &str, text: &str) -> PostmortemWritten {
    let (section, text) = (section.to_owned(), text.to_owned());
    PostmortemWritten { section, base: None, merged: None, conflict: false, cleared: false, text }
}

fn made(text: &str) -> Postmortem {
    Story::new().at(0, "aki", declared("API down")).at(5, "ben", written("impact", text)).postmortem(60)
}

#[test]
fn words_come_back_as_they_were() {
    let texts = [
        "one\n\n  - indented\n> a quotation\n## a heading\n\nlast",
        "<!-- end -->\n<!-- section: cause -->\n\\<!-- generated: x -->",
        "全注文が 62 分間失敗\n・東京\n・大阪",
        "## begins with a heading",
    ];
    for text in texts {
        for lang in [Lang::En, Lang::Ja] {
            let made = made(text);
            let saved = read_worksheet(&worksheet(&made, None, &moments("Asia/Tokyo", lang)));
            let impact = saved.sections.iter().find(|one| one.id == "impact").expect("the section");
            assert_eq!(impact.text, text);
            assert_eq!(impact.base, made.section("impact").and_then(|one| Some(one.written.as_ref()?.id)));
            assert!(saved.sections.iter().all(|one| one.id == "impact" || one.text.is_empty()));
            let crlf = worksheet(&made, None, &moments("Asia/Tokyo", lang)).replace('\n', "\r\n");
            assert_eq!(read_worksheet(&crlf), saved);
        }
    }
}

#[test]
fn one_section_stands_alone() {
    let made = made("all orders");
    let text = worksheet(&made, Some("impact"), &moments("UTC", Lang::En));
    let saved = read_worksheet(&text);
    assert_eq!(saved.sections.len(), 1);
    assert!(text.contains("> | Services | api, web |") && text.contains("> In numbers: users"), "{text}");
}

#[test]
fn what_was_done_to_generated_parts_is_named() {
    let text = worksheet(&made("all orders"), None, &moments("UTC", Lang::En));
    let before = read_worksheet(&text);
    assert!(before.altered(&before).is_empty());
    let saved =
        read_worksheet(&text.replace("api, web", "api").replacen("<!-- Postmortem", "Mine.\n<!-- Postmortem", 1));
    assert_eq!(saved.altered(&before), ["", "impact"]);
    assert_eq!(saved.sections, before.sections);
}

#[test]
fn words_that_look_like_our_lines_are_kept_below_them() {
    let ours = "<!-- section: cause -->\n## Cause\n<!-- generated: cause -->\n> q\n<!-- end -->\n";
    let words = "```\n<!-- end -->\n<!-- generated: x -->\n```\nlast";
    assert_eq!(read_worksheet(&format!("{ours}{words}\n")).sections[0].text, words);
}

#[test]
fn a_section_that_stands_twice_loses_nothing() {
    let saved =
        read_worksheet("<!-- section: cause -->\none\n<!-- section: impact -->\n<!-- section: cause -->\ntwo\n");
    assert_eq!(saved.sections[0].text, "one\n\ntwo");
}
