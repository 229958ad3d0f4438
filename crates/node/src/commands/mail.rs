//! `beffroi mail`: try the mail server.

use anyhow::Context;
use clap::Subcommand;
use model::JobId;
use serde_json::json;
use service::{Clock, Mail, Outcome as Sent};

use crate::{
    config::Config,
    output::{Outcome, Output},
};

/// The mail server.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send a mail to ADDRESS, to see whether it arrives.
    Test {
        /// To whom.
        address: String,
    },
}

impl MailCommand {
    /// Does what it says.
    ///
    /// # Errors
    /// No mail server in the configuration, or settings that cannot be.
    pub async fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let Self::Test { address } = self;
        let post = config.mail.post(config.public_address())?;
        let post = post.context(
            "the configuration names no mail server; set mail.server and mail.from (`beffroi config` prints the manual)",
        )?;
        let mail = Mail {
            id: JobId::new(Clock::System.now(), vault::random()),
            name: address.clone(),
            address: address.clone(),
            subject: "A test of the mail server".to_owned(),
            text: "Somebody tried whether this node can send you mail. It can.".to_owned(),
            link: Some("/".to_owned()),
        };
        let sent = post.send(&mail).await;
        let (fine, words) = match &sent {
            Sent::Done => (true, format!("{} took a mail for {address}", post.server())),
            Sent::Later(why) | Sent::Failed(why) => (false, format!("not now: {} {why}", post.server())),
            Sent::Never(why) => (false, format!("refused: {} {why}", post.server())),
        };
        output.print(&json!({ "sent": fine, "message": words }), |_| words.clone())?;
        Ok(if fine { Outcome::Fine } else { Outcome::Found })
    }
}
