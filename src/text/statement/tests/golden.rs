//! A few drafts word for word, so that a change of their words is seen.

use super::full;
use crate::incident::localized::Lang;
use crate::incident::slug::Stage;
use crate::text::statement::{Frame, Templates};
use std::fmt::Write as _;

#[test]
fn a_few_drafts_stay_as_they_are() {
    let mut all = String::new();
    for (stage, audience, external) in [
        (Stage::Initial, "customers", true),
        (Stage::Progress, "executives", false),
        (Stage::Workaround, "staff", false),
        (Stage::Resolved, "regulator", true),
        (Stage::Invitation, "partners", true),
        (Stage::Correction, "support", false),
    ] {
        for lang in [Lang::En, Lang::Ja] {
            let nothing = Frame { incident: 12, audience: audience.to_owned(), external, ..Frame::default() };
            for (known, frame) in [("all", full(lang, audience, external)), ("nothing", nothing)] {
                let draft = Templates::compiled_in().render(stage, audience, lang, &frame).expect("a draft");
                let (file, subject, text) = (draft.template, draft.subject, draft.text);
                writeln!(all, "=== {audience}, {known} known: {file}\n{subject}\n---\n{text}").expect("written");
            }
        }
    }
    assert_eq!(all, include_str!("golden.txt"));
}
