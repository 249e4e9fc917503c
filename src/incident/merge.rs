//! Bringing together what two people made of the same text, paragraph by paragraph, so that no word is lost.

/// The most comparisons of two texts' paragraphs; beyond that they are taken whole.
const MOST: usize = 4_000_000;

/// What came of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// Whether both changed the same paragraphs, so that both stand in it between markers.
    pub conflict: bool,
}

/// Merges what `ours` and `theirs` made of `base`. What only one of them touched is as they made it; where both
/// touched the same paragraphs, both stand, each under the name of who wrote it.
pub fn three_way(base: &str, ours: &str, theirs: &str, names: (&str, &str)) -> Merged {
    let (base, mine, other) = (paragraphs(base), paragraphs(ours), paragraphs(theirs));
    let (to_mine, to_other) = (matches(&base, &mine), matches(&base, &other));
    let mut merged = Merged { text: String::new(), conflict: false };
    let mut out: Vec<String> = Vec::new();
    let (mut at, mut in_mine, mut in_other) = (0, 0, 0);
    loop {
        // The next paragraph that both kept; what lies before it was changed by one of them, or by both.
        let kept = (at..base.len()).find_map(|place| Some((place, held(&to_mine, place)?, held(&to_other, place)?)));
        let (next, next_mine, next_other) = kept.unwrap_or((base.len(), mine.len(), other.len()));
        let was = base.get(at..next).unwrap_or_default();
        let a = mine.get(in_mine..next_mine).unwrap_or_default();
        let b = other.get(in_other..next_other).unwrap_or_default();
        if a == b || b == was {
            out.extend(a.iter().map(|one| (*one).to_owned()));
        } else if a == was {
            out.extend(b.iter().map(|one| (*one).to_owned()));
        } else if was.len() == a.len() && was.len() == b.len() {
            // Neighbours: each paragraph is compared with its own version.
            for ((was, mine), other) in was.iter().zip(a).zip(b) {
                let changed_by_both = mine != was && other != was && mine != other;
                merged.conflict |= changed_by_both;
                out.push(match () {
                    () if changed_by_both => both(&[*mine], &[*other], names),
                    () if mine == was => (*other).to_owned(),
                    () => (*mine).to_owned(),
                });
            }
        } else {
            merged.conflict = true;
            out.push(both(a, b, names));
        }
        let Some(paragraph) = base.get(next) else { break };
        out.push((*paragraph).to_owned());
        (at, in_mine, in_other) = (next + 1, next_mine + 1, next_other + 1);
    }
    merged.text = out.join("\n\n");
    merged
}

/// The lines that stand around two versions of the same paragraphs, so that they can be found again.
pub const MARKS: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

fn both(ours: &[&str], theirs: &[&str], names: (&str, &str)) -> String {
    let [open, middle, close] = MARKS;
    let (mine, other) = names;
    format!("{open} {other}\n{}\n{middle}\n{}\n{close} {mine}", theirs.join("\n\n"), ours.join("\n\n"))
}

/// Whether two versions still stand beside each other in a text.
pub fn has_marks(text: &str) -> bool {
    let [open, _, close] = MARKS;
    text.lines().any(|line| line.starts_with(open)) && text.lines().any(|line| line.starts_with(close))
}

/// What stands between empty lines.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut at) = (None, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if let Some(from) = from.take() {
                found.push(text.get(from..at).unwrap_or_default().trim_end());
            }
        } else {
            from.get_or_insert(at);
        }
        at += line.len();
    }
    if let Some(from) = from {
        found.push(text.get(from..).unwrap_or_default().trim_end());
    }
    found
}

fn held(matches: &[Option<usize>], place: usize) -> Option<usize> {
    matches.get(place).copied().flatten()
}

