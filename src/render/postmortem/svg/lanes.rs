//! Putting labels and bars into lanes, so that none covers another.

use unicode_width::UnicodeWidthChar;

/// How wide a letter is in a font that has wide ones: narrow, and of the width of a Chinese character.
const LETTER: [i64; 3] = [0, 7, 13];

/// How wide a text is at most, about.
pub fn width(text: &str) -> i64 {
    text.chars().map(|letter| LETTER[letter.width().unwrap_or(0).min(2)]).sum()
}

/// The text as far as it fits, with `…` where it doesn't; nothing where not even two letters would.
pub fn fitted(text: &str, room: i64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if width(&kept) + width("…") > room {
            kept.pop();
            break;
        }
    }
    if kept.chars().count() < 2 { String::new() } else { kept.trim_end().to_owned() + "…" }
}

/// The lane of each label, 0 the lowest. Labels begin at their places, which ascend, and stand on lines that go down
/// from them: a label that reaches to the line of a later one stands above it.
pub fn label_lanes(labels: &[(i64, i64)]) -> Vec<usize> {
    let mut lanes = vec![0; labels.len()];
    for (index, (place, width)) in labels.iter().enumerate().rev() {
        let reached = (index + 1..labels.len()).filter(|later| labels[*later].0 < place + width);
        lanes[index] = reached.map(|later| lanes[later] + 1).max().unwrap_or(0);
    }
    lanes
}

/// The lane of each bar, 0 the first: the first lane whose last bar ends before it.
pub fn bar_lanes(bars: &[(i64, i64)]) -> Vec<usize> {
    let mut ends: Vec<i64> = Vec::new();
    let lane = |(from, until): &(i64, i64)| {
        let free = ends.iter().position(|end| end <= from);
        let lane = free.unwrap_or(ends.len());
        if free.is_none() {
            ends.push(*until);
        } else {
            ends[lane] = *until;
        }
        lane
    };
    bars.iter().map(lane).collect()
}

#[cfg(test)]
mod tests {
    use super::{bar_lanes, fitted, label_lanes, width};

    #[test]
    fn labels_that_meet_stand_above_each_other() {
        assert_eq!(label_lanes(&[(0, 50), (60, 50), (200, 50)]), [0, 0, 0]);
        assert_eq!(label_lanes(&[(0, 50), (10, 50), (20, 50)]), [2, 1, 0]);
        assert_eq!(label_lanes(&[(0, 50), (0, 50), (300, 50)]), [1, 0, 0]);
        assert_eq!(label_lanes(&[]), Vec::<usize>::new());
    }

    #[test]
    fn bars_side_by_side_take_lanes() {
        assert_eq!(bar_lanes(&[(0, 10), (10, 20), (5, 15), (15, 30)]), [0, 0, 1, 1]);
    }

    #[test]
    fn texts_are_cut_where_they_do_not_fit() {
        assert_eq!(fitted("incident manager", 400), "incident manager");
        assert_eq!(fitted("incident manager", 60), "inciden…");
        assert_eq!(fitted("書記係", 30), "書…".replace("書…", ""));
        assert_eq!(fitted("chie", 10), "");
        assert!(width(&fitted("コミュニケーション マネージャー", 120)) <= 120);
    }
}
