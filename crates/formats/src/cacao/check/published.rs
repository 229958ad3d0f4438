//! The few conditions of the published schema that are about more than one member.

use super::inspector::{Inspector, Step};
use crate::{Json, cacao::identifier};

/// Successors of start and end steps, and the key of a signature.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>) {
    for step in playbook.get("workflow").and_then(Json::as_object).unwrap_or_default() {
        let has = |name: &str| step.value.get(name).is_some();
        let place = [Step::Name("workflow"), Step::Name(&step.name)];
        inspector.at(&place, |inspector| match identifier::parts(&step.name).map(|(kind, _)| kind) {
            Some("end") if has("on_completion") || has("on_success") || has("on_failure") => {
                inspector.error("cacao.end.successor", "CACAO 2.0, 4.4", || {
                    "an end step leads nowhere".to_owned()
                });
            }
            Some("start") if has("on_success") || has("on_failure") => {
                inspector.error("cacao.start.successor", "CACAO 2.0, 4.3", || {
                    "a start step cannot fail: use on_completion".to_owned()
                });
            }
            Some(_) | None => {}
        });
    }
    for (index, signature) in
        playbook.get("signatures").and_then(Json::as_list).unwrap_or_default().iter().enumerate()
    {
        inspector.at(&[Step::Name("signatures"), Step::Index(index)], |inspector| keys(inspector, signature));
    }
}

/// As deep as the document.
fn keys<'d>(inspector: &mut Inspector<'d>, signature: &'d Json<'_>) {
    const KEYS: [&str; 4] = ["public_key", "public_cert_chain", "cert_url", "thumbprint"];
    if signature.as_object().is_none() {
        return;
    }
    let count = KEYS.iter().filter(|name| signature.get(name).is_some()).count();
    if count != 1 {
        inspector.error("cacao.signature.key", "CACAO 2.0, 10.15", || {
            format!("the signature has {count} keys: set one of {}", KEYS.join(", "))
        });
    }
    if let Some(counter) = signature.get("signature") {
        inspector.within(Step::Name("signature"), |inspector| keys(inspector, counter));
    }
}
