//! Names and places that do not go outside, and words that only look like them.

use super::Mask;
use crate::incident::localized::{Lang, Localized};
use crate::view::postmortem::Outside;

fn mask(lang: Lang) -> Mask {
    let mut outside = Outside::default();
    let title = Localized { en: "tech lead".to_owned(), ja: "テック リード".to_owned() };
    outside.people.insert("ben".to_owned(), Some(title));
    outside.people.insert("Aki Tanaka".to_owned(), None);
    outside.people.insert("佐藤".to_owned(), None);
    outside.people.insert("root".to_owned(), None);
    outside.customers.push("Acme".to_owned());
    Mask::new(&outside, "see https://status.example.com/1".to_owned(), lang)
}

#[test]
fn people_become_their_role() {
    let mask = mask(Lang::En);
    assert_eq!(
        mask.text("Ben and Tanaka, then benign bens; root cause"),
        "tech lead and a responder, then benign bens; root cause"
    );
    assert_eq!(mask.text("Acme called Aki Tanaka."), "a customer called a responder.");
    assert_eq!(mask.replaced().len(), 4);
    assert_eq!(super::Mask::text(&self::mask(Lang::Ja), "佐藤さんが再起動した。"), "担当者が再起動した。");
}

#[test]
fn machines_and_inner_links_go_and_public_ones_stay() {
    let mask = mask(Lang::En);
    assert_eq!(mask.text("db-3, web-prod-12.tokyo and 10.0.3.7:5432"), "a server, a server and a server");
    assert_eq!(mask.text("api.internal (https://wiki.example/x)."), "a server ((internal link)).");
    assert_eq!(mask.text("https://status.example.com/1"), "https://status.example.com/1");
    assert_eq!(mask.text("mail ops@example.com"), "mail (an address)");
    for kept in ["sev-1 in UTF-8 at 14:05", "2026-11-20", "1,200 orders", "v1.2.3", "50 % of EU-West", "a-b"] {
        assert_eq!(mask.text(kept), kept);
    }
}

#[test]
fn the_other_half_of_a_name_goes_too_or_is_named() {
    let mask = mask(Lang::En);
    assert_eq!(mask.text("Ben Carter is on it."), "tech lead is on it.");
    assert_eq!(mask.text("We asked Carter Ben on Monday."), "We asked tech lead on Monday.");
    assert_eq!(mask.text("It broke. Then Ben woke."), "It broke. Then tech lead woke.");
    assert!(mask.doubtful().is_empty(), "{:?}", mask.doubtful());
    assert_eq!(mask.text("Acme Checkout was down."), "a customer Checkout was down.");
    mask.text("Carter Ben fixed it. 佐藤太郎が確認、佐藤さんも再起動。");
    assert_eq!(mask.doubtful(), ["Carter Ben", "佐藤太郎"]);
}

#[test]
fn width_and_other_places_are_seen() {
    let mask = mask(Lang::En);
    assert_eq!(mask.text("ＢＥＮ on web01 and node2"), "tech lead on a server and a server");
    assert_eq!(mask.text("#inc-42, /srv/ben/app, OPS-12."), "(internal channel), (internal path), a ticket.");
    for kept in ["/v1/orders", "utf8 and covid19 in q3", "#42", "UTF-8"] {
        assert_eq!(mask.text(kept), kept);
    }
}
