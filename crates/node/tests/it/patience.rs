//! Who opens a connection and says nothing, or half a request, does not keep it.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crate::support::Ground;

/// After so long the node must have given up; it says fifteen seconds itself.
const LONG: Duration = Duration::from_secs(25);

/// How long the node bears a connection on which `words` were said, and then no more.
fn borne(address: SocketAddr, words: &[u8]) -> Duration {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(LONG)).unwrap();
    let began = Instant::now();
    connection.write_all(words).unwrap();
    let mut answer = Vec::new();
    let ended = connection.read_to_end(&mut answer);
    assert!(ended.is_ok(), "still open after {:?}: {ended:?}", began.elapsed());
    began.elapsed()
}

#[test]
fn a_silent_connection_is_closed() {
    let ground = Ground::new("").ready();
    let node = ground.serve();
    let address = node.address;
    let half: [&[u8]; 3] = [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: node\r\nX-Slow: ",
        b"GET /healthz HTTP/1.1\r\nHost: node\r\n\r\n",
    ];
    let waiting: Vec<_> = half.map(|words| thread::spawn(move || borne(address, words))).into();
    for connection in waiting {
        assert!(connection.join().unwrap() < LONG);
    }
}
