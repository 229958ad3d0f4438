//! The node's cookies (RFC 6265): written and read here only.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::Settings;

/// The cookies that the node sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session's secret. `Lax`, so that a link in a mail opens the page it leads to.
    Session,
    /// The secret between the two steps of a sign-in.
    Half,
    /// The double of a hidden field in a form for people who are not signed in.
    Form,
}

impl Cookie {
    const fn name(self, secure: bool) -> &'static str {
        // The prefix binds the cookie to this host and path, over TLS: no sub-domain can plant one.
        match (self, secure) {
            (Self::Session, true) => "__Host-beffroi",
            (Self::Session, false) => "beffroi",
            (Self::Half, true) => "__Host-beffroi-half",
            (Self::Half, false) => "beffroi-half",
            (Self::Form, true) => "__Host-beffroi-form",
            (Self::Form, false) => "beffroi-form",
        }
    }

    const fn same_site(self) -> &'static str {
        match self {
            Self::Session => "Lax",
            Self::Half | Self::Form => "Strict",
        }
    }

    /// The value that the browser sent, the first when there are several.
    #[must_use]
    pub fn read<'a>(self, headers: &'a HeaderMap, settings: &Settings) -> Option<&'a str> {
        let name = self.name(settings.secure_cookies);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// The header that sets the cookie for `seconds`. `value` is one of our own secrets: letters
    /// and digits; anything else clears the cookie.
    #[must_use]
    pub fn set(self, value: &str, seconds: u64, settings: &Settings) -> HeaderValue {
        let secure = settings.secure_cookies;
        let text = format!(
            "{}={value}; Path=/; HttpOnly; SameSite={}; Max-Age={seconds}{}",
            self.name(secure),
            self.same_site(),
            if secure { "; Secure" } else { "" },
        );
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    /// The header that makes the browser forget the cookie.
    #[must_use]
    pub fn clear(self, settings: &Settings) -> HeaderValue {
        self.set("", 0, settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(secure_cookies: bool) -> Settings {
        Settings { secure_cookies, public_address: "https://node.example".to_owned(), trust_proxy: false }
    }

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host() {
        assert_eq!(
            Cookie::Session.set("s3cret", 60, &settings(true)),
            "__Host-beffroi=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
        assert_eq!(
            Cookie::Form.set("x", 60, &settings(false)),
            "beffroi-form=x; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"
        );
    }

    #[test]
    fn over_tls_a_cookie_without_the_prefix_is_not_read() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; beffroi=planted"));
        assert_eq!(Cookie::Session.read(&headers, &settings(true)), None);
        assert_eq!(Cookie::Session.read(&headers, &settings(false)), Some("planted"));
    }
}
