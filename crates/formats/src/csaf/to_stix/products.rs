//! Products as observables of the type `software`.

use std::collections::HashMap;

use super::{
    super::{Advisory, Product},
    objects::Builder,
};
use crate::{Loss, syntax::cpe::is_cpe_23};

/// The observables of the products, by `product_id`, with the full name.
pub struct Software<'d>(HashMap<&'d str, (String, &'d str)>);

impl Software<'_> {
    /// The identifiers of these products, each once and in order; those that are not defined are left out.
    pub fn refs<'p>(&self, products: impl Iterator<Item = &'p str>) -> Vec<String> {
        let mut refs: Vec<String> =
            products.filter_map(|product| self.0.get(product)).map(|(id, _)| id.clone()).collect();
        refs.sort_unstable();
        refs.dedup();
        refs
    }

    /// The full name of the product, else its identifier.
    pub fn name<'p>(&'p self, product: &'p str) -> &'p str {
        self.0.get(product).map_or(product, |(_, name)| name)
    }
}

/// What an observable says of a product.
type Key<'d> = (Option<&'d str>, Option<&'d str>, Option<&'d str>, Option<&'d str>);

fn key<'d>(product: &Product<'d>) -> Key<'d> {
    (product.vendor, product.product, product.version.or(product.range), product.cpe)
}

/// Puts the products in.
pub fn software<'d>(advisory: &'d Advisory, builder: &mut Builder<'_>) -> Software<'d> {
    let products = advisory.products();
    let mut same: HashMap<Key<'_>, usize> = HashMap::new();
    for product in &products {
        *same.entry(key(product)).or_default() += 1;
    }
    let mut found = HashMap::new();
    for product in &products {
        let mut object = builder.observable("software");
        let full = [product.name, product.id].into_iter().find(|name| !name.is_empty());
        let full = full.unwrap_or("a product without a name");
        // The short name where it tells the product from all others.
        let is_alone = same.get(&key(product)) == Some(&1);
        object
            .text("name", Some(product.product.filter(|name| is_alone && !name.is_empty()).unwrap_or(full)));
        let cpe = product.cpe.and_then(name_of_23);
        if let Some(old) = product.cpe.filter(|_| cpe.is_none()) {
            let why = "STIX takes CPE names of version 2.3, and this one cannot be turned into one";
            builder.losses.push(Loss::at(&["product_tree"], format!("{}: {old}", product.id), why));
        }
        object.text("cpe", cpe.as_deref());
        object.text("vendor", product.vendor);
        object.text("version", product.version.or(product.range));
        if let Some(id) = builder.put_observable(object) {
            found.entry(product.id).or_insert((id, full));
        }
    }
    Software(found)
}

/// The name of version 2.3, of a name that is one, or of a URI of 2.2 without packed or escaped parts.
fn name_of_23(cpe: &str) -> Option<String> {
    if is_cpe_23(cpe) {
        return Some(cpe.to_owned());
    }
    let parts = cpe.split_once(":/").filter(|(_, parts)| !parts.contains(['~', '%']))?.1;
    let mut name = "cpe:2.3".to_owned();
    let given = parts.to_ascii_lowercase();
    let all = given.split(':').map(|part| if part.is_empty() { "*" } else { part });
    for part in all.chain(std::iter::repeat("*")).take(11) {
        name = format!("{name}:{part}");
    }
    Some(name).filter(|name| is_cpe_23(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_22_become_names_of_23() {
        assert_eq!(
            name_of_23("cpe:/a:csaf-tools:cvrf-csaf-converter:1.0.0-alpha").as_deref(),
            Some("cpe:2.3:a:csaf-tools:cvrf-csaf-converter:1.0.0-alpha:*:*:*:*:*:*:*")
        );
        assert_eq!(name_of_23("cpe:/a:x:y:1.0::~~~~~"), None);
        assert_eq!(name_of_23("x"), None);
    }
}
