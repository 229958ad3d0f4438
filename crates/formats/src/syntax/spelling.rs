//! Slips of the pen.

/// The word that is spelt most alike, for a message; none when none is alike.
pub fn nearest<'w>(words: impl Iterator<Item = &'w str>, text: &str) -> Option<&'w str> {
    let wanted = simple(text);
    if wanted.len() < 3 || wanted.len() > 64 {
        return None;
    }
    let scored = words.map(|word| (distance(&wanted, &simple(word)), word));
    let (distance, word) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance * 4 <= wanted.len()).then_some(word)
}

/// Letters and digits only, small.
fn simple(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// How many letters must be added, taken away or changed.
fn distance(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.iter().enumerate() {
        let mut before = line;
        let mut left = line + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(to) {
            let changed = before + usize::from(letter != other);
            before = *cell;
            left = changed.min(before + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        assert_eq!(nearest(["Info", "High"].into_iter(), "Critical"), None);
        assert_eq!(nearest(["ransomware", "rootkit"].into_iter(), "Ransom-ware"), Some("ransomware"));
    }
}
