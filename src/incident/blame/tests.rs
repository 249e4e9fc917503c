//! How well blame is told from neutral sentences: on a corpus that was written before the rules.

use super::{Rule, passages};

/// Those that may be looked at while rules change.
const SEEN: &str = include_str!("../../../tests/blame/sentences.tsv");
/// Those for which no rule was changed.
const HELD_OUT: &str = include_str!("../../../tests/blame/held-out.tsv");

/// Language, whether it blames, the sentence.
fn corpus(text: &'static str) -> Vec<(&'static str, bool, &'static str)> {
    let read = |line: &'static str| {
        let fields: Vec<&str> = line.split('\t').collect();
        (fields[0], fields[1] == "1", fields[2])
    };
    text.lines().filter(|line| !line.starts_with('#')).map(read).collect()
}

/// Precision and recall in percent.
fn measured(sentences: &[(&str, bool, &str)]) -> (f64, f64) {
    let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
    for (_, blames, sentence) in sentences {
        match (*blames, !passages(sentence, &[]).is_empty()) {
            (true, true) => right += 1.0,
            (false, true) => wrong += 1.0,
            (true, false) => missed += 1.0,
            (false, false) => {}
        }
    }
    (100.0 * right / (right + wrong), 100.0 * right / (right + missed))
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for: --nocapture")]
fn precision_and_recall_on_the_corpus() {
    // The floors are a little below what was measured when the rules were written.
    let floors = [
        ("en", SEEN, 95.0, 90.0),
        ("ja", SEEN, 95.0, 90.0),
        ("en", HELD_OUT, 90.0, 40.0),
        ("ja", HELD_OUT, 90.0, 20.0),
    ];
    let mut short = Vec::new();
    for (lang, text, least_precision, least_recall) in floors {
        let sentences: Vec<_> = corpus(text).into_iter().filter(|(of, ..)| *of == lang).collect();
        let (precision, recall) = measured(&sentences);
        let name = if text == SEEN { "seen" } else { "held out" };
        println!("{lang} {name} ({}): precision {precision:.0} %, recall {recall:.0} %", sentences.len());
        if precision < least_precision || recall < least_recall {
            short.push(format!("{lang} {name}"));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}

/// The sentences that were judged wrongly, of those that may be looked at: for whoever changes the rules.
#[test]
fn those_seen_that_are_judged_wrongly_are_few() {
    let wrong: Vec<&str> = corpus(SEEN)
        .into_iter()
        .filter(|(_, blames, sentence)| passages(sentence, &[]).is_empty() == *blames)
        .map(|(_, _, sentence)| sentence)
        .collect();
    assert!(wrong.len() <= 6, "{wrong:#?}");
}

#[test]
fn the_exact_words_are_shown_with_their_sentence() {
    let text = "The pool was empty. The operator ignored the warning and went on.\n・担当者が確認を怠った。";
    let found: Vec<(&str, &str, Rule)> =
        passages(text, &[]).iter().map(|one| (one.words, one.sentence, one.rule)).collect();
    assert_eq!(
        found,
        [
            ("ignored", "The operator ignored the warning and went on.", Rule::Omission),
            ("怠った", "・担当者が確認を怠った。", Rule::Omission),
        ]
    );
}

#[test]
fn a_known_name_is_a_person_and_an_unknown_word_is_none() {
    let names = ["zoë".to_owned(), "okazaki".to_owned(), "岡崎".to_owned()];
    assert_eq!(passages("okazaki should have checked the disk.", &names).len(), 1);
    assert_eq!(passages("岡崎が証明書の更新を忘れた。", &names).len(), 1);
    assert!(passages("Kafka should have rejected it.", &names).is_empty());
    assert!(passages("The engineer’s script failed to start.", &names).is_empty());
}

#[test]
fn no_text_is_too_odd() {
    for text in ["", "。。。", "\u{202e}", "’’’ should have", "If had would not have", "がべきだった", "İİ ignored"]
    {
        let _ = passages(text, &[String::new(), "İ".to_owned()]);
    }
}
