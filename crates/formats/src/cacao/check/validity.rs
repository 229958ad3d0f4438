//! May this playbook be run now (section 3.1)? Valid it is all the same.

use super::inspector::{Inspector, Step};
use crate::{Json, cacao::timestamp::instant};

const SOURCE: &str = "CACAO 2.0, 3.1";

/// Revoked; or, at the time that is asked for, not valid yet or no longer.
pub fn check<'d>(inspector: &mut Inspector<'d>, playbook: &'d Json<'_>, now_ms: Option<i64>) {
    if playbook.get("revoked") == Some(&Json::Bool(true)) {
        inspector.within(Step::Name("revoked"), |inspector| {
            inspector.note("cacao.revoked", SOURCE, || {
                "its maker took the playbook back: do not run it".to_owned()
            });
        });
        return;
    }
    let Some(now) = now_ms.map(|now| i128::from(now) * 1_000_000) else { return };
    let time = |name: &str| playbook.get(name).and_then(Json::as_text).and_then(instant);
    if time("valid_from").is_some_and(|from| now < from) {
        inspector.within(Step::Name("valid_from"), |inspector| {
            inspector.note("cacao.early", SOURCE, || {
                "the playbook is not valid yet: do not run it before this time".to_owned()
            });
        });
    }
    if time("valid_until").is_some_and(|until| until <= now) {
        inspector.within(Step::Name("valid_until"), |inspector| {
            inspector.warning("cacao.expired", SOURCE, || {
                "the playbook is no longer valid: ask its maker for a newer version".to_owned()
            });
        });
    }
}
