use super::{AddressFault, Channel, ChannelFault, ChannelKind, Tls, is_loopback, mail_address, web_address};

fn channel(toml: &str) -> Channel {
    toml::from_str(toml).unwrap_or_else(|error| panic!("{toml}: {error}"))
}

#[test]
fn channels_that_work_have_no_fault() {
    for toml in [
        "id = 'a'\nkind = 'slack'\nurl_env = 'HOOK'",
        "id = 'a'\nkind = 'slack'\nurl_command = ['pass', 'show', 'hook']\nca_file = '/etc/ca.pem'",
        "id = 'a'\nkind = 'webhook'\nurl = 'https://example.com/in?team=7'\nsecret_file = '/etc/hook'\nto = ['ops']",
        "id = 'a'\nkind = 'webhook'\nurl = 'http://127.0.0.1:8080/in'",
        "id = 'a'\nkind = 'email'\nserver = 'mail.example.com'\nfrom = 'Desk <desk@example.com>'\nto = ['a@b.example']",
        "id = 'a'\nkind = 'email'\nserver = 'localhost'\nfrom = 'desk@example.com'\ntls = 'none'\nport = 25",
        "id = 'a'\nkind = 'email'\nserver = 'm.example'\nfrom = 'd@e.example'\nuser = 'd'\nsecret_env = 'P'\ntls = 'implicit'",
        "id = 'a'\nkind = 'command'\ncommand = ['page', '--now']\nto = ['+81-3-0000-0000']",
        "id = 'a'\nkind = 'file'\npath = '/var/log/hikeshi.jsonl'\n[title]\nen = 'Log'\nja = 'ログ'",
    ] {
        assert_eq!(channel(toml).faults(), [], "{toml}");
    }
    assert_eq!(channel("id = 'a'\nkind = 'email'").tls(), Tls::Starttls);
}

#[test]
fn what_does_not_fit_is_named() {
    let foreign = |key, kind| ChannelFault::Foreign { key, kind };
    let missing = |key| ChannelFault::Missing { key };
    for (toml, faults) in [
        ("id = ''\nkind = 'file'\npath = '/x'", vec![ChannelFault::BadId]),
        ("id = 'a'\nkind = 'slack'", vec![missing("url_env")]),
        ("id = 'a'\nkind = 'slack'\nurl = 'https://hooks.slack.com/services/T/B/x'", vec![ChannelFault::SecretUrl]),
        ("id = 'a'\nkind = 'slack'\nurl_env = 'A'\nto = ['x']", vec![foreign("to", ChannelKind::Slack)]),
        ("id = 'a'\nkind = 'webhook'", vec![missing("url")]),
        (
            "id = 'a'\nkind = 'webhook'\nurl_env = 'A'\nurl_file = '/b'",
            vec![ChannelFault::SeveralSources { keys: vec!["url_env", "url_file"] }],
        ),
        (
            "id = 'a'\nkind = 'webhook'\nurl = 'https://u:p@example.com/'",
            vec![ChannelFault::Address { key: "url", fault: AddressFault::UserInfo }],
        ),
        (
            "id = 'a'\nkind = 'webhook'\nurl = 'http://example.com/'",
            vec![ChannelFault::Address { key: "url", fault: AddressFault::NotHttps }],
        ),
        (
            "id = 'a'\nkind = 'webhook'\nurl_env = 'A'\nsecret_env = 'B'\nsecret_file = 'c'",
            vec![
                ChannelFault::SeveralSources { keys: vec!["secret_env", "secret_file"] },
                ChannelFault::RelativePath { key: "secret_file" },
            ],
        ),
        ("id = 'a'\nkind = 'email'\nto = ['a@b.example']", vec![missing("from"), missing("server")]),
        (
            "id = 'a'\nkind = 'email'\nserver = 'm.example'\nfrom = 'd@e.example'\nuser = 'd'",
            vec![missing("secret_env")],
        ),
        (
            "id = 'a'\nkind = 'email'\nserver = 'm.example'\nfrom = 'd@e.example'\nsecret_env = 'S'",
            vec![missing("user")],
        ),
        (
            "id = 'a'\nkind = 'email'\nserver = 'm.example'\nfrom = 'desk'\nto = ['x']\nport = 70000\ntls = 'none'",
            vec![
                ChannelFault::BadMail { key: "from", address: "desk".to_owned() },
                ChannelFault::BadMail { key: "to", address: "x".to_owned() },
                ChannelFault::BadPort { port: 70_000 },
                ChannelFault::Unencrypted,
            ],
        ),
        ("id = 'a'\nkind = 'command'\ncommand = ['']", vec![missing("command")]),
        (
            "id = 'a'\nkind = 'file'\npath = 'x.jsonl'\nurl = 'https://a.example'",
            vec![foreign("url", ChannelKind::File), ChannelFault::RelativePath { key: "path" }],
        ),
    ] {
        assert_eq!(channel(toml).faults(), faults, "{toml}");
    }
}

#[test]
fn keys_that_nobody_knows_are_refused() {
    let error = toml::from_str::<Channel>("id = 'a'\nkind = 'slack'\npassword = 'x'").expect_err("refused");
    assert!(error.message().contains("password"), "{error}");
    assert!(toml::from_str::<Channel>("id = 'a'\nkind = 'pigeon'").is_err());
}

#[test]
fn addresses_are_looked_into() {
    for (url, host) in [
        ("https://example.com", Ok("example.com")),
        ("HTTPS://example.com:8443/x?y=@#z", Ok("example.com")),
        ("http://[::1]:80/", Ok("[::1]")),
        ("http://localhost/", Ok("localhost")),
        ("http://localhost.example.com/", Err(AddressFault::NotHttps)),
        ("http://127.0.0.1.example.com/", Err(AddressFault::NotHttps)),
        ("ftp://example.com/", Err(AddressFault::NotHttps)),
        ("example.com", Err(AddressFault::NotHttps)),
        ("https:///x", Err(AddressFault::NoHost)),
        ("https://example.com:port/", Err(AddressFault::NoHost)),
        ("https://exa mple.com/", Err(AddressFault::NoHost)),
        ("https://example.com/\r\nX: y", Err(AddressFault::NoHost)),
        ("https://token@example.com/", Err(AddressFault::UserInfo)),
        ("http://127.0.0.1\\@example.com/", Err(AddressFault::UserInfo)),
    ] {
        assert_eq!(web_address(url), host, "{url}");
    }
    assert!(is_loopback("127.8.0.1") && !is_loopback("128.0.0.1") && !is_loopback("127.0.0.1.1"));
}

#[test]
fn mail_addresses_carry_nothing_else() {
    for (typed, found) in [
        ("a@b.example", Some(("", "a@b.example"))),
        ("当番 <a@b.example>", Some(("当番", "a@b.example"))),
        ("\"Desk, incident\" <a@b.example>", Some(("Desk, incident", "a@b.example"))),
        ("a@b.example\r\nBcc: x@y.example", None),
        ("a@b.example, x@y.example", None),
        ("a b@c.example", None),
        ("a@b@c.example", None),
        ("@c.example", None),
        ("a", None),
    ] {
        assert_eq!(mail_address(typed), found, "{typed}");
    }
}
