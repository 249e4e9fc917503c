//! Words that stand for others: `TODO`, `TBD`, 未記入.

/// English ones, in capitals as people write them; `XXX` and the like only as whole words.
const ENGLISH: [&str; 6] = ["TODO", "TBD", "FIXME", "XXX", "TBA", "WIP"];

/// Without regard to case.
const PHRASES: [&str; 6] =
    ["lorem ipsum", "to be written", "to be filled in", "to be completed", "fill this in", "<insert"];

/// Japanese ones.
const JAPANESE: [&str; 9] =
    ["未記入", "要記入", "記入予定", "後で書く", "あとで書く", "後ほど記載", "記載予定", "〇〇", "○○"];

/// The placeholders of a text, each as it stands there.
pub(super) fn find(text: &str) -> Vec<&str> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for word in ENGLISH {
        found.extend(text.match_indices(word).filter(|(at, _)| stands_alone(text, *at, word.len())));
    }
    let lower = text.to_ascii_lowercase();
    for phrase in PHRASES {
        let hits = lower.match_indices(phrase);
        found.extend(hits.filter_map(|(at, _)| Some((at, text.get(at..at + phrase.len())?))));
    }
    for word in JAPANESE {
        found.extend(text.match_indices(word));
    }
    found.sort_unstable();
    found.dedup_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, words)| words).collect()
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let after = text.get(at + length..).and_then(|tail| tail.chars().next());
    !before.is_some_and(joins) && !after.is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_what_stands_for_other_words_is_found() {
        assert_eq!(find("Owner: TBD. TODO: figures"), ["TBD", "TODO"]);
        assert_eq!(find("影響：未記入。担当は〇〇さん"), ["未記入", "〇〇"]);
        assert_eq!(find("Lorem ipsum dolor"), ["Lorem ipsum"]);
        assert!(find("the to-do list of METHODOLOGY, TODOS and the wip limit").is_empty());
    }
}
