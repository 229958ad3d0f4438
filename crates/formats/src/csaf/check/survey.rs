//! Where products and groups are defined and used: what the tests of section 6 ask again and again.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
};

use crate::{Json, csaf::Version};

pub use crate::csaf::look::{items, part, text, texts};

/// How many steps from a group to its products are taken for one document: a bound against documents in
/// which many refer to large groups.
const MOST_STEPS: usize = 1_000_000;

/// A product where it is defined.
pub struct Product<'d> {
    pub id: &'d str,
    pub place: String,
    pub value: &'d Json<'d>,
    /// The branch that holds it: its number in [`Survey::branches`].
    pub branch: Option<usize>,
}

/// A branch.
pub struct Branch<'d> {
    pub category: &'d str,
    pub name: &'d str,
    pub place: String,
    pub parent: Option<usize>,
    pub depth: usize,
}

/// An identifier where it is used.
pub struct Use<'d> {
    pub id: &'d str,
    pub place: String,
}

/// A vulnerability, with its number.
#[derive(Clone, Copy)]
pub struct Vulnerability<'d> {
    pub index: usize,
    pub value: &'d Json<'d>,
}

/// The document and what stands where in it.
pub struct Survey<'d> {
    pub version: Version,
    pub root: &'d Json<'d>,
    pub document: &'d Json<'d>,
    pub tracking: &'d Json<'d>,
    pub tree: &'d Json<'d>,
    pub category: &'d str,
    pub status: &'d str,
    pub products: Vec<Product<'d>>,
    pub branches: Vec<Branch<'d>>,
    pub groups: HashMap<&'d str, &'d Json<'d>>,
    pub vulnerabilities: Vec<Vulnerability<'d>>,
    steps: Cell<usize>,
}

impl<'d> Survey<'d> {
    pub fn of(root: &'d Json<'d>, version: Version) -> Self {
        let document = part(root, "document");
        let tracking = part(document, "tracking");
        let tree = part(root, "product_tree");
        let vulnerabilities = items(root, "vulnerabilities").iter().enumerate();
        let mut survey = Self {
            version,
            root,
            document,
            tracking,
            tree,
            category: text(document, "category"),
            status: text(tracking, "status"),
            products: Vec::new(),
            branches: Vec::new(),
            groups: HashMap::new(),
            vulnerabilities: vulnerabilities.map(|(index, value)| Vulnerability { index, value }).collect(),
            steps: Cell::new(0),
        };
        survey.products();
        for group in items(tree, "product_groups") {
            survey.groups.entry(text(group, "group_id")).or_insert(group);
        }
        survey
    }

    /// In the order of the document: branches, names, relationships.
    fn products(&mut self) {
        self.branches(self.tree, "/product_tree", None);
        for (index, value) in items(self.tree, "full_product_names").iter().enumerate() {
            self.product(value, format!("/product_tree/full_product_names/{index}"), None);
        }
        for list in ["relationships", "product_paths"] {
            for (index, value) in items(self.tree, list).iter().enumerate() {
                let product = part(value, "full_product_name");
                self.product(product, format!("/product_tree/{list}/{index}/full_product_name"), None);
            }
        }
    }

    /// The depth is that of the document, which its reader bounds.
    fn branches(&mut self, value: &'d Json<'d>, place: &str, parent: Option<usize>) {
        for (index, branch) in items(value, "branches").iter().enumerate() {
            let place = format!("{place}/branches/{index}");
            let number = self.branches.len();
            let depth =
                parent.and_then(|parent| self.branches.get(parent)).map_or(1, |above| above.depth + 1);
            self.branches.push(Branch {
                category: text(branch, "category"),
                name: text(branch, "name"),
                place: place.clone(),
                parent,
                depth,
            });
            self.product(part(branch, "product"), format!("{place}/product"), Some(number));
            self.branches(branch, &place, Some(number));
        }
    }

    fn product(&mut self, value: &'d Json<'d>, place: String, branch: Option<usize>) {
        if let Some(id) = part(value, "product_id").as_text() {
            self.products.push(Product { id, place, value, branch });
        }
    }

