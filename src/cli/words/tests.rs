//! What of a line is text and what acts: many lines, each with its outcome.

use super::read;
use std::ffi::OsString;

/// A line as it is read, without the program's name; what is doubtful and both its readings where it can't be.
fn outcome(typed: &str) -> Result<Vec<String>, (Option<String>, Option<String>)> {
    let words = shell_words::split(typed).expect("words");
    let line: Vec<OsString> = std::iter::once("hikeshi".to_owned()).chain(words).map(Into::into).collect();
    let read = read(line);
    match read.doubt {
        Some(doubt) => Err((doubt.as_text.map(shell_words::join), doubt.acting.map(shell_words::join))),
        None => Ok(read.arguments[1..].iter().map(|word| word.to_string_lossy().into_owned()).collect()),
    }
}

fn reads(typed: &str, as_line: &str) {
    let expected = shell_words::split(as_line).expect("words");
    assert_eq!(outcome(typed), Ok(expected), "{typed}");
}

fn doubts(typed: &str, as_text: &str, acting: Option<&str>) {
    let found = outcome(typed);
    let Err((text, acts)) = found else { panic!("{typed} is taken as {found:?}") };
    assert_eq!((text.as_deref(), acts.as_deref()), (Some(as_text), acting), "{typed}");
}

#[test]
fn once_several_words_have_begun_a_text_no_option_of_every_verb_acts() {
    for (typed, as_text, acting) in [
        ("note df -h shows 98 percent", "note 'df -h shows 98 percent'", "note --help"),
        ("note df -h", "note 'df -h'", "note --help"),
        ("note grep -i 2 times", "note 'grep -i 2 times'", "-i 2 note 'grep times'"),
        ("note grep -i2 times", "note 'grep -i2 times'", "-i2 note 'grep times'"),
        ("note ran git commit --as bob", "note 'ran git commit --as bob'", "--as bob note 'ran git commit'"),
        ("note all is well --json", "note 'all is well --json'", "--json note 'all is well'"),
        ("note all is well --json=ref", "note 'all is well --json=ref'", ""),
        ("note use ls --color never", "note 'use ls --color never'", "--color never note 'use ls'"),
        ("note ask nobody --no-input", "note 'ask nobody --no-input'", "--no-input note 'ask nobody'"),
        ("note it moved --db /tmp/x", "note 'it moved --db /tmp/x'", "--db /tmp/x note 'it moved'"),
        ("note be quiet -q please", "note 'be quiet -q please'", "-q note 'be quiet please'"),
        ("note a b --lang ja", "note 'a b --lang ja'", "--lang ja note 'a b'"),
        ("note a b --help", "note 'a b --help'", "note --help"),
        ("note ran --config x y", "note 'ran --config x y'", "--config x note 'ran y'"),
        ("note x --pin -i 2 y", "note --pin 'x -i 2 y'", "-i 2 note --pin 'x y'"),
        ("note rm -rf -i 2", "note 'rm -rf -i 2'", "-i 2 note 'rm -rf'"),
        ("note git log --as", "note 'git log --as'", ""),
        ("declare db is down -q", "declare 'db is down -q'", "-q declare 'db is down'"),
        ("resolve all good -i 2", "resolve 'all good -i 2'", "-i 2 resolve 'all good'"),
        ("update back by 9 --as ben", "update 'back by 9 --as ben'", "--as ben update 'back by 9'"),
        ("mitigate rolled back -q", "mitigate 'rolled back -q'", "-q mitigate 'rolled back'"),
        ("identify bad deploy -i 1", "identify 'bad deploy -i 1'", "-i 1 identify 'bad deploy'"),
        ("fix new disk --json", "fix 'new disk --json'", "--json fix 'new disk'"),
        ("ack on my way -q", "ack 'on my way -q'", "-q ack 'on my way'"),
        ("action add buy disks -q", "action add 'buy disks -q'", "-q action add 'buy disks'"),
        ("action done abcd all of it -q", "action done abcd 'all of it -q'", "-q action done abcd 'all of it'"),
        ("cause add bad deploy -q", "cause add 'bad deploy -q'", "-q cause add 'bad deploy'"),
        ("amend abcd ran ls -h", "amend abcd 'ran ls -h'", "amend --help"),
        (
            "postmortem set cause it was -i 1",
            "postmortem set cause 'it was -i 1'",
            "-i 1 postmortem set cause 'it was'",
        ),
        ("followup add acme by noon -q", "followup add acme 'by noon -q'", "-q followup add acme 'by noon'"),
        ("followup done acme they know -q", "followup done acme 'they know -q'", "-q followup done acme 'they know'"),
        ("checklist add call acme -q", "checklist add 'call acme -q'", "-q checklist add 'call acme'"),
        ("link add doc see the wiki -q", "link add doc 'see the wiki -q'", "-q link add doc 'see the wiki'"),
        ("impact two regions --json", "impact 'two regions --json'", "--json impact 'two regions'"),
        ("search db timeout --json", "search 'db timeout --json'", "--json search 'db timeout'"),
        ("cancel it was nothing -q", "cancel 'it was nothing -q'", "-q cancel 'it was nothing'"),
        ("reopen it is back -q", "reopen 'it is back -q'", "-q reopen 'it is back'"),
        ("close all is done -q", "close 'all is done -q'", "-q close 'all is done'"),
        ("monitor error rate falls -q", "monitor 'error rate falls -q'", "-q monitor 'error rate falls'"),
    ] {
        doubts(typed, as_text, Some(acting).filter(|acting| !acting.is_empty()));
    }
}

