//! A mail as it leaves the back office: words, no protocol.

use model::JobId;

/// A mail to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The job that it carries out: the same mail always bears the same name, so that a receiver can tell
    /// a repetition.
    pub id: JobId,
    /// Whose address it is.
    pub name: String,
    /// The address.
    pub address: String,
    /// One line.
    pub subject: String,
    /// The words; `{address}` stands for the public address of the node.
    pub text: String,
    /// Where to look: a path in our pages.
    pub link: Option<String>,
}

impl Mail {
    /// The whole text for a node that people reach under `public_address`.
    #[must_use]
    pub fn body(&self, public_address: &str) -> String {
        let text = self.text.replace("{address}", public_address);
        let link = self.link.as_ref().map(|link| format!("\n\n{public_address}{link}"));
        let foot = "\n\n-- \nSent by Beffroi, which answers no mail. What a report says stands in no mail; sign in to read it.\n";
        format!("Dear {},\n\n{}{}{foot}", self.name, text.trim_end(), link.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use model::Instant;

    use super::*;

    #[test]
    fn a_mail_says_where_to_look() {
        let mail = Mail {
            id: JobId::new(Instant::MIN, [0; 10]),
            name: "Ada".to_owned(),
            address: "ada@example.eu".to_owned(),
            subject: "Due".to_owned(),
            text: "Something is due.".to_owned(),
            link: Some("/report".to_owned()),
        };
        insta::assert_snapshot!(mail.body("https://beffroi.example.eu"), @"
        Dear Ada,

        Something is due.

        https://beffroi.example.eu/report

        -- 
        Sent by Beffroi, which answers no mail. What a report says stands in no mail; sign in to read it.
        ");
    }
}