    /// The branches from a product up to the root, the nearest first.
    pub fn above(&self, from: Option<usize>) -> impl Iterator<Item = &Branch<'d>> {
        let mut next = from;
        std::iter::from_fn(move || {
            let branch = self.branches.get(next?)?;
            next = branch.parent;
            Some(branch)
        })
    }

    /// The products of a list of identifiers and of the groups named beside it.
    pub fn products_of(&self, value: &'d Json<'d>) -> HashSet<&'d str> {
        let mut found: HashSet<&str> = texts(value, "product_ids").map(|(_, id)| id).collect();
        for (_, group) in texts(value, "group_ids") {
            let Some(group) = self.groups.get(group) else { continue };
            let steps = self.steps.get() + items(group, "product_ids").len();
            self.steps.set(steps);
            if steps > MOST_STEPS {
                break;
            }
            found.extend(texts(group, "product_ids").map(|(_, id)| id));
        }
        found
    }

    /// Whether groups were not looked into because there were too many.
    pub fn is_exhausted(&self) -> bool {
        self.steps.get() > MOST_STEPS
    }

    /// Whether the document is final or interim.
    pub fn is_released(&self) -> bool {
        matches!(self.status, "final" | "interim")
    }

    /// Every place that refers to products, and every place that refers to groups.
    pub fn uses(&self) -> (Vec<Use<'d>>, Vec<Use<'d>>) {
        let mut uses = Uses::default();
        uses.of_tree(self.tree);
        uses.of_notes(self.document, "/document");
        for vulnerability in &self.vulnerabilities {
            uses.of_vulnerability(*vulnerability);
        }
        (uses.products, uses.groups)
    }
}

#[derive(Default)]
struct Uses<'d> {
    products: Vec<Use<'d>>,
    groups: Vec<Use<'d>>,
}

impl<'d> Uses<'d> {
    fn of_tree(&mut self, tree: &'d Json<'d>) {
        for (index, value) in items(tree, "product_groups").iter().enumerate() {
            self.products_in(value, "product_ids", &format!("/product_tree/product_groups/{index}"));
        }
        for (index, value) in items(tree, "relationships").iter().enumerate() {
            for name in ["product_reference", "relates_to_product_reference"] {
                self.product(value, name, &format!("/product_tree/relationships/{index}"));
            }
        }
        for (index, value) in items(tree, "product_paths").iter().enumerate() {
            let place = format!("/product_tree/product_paths/{index}");
            self.product(value, "beginning_product_reference", &place);
            for (step, value) in items(value, "subpaths").iter().enumerate() {
                self.product(value, "next_product_reference", &format!("{place}/subpaths/{step}"));
            }
        }
    }

    fn of_vulnerability(&mut self, vulnerability: Vulnerability<'d>) {
        let place = format!("/vulnerabilities/{}", vulnerability.index);
        self.of_notes(vulnerability.value, &place);
        let lists =
            ["first_known_exploitation_dates", "flags", "ids", "involvements", "remediations", "threats"];
        for list in lists {
            for (index, value) in items(vulnerability.value, list).iter().enumerate() {
                self.both(value, &format!("{place}/{list}/{index}"));
            }
        }
        for list in ["metrics", "scores"] {
            for (index, value) in items(vulnerability.value, list).iter().enumerate() {
                self.products_in(value, "products", &format!("{place}/{list}/{index}"));
            }
        }
        let status = part(vulnerability.value, "product_status");
        for member in status.as_object().unwrap_or_default() {
            if super::status::Status::parse(&member.name).is_some() {
                self.products_in(status, &member.name, &format!("{place}/product_status"));
            }
        }
    }

    fn of_notes(&mut self, value: &'d Json<'d>, place: &str) {
        for (index, note) in items(value, "notes").iter().enumerate() {
            self.both(note, &format!("{place}/notes/{index}"));
        }
    }

    fn both(&mut self, value: &'d Json<'d>, place: &str) {
        self.products_in(value, "product_ids", place);
        for (index, id) in texts(value, "group_ids") {
            self.groups.push(Use { id, place: format!("{place}/group_ids/{index}") });
        }
    }

    fn products_in(&mut self, value: &'d Json<'d>, name: &str, place: &str) {
        for (index, id) in texts(value, name) {
            self.products.push(Use { id, place: format!("{place}/{name}/{index}") });
        }
    }

    fn product(&mut self, value: &'d Json<'d>, name: &str, place: &str) {
        if let Some(id) = part(value, name).as_text() {
            self.products.push(Use { id, place: format!("{place}/{name}") });
        }
    }
}