/// For each paragraph of `from`, where it stands in `to`: the longest common subsequence.
fn matches(from: &[&str], to: &[&str]) -> Vec<Option<usize>> {
    let mut found = vec![None; from.len()];
    let head = from.iter().zip(to).take_while(|(left, right)| left == right).count();
    let rest = from.len().min(to.len()) - head;
    let tail = from.iter().rev().zip(to.iter().rev()).take(rest).take_while(|(left, right)| left == right).count();
    for (place, slot) in found.iter_mut().enumerate() {
        if place < head {
            *slot = Some(place);
        } else if place >= from.len() - tail {
            *slot = Some(place + to.len() - from.len());
        }
    }
    let (a, b) =
        (from.get(head..from.len() - tail).unwrap_or_default(), to.get(head..to.len() - tail).unwrap_or_default());
    if a.len().saturating_mul(b.len()) > MOST {
        return found;
    }
    // lengths[i][j]: how much a[i..] and b[j..] have in common.
    let wide = b.len() + 1;
    let mut lengths = vec![0_usize; (a.len() + 1) * wide];
    let length = |lengths: &[usize], i: usize, j: usize| lengths.get(i * wide + j).copied().unwrap_or(0);
    for (i, left) in a.iter().enumerate().rev() {
        for (j, right) in b.iter().enumerate().rev() {
            let best = if left == right {
                length(&lengths, i + 1, j + 1) + 1
            } else {
                length(&lengths, i + 1, j).max(length(&lengths, i, j + 1))
            };
            if let Some(slot) = lengths.get_mut(i * wide + j) {
                *slot = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        if left == right {
            if let Some(slot) = found.get_mut(head + i) {
                *slot = Some(head + j);
            }
            (i, j) = (i + 1, j + 1);
        } else if length(&lengths, i + 1, j) >= length(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Merged, has_marks, three_way};

    fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
        three_way(base, ours, theirs, ("aki", "ben"))
    }

    fn clean(text: &str) -> Merged {
        Merged { text: text.to_owned(), conflict: false }
    }

    #[test]
    fn what_only_one_touched_is_as_they_made_it() {
        assert_eq!(merge("a\n\nb\n\nc", "A\n\nb\n\nc", "a\n\nb\n\nC"), clean("A\n\nb\n\nC"));
        assert_eq!(merge("a\n\nb\n\nc", "a\n\nnew\n\nb\n\nc", "a\n\nb"), clean("a\n\nnew\n\nb"));
        assert_eq!(merge("a", "a\n\nours", "theirs\n\na"), clean("theirs\n\na\n\nours"));
        assert_eq!(merge("a\n\nb", "a", "a"), clean("a"));
        assert_eq!(merge("a", "same", "same"), clean("same"));
        assert_eq!(merge("", "ours", ""), clean("ours"));
    }

    #[test]
    fn where_both_touched_the_same_both_stand_with_names() {
        let merged = merge("a\n\nb", "a\n\nours", "a\n\ntheirs");
        assert!(merged.conflict && has_marks(&merged.text));
        assert_eq!(merged.text, "a\n\n<<<<<<< ben\ntheirs\n=======\nours\n>>>>>>> aki");
        let both_new = merge("", "mine", "other");
        assert!(both_new.conflict && both_new.text.contains("mine") && both_new.text.contains("other"));
        assert!(!has_marks("a heading\n=======\ntext"));
    }

    #[test]
    fn no_word_of_a_change_is_ever_lost() {
        let texts = ["", "a", "b", "a\n\nb", "b\n\na", "x\n\na\n\ny", "a\n\na", "c\n\nb\n\na"];
        for base in texts {
            for ours in texts {
                for theirs in texts {
                    let merged = merge(base, ours, theirs).text;
                    for word in ["a", "b", "c", "x", "y"] {
                        let new = |text: &str| text.contains(word) && !base.contains(word);
                        assert!(!(new(ours) || new(theirs)) || merged.contains(word), "{base:?} {ours:?} {theirs:?}");
                    }
                }
            }
        }
    }
}
