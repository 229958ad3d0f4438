//! `beffroi user`: people with an account.

use anyhow::Context;
use clap::{Args, Subcommand};
use model::Function;
use serde_json::json;
use service::{Invitation, NewUser, Service};

use crate::{
    commands::org,
    config::Config,
    open,
    output::{Outcome, Output, in_full, table},
};

/// People with an account.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Invite a person: prints a one-time link with which to choose a password.
    Invite(Invite),
    /// Print a fresh one-time link for somebody who lost the password.
    Link {
        /// The mail address of the account.
        #[arg(long)]
        mail: String,
    },
    /// Disable an account: its sessions, links and the machine clients it made end at once.
    Disable {
        /// The mail address of the account.
        #[arg(long)]
        mail: String,
    },
    /// Enable a disabled account again.
    Enable {
        /// The mail address of the account.
        #[arg(long)]
        mail: String,
    },
    /// Take the second factor from somebody who lost it; the person is told by mail.
    ResetSecondFactor {
        /// The mail address of the account.
        #[arg(long)]
        mail: String,
    },
    /// Give a person exactly these functions, also operator, which the pages cannot give.
    Functions {
        /// The mail address of the account.
        #[arg(long)]
        mail: String,
        /// What the person does; may be repeated.
        #[arg(long = "function", required = true)]
        functions: Vec<Function>,
    },
    /// List the people of an organisation.
    List {
        /// The organisation: its identifier or its whole name.
        #[arg(long)]
        org: String,
    },
}

/// Invite a person.
#[derive(Debug, Args)]
pub struct Invite {
    /// The organisation: its identifier or its whole name.
    #[arg(long)]
    pub org: String,
    /// The person's name, as histories show it.
    #[arg(long)]
    pub name: String,
    /// The mail address, with which the person signs in.
    #[arg(long)]
    pub mail: String,
    /// What the person does: administrator, reporter, officer, auditor, approver or operator; may be repeated.
    #[arg(long = "function", required = true)]
    pub functions: Vec<Function>,
}

impl User {
    /// Does it.
    ///
    /// # Errors
    /// What the use case refuses.
    pub async fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let service = open::service(config).await?;
        match self {
            Self::Invite(invite) => invite.run(&service, config, output).await,
            Self::Link { mail } => {
                let invitation = service.renew_invitation(&mail).await.context("no link was made")?;
                hand_over(&invitation, config, output, &format!("{mail} can choose a new password."))
            }
            Self::Disable { mail } => {
                service.disable_account(&mail).await.context("the account was not disabled")?;
                told(output, &mail, "disabled", &format!("{mail} is disabled and signed out everywhere"))
            }
            Self::Enable { mail } => {
                let active = service.enable_account(&mail).await.context("the account was not enabled")?;
                let state = if active { "active" } else { "invited" };
                let next = if active {
                    "may sign in again"
                } else {
                    "has no password yet: `beffroi user link` makes a link"
                };
                told(output, &mail, state, &format!("{mail} {next}"))
            }
            Self::ResetSecondFactor { mail } => {
                service.reset_second_factor_of(&mail).await.context("the second factor was not reset")?;
                told(
                    output,
                    &mail,
                    "active",
                    &format!("{mail} signs in with the password alone, until a new second factor is set up"),
                )
            }
            Self::Functions { mail, functions } => {
                service
                    .give_functions(&mail, &functions)
                    .await
                    .map_err(in_full)
                    .context("the functions were not given")?;
                let names: Vec<&str> = functions.iter().map(|function| function.name()).collect();
                told(output, &mail, "active", &format!("{mail} is now {}", names.join(", ")))
            }
            Self::List { org } => list(&service, &org, output).await,
        }
    }
}

impl Invite {
    async fn run(self, service: &Service, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let organisation = org::find(service, &self.org).await?;
        let (name, mail) = (self.name.clone(), self.mail.clone());
        let new = NewUser {
            organisation: organisation.id,
            name: self.name,
            mail: self.mail,
            functions: self.functions,
        };
        let invitation =
            service.invite_user(new).await.map_err(in_full).context("the person was not invited")?;
        let words = format!("{name} <{mail}> is invited to {}.", organisation.name);
        hand_over(&invitation, config, output, &words)
    }
}

fn told(output: Output, mail: &str, state: &str, words: &str) -> anyhow::Result<Outcome> {
    output.print(&json!({ "mail": mail, "state": state }), |_| words.to_owned())?;
    Ok(Outcome::Fine)
}

fn hand_over(
    invitation: &Invitation,
    config: &Config,
    output: Output,
    words: &str,
) -> anyhow::Result<Outcome> {
    let link = format!("{}/invitation/{}", config.public_address(), invitation.token);
    let answer = json!({ "user": invitation.user, "link": link, "expires_at": invitation.expires_at });
    output.print(&answer, |_| {
        format!("{words}\nHand over this link; it works once, until {}:\n  {link}", invitation.expires_at)
    })?;
    Ok(Outcome::Fine)
}

async fn list(service: &Service, wanted: &str, output: Output) -> anyhow::Result<Outcome> {
    let organisation = org::find(service, wanted).await?;
    let users = service.users(organisation.id).await?;
    let listed: Vec<_> = users
        .iter()
        .map(|user| {
            json!({
                "id": user.id,
                "name": user.name,
                "mail": user.mail,
                "functions": user.functions,
                "state": user.state.name(),
            })
        })
        .collect();
    output.print(&json!({ "users": listed }), |_| {
        let rows: Vec<Vec<String>> = users
            .iter()
            .map(|user| {
                let functions: Vec<&str> = user.functions.iter().map(|function| function.name()).collect();
                vec![
                    user.name.clone(),
                    user.mail.clone(),
                    functions.join(" "),
                    user.state.name().to_owned(),
                    user.id.to_string(),
                ]
            })
            .collect();
        table(&["name", "mail", "functions", "state", "id"], &rows)
    })?;
    Ok(Outcome::Fine)
}
