//! JSON pointers (RFC 6901).

/// The pointer to the value reached by these names.
pub(crate) fn of(segments: &[&str]) -> String {
    let mut text = String::new();
    for segment in segments {
        push(&mut text, segment);
    }
    text
}

/// Appends one name.
pub(crate) fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_escaped() {
        assert_eq!(super::of(&["Source", "0", "a/b~c"]), "/Source/0/a~1b~0c");
        assert_eq!(super::of(&[]), "");
    }
}
