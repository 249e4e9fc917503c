//! Mail over SMTP (RFC 5321), step by step: only so is it known what a lost connection means.

use super::Carried;
use super::attempt::Attempt;
use super::cause::{Cause, Failure};
use super::letter::{Envelope, letter};
use super::roots::roots;
use super::secret;
use crate::incident::channel::{Channel, Tls, mail_address};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, CertificateStore, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use std::error::Error as _;
use std::io;
use std::time::Duration;

/// How long the server gets to say goodbye.
const GOODBYE: Duration = Duration::from_millis(200);

/// Sends one mail to everyone who gets the message. Those whom the server refuses don't keep it from the others: they
/// are the note.
pub(super) fn carry(attempt: &Attempt) -> Carried {
    let channel = &attempt.channel;
    let (name, from) = channel.from.as_deref().and_then(mail_address).unwrap_or_default();
    let sender: Address = from.parse().map_err(|_| Failure::never(Cause::Unfit { key: "from" }))?;
    let mut refused = Vec::new();
    let mut wanted: Vec<Address> = Vec::new();
    for typed in attempt.recipients() {
        match mail_address(typed).and_then(|(_, address)| address.parse().ok()) {
            Some(address) if !wanted.contains(&address) => wanted.push(address),
            Some(_) => {}
            None => refused.push(Refused { said: format!("{typed}: no mail address"), permanent: true }),
        }
    }
    if wanted.is_empty() && refused.is_empty() {
        return Err(Failure::never(Cause::NoRecipient));
    }
    let password = secret::secret(attempt)?;
    let mut session = Session::open(attempt, sender.domain())?;
    if let (Some(user), Some(password)) = (&channel.user, &password) {
        // A server may repeat what it was told.
        attempt.hide(&format!("\0{user}\0{}", password.expose()));
        session.sign_in(Credentials::new(user.clone(), password.expose().to_owned()))?;
    }
    let taken = session.address(sender.clone(), wanted, &mut refused)?;
    let said = refused.iter().map(|refused| refused.said.as_str()).collect::<Vec<_>>().join("; ");
    if taken.is_empty() {
        session.close();
        let permanent = refused.iter().all(|refused| refused.permanent);
        return Err(Failure { permanent, ..Failure::later(Cause::Mail { said }) });
    }
    let envelope = Envelope { name, from, to: &taken };
    session.deliver(&letter(&attempt.message, &envelope, attempt.now))?;
    Ok((!refused.is_empty()).then_some(said))
}

/// A recipient that does not get the mail.
struct Refused {
    said: String,
    permanent: bool,
}

/// A conversation with a mail server.
struct Session<'a> {
    attempt: &'a Attempt,
    connection: SmtpConnection,
}

impl<'a> Session<'a> {
    fn open(attempt: &'a Attempt, domain: &str) -> Result<Self, Failure> {
        let channel = &attempt.channel;
        let server = channel.server.as_deref().unwrap_or_default();
        let usual = match channel.tls() {
            Tls::Implicit => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        };
        let port = channel.port.and_then(|port| u16::try_from(port).ok()).unwrap_or(usual);
        let parameters = parameters(channel, server)?;
        let hello = ClientId::Domain(domain.to_owned());
        let from_start = parameters.as_ref().filter(|_| channel.tls() == Tls::Implicit);
        let connection = SmtpConnection::connect((server, port), Some(attempt.left()?), &hello, from_start, None);
        let mut session = Self { attempt, connection: connection.map_err(|error| failure(&error))? };
        if channel.tls() == Tls::Starttls {
            let parameters = parameters.ok_or(Failure::later(Cause::NoRoots))?;
            if !session.connection.can_starttls() {
                return Err(Failure::later(Cause::NoStarttls));
            }
            session.hurry()?;
            session.connection.starttls(&parameters, &hello).map_err(|error| failure(&error))?;
        }
        Ok(session)
    }

    fn sign_in(&mut self, credentials: Credentials) -> Result<(), Failure> {
        self.hurry()?;
        let answer = self.connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
        expect(&answer.map_err(|error| failure(&error))?, 235)
    }

