//! A mail server that does what it is told.

use super::web_server::{Stream, accept};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How the server encrypts.
#[derive(Clone)]
pub enum Secure {
    No,
    Starttls(Arc<ServerConfig>),
    Implicit(Arc<ServerConfig>),
}

/// How the server behaves.
#[derive(Clone)]
pub struct Script {
    pub secure: Secure,
    /// What AUTH is answered with; without it, AUTH is not offered.
    pub auth: Option<&'static str>,
    /// Recipients with another answer than yes.
    pub refuse: &'static [(&'static str, &'static str)],
    /// What the end of the mail is answered with; empty: the connection is closed; `hang`: nothing.
    pub end: &'static str,
    /// What is slipped in, unencrypted, behind the answer to STARTTLS.
    pub injected: &'static str,
}

impl Script {
    pub fn new(secure: Secure) -> Self {
        Self { secure, auth: None, refuse: &[], end: "250 2.0.0 queued", injected: "" }
    }
}

/// What came in: every command, and the mail.
pub struct Taken {
    pub lines: Vec<String>,
    pub mail: Option<String>,
}

pub struct MailServer {
    pub port: u16,
    taken: Receiver<Taken>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl MailServer {
    /// Serves one connection.
    pub fn new(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (done, taken) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            if let Some(stream) = accept(&listener, &stopped) {
                let mut talk = Talk { script, stopped, taken: Taken { lines: Vec::new(), mail: None } };
                talk.serve(stream);
                let _ = done.send(talk.taken);
            }
        });
        Self { port, taken, stop, thread: Some(thread) }
    }

    /// What came in, once the connection has ended.
    pub fn taken(&self) -> Taken {
        self.stop.store(true, Ordering::SeqCst);
        self.taken.recv_timeout(Duration::from_mins(1)).expect("a connection")
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Talk {
    script: Script,
    stopped: Arc<AtomicBool>,
    taken: Taken,
}

impl Talk {
    fn serve(&mut self, mut stream: TcpStream) {
        let encrypted = |tls: &Arc<ServerConfig>, stream: TcpStream| {
            StreamOwned::new(ServerConnection::new(Arc::clone(tls)).expect("a connection"), stream)
        };
        match self.script.secure.clone() {
            Secure::No => drop(self.talk(&mut stream, true, false)),
            Secure::Implicit(tls) => drop(self.talk(&mut encrypted(&tls, stream), true, false)),
            Secure::Starttls(tls) => {
                if self.talk(&mut stream, true, true) == Some(true) {
                    self.talk(&mut encrypted(&tls, stream), false, false);
                }
            }
        }
    }

    /// Talks until the client leaves; true when it wants encryption now.
    fn talk(&mut self, stream: &mut dyn Stream, greet: bool, offer: bool) -> Option<bool> {
        if greet {
            say(stream, "220 mail.test")?;
        }
        loop {
            let line = line(stream)?;
            let upper = line.to_ascii_uppercase();
            self.taken.lines.push(line.clone());
            if upper.starts_with("EHLO") {
                let mut offers = vec!["mail.test", "8BITMIME"];
                offers.extend(offer.then_some("STARTTLS"));
                offers.extend(self.script.auth.is_some().then_some("AUTH PLAIN LOGIN"));
                let last = offers.pop().unwrap_or_default();
                for offer in offers {
                    say(stream, &format!("250-{offer}"))?;
                }
                say(stream, &format!("250 {last}"))?;
            } else if upper == "STARTTLS" {
                say(stream, &format!("220 go{}", self.script.injected))?;
                return Some(true);
            } else if upper.starts_with("AUTH") {
                // A careless server repeats what it was told.
                let answer = self.script.auth.unwrap_or("503 no").replace("LINE", &line);
                say(stream, &answer)?;
            } else if upper.starts_with("RCPT") {
                let refused = self.script.refuse.iter().find(|(address, _)| line.contains(address));
                say(stream, refused.map_or("250 ok", |(_, answer)| answer))?;
            } else if upper == "DATA" {
                say(stream, "354 go on")?;
                self.take(stream)?;
            } else if upper == "QUIT" {
                say(stream, "221 bye")?;
                return None;
            } else {
                say(stream, "250 ok")?;
            }
        }
    }

    fn take(&mut self, stream: &mut dyn Stream) -> Option<()> {
        let mut mail = String::new();
        loop {
            let line = line(stream)?;
            if line == "." {
                break;
            }
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.push_str("\r\n");
        }
        self.taken.mail = Some(mail);
        match self.script.end {
            "" => None,
            "hang" => {
                while !self.stopped.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                None
            }
            answer => say(stream, answer),
        }
    }
}

fn say(stream: &mut dyn Stream, answer: &str) -> Option<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    stream.flush().ok()
}

fn line(stream: &mut dyn Stream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n") {
        Read::read_exact(stream, &mut byte).ok()?;
        bytes.push(byte[0]);
    }
    bytes.truncate(bytes.len() - 2);
    String::from_utf8(bytes).ok()
}

/// A certificate authority of its own: its file, and a server with a certificate for this name.
pub fn authority(folder: &Path, name: &str) -> (String, Arc<ServerConfig>) {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut params = CertificateParams::new(Vec::new()).expect("a certificate");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let root = params.self_signed(&key).expect("signed");
    let path = folder.join("ca.pem");
    std::fs::write(&path, root.pem()).expect("written");
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new(vec![name.to_owned()]).expect("a certificate");
    let leaf = leaf.signed_by(&key, &issuer).expect("signed");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .expect("a server");
    (path.display().to_string(), Arc::new(config))
}
