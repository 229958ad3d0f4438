//! Authentication information (section 6).

use std::fmt;

use super::{Extensions, Other};

/// The type of authentication information: an open vocabulary (section 6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthenticationType {
    /// HTTP basic authentication.
    HttpBasic,
    /// A bearer token.
    Oauth2,
    /// User name and password.
    UserAuth,
    /// A word of one's own.
    Own(String),
}

impl AuthenticationType {
    /// The words of the vocabulary.
    pub const ALL: [Self; 3] = [Self::HttpBasic, Self::Oauth2, Self::UserAuth];

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::HttpBasic => "http-basic",
            Self::Oauth2 => "oauth2",
            Self::UserAuth => "user-auth",
            Self::Own(text) => text,
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.text() == text).unwrap_or_else(|| Self::Own(text.to_owned()))
    }
}

/// How to authenticate (section 6.1). What it says of passwords and tokens does not show in its `Debug`.
#[derive(Clone, Default, PartialEq)]
pub struct Authentication {
    /// Its type; mandatory.
    pub authentication_type: Option<AuthenticationType>,
    /// Name for people.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Extensions of this object.
    pub authentication_info_extensions: Extensions,
    /// The user, for HTTP basic authentication.
    pub user_id: Option<String>,
    /// The user, for user authentication.
    pub username: Option<String>,
    /// A secret, or a reference to a variable.
    pub password: Option<String>,
    /// The header that carries the token.
    pub oauth_header: Option<String>,
    /// A secret, or a reference to a variable.
    pub token: Option<String>,
    /// Whether a key management service holds the secret.
    pub kms: Option<bool>,
    /// Its name there.
    pub kms_key_identifier: Option<String>,
    /// Carried along.
    pub other: Other,
}

impl fmt::Debug for Authentication {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Authentication")
            .field("authentication_type", &self.authentication_type)
            .field("name", &self.name)
            .field("kms", &self.kms)
            .field("kms_key_identifier", &self.kms_key_identifier)
            .finish_non_exhaustive()
    }
}
