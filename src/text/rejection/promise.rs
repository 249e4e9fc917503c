//! Why a call, a statement, a follow-up, a duty or a figure was refused.

use crate::incident::localized::Lang;
use crate::incident::rejection::PromiseRejection;
use crate::say;
use crate::text::one_line;

/// What was wrong, and the command to run next; `on` is the program with the incident.
pub(super) fn refusal(rejection: &PromiseRejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        PromiseRejection::UnknownAudience { typed, known } => {
            let (typed, known) = (one_line(typed), list(known));
            (
                say!(lang, "no audience `{typed}`", "告知先「{typed}」はありません"),
                Some(say!(lang, "audiences: {known}", "告知先: {known}")),
            )
        }
        PromiseRejection::NoAudience { known } => {
            let known = list(known);
            (
                say!(lang, "for whom is the statement?", "告知先が指定されていません"),
                Some(say!(lang, "--audience, one of: {known}", "--audience で指定: {known}")),
            )
        }
        PromiseRejection::UnknownChannel { typed, known } => {
            let (typed, names) = (one_line(typed), list(known));
            (
                say!(lang, "no channel `{typed}` in the policy", "ポリシーにチャネル「{typed}」はありません"),
                Some(if known.is_empty() {
                    no_channels(on, lang)
                } else {
                    say!(lang, "channels: {names}", "チャネル: {names}")
                }),
            )
        }
        PromiseRejection::NoChannel { audience } => {
            let audience = one_line(audience);
            (
                say!(lang, "no channel reaches {audience}", "{audience} に届くチャネルがありません"),
                Some(no_channels(on, lang)),
            )
        }
        PromiseRejection::PolicyUnreadable => (
            say!(
                lang,
                "policy.toml can't be read: who has to approve this, and what it goes through, can't be told",
                "policy.toml を読めないため、承認者も送信先も分かりません"
            ),
            Some(say!(
                lang,
                "mend it (hikeshi playbook lint), or send it yourself and say so: {on} update … --sent-by-hand",
                "修正する（hikeshi playbook lint）か、手作業で送って記録する: {on} update … --sent-by-hand"
            )),
        ),
        PromiseRejection::PromisePast { entry, audiences } => {
            let to: Vec<String> = audiences.iter().map(|one| format!(" --audience {}", quoted(one))).collect();
            let to = to.concat();
            (
                say!(
                    lang,
                    "{entry} promises the next update for a time that has passed",
                    "{entry} が約束する次回更新の時刻はすでに過ぎています"
                ),
                Some(say!(
                    lang,
                    "write it anew with a new promise: {on} update TEXT{to} --next 30m",
                    "新しい予定で書き直す: {on} update 本文{to} --next 30m"
                )),
            )
        }
        PromiseRejection::SendsNow => (
            say!(lang, "--send sends now: it takes no --at", "--send は今送信するため --at を指定できません"),
            Some(say!(
                lang,
                "without --at; or, where it went out by hand: {on} update … --sent-by-hand --at TIME",
                "--at を外す。手作業で送信済みなら: {on} update … --sent-by-hand --at 時刻"
            )),
        ),
        PromiseRejection::NoStatement { entry } => (
            say!(lang, "{entry} is no statement that is still in sight", "{entry} は告知文ではありません"),
            Some(format!("{on} timeline --kind statement.drafted")),
        ),
        PromiseRejection::NeverSent { entry } => (
            say!(lang, "{entry} never went out: there is nothing to correct", "{entry} は未送信のため訂正は不要です"),
            Some(format!("{on} update TEXT --audience WHO")),
        ),
        PromiseRejection::SentAlready { entry } => (
            say!(lang, "{entry} went out already", "{entry} は送信済みです"),
            Some(format!("{on} update TEXT --corrects {entry}")),
        ),
        PromiseRejection::ApprovedAlready { entry } => (
            say!(lang, "{entry} was approved as it stands", "{entry} は今の文面で承認されています"),
            Some(format!("{on} update TEXT --audience WHO --draft")),
        ),
        PromiseRejection::Superseded { entry, by } => (
            say!(lang, "{entry} was corrected by {by} already", "{entry} はすでに {by} で訂正されています"),
            Some(format!("{on} update TEXT --corrects {by}")),
        ),
        PromiseRejection::NotApproved { entry, roles, people } => {
            let (roles, people) = (list(roles), list(people));
            (
                say!(
                    lang,
                    "the statement is not approved: the policy wants {roles} ({people}) to approve it",
                    "告知文が承認されていません。承認者: {roles}（{people}）"
                ),
                Some(say!(
                    lang,
                    "keep it with --draft, then: {on} update --approve {entry} --as NAME",
                    "--draft で下書きにしてから: {on} update --approve {entry} --as 名前"
                )),
            )
        }
        PromiseRejection::NotTheirsToApprove { entry, person, roles } => {
            let (person, roles) = (one_line(person), list(roles));
            (
                say!(
                    lang,
                    "{person} can't approve {entry}: that is for {roles}",
                    "{person} は {entry} を承認できません（承認者: {roles}）"
                ),
                Some(format!("{on} roles")),
            )
        }
        PromiseRejection::NothingToApprove { entry } => (
            say!(lang, "{entry} needs no approval", "{entry} に承認は要りません"),
            Some(format!("{on} update --statement {entry} --send")),
        ),
        other => people(other, on, lang),
    }
}