    /// Names sender and recipients; gives back whom the server takes.
    fn address(
        &mut self,
        sender: Address,
        wanted: Vec<Address>,
        refused: &mut Vec<Refused>,
    ) -> Result<Vec<String>, Failure> {
        let mut parameters = Vec::new();
        let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !ascii(&sender) || !wanted.iter().all(ascii) {
            let info = self.connection.server_info();
            if !info.supports_feature(Extension::SmtpUtfEight) {
                let said = "no SMTPUTF8, which an address needs".to_owned();
                return Err(Failure::never(Cause::Mail { said }));
            }
            parameters = vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)];
        }
        self.hurry()?;
        let answer = self.connection.command(Mail::new(Some(sender), parameters));
        expect(&answer.map_err(|error| failure(&error))?, 250)?;
        let mut taken = Vec::new();
        for address in wanted {
            self.hurry()?;
            match self.connection.command(Rcpt::new(address.clone(), Vec::new())) {
                Ok(answer) if answer.has_code(250) || answer.has_code(251) => taken.push(address.to_string()),
                Ok(answer) => expect(&answer, 250)?,
                Err(error) if error.status().is_some_and(|code| code.to_string() != "421") => {
                    let said = format!("{address}: {}", said(&error));
                    refused.push(Refused { said, permanent: error.is_permanent() });
                }
                Err(error) => return Err(failure(&error)),
            }
        }
        Ok(taken)
    }

    /// Sends the mail itself. Only after its last line can it have arrived.
    fn deliver(mut self, mail: &str) -> Result<(), Failure> {
        self.hurry()?;
        let answer = self.connection.command(Data).map_err(|error| failure(&error))?;
        expect(&answer, 354)?;
        self.hurry()?;
        self.attempt.begin()?;
        let answer = self.connection.message(mail.as_bytes()).map_err(|error| {
            let failure = failure(&error);
            if error.status().is_some() { failure } else { after_sending(failure) }
        })?;
        expect(&answer, 250).map_err(|failure| failure.unless(true))?;
        self.close();
        Ok(())
    }

    /// No step may take longer than what is left.
    fn hurry(&mut self) -> Result<(), Failure> {
        let left = self.attempt.left()?;
        self.connection.set_timeout(Some(left)).map_err(|error| network(error.to_string()))
    }

    fn close(mut self) {
        if self.connection.set_timeout(Some(GOODBYE)).is_ok() {
            let _ = self.connection.quit();
        }
    }
}

fn parameters(channel: &Channel, server: &str) -> Result<Option<TlsParameters>, Failure> {
    if channel.tls() == Tls::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(server.to_owned()).certificate_store(CertificateStore::None);
    for root in roots(channel.ca_file.as_deref())? {
        builder = builder.add_root_certificate(Certificate::from_der(root.to_vec()).map_err(|error| failure(&error))?);
    }
    builder.build_rustls().map(Some).map_err(|error| failure(&error))
}

/// An answer that is positive but to another question was slipped in by somebody.
fn expect(answer: &Response, code: u16) -> Result<(), Failure> {
    if answer.has_code(code) {
        return Ok(());
    }
    let said = format!("{} {}", answer.code(), answer.first_line().unwrap_or_default());
    Err(Failure::later(Cause::Mail { said }))
}

fn network(why: String) -> Failure {
    Failure::later(Cause::Network { why, sent: false })
}

/// The same failure, when the whole mail was on its way.
fn after_sending(failure: Failure) -> Failure {
    let cause = match failure.cause {
        Cause::TimedOut { .. } => Cause::TimedOut { sent: true },
        Cause::Network { why, .. } => Cause::Network { why, sent: true },
        other => other,
    };
    Failure { cause, uncertain: true, ..failure }
}

fn failure(error: &Error) -> Failure {
    if error.status().is_some() {
        return Failure { permanent: error.is_permanent(), ..Failure::later(Cause::Mail { said: said(error) }) };
    }
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(error) = inner.downcast_ref::<io::Error>()
            && matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
        {
            return Failure::later(Cause::TimedOut { sent: false });
        }
        source = inner.source();
    }
    network(error.source().map_or_else(|| error.to_string(), ToString::to_string))
}

/// `550 no such user`.
fn said(error: &Error) -> String {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    format!("{code} {text}")
}
