//! What bundles of others hold: indicators, observables and concepts without labels of MISP.

use super::{Reader, text};
use crate::Json;

impl<'b> Reader<'b, '_> {
    pub fn foreign(&mut self, object: &'b Json<'b>, kind: &str) {
        let _ = self.foreign_cluster(object, kind);
        let _ = text(object, "id");
    }
}
