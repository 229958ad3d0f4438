//! Events to bytes, as servers and feeds have them.

use std::fmt;

use super::Event;

/// `{"Event": {..}}`, the members as they came; indented with `{:#}`.
impl fmt::Display for Event<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = self.json();
        if out.alternate() {
            write!(out, "{{\n  \"Event\": {}\n}}", Indented(json))
        } else {
            write!(out, "{{\"Event\":{json}}}")
        }
    }
}

/// One level further in. A text holds no line ends once it is JSON, so each begins a line of the layout.
struct Indented<'e, 'a>(&'e crate::Json<'a>);

impl fmt::Display for Indented<'_, '_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:#}", self.0);
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                out.write_str("\n  ")?;
            }
            out.write_str(line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, misp::read};

    #[test]
    fn an_event_is_written_as_it_was_read() {
        let text = r#"{"Event":{"uuid":"a","x":[1,"2",null],"distribution":3}}"#;
        let reading = read(text.as_bytes(), &Limits::default());
        assert_eq!(reading.items[0].to_string(), text);
        let laid_out = format!("{:#}", reading.items[0]);
        assert!(laid_out.contains("\n    \"uuid\": \"a\""), "{laid_out}");
        assert_eq!(read(laid_out.as_bytes(), &Limits::default()).items, reading.items);
    }
}
