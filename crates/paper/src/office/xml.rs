//! Texts in XML 1.0.

use crate::block::Style;

/// The declaration at the head of each part.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A text as XML takes it; what XML has no place for becomes the replacement character.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(sign),
            sign if sign.is_control() || matches!(sign, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            sign => out.push(sign),
        }
    }
    out
}

/// The lines of a text, whichever way they end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// The style of a text, by what it is for.
pub fn style(style: Style) -> &'static str {
    let strong = [Style::STRONG, Style::LATE, Style::COLUMN, Style::OVER];
    if style == Style::LABEL {
        "Label"
    } else if style == Style::NOTE {
        "Note"
    } else if strong.contains(&style) {
        "Strong"
    } else {
        "Text"
    }
}