fn people(rejection: &PromiseRejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        PromiseRejection::NoCall { person, called } => {
            let (word, open) = (quoted(person), list(called));
            let person = one_line(person);
            let hint = match called.first() {
                None => format!("{on} escalate --to {word}"),
                Some(first) => {
                    let first = quoted(first);
                    say!(
                        lang,
                        "open calls: {open}; for one of them: {on} ack --for {first}",
                        "未応答: {open}。代理で記録: {on} ack --for {first}"
                    )
                }
            };
            (say!(lang, "{person} has no call to answer", "{person} への呼び出しはありません"), Some(hint))
        }
        PromiseRejection::NoFollowUp { typed, open } => {
            let (typed, names) = (one_line(typed), list(open));
            (
                say!(lang, "no open follow-up `{typed}`", "未完了のフォローアップ「{typed}」はありません"),
                Some(if open.is_empty() { format!("{on} followup list") } else { names }),
            )
        }
        PromiseRejection::ToThemselves { person } => {
            let person = one_line(person);
            (
                say!(lang, "{person} can't hand over to {person}", "{person} 自身への引き継ぎはできません"),
                Some(format!("{on} handoff --to NAME")),
            )
        }
        PromiseRejection::HoldsNothing { person } => {
            let person = one_line(person);
            (
                say!(lang, "{person} holds no such role to hand over", "{person} は引き継ぐ役割を持っていません"),
                Some(format!("{on} roles")),
            )
        }
        PromiseRejection::NoOffer { person, offered } => {
            let (word, names) = (quoted(person), list(offered));
            let person = one_line(person);
            let hint = if offered.is_empty() {
                format!("{on} handoff --to {word}")
            } else {
                say!(lang, "offered to: {names}", "引き継ぎ先: {names}")
            };
            (say!(lang, "nothing was offered to {person}", "{person} への引き継ぎはありません"), Some(hint))
        }
        PromiseRejection::Impossible { figure, value } => {
            let value = one_line(value);
            (
                say!(lang, "{figure}: {value} is not possible", "{figure}: {value} はあり得ません"),
                Some(match *figure {
                    "units" => format!("{on} impact --units 640/1000"),
                    "reach" => format!("{on} reach CHANNEL 500 --of 1000"),
                    _ => format!("{on} impact --requests-failed 12.5%"),
                }),
            )
        }
        PromiseRejection::NothingMeasured => (
            say!(lang, "no figure and no words", "数値も本文もありません"),
            Some(format!("{on} impact --users 1200 --requests-failed 30% TEXT")),
        ),
        other => duty(other, on, lang),
    }
}