#[test]
fn after_one_argument_options_of_every_verb_act_and_the_verbs_own_always_do() {
    for line in [
        "note 'all is well' --json -i 2",
        "note x -i 2",
        "note x --json",
        "note x --help",
        "note ls --pin",
        "note a b c --pin --at '5m ago' --kind decision",
        "note --as bob ran git commit",
        "-i 2 note a b c",
        "note -i 2 a b c",
        "note - --json",
        "note --pin - -q",
        "note db-3 was slow",
        "declare 'db is down' --json --severity sev1",
        "search 'db timeout' --json",
        "run -- grep -i 2 --json",
        "run grep -i 2",
        "list --json -q",
        "check 3 --json",
        "assign-role scribe ben -q",
        "amend abcd -i 2 all of this",
        "show 1 --json",
        "nothing -i 2 x y",
    ] {
        reads(line, line);
    }
}

#[test]
fn a_word_with_a_dash_that_is_no_option_is_text() {
    for (typed, read) in [
        ("note -5 degrees in rack 12", "note -- -5 degrees in rack 12"),
        ("note '- item'", "note -- '- item'"),
        ("note '-nvidia driver'", "note -- '-nvidia driver'"),
        ("note '-i 2 times'", "note -- '-i 2 times'"),
        ("note '--as bob said'", "note -- '--as bob said'"),
        ("note -index rebuilt", "note -- -index rebuilt"),
        ("note git push --force --pin", "note --pin -- git push --force"),
        ("note ran kubectl --namespace prod", "note -- ran kubectl --namespace prod"),
        ("note --pin -1 disk", "note --pin -- -1 disk"),
        ("note a -- -i 2", "note a -- -i 2"),
        ("note -- -i 2 times", "note -- -i 2 times"),
        ("note -- 12", "note -- 12"),
        ("amend abcd -5 degrees", "amend abcd -- -5 degrees"),
        ("resolve --cause '-5 degrees'", "resolve '--cause=-5 degrees'"),
        ("search db -replica --limit 5", "search --limit 5 -- db -replica"),
        ("search '-read replica' db", "search -- '-\"read replica\"' db"),
        ("search -index -- -y z", "search -- -index -y z"),
        ("note - item", "note - item"),
        ("set --service -db", "set --service=-db"),
    ] {
        reads(typed, read);
    }
}

#[test]
fn what_is_nearly_an_option_or_has_another_dash_is_asked_about() {
    doubts("note x --knd change", "note 'x --knd change'", Some("note x --kind change"));
    doubts("note —at 00:10 x", "note '—at 00:10 x'", Some("note --at 00:10 x"));
    doubts("note x ––pin", "note 'x ––pin'", Some("note x --pin"));
    doubts("note －－ｐｉｎ x", "note '－－ｐｉｎ x'", Some("note --pin x"));
    doubts("resolve --reason fixed", "resolve -- '--reason fixed'", None);
    doubts("close it --forse", "close 'it --forse'", None);
    reads("note – a dash alone", "note – a dash alone");
    reads("note '—at noon we knew'", "note '—at noon we knew'");
    reads("note —atmosphere", "note —atmosphere");
}

