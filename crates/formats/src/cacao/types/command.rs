//! Commands (section 5).

use super::{Dictionary, ExternalReference, Other};

/// The type of a command: an open vocabulary (section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandType {
    /// Carried out by a person.
    Manual,
    /// Bash.
    Bash,
    /// A command of MITRE Caldera.
    CalderaCmd,
    /// A query for Elastic.
    Elastic,
    /// An HTTP request.
    HttpApi,
    /// A Jupyter notebook.
    Jupyter,
    /// A Kestrel hunt.
    Kestrel,
    /// An OpenC2 command over HTTP.
    Openc2Http,
    /// PowerShell.
    Powershell,
    /// A Sigma rule.
    Sigma,
    /// A command line over SSH.
    Ssh,
    /// A YARA rule.
    Yara,
    /// A word of one's own.
    Own(String),
}

impl CommandType {
    /// The words of the vocabulary.
    pub const ALL: [Self; 12] = [
        Self::Manual,
        Self::Bash,
        Self::CalderaCmd,
        Self::Elastic,
        Self::HttpApi,
        Self::Jupyter,
        Self::Kestrel,
        Self::Openc2Http,
        Self::Powershell,
        Self::Sigma,
        Self::Ssh,
        Self::Yara,
    ];

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Manual => "manual",
            Self::Bash => "bash",
            Self::CalderaCmd => "caldera-cmd",
            Self::Elastic => "elastic",
            Self::HttpApi => "http-api",
            Self::Jupyter => "jupyter",
            Self::Kestrel => "kestrel",
            Self::Openc2Http => "openc2-http",
            Self::Powershell => "powershell",
            Self::Sigma => "sigma",
            Self::Ssh => "ssh",
            Self::Yara => "yara",
            Self::Own(text) => text,
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.text() == text).unwrap_or_else(|| Self::Own(text.to_owned()))
    }
}

/// A command (section 5.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// Its type; mandatory.
    pub command_type: Option<CommandType>,
    /// What it does.
    pub description: Option<String>,
    /// The version of the language of the command.
    pub version: Option<String>,
    /// Its activity, a word of the vocabulary of activities.
    pub playbook_activity: Option<String>,
    /// Where to read more.
    pub external_references: Vec<ExternalReference>,
    /// The command as text; for HTTP the request line.
    pub command: Option<String>,
    /// The command in Base64.
    pub command_b64: Option<String>,
    /// HTTP headers.
    pub headers: Dictionary<Vec<String>>,
    /// The body of a request as text.
    pub content: Option<String>,
    /// The body of a request in Base64.
    pub content_b64: Option<String>,
    /// Carried along.
    pub other: Other,
}
