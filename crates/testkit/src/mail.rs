//! A mail server of somebody else: takes mails and remembers them, or misbehaves as it is told.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How the server behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailManners {
    /// It takes every mail.
    #[default]
    Takes,
    /// It takes none for now (`451`).
    NotNow,
    /// It knows none of the addresses (`550`).
    KnowsNobody,
    /// It hangs up as soon as somebody calls.
    HangsUp,
    /// It takes the mail and dies before it says so: nobody knows whether the mail was taken.
    DiesAfterwards,
    /// It never says a word.
    Silent,
}

/// A mail as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivedMail {
    /// From whom, as the envelope says.
    pub from: String,
    /// To whom, as the envelope says.
    pub to: Vec<String>,
    /// Headers and body, lines ended by LF.
    pub text: String,
}

impl ArrivedMail {
    /// The value of a header, with what was folded in one line.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\n\n").next()?.replace("\n ", " ");
        head.lines().find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }
}

/// A mail server on this machine, for as long as this lives.
pub struct MailServer {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    manners: MailManners,
    arrived: Vec<ArrivedMail>,
    calls: usize,
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MailServer {
    /// Starts one that takes every mail.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Mutex::new(Shared::default()));
        let known = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&known)));
            }
        });
        Self { address, shared, task }
    }

    /// From now on it behaves so.
    pub fn behave(&self, manners: MailManners) {
        lock(&self.shared).manners = manners;
    }

    /// The mails that arrived, in their order.
    #[must_use]
    pub fn arrived(&self) -> Vec<ArrivedMail> {
        lock(&self.shared).arrived.clone()
    }

    /// How often somebody called.
    #[must_use]
    pub fn calls(&self) -> usize {
        lock(&self.shared).calls
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn talk(stream: TcpStream, shared: Arc<Mutex<Shared>>) {
    let manners = {
        let mut shared = lock(&shared);
        shared.calls += 1;
        shared.manners
    };
    match manners {
        MailManners::HangsUp => return,
        MailManners::Silent => return std::future::pending().await,
        MailManners::Takes | MailManners::NotNow | MailManners::KnowsNobody | MailManners::DiesAfterwards => {
        }
    }
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut mail = ArrivedMail { from: String::new(), to: Vec::new(), text: String::new() };
    let mut said = Some("220 mail.example ready".to_owned());
    loop {
        if let Some(said) = said.take()
            && writing.write_all(format!("{said}\r\n").as_bytes()).await.is_err()
        {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else { return };
        // A connection is kept: manners may have changed since it was opened.
        let manners = lock(&shared).manners;
        let command = line.to_ascii_uppercase();
        said = Some(if command.starts_with("EHLO") || command.starts_with("HELO") {
            "250 mail.example".to_owned()
        } else if command.starts_with("MAIL FROM:") {
            mail.from = address_in(&line);
            match manners {
                MailManners::NotNow => "451 4.3.2 not now".to_owned(),
                MailManners::HangsUp => return,
                _taken => "250 fine".to_owned(),
            }
        } else if command.starts_with("RCPT TO:") {
            if manners == MailManners::KnowsNobody {
                "550 5.1.1 nobody of that name".to_owned()
            } else {
                mail.to.push(address_in(&line));
                "250 fine".to_owned()
            }
        } else if command == "DATA" {
            if writing.write_all(b"354 go on\r\n").await.is_err() {
                return;
            }
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                mail.text += line.strip_prefix('.').unwrap_or(&line);
                mail.text.push('\n');
            }
            let empty = ArrivedMail { from: String::new(), to: Vec::new(), text: String::new() };
            lock(&shared).arrived.push(std::mem::replace(&mut mail, empty));
            if manners == MailManners::DiesAfterwards {
                return;
            }
            "250 taken".to_owned()
        } else if command == "QUIT" {
            let _gone = writing.write_all(b"221 bye\r\n").await;
            return;
        } else if command == "RSET" {
            mail.to.clear();
            "250 fine".to_owned()
        } else {
            "250 fine".to_owned()
        });
    }
}

fn address_in(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or("", |(address, _)| address)
        .to_owned()
}
