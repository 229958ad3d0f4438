//! What a taxonomy and a term must be.

use model::{TaxonomyHead, Term, TermMatch, TermWords};

use crate::{Problem, Vocabularies, value::hidden_character};

/// So many terms an organisation keeps.
pub const MOST_TERMS: usize = 2000;
/// So many languages a term speaks.
const MOST_LANGUAGES: usize = 30;
/// So many terms of others a term is mapped to.
const MOST_MATCHES: usize = 20;
/// The longest label and title, in characters.
const LONGEST_LABEL: usize = 200;
/// The longest help, in characters.
const LONGEST_HELP: usize = 2000;
/// The longest address or machine tag, in bytes.
const LONGEST_MATCH: usize = 500;
/// Namespaces that everybody reads as somebody else's; those of official lists come on top.
const RESERVED: [&str; 6] = ["misp", "misp-galaxy", "tlp", "pap", "osint", "workflow"];

pub(super) fn problem(pointer: &str, rule: &str, message: String) -> Problem {
    let field = pointer.rsplit('/').next().unwrap_or_default().to_owned();
    Problem { field, pointer: pointer.to_owned(), rule: rule.to_owned(), message }
}

/// Whether a text is a short name: a letter or digit, then letters, digits, `-` and `_`, all small.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = text.bytes();
    text.len() <= 64
        && bytes.next().is_some_and(plain)
        && bytes.all(|byte| plain(byte) || matches!(byte, b'-' | b'_'))
}

/// The list and the official value that a predicate names (`rsit.c2-server`, `rsit.groups.intrusions`), where
/// the list is open and has the value.
#[must_use]
pub fn place_of_predicate(vocabularies: &Vocabularies, predicate: &str) -> Option<(String, String)> {
    let (list, rest) = predicate.split_once('.')?;
    let (list, below) = match rest.strip_prefix("groups.") {
        Some(heading) => (format!("{list}#groups"), heading),
        None => (list.to_owned(), rest),
    };
    let (known, values) = vocabularies.referenced(&list)?;
    let there = known.open && values.iter().any(|value| value.id == below);
    there.then(|| (list, below.to_owned()))
}

/// Whether a match is a machine tag, and then its namespace, its predicate and its value.
#[must_use]
pub fn named(to: &str) -> Option<(&str, &str, Option<&str>)> {
    let (namespace, rest) = to.split_once(':')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '+'))
    };
    if ["http", "https", "urn"].contains(&namespace) || !plain(namespace) {
        return None;
    }
    match rest.split_once('=') {
        None => plain(rest).then_some((namespace, rest, None)),
        Some((predicate, value)) => {
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            let good = plain(predicate) && !value.is_empty() && !value.contains('"');
            good.then_some((namespace, predicate, Some(value)))
        }
    }
}

/// Whether a match is an address: `http`, `https` or `urn`, in the signs of RFC 3987 that every reader of SKOS
/// takes. One that a reader refuses would spoil the whole file.
fn is_address(to: &str) -> bool {
    let sign = |c: char| c.is_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let hex = |part: &str| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    let signs = to.chars().all(sign) && to.matches('#').count() <= 1 && to.split('%').skip(1).all(hex);
    let rest = match (to.strip_prefix("https://").or(to.strip_prefix("http://")), to.strip_prefix("urn:")) {
        (Some(rest), _) => is_host(rest.split(['/', '?', '#']).next().unwrap_or_default()),
        (None, Some(rest)) => {
            rest.split_once(':').is_some_and(|(space, name)| is_slug(space) && !name.is_empty())
        }
        (None, None) => false,
    };
    signs && rest
}

/// A name of a machine, perhaps with a port; no name and no password of a person before it.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "0"));
    let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    named && !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) struct Rules<'a> {
    pub vocabularies: &'a Vocabularies,
}

