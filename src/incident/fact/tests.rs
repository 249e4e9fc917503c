//! Every kind ever written, as it is stored: a golden line each, which later versions must still read.

use super::{Fact, Unknown};

/// `kind version facts words`, tab separated.
const GOLDEN: &str = include_str!("golden-v1.tsv");

fn lines() -> impl Iterator<Item = [&'static str; 4]> {
    GOLDEN.lines().map(|line| {
        let mut fields = line.split('\t');
        [(); 4].map(|()| fields.next().expect("four fields"))
    })
}

#[test]
fn every_kind_has_a_golden_line() {
    for (kind, version) in Fact::KINDS {
        let found = lines().any(|[golden, of, ..]| golden == *kind && of == version.to_string());
        assert!(found, "{kind} {version} has no golden line");
    }
}

#[test]
fn golden_bodies_are_read_and_written_as_ever() {
    for [kind, version, facts, words] in lines() {
        let stored = (!words.is_empty()).then_some(words.as_bytes());
        let fact = Fact::decode(kind, version.parse().expect("a version"), facts.as_bytes(), stored);
        assert!(!matches!(fact, Fact::Unknown(_)), "{kind} is no longer read");
        assert_eq!((fact.kind(), fact.version().to_string().as_str()), (kind, version));
        let encoded = fact.encode();
        assert_eq!(String::from_utf8_lossy(&encoded.facts), facts, "{kind}");
        assert_eq!(String::from_utf8_lossy(&encoded.words.unwrap_or_default()), words, "{kind}");
    }
}

#[test]
fn a_redacted_fact_is_still_that_fact() {
    for [kind, version, facts, _] in lines() {
        let fact = Fact::decode(kind, version.parse().expect("a version"), facts.as_bytes(), None);
        assert!(!matches!(fact, Fact::Unknown(_)), "{kind} can't be read without its words");
    }
}

#[test]
fn what_is_not_known_is_kept() {
    let fact = Fact::decode("weather.changed", 3, br#"{"wind":7}"#, None);
    let Fact::Unknown(Unknown { kind, version, data }) = &fact else { panic!("unknown") };
    assert_eq!((kind.as_str(), *version, data["wind"].as_i64()), ("weather.changed", 3, Some(7)));
    assert_eq!(fact.encode().facts, br#"{"wind":7}"#);
    for (facts, words) in [(&b"not json"[..], None), (b"[1]", Some(&b"{"[..])), (b"{}", None)] {
        assert!(matches!(Fact::decode("severity.changed", 1, facts, words), Fact::Unknown(_)));
    }
}
