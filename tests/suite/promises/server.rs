//! A receiver on loopback that behaves as it is told, and writes down what reached it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the receiver does with a request that it has read.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// Answers with this status, and `Retry-After` where seconds are given.
    Answer(u16, Option<u32>),
    /// Takes the body and drops the connection without a word.
    Drop,
    /// Takes the body and says nothing for so long.
    Hang(Duration),
}

/// A request that was read whole.
#[derive(Debug, Clone)]
pub struct Received {
    pub key: String,
    pub body: serde_json::Value,
    /// Whether it was answered with 2xx.
    pub taken: bool,
}

/// The receiver; it stops when it is dropped.
pub struct Receiver {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// Starts one that asks `behave` what to do with the request number n, from 0.
    pub fn start(behave: impl Fn(usize) -> Behaviour + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        listener.set_nonblocking(true).expect("set");
        let (received, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, end, behave) = (Arc::clone(&received), Arc::clone(&stop), Arc::new(behave));
        let thread = std::thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, _)) => {
                        let (log, behave) = (Arc::clone(&log), Arc::clone(&behave));
                        std::thread::spawn(move || drop(serve(stream, &log, &*behave)));
                    }
                    Err(_) => std::thread::sleep(Duration::from_millis(2)),
                }
            }
        });
        Self { url, received, stop, thread: Some(thread) }
    }

    /// Everything that was read so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("unpoisoned").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Received>>, behave: &dyn Fn(usize) -> Behaviour) -> std::io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut length, mut key) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "idempotency-key" => value.trim().clone_into(&mut key),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = serde_json::from_slice(&body).unwrap_or_default();
    let behaviour = {
        let mut log = log.lock().expect("unpoisoned");
        let behaviour = behave(log.len());
        let taken = matches!(behaviour, Behaviour::Answer(200..=299, _));
        log.push(Received { key, body, taken });
        behaviour
    };
    match behaviour {
        Behaviour::Answer(status, retry) => {
            let retry = retry.map(|seconds| format!("Retry-After: {seconds}\r\n")).unwrap_or_default();
            let mut stream = stream;
            write!(stream, "HTTP/1.1 {status} x\r\n{retry}Content-Length: 0\r\nConnection: close\r\n\r\n")
        }
        Behaviour::Drop => Ok(()),
        Behaviour::Hang(time) => {
            std::thread::sleep(time);
            Ok(())
        }
    }
}
