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

fn called(people: &[&str], known: &[&str], public: &str) -> Mask {
    let outside = Outside {
        people: people.iter().map(|name| ((*name).to_owned(), None)).collect(),
        known: known.iter().map(|term| (*term).to_owned()).collect(),
        ..Outside::default()
    };
    Mask::new(&outside, public.to_owned(), Lang::En)
}

#[test]
fn a_common_word_is_no_name_because_somebody_is_called_that() {
    let mask = called(&["will", "mark", "may", "ann", "grace", "Mark Young"], &[], "");
    for kept in [
        "Orders will go through; mark them as paid.",
        "It may happen again in May, on May 20 and since 3 May.",
        "a grace period for the young; année, Hannah, announcement",
        "WILL NOT BE RETRIED",
    ] {
        assert_eq!(mask.text(kept), kept);
    }
    assert!(mask.replaced().is_empty() && mask.doubtful().is_empty(), "{:?}", mask.doubtful());
    assert_eq!(mask.text("We asked Will, Ann and Mark."), "We asked a responder, a responder and a responder.");
    assert_eq!(mask.text("mark young fixed it."), "a responder fixed it.");
    let (begins, part) = ("Will restarted it.", "They asked Young.");
    assert_eq!((mask.text(begins).as_str(), mask.text(part).as_str()), (begins, part));
    assert_eq!(mask.doubtful(), ["Will restarted", "asked Young."], "what may be a name is told");
}

#[test]
fn services_regions_roles_and_what_was_said_stand_whatever_people_are_called() {
    let known = ["checkout", "ben", "web-1", "Ann's Tickets", "eu-west-3", "tech lead", "決済林"];
    let said = "We will ask Ben Carter on db-7 tomorrow.";
    let mask = called(&["ben", "ann", "lead", "林", "checkout"], &known, said);
    for kept in
        ["checkout and web-1 in eu-west-3", "the ben service", "Ann's Tickets failed", "決済林さん", "our tech lead"]
    {
        assert_eq!(mask.text(kept), kept);
    }
    assert_eq!(
        mask.text(&format!("They heard: {said} Then db-7 and Ben went.")),
        format!("They heard: {said} Then a server and a responder went.")
    );
}

#[test]
fn what_stands_for_a_name_is_not_looked_through_again() {
    let mask = called(&["responder", "Server", "ben"], &[], "");
    assert_eq!(mask.text("ben on db-3"), "a responder on a server");
    assert_eq!(mask.text("\u{f0000} and ben"), "\u{f0000} and a responder", "no sign of ours can be forged");
}

#[test]
fn a_japanese_word_is_no_name_without_a_title() {
    let mask = called(&["林", "原", "千葉", "佐藤", "マリ", "みき"], &[], "");
    for kept in ["森林と原因", "千葉県の利用者", "トマリとマリン", "したみきりで"] {
        assert_eq!(mask.text(kept), kept);
    }
    assert!(mask.doubtful().is_empty(), "{:?}", mask.doubtful());
    assert_eq!(mask.text("林さん、千葉様、マリさん、佐藤が"), "a responder、a responder、a responder、a responderが");
    assert_eq!(mask.text("千葉から。小林さん"), "千葉から。小林さん");
    assert!(mask.doubtful().iter().any(|passage| passage.contains("千葉から")), "{:?}", mask.doubtful());
    assert!(mask.doubtful().iter().any(|passage| passage.contains("小林さん")), "{:?}", mask.doubtful());
}
