//! How a paper is proved: signatures, keys, and the command that checks them.

use model::Signature;

use crate::{
    block::{Block, Paragraph, Style},
    words::Standing,
};

/// The key and the signature of `name`.
pub fn signature_rows(
    name: &str,
    signature: &Signature,
    fingerprint: &str,
) -> Vec<(&'static str, Vec<Paragraph>)> {
    let code = |text: String| vec![Paragraph::new(Style::CODE, text)];
    vec![
        ("Signed by", vec![Paragraph::new(Style::TEXT, name)]),
        ("Key", code(signature.key.to_string())),
        ("Fingerprint", code(fingerprint.to_owned())),
        ("Algorithm", code(signature.algorithm.clone())),
        ("Signature", code(signature.value.clone())),
    ]
}

/// What to keep and what to run, years later and without the node.
pub fn how_to_verify(reference: &str, standing: Standing) -> Vec<Block> {
    let (words, command) = match standing {
        Standing::Filed => (
            "The receipt names the SHA-256 of this file. Keep both with the published keys; the receipt, not the \
             paper, carries the signatures. Verify them with:",
            format!(
                "beffroi verify --trust keys.json --paper filing-{reference}.pdf receipt-{reference}.json"
            ),
        ),
        Standing::TypesetLater => (
            "This paper was typeset after the filing, and the receipt does not name it. What counts is the signed \
             document in the receipt. Verify it with:",
            format!("beffroi verify --trust keys.json receipt-{reference}.json"),
        ),
        Standing::Packaged => (
            "This paper was typeset for the package in which it lies, and the receipt does not name it: evidence \
             without consent is left out, and addresses are written so that no program follows them. Verify the \
             package with:",
            "sha256sum -c SHA256SUMS && beffroi verify --trust keys.json PACKAGE.zip".to_owned(),
        ),
    };
    vec![
        Block::section("How to verify"),
        Block::text(words),
        Block::Text(Paragraph::new(Style::CODE, command)),
        Block::text(
            "Compare the fingerprint with the one that the organisation tells you by another way, a letter or a \
             telephone call.",
        ),
    ]
}
