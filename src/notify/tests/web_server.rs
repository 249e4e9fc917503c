//! A web server that does what it is told, once for each connection.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What is done with one connection.
pub enum Act {
    /// Take the request and answer with these lines and this body.
    Answer(&'static str, &'static str),
    /// Take the request and close the connection.
    Drop,
    /// Take the request and say nothing.
    Hang,
    /// Take nothing and say nothing.
    Deaf,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub head: String,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

pub struct WebServer {
    pub port: u16,
    pub requests: Receiver<Request>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl WebServer {
    pub fn new(acts: Vec<Act>) -> Self {
        Self::with(acts, None)
    }

    pub fn with(acts: Vec<Act>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (taken, requests) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            for act in acts {
                let Some(stream) = accept(&listener, &stopped) else { return };
                let mut stream: Box<dyn Stream> = match &tls {
                    Some(tls) => {
                        let connection = ServerConnection::new(Arc::clone(tls)).expect("a connection");
                        Box::new(StreamOwned::new(connection, stream))
                    }
                    None => Box::new(stream),
                };
                if !matches!(act, Act::Deaf) {
                    let Some(request) = read(&mut stream) else { continue };
                    let _ = taken.send(request);
                }
                match act {
                    Act::Answer(head, body) => {
                        let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                        let _ = stream.flush();
                    }
                    Act::Drop => {}
                    Act::Hang | Act::Deaf => {
                        while !stopped.load(Ordering::SeqCst) {
                            std::thread::sleep(Duration::from_millis(5));
                        }
                    }
                }
            }
        });
        Self { port, requests, stop, thread: Some(thread) }
    }

    pub fn request(&self) -> Request {
        self.requests.recv_timeout(Duration::from_mins(1)).expect("a request")
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub trait Stream: Read + Write + Send {}
impl<S: Read + Write + Send> Stream for S {}

/// The next connection, unless nobody comes.
pub fn accept(listener: &TcpListener, stopped: &AtomicBool) -> Option<TcpStream> {
    listener.set_nonblocking(true).expect("set");
    let until = Instant::now() + Duration::from_mins(2);
    while Instant::now() < until && !stopped.load(Ordering::SeqCst) {
        if let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(false).expect("set");
            stream.set_read_timeout(Some(Duration::from_mins(1))).expect("set");
            return Some(stream);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    None
}

fn read(stream: &mut dyn Stream) -> Option<Request> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("text");
    let mut request = Request { head, body: String::new() };
    let length = request.header("content-length").expect("a length").parse().expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).expect("text");
    Some(request)
}