#[test]
fn a_number_stands_for_the_incident_where_nothing_else_can_be_meant() {
    for (typed, read) in [
        ("roles 1", "-i 1 roles"),
        ("postmortem 1", "-i 1 postmortem"),
        ("postmortem '#1' --format html", "-i '#1' postmortem --format html"),
        ("postmortem check １", "-i １ postmortem check"),
        ("checklist [1]", "-i [1] checklist"),
        ("brief 1", "-i 1 brief"),
        ("undo 1", "-i 1 undo"),
        ("due 1", "-i 1 due"),
        ("set 1 --title x", "-i 1 set --title x"),
        ("-q set --title x 1", "-q -i 1 set --title x"),
        ("handoff 1", "handoff 1"),
        ("cause 1", "-i 1 cause"),
        ("followup 1", "-i 1 followup"),
        ("-i 2 roles 1", "-i 2 roles 1"),
        ("close 1", "close 1"),
        ("resolve 3 nodes replaced", "resolve 3 nodes replaced"),
        ("note 3 nodes replaced", "note 3 nodes replaced"),
        ("note '#3' nodes replaced", "note '#3' nodes replaced"),
    ] {
        reads(typed, read);
    }
    doubts("close 1 all is done", "close '1 all is done'", Some("-i 1 close 'all is done'"));
    doubts("cancel 1 a test", "cancel '1 a test'", Some("-i 1 cancel 'a test'"));
    doubts("reopen [1] it is back", "reopen '[1] it is back'", Some("-i 1 reopen 'it is back'"));
    doubts("mitigate '#1' rolled back", "mitigate '#1 rolled back'", Some("-i 1 mitigate 'rolled back'"));
    reads("-i 2 close 1 disk is left", "-i 2 close 1 disk is left");
}

#[test]
fn what_goes_without_saying_is_said_in_full() {
    for (typed, read) in [
        ("link https://zoom.us/j/1", "link add bridge https://zoom.us/j/1"),
        ("link https://example.com/runbook", "link add doc https://example.com/runbook"),
        ("link chat https://chat.example", "link add chat https://chat.example"),
        ("link add chat x", "link add chat x"),
        ("followup acme by noon", "followup add acme by noon"),
        ("followup done acme", "followup done acme"),
        ("followup close acme", "followup close acme"),
        ("followup lst", "followup lst"),
        ("followup", "followup"),
    ] {
        reads(typed, read);
    }
}

#[test]
fn every_argument_that_takes_many_values_is_known_as_text_or_as_none() {
    const NO_TEXT: [&str; 7] = ["NAME", "FILE", "REF", "STEP", "COMMAND", "SEV|WHO|REASON", "PERSON"];
    fn look(command: &clap::Command, unknown: &mut Vec<String>) {
        for arg in command.get_positionals() {
            let name = arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string).unwrap_or_default();
            let many = matches!(arg.get_action(), clap::ArgAction::Append);
            if many && !super::grammar::TEXTS.contains(&name.as_str()) && !NO_TEXT.contains(&name.as_str()) {
                unknown.push(format!("{} {name}", command.get_name()));
            }
        }
        for below in command.get_subcommands() {
            look(below, unknown);
        }
    }
    let (mut all, mut unknown) = (super::verb::command(), Vec::new());
    all.build();
    look(&all, &mut unknown);
    assert!(unknown.is_empty(), "{unknown:?}");
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_is_text_as_it_stands_or_asked_about(
        words in proptest::collection::vec("(-{0,2}[a-zA-Z0-9日—]{1,6}|-[ihq]|--(as|json|color|lang|db|help|pin)|[a-z]{1,5})", 1..7)
    ) {
        let line: Vec<OsString> = ["hikeshi", "note"].into_iter().chain(words.iter().map(String::as_str)).map(Into::into).collect();
        let read = read(line);
        if read.doubt.is_none() {
            let taken = super::verb::matches_of(&read.arguments);
            // A line that the parser refuses records nothing either.
            if let Some((_, below)) = taken.as_ref().and_then(clap::ArgMatches::subcommand) {
                let text: Vec<String> = below.get_many::<String>("text").into_iter().flatten().cloned().collect();
                let begins = words.iter().position(|word| Some(word) == text.first());
                if text.len() > 1 {
                    let begins = begins.expect("a word that was typed");
                    let own = |word: &&String| word.as_str() != "--pin" && word.as_str() != "--";
                    let rest: Vec<String> = words[begins..].iter().filter(own).cloned().collect();
                    proptest::prop_assert_eq!(text, rest);
                }
            }
        } else {
            proptest::prop_assert!(read.doubt.expect("a doubt").words.is_some_and(|kept| !kept.is_empty()));
        }
    }
}
