//! A receipt on paper.

use model::ReceiptDocument;

use crate::{
    Paper, PaperError,
    block::{Block, Paragraph, Style},
    draw::typeset,
    filing::{frame_of, instant},
    header, proof,
    words::{Standing, Words},
};

/// The paper of a receipt: the same document and words give the same bytes.
///
/// # Errors
/// [`PaperError`], which no text of a filing causes.
pub fn receipt(document: &ReceiptDocument, words: &Words) -> Result<Paper, PaperError> {
    let body = &document.receipt;
    let head = &document.filing.head;
    let blocks = vec![
        Block::Text(Paragraph::new(Style::OVER, "Receipt")),
        Block::Heading { level: 1, text: body.reference.clone() },
        Block::text(confirmation(document, words)),
        Block::facts(facts(document, words)),
        Block::section("Signature of the recipient, over this receipt"),
        Block::facts(proof::signature_rows(&body.to.name, &document.signature, &words.recipient_fingerprint)),
        Block::section("Signature of the filing organisation, over the filing"),
        Block::facts(proof::signature_rows(
            &body.from.name,
            &document.filing.signature,
            &words.filer_fingerprint,
        )),
    ];
    let standing = if body.paper_sha256.is_some() { Standing::Filed } else { Standing::TypesetLater };
    let proof = how_to_verify(&body.reference, standing);
    typeset(&frame_of(head, words, "Receipt"), blocks.into_iter().chain(proof).collect())
}

fn confirmation(document: &ReceiptDocument, words: &Words) -> String {
    let body = &document.receipt;
    let article = if words.article.is_empty() { String::new() } else { format!(" ({})", words.article) };
    let version =
        if body.version > 1 { format!(", version {}, a correction", body.version) } else { String::new() };
    format!(
        "{} confirms that {} filed the following under {}{article}: {}{version}.",
        body.to.name, body.from.name, words.law, words.stage
    )
}

fn facts<'a>(document: &'a ReceiptDocument, words: &'a Words) -> Vec<(&'a str, Vec<Paragraph>)> {
    let body = &document.receipt;
    let code = |text: &str| vec![Paragraph::new(Style::CODE, text)];
    let text = |text: &str| vec![Paragraph::new(Style::TEXT, text)];
    let mut rows = vec![("Received at", instant(words, body.received_at))];
    if let Some(due) = body.due_at {
        let mut value = instant(words, due);
        if body.version == 1 {
            value.push(if body.received_at > due {
                Paragraph::new(Style::LATE, "Filed after the deadline")
            } else {
                Paragraph::new(Style::TEXT, "Filed in time")
            });
        }
        rows.push(("Due at", value));
    }
    rows.push(("Filed by", text(&body.from.name)));
    rows.push(("Received by", text(&body.to.name)));
    rows.extend(
        header::words(body_marking(document))
            .map(|marking| ("Marking", vec![Paragraph::new(Style::STRONG, marking)])),
    );
    rows.push(("Digest of the filing", code(&body.filing_digest)));
    let paper = body
        .paper_sha256
        .as_deref()
        .map_or_else(|| text("The filing was typeset later; this receipt does not name its paper."), code);
    rows.push(("SHA-256 of its paper", paper));
    rows.extend(body.audit_head.as_deref().map(|head| ("Head of the audit", code(head))));
    rows.push(("Receipt", code(&body.receipt.to_string())));
    rows
}

const fn body_marking(document: &ReceiptDocument) -> model::Marking {
    document.filing.head.marking
}

fn how_to_verify(reference: &str, standing: Standing) -> Vec<Block> {
    let paper = match standing {
        Standing::Filed => format!(" --paper filing-{reference}.pdf"),
        Standing::TypesetLater | Standing::Packaged => String::new(),
    };
    vec![
        Block::section("How to verify"),
        Block::text(
            "This is a picture of the receipt. The receipt itself is a file of its own: keep it with the published \
             keys. Years later, on any machine and without the node that made it:",
        ),
        Block::Text(Paragraph::new(
            Style::CODE,
            format!("beffroi verify --trust keys.json{paper} receipt-{reference}.json"),
        )),
        Block::text(
            "Compare the fingerprints with those that the organisations tell you by another way, a letter or a \
             telephone call.",
        ),
    ]
}