fn duty(rejection: &PromiseRejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        PromiseRejection::UnknownDuty { typed, known } => {
            let (typed, names) = (one_line(typed), list(known));
            let hint = if known.is_empty() {
                say!(
                    lang,
                    "no regime is turned on: legal = [\"gdpr\"] in policy.toml (see: hikeshi legal list --all)",
                    "有効な法規がありません: policy.toml に legal = [\"jp-appi\"]（一覧: hikeshi legal list --all）"
                )
            } else {
                names
            };
            (say!(lang, "no duty `{typed}`", "報告義務「{typed}」はありません"), Some(hint))
        }
        PromiseRejection::UnknownVariant { duty, typed, known } => {
            let (typed, known) = (one_line(typed), list(known));
            let hint = if known.is_empty() {
                say!(lang, "it has no cases: {on} legal start {duty}", "区分はありません: {on} legal start {duty}")
            } else {
                say!(lang, "cases: {known}", "区分: {known}")
            };
            (say!(lang, "{duty} has no case `{typed}`", "{duty} に「{typed}」の区分はありません"), Some(hint))
        }
        PromiseRejection::DutySettled { duty, waived } => {
            let word = quoted(duty);
            let duty = one_line(duty);
            let message = if *waived {
                say!(lang, "{duty} was waived already", "{duty} は報告不要と記録済みです")
            } else {
                say!(lang, "the notice for {duty} was given already", "{duty} は報告済みです")
            };
            let hint = say!(
                lang,
                "since when: {on} legal list; where it has begun anew: {on} legal start {word}",
                "日時の確認: {on} legal list。改めて開始する: {on} legal start {word}"
            );
            (message, Some(hint))
        }
        PromiseRejection::DutyRuns { duty } => {
            let hint = say!(
                lang,
                "see: {on} legal list; started by mistake just now: {on} undo, then start it again",
                "確認: {on} legal list。直前の開始が誤りなら {on} undo の後に開始し直す"
            );
            (say!(lang, "{duty} runs already", "{duty} の期限はすでに進行中です"), Some(hint))
        }
        PromiseRejection::DutyDoesNotRun { duty } => {
            let duty = one_line(duty);
            (say!(lang, "{duty} doesn't run", "{duty} は進行していません"), Some(format!("{on} legal start {duty}")))
        }
        PromiseRejection::NoticeBefore { duty, after } => (
            say!(
                lang,
                "{duty} runs from the notice {after}, which was not given yet",
                "{duty} は {after} の報告後に始まりますが、まだ報告されていません"
            ),
            Some(format!("{on} legal notify {after}")),
        ),
        other => contact(other, lang),
    }
}

fn contact(rejection: &PromiseRejection, lang: Lang) -> (String, Option<String>) {
    match rejection {
        PromiseRejection::ContactThere { contact } => {
            let (name, word) = (one_line(contact), quoted(contact));
            (
                say!(lang, "the contact {name} is there already", "連絡先 {name} はすでにあります"),
                Some(say!(
                    lang,
                    "still right: hikeshi contact verify {word}; to replace it: hikeshi contact add {word} … --force",
                    "変わりがなければ: hikeshi contact verify {word}　置き換える: hikeshi contact add {word} … --force"
                )),
            )
        }
        PromiseRejection::UnknownContact { typed, known } => {
            let (name, names) = (one_line(typed), list(known));
            let hint = if known.is_empty() {
                format!("hikeshi contact add {}", quoted(typed))
            } else {
                say!(
                    lang,
                    "contacts: {names}; see: hikeshi contact list",
                    "連絡先: {names}（一覧: hikeshi contact list）"
                )
            };
            (say!(lang, "no contact `{name}`", "連絡先「{name}」はありません"), Some(hint))
        }
        PromiseRejection::NotADrill { number } => (
            say!(
                lang,
                "#{number} is a real incident: nothing is played on it",
                "#{number} は実際のインシデントです。演習はできません"
            ),
            Some("hikeshi drill run SCENARIO".to_owned()),
        ),
        PromiseRejection::DrillRuns { number, scenario } => {
            let scenario = one_line(scenario);
            let message =
                say!(lang, "`{scenario}` is played on #{number} already", "#{number} では「{scenario}」を実施中です");
            (message, Some(format!("hikeshi drill run {} -i {number}", quoted(&scenario))))
        }
        PromiseRejection::NoDrill { number } => (
            say!(lang, "no scenario was played on #{number}", "#{number} では演習シナリオを実施していません"),
            Some(format!("hikeshi drill run SCENARIO -i {number}")),
        ),
        PromiseRejection::UnknownScenario { typed, known } => {
            let (name, known) = (one_line(typed), list(known));
            let hint = say!(
                lang,
                "scenarios: {known}; see: hikeshi drill list",
                "シナリオ: {known}（一覧: hikeshi drill list）"
            );
            (say!(lang, "no scenario `{name}`", "シナリオ「{name}」はありません"), Some(hint))
        }
        other => (other.to_string(), None),
    }
}

/// A name as it can be typed again.
fn quoted(name: &str) -> String {
    one_line(&shell_words::quote(name)).into_owned()
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| one_line(name).into_owned()).collect::<Vec<_>>().join(", ")
}

fn no_channels(on: &str, lang: Lang) -> String {
    say!(
        lang,
        "send it yourself and say so: {on} update … --sent-by-hand; or add a [[channel]] to policy.toml",
        "手作業で送って記録する: {on} update … --sent-by-hand。または policy.toml に [[channel]] を追加"
    )
}
