//! The program: one line of JSON, then it serves until its parent goes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[test]
fn it_prints_its_addresses_and_stops_with_stdin() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_localhub"))
        .args(["--quiet", "--exit-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut lines = BufReader::new(child.stdout.take().expect("its stdout"));
    let mut line = String::new();
    lines.read_line(&mut line).expect("a line");
    let ready: Value = serde_json::from_str(&line).expect("JSON");
    for key in ["url", "cdnUrl"] {
        let address = ready[key].as_str().and_then(|url| url.strip_prefix("http://"));
        let mut stream = TcpStream::connect(address.expect("an address")).expect("a connection");
        let head = "GET /_localhub/requests HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("[]"), "{answer}");
    }
    drop(child.stdin.take());
    assert!(ended(&mut child), "it stops when stdin is closed");
    let mut rest = String::new();
    lines.read_to_string(&mut rest).expect("the end");
    assert_eq!(rest, "", "nothing but the one line");
}

fn ended(child: &mut Child) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        if matches!(child.try_wait(), Ok(Some(status)) if status.success()) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    // Do not leave it behind.
    let _ = child.kill();
    let _ = child.wait();
    false
}
