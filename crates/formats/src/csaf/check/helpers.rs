//! What helps to identify a product (6.1.13, 6.1.25, 6.2.8, 6.2.9, 6.2.16, 6.3.5; of 2.1: 6.1.42 to 6.1.44,
//! 6.1.61, 6.1.63, 6.2.32).

use std::collections::{HashMap, HashSet};

use super::{
    findings::{Findings, Test},
    same,
    survey::{Product, Survey, items, part, text, texts},
    tests,
};
use crate::{
    Json,
    csaf::{Version, syntax::purl},
    json::short,
};

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    for product in &survey.products {
        let helper = part(product.value, "product_identification_helper");
        if helper.as_object().is_none_or(<[_]>::is_empty) {
            findings.fail(&tests::MISSING_HELPER, || {
                let message = format!(
                    "\"{}\" has no product_identification_helper: give its CPE, purl, hash or serial number, so that \
                     programs know it",
                    short(product.id)
                );
                (product.place.clone(), message)
            });
        }
        let place = format!("{}/product_identification_helper", product.place);
        purls(helper, &place, findings);
        for (index, value) in items(helper, "hashes").iter().enumerate() {
            hashes(survey, value, &format!("{place}/hashes/{index}"), findings);
        }
        if survey.version == Version::V21 {
            stars(product, findings);
        }
    }
    if survey.version == Version::V21 {
        shared(survey, findings);
    }
}

/// One helper for two products tells neither (CSAF 2.1, 6.2.32). Hashes count by their values.
fn shared(survey: &Survey<'_>, findings: &mut Findings) {
    let mut first: HashMap<(&str, String), &str> = HashMap::new();
    for product in &survey.products {
        let helper = part(product.value, "product_identification_helper");
        for member in helper.as_object().unwrap_or_default() {
            let values = member.value.as_list().unwrap_or(std::slice::from_ref(&member.value));
            for value in values {
                let before = *first.entry((&member.name, same::key(value))).or_insert(product.id);
                if before != product.id {
                    findings.fail(&tests::SAME_HELPER, || {
                        let place =
                            format!("{}/product_identification_helper/{}", product.place, member.name);
                        (place, format!("\"{}\" has the same: a helper tells one product", short(before)))
                    });
                }
            }
        }
    }
}

fn purls(helper: &Json<'_>, place: &str, findings: &mut Findings) {
    let single = part(helper, "purl").as_text().map(|purl| (format!("{place}/purl"), purl));
    let many = texts(helper, "purls").map(|(index, purl)| (format!("{place}/purls/{index}"), purl));
    let all: Vec<(String, &str)> = single.into_iter().chain(many).collect();
    for (place, text) in &all {
        if let Err(why) = purl::parse(text) {
            findings.fail(&tests::PURL, || {
                (place.clone(), format!("\"{}\" is no package URL: {why}", short(text)))
            });
        }
    }
    let first = all.first().map(|(_, text)| purl::without_qualifiers(text));
    for (place, text) in all.iter().skip(1) {
        if first.as_deref() != Some(&purl::without_qualifiers(text)) {
            findings.fail(&tests::PURLS_DIFFER, || {
                let why =
                    "package URLs of one product differ in their qualifiers only: make two products of it";
                (place.clone(), format!("\"{}\": {why}", short(text)))
            });
        }
    }
}

fn hashes(survey: &Survey<'_>, value: &Json<'_>, place: &str, findings: &mut Findings) {
    let list = items(value, "file_hashes");
    let mut seen = HashSet::new();
    for (index, hash) in list.iter().enumerate() {
        let algorithm = text(hash, "algorithm").to_ascii_lowercase();
        let place = format!("{place}/file_hashes/{index}");
        if !seen.insert(algorithm.clone()) {
            findings.fail(&tests::DOUBLE_HASH, || {
                let message =
                    format!("the file has a {} before: each algorithm gives one", short(&algorithm));
                (format!("{place}/algorithm"), message)
            });
        }
        let value = text(hash, "value");
        if (1..64).contains(&value.len()) {
            findings.fail(&tests::SHORT_HASH, || {
                let message =
                    format!("a hash of {} digits can be forged: take one of 64 or more", value.len());
                (format!("{place}/value"), message)
            });
        }
        let expected = digits(&algorithm).filter(|_| survey.version == Version::V21);
        if let Some(expected) = expected.filter(|expected| *expected != value.len()) {
            findings.fail(&tests::HASH_LENGTH, || {
                let message =
                    format!("{algorithm} has {expected} hexadecimal digits, here are {}", value.len());
                (format!("{place}/value"), message)
            });
        }
    }
    only(&seen, "md5", &tests::ONLY_MD5, (place, findings));
    only(&seen, "sha1", &tests::ONLY_SHA1, (place, findings));
}

fn only(seen: &HashSet<String>, weak: &str, test: &Test, (place, findings): (&str, &mut Findings)) {
    if seen.len() == 1 && seen.contains(weak) {
        findings.fail(test, || {
            let message = format!("{weak} alone can be forged: add a hash of SHA-2 or SHA-3");
            (format!("{place}/file_hashes"), message)
        });
    }
}

/// How many hexadecimal digits the hash has; none for functions that we do not know.
fn digits(algorithm: &str) -> Option<usize> {
    match algorithm {
        "md5" => Some(32),
        "sha1" | "ripemd-160" => Some(40),
        "sha224" | "sha3-224" | "sha512-224" => Some(56),
        "sha256" | "sha3-256" | "sha512-256" | "blake2s-256" | "sm3" => Some(64),
        "sha384" | "sha3-384" => Some(96),
        "sha512" | "sha3-512" | "blake2b-512" | "whirlpool" => Some(128),
        _ => None,
    }
}

fn stars(product: &Product<'_>, findings: &mut Findings) {
    let helper = part(product.value, "product_identification_helper");
    let lists = [
        ("model_numbers", &tests::STARS_IN_MODEL),
        ("serial_numbers", &tests::STARS_IN_SERIAL),
        ("skus", &tests::STARS_IN_SKU),
    ];
    for (list, test) in lists {
        for (index, value) in texts(helper, list) {
            if stars_in(value) > 1 {
                findings.fail(test, || {
                    let place = format!("{}/product_identification_helper/{list}/{index}", product.place);
                    (
                        place,
                        format!(
                            "\"{}\": one star at most stands for the rest; write others as \\*",
                            short(value)
                        ),
                    )
                });
            }
        }
    }
}

/// Stars without a backslash before them.
fn stars_in(text: &str) -> usize {
    let mut escaped = false;
    let mut count = 0;
    for byte in text.bytes() {
        count += usize::from(byte == b'*' && !escaped);
        escaped = byte == b'\\' && !escaped;
    }
    count
}
