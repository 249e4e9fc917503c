//! What keeps messages in the house: channels that can't work, deliveries that were given up, a scheduler that stopped.

use crate::cli::desk::Desk;
use crate::incident::channel::Channel;
use crate::say;
use crate::store::last_tick;
use crate::text::{channel_fault, one_line};
use crate::view::Finding;
use std::path::Path;

/// Every check of what leaves the house.
pub(super) fn all(desk: &Desk) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        desk.engine.library().policy.channel.iter().map(|one| channel(desk, one)).collect();
    findings.extend(deliveries(desk));
    findings.extend(scheduler(desk));
    findings
}

/// Whether a channel's keys fit together, and its secrets are where they should be; nothing is sent.
fn channel(desk: &Desk, channel: &Channel) -> Finding {
    let name = one_line(&channel.id).into_owned();
    if let Some(fault) = channel.faults().first() {
        let fault = channel_fault(fault, desk.lang);
        return Finding::bad("channel", format!("{name}: {fault}"), "hikeshi playbook lint".to_owned());
    }
    let unset =
        [&channel.url_env, &channel.secret_env].into_iter().flatten().find(|name| std::env::var_os(name).is_none());
    if let Some(variable) = unset {
        let variable = one_line(variable);
        return Finding::bad(
            "channel",
            say!(desk.lang, "{name}: ${variable} is not set here", "{name}: ここでは ${variable} が設定されていません"),
            say!(
                desk.lang,
                "set it for cron too, where `hikeshi tick` runs: {variable}=… in the crontab",
                "`hikeshi tick` を動かす cron にも設定する: crontab に {variable}=…"
            ),
        );
    }
    let absent = [&channel.url_file, &channel.secret_file, &channel.ca_file].into_iter().flatten();
    if let Some(path) = absent.into_iter().find(|path| !Path::new(path.as_str()).is_file()) {
        let path = one_line(path);
        let message = say!(desk.lang, "{name}: there is no file {path}", "{name}: ファイル {path} がありません");
        return Finding::bad("channel", message, format!("ls -l {path}"));
    }
    Finding::good("channel", name)
}

/// Messages that wait, and those that were given up.
fn deliveries(desk: &Desk) -> Option<Finding> {
    let store = desk.engine.read().ok()?;
    let (waiting, given_up) = store.reader().outbox_counts().ok()?;
    if given_up > 0 {
        return Some(Finding::bad(
            "outbox",
            say!(desk.lang, "{given_up} messages were given up", "配信を断念したメッセージ: {given_up}件"),
            "hikeshi timeline --kind message.failed".to_owned(),
        ));
    }
    let message = say!(desk.lang, "messages waiting: {waiting}", "配信待ち: {waiting}件");
    Some(if waiting > 0 {
        Finding::bad("outbox", message, "hikeshi tick".to_owned())
    } else {
        Finding::good("outbox", message)
    })
}

/// When the scheduler last ran, once it has.
fn scheduler(desk: &Desk) -> Option<Finding> {
    let age = desk.env.now().since(last_tick(desk.engine.path())?)?;
    let shown = desk.moments().span(age);
    let message = say!(desk.lang, "`hikeshi tick` last ran {shown} ago", "`hikeshi tick` の最終実行は{shown}前");
    Some(if age > crate::incident::time::Span::from_minutes(10) {
        Finding::bad("tick", message, "crontab -l".to_owned())
    } else {
        Finding::good("tick", message)
    })
}
