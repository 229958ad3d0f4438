//! Mail by SMTP (RFC 5321), over TLS from the first byte or by a STARTTLS that may not be refused.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::AddressError,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error as SmtpError,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use service::{Mail, Outcome};

/// How long one step of a conversation with the server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How a certificate begins in a PEM file.
const PEM: &str = "-----BEGIN CERTIFICATE-----";
/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 250;
/// Answers by which a server refuses the address for good (RFC 5321 section 4.2.3).
const REFUSED_ADDRESS: [u16; 5] = [501, 550, 551, 553, 556];

/// How the way to the server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte, usually on port 465.
    Tls,
    /// STARTTLS, required, usually on port 587.
    StartTls,
    /// None: to this machine only.
    Plain,
}

/// The mail server of the node.
#[derive(Clone)]
pub struct MailServer {
    /// Its name, against which its certificate is checked.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is kept secret.
    pub security: Security,
    /// The certificate, PEM, of an authority of one's own, beside the public ones.
    pub authority: Option<Vec<u8>>,
    /// Account and password, when the server wants them.
    pub account: Option<(String, String)>,
    /// From whom mails are: `Beffroi <beffroi@example.eu>`.
    pub from: String,
    /// Under which address people reach the node, for links.
    pub public_address: String,
}

/// Why a mail server cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The sender is no address.
    #[error("mail.from is written \"Beffroi <beffroi@example.eu>\", got {0:?}: {1}")]
    From(String, AddressError),
    /// A plain way over a network.
    #[error(
        "mail.security = \"plain\" is for a server on this machine (127.0.0.1, ::1 or localhost), got {0:?}; use \"tls\" or \"starttls\""
    )]
    Plain(String),
    /// The certificate cannot be used.
    #[error("mail: {0}; mail.certificate_authority is a certificate as PEM")]
    Tls(SmtpError),
    /// The file holds no certificate.
    #[error("mail.certificate_authority holds no certificate; it is a PEM file that begins with {PEM:?}")]
    Authority,
    /// The server does not answer as it should.
    #[error("the mail server {server} {why}")]
    Server {
        /// Name and port.
        server: String,
        /// What went wrong.
        why: String,
    },
}

/// The way out for mails. Connections are kept and used again.
#[derive(Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    server: String,
    public_address: String,
}

impl Post {
    /// Gets ready to send by `server`; nothing is sent yet.
    ///
    /// # Errors
    /// A setting that cannot be, with the remedy.
    pub fn open(server: &MailServer) -> Result<Self, MailError> {
        let from =
            server.from.parse::<Mailbox>().map_err(|error| MailError::From(server.from.clone(), error))?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .timeout(Some(PATIENCE))
            .tls(tls(server)?);
        let builder = match &server.account {
            Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())),
            None => builder,
        };
        Ok(Self {
            transport: builder.build(),
            from,
            server: format!("{}:{}", server.host, server.port),
            public_address: server.public_address.clone(),
        })
    }

    /// The server, for people.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Speaks with the server without sending anything.
    ///
    /// # Errors
    /// What the server, or the way to it, says.
    pub async fn check(&self) -> Result<(), MailError> {
        let failed = |why: String| MailError::Server { server: self.server.clone(), why };
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(failed("answers, but takes no commands".to_owned())),
            Err(error) => Err(failed(in_words(&error))),
        }
    }

    /// Sends one mail; how it went, and whether to try again.
    pub async fn send(&self, mail: &Mail) -> Outcome {
        let message = match self.message(mail) {
            Ok(message) => message,
            Err(reason) => return Outcome::Never(reason),
        };
        match self.transport.send(message).await {
            Ok(_) => Outcome::Done,
            Err(error) => outcome_of(&error),
        }
    }

    /// The mail as it goes over the wire. What people wrote stands in encoded headers or in the body and
    /// cannot begin a line of its own.
    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let address = mail.address.trim().parse().map_err(|error| format!("no mail address: {error}"))?;
        let name = one_line(&mail.name, LONGEST_SUBJECT);
        let to = Mailbox::new((!name.is_empty()).then_some(name), address);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(one_line(&mail.subject, LONGEST_SUBJECT))
            // The same mail always bears the same name: a receiver that gets it twice shows it once.
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body(&self.public_address))
            .map_err(|error| format!("the mail cannot be written: {error}"))?;
        // RFC 3834: no out-of-office answers to a machine.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok(message)
    }
}

fn tls(server: &MailServer) -> Result<Tls, MailError> {
    let parameters = || -> Result<TlsParameters, MailError> {
        let mut builder = TlsParameters::builder(server.host.clone());
        if let Some(authority) = &server.authority {
            // The reader takes a file without any certificate for an empty list.
            if !authority.windows(PEM.len()).any(|part| part == PEM.as_bytes()) {
                return Err(MailError::Authority);
            }
            builder = builder.add_root_certificate(Certificate::from_pem(authority).map_err(MailError::Tls)?);
        }
        builder.build().map_err(MailError::Tls)
    };
    match server.security {
        Security::Tls => Ok(Tls::Wrapper(parameters()?)),
        Security::StartTls => Ok(Tls::Required(parameters()?)),
        Security::Plain if is_this_machine(&server.host) => Ok(Tls::None),
        Security::Plain => Err(MailError::Plain(server.host.clone())),
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What a failed conversation means for the mail. Only a refused address is for good: whatever else a
/// server refuses (an account, the whole node) can be mended, and the mail leaves then.
fn outcome_of(error: &SmtpError) -> Outcome {
    let code = error.status().and_then(|code| code.to_string().parse::<u16>().ok());
    if code.is_some_and(|code| REFUSED_ADDRESS.contains(&code)) {
        return Outcome::Never(in_words(error));
    }
    Outcome::Later(in_words(error))
}

fn in_words(error: &SmtpError) -> String {
    let mut words =
        if error.is_timeout() { "did not answer in time".to_owned() } else { format!("said: {error}") };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    words.chars().filter(|letter| !letter.is_control()).take(400).collect()
}

/// A text as one line without control characters, cut to `longest` characters.
fn one_line(text: &str, longest: usize) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(host: &str, security: Security) -> MailServer {
        MailServer {
            host: host.to_owned(),
            port: 2525,
            security,
            authority: None,
            account: None,
            from: "Beffroi <beffroi@example.eu>".to_owned(),
            public_address: "https://b.example".to_owned(),
        }
    }

    #[tokio::test]
    async fn plain_mail_stays_on_this_machine() {
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
            Post::open(&server(host, Security::Plain)).map(drop).unwrap();
        }
        for host in ["mail.example.eu", "10.0.0.1", "0.0.0.0", "localhost.example.eu"] {
            let refused = Post::open(&server(host, Security::Plain)).map(drop).unwrap_err();
            assert!(refused.to_string().contains("starttls"), "{refused}");
            Post::open(&server(host, Security::StartTls)).map(drop).unwrap();
        }
    }

    #[tokio::test]
    async fn settings_that_cannot_be_are_named() {
        let odd = MailServer { from: "nobody".to_owned(), ..server("localhost", Security::Tls) };
        let refused = Post::open(&odd).map(drop).unwrap_err().to_string();
        assert!(refused.contains("mail.from") && refused.contains("nobody"), "{refused}");
        let odd = MailServer { authority: Some(b"no PEM".to_vec()), ..server("localhost", Security::Tls) };
        assert!(Post::open(&odd).is_err());
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(one_line("a\r\nBcc: b@c.example\t\u{0}d", 99), "a Bcc: b@c.example d");
        assert_eq!(one_line("é".repeat(300).as_str(), 250).chars().count(), 250);
    }
}