impl Rules<'_> {
    pub(super) fn room(&self, terms: usize) -> Result<(), Problem> {
        if terms < MOST_TERMS {
            return Ok(());
        }
        Err(problem("", "too_many", format!("an organisation keeps {MOST_TERMS} terms at most")))
    }

    pub(super) fn head(&self, head: &TaxonomyHead) -> Vec<Problem> {
        let mut problems = vec![];
        let namespace = head.namespace.as_str();
        let shaped = namespace.len() >= 2 && is_slug(namespace) && !namespace.contains('_');
        if !shaped {
            let must = "a namespace has 2 to 64 small letters, digits and hyphens, the first no hyphen";
            problems.push(problem("/head/namespace", "namespace", must.to_owned()));
        } else if RESERVED.contains(&namespace) || self.vocabularies.list(namespace).is_some() {
            let must = format!("{namespace:?} is the namespace of an official list: take one of your own");
            problems.push(problem("/head/namespace", "reserved", must));
        }
        problems.extend(text("/head/title", &head.title, LONGEST_LABEL, true));
        problems.extend(text("/head/description", &head.description, LONGEST_HELP, false));
        problems
    }

    pub(super) fn term(&self, term: &Term) -> Vec<Problem> {
        let mut problems = vec![];
        match self.vocabularies.referenced(&term.list) {
            Some((list, values)) if list.open => {
                if !values.iter().any(|value| value.id == term.below) {
                    let must = format!("{:?} is no value of the list {:?}", term.below, term.list);
                    problems.push(problem("/below", "official_value", must));
                }
            }
            Some(_) => {
                let must = format!("the list {:?} takes no own terms: a law fixes its values", term.list);
                problems.push(problem("/list", "closed_list", must));
            }
            None => {
                problems.push(problem("/list", "known_list", format!("there is no list {:?}", term.list)));
            }
        }
        if !is_slug(&term.slug) {
            let must =
                "a short name has up to 64 small letters, digits, - and _, the first a letter or a digit";
            problems.push(problem("/slug", "slug", must.to_owned()));
        }
        if term.label.is_empty() {
            problems.push(problem(
                "/label",
                "required",
                "a term has a name in one language at least".to_owned(),
            ));
        }
        problems.extend(words("/label", &term.label, LONGEST_LABEL));
        problems.extend(words("/help", &term.help, LONGEST_HELP));
        problems.extend(matches(&term.matches));
        problems
    }
}

fn words(pointer: &str, words: &TermWords, most: usize) -> Vec<Problem> {
    if words.len() > MOST_LANGUAGES {
        return vec![problem(pointer, "too_many", format!("{MOST_LANGUAGES} languages at most"))];
    }
    let mut problems = vec![];
    for (language, said) in words {
        let mut parts = language.split('-');
        let first = parts.next().is_some_and(|part| {
            (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        let rest = parts
            .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !(first && rest) {
            let shown: String = language.chars().take(20).collect();
            let must = format!("{shown:?} is no language: en, fr, de-LU");
            problems.push(problem(pointer, "language", must));
            continue;
        }
        problems.extend(text(&format!("{pointer}/{language}"), said, most, true));
    }
    problems
}

fn text(pointer: &str, said: &str, most: usize, required: bool) -> Option<Problem> {
    if required && said.trim().is_empty() {
        return Some(problem(pointer, "required", "must not be blank".to_owned()));
    }
    if said.chars().count() > most {
        return Some(problem(pointer, "too_long", format!("may have {most} characters at most")));
    }
    hidden_character(said).map(|c| {
        let must = format!("must not contain the control character U+{:04X}", u32::from(c));
        problem(pointer, "control_character", must)
    })
}

fn matches(matches: &[TermMatch]) -> Vec<Problem> {
    if matches.len() > MOST_MATCHES {
        return vec![problem("/matches", "too_many", format!("{MOST_MATCHES} terms of others at most"))];
    }
    let bad = |one: &TermMatch| {
        one.to.len() > LONGEST_MATCH
            || hidden_character(&one.to).is_some()
            || !(is_address(&one.to) || named(&one.to).is_some())
    };
    let wrong = matches.iter().zip(0_usize..).filter(|(one, _)| bad(one));
    let must = "must be an address (https:, http:, urn:) or a machine tag (namespace:predicate=\"value\")";
    wrong.map(|(_, at)| problem(&format!("/matches/{at}/to"), "address_or_tag", must.to_owned())).collect()
}
