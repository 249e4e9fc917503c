//! Finding the role that people mean by a name, in either language (C).

use super::playbook::RoleSpec;
use super::rejection::{Candidate, Rejection};
use super::when::narrow;

/// The role whose duties are everything not assigned to someone else (C1).
pub const INCIDENT_MANAGER: &str = "incident-manager";

/// A name in the form in which names are compared: no case, no width, no spaces, hyphens or middle dots.
pub fn fold(name: &str) -> String {
    narrow(name)
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_' | '・' | '･'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The role that `typed` means: its slug first, then its title in either language, then its other names.
pub fn find<'a>(typed: &str, known: &'a [RoleSpec]) -> Result<&'a RoleSpec, Rejection> {
    let wanted = fold(typed);
    if let Some(role) = known.iter().find(|role| fold(&role.id) == wanted) {
        return Ok(role);
    }
    let by_title = |role: &&RoleSpec| fold(&role.title.en) == wanted || fold(&role.title.ja) == wanted;
    if let Some(role) = known.iter().find(by_title) {
        return Ok(role);
    }
    let named: Vec<&RoleSpec> = known.iter().filter(|role| role.also.iter().any(|name| fold(name) == wanted)).collect();
    match named.as_slice() {
        [one] => Ok(one),
        [] => Err(Rejection::UnknownRole { typed: typed.to_owned(), near: nearest(&wanted, known) }),
        several => Err(Rejection::AmbiguousRole {
            typed: typed.to_owned(),
            roles: several.iter().copied().map(candidate).collect(),
        }),
    }
}

/// A name that is known and is written in another way: another case, another width, other spaces.
pub fn alike<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let same = |one: &str| {
        // Most names are plain, and every command asks.
        one != name
            && if one.len() == name.len() && one.is_ascii() && name.is_ascii() {
                one.eq_ignore_ascii_case(name)
            } else {
                fold(one) == fold(name)
            }
    };
    let known: Vec<&str> = known.into_iter().collect();
    // Whoever is known as written is known.
    if known.contains(&name) { None } else { known.into_iter().find(|one| same(one)) }
}

/// The known roles whose names come nearest to a folded name, the nearest first, three at most.
fn nearest(wanted: &str, known: &[RoleSpec]) -> Vec<Candidate> {
    let likeness = |role: &RoleSpec| {
        [role.id.as_str(), &role.title.en, &role.title.ja]
            .into_iter()
            .chain(role.also.iter().map(String::as_str))
            .map(|name| strsim::jaro_winkler(&fold(name), wanted))
            .fold(0.0, f64::max)
    };
    let mut scored: Vec<(f64, &RoleSpec)> =
        known.iter().map(|role| (likeness(role), role)).filter(|(score, _)| *score > 0.7).collect();
    scored.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    scored.into_iter().take(3).map(|(_, role)| candidate(role)).collect()
}

fn candidate(role: &RoleSpec) -> Candidate {
    Candidate { id: role.id.clone(), title: role.title.en.clone() }
}

/// The slug of a role made up on the spot: letters and digits of any script, words joined by hyphens.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, 'ー' | '々'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::{Rejection, RoleSpec, alike, find, slug};
    use crate::incident::localized::Localized;

    fn role(id: &str, en: &str, ja: &str, also: &[&str]) -> RoleSpec {
        RoleSpec {
            id: id.to_owned(),
            title: Localized { en: en.to_owned(), ja: ja.to_owned() },
            primary: Localized::same("p"),
            secondary: Localized::default(),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn known() -> Vec<RoleSpec> {
        vec![
            role("tech-lead", "tech lead", "テック リード", &["on-call engineer", "SME"]),
            role(
                "subject-matter-expert",
                "subject matter expert",
                "対象分野のエキスパート",
                &["tech lead", "on-call engineer"],
            ),
            role("scribe", "scribe", "書記係", &[]),
        ]
    }

    #[test]
    fn slugs_titles_and_other_names_are_understood_in_both_languages() {
        for (typed, id) in [
            ("tech-lead", "tech-lead"),
            ("Tech Lead", "tech-lead"),
            ("テックリード", "tech-lead"),
            ("ﾃｯｸﾘｰﾄﾞ", "tech-lead"),
            ("ｔｅｃｈ－ｌｅａｄ", "tech-lead"),
            ("sme", "tech-lead"),
            ("書記係", "scribe"),
        ] {
            assert_eq!(find(typed, &known()).map(|role| role.id.clone()), Ok(id.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a_name_of_two_roles_is_refused_with_both() {
        let Err(Rejection::AmbiguousRole { roles, .. }) = find("on-call engineer", &known()) else {
            panic!("ambiguous");
        };
        assert_eq!(
            roles.iter().map(|role| role.id.as_str()).collect::<Vec<_>>(),
            ["tech-lead", "subject-matter-expert"]
        );
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest() {
        let Err(Rejection::UnknownRole { near, .. }) = find("scrbe", &known()) else { panic!("unknown") };
        assert_eq!(near[0].id, "scribe");
    }

    #[test]
    fn a_name_written_in_another_way_is_told_from_a_new_one() {
        let known = ["Bob", "佐藤 花子", "ann"];
        for (name, found) in [("bob", Some("Bob")), ("ＢＯＢ", Some("Bob")), ("佐藤花子", Some("佐藤 花子"))]
        {
            assert_eq!(alike(name, known), found, "{name}");
        }
        for name in ["Bob", "ann", "ben", "佐藤"] {
            assert_eq!(alike(name, known), None, "{name}");
        }
    }

    #[test]
    fn slugs_keep_letters_of_any_script() {
        assert_eq!(slug("Backup Lead #2"), "backup-lead-2");
        assert_eq!(slug("データ復旧 担当"), "データ復旧-担当");
    }
}
