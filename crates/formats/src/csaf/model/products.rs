//! The product tree.

use super::{
    Class, Form, Kind, Versions,
    document::{extensions, texts},
    many, must, newer_set, one, set, words,
};

pub static TREE: Class = Class {
    members: (1, usize::MAX),
    ..Class::new(
        "the product tree",
        "CSAF, 3.2.2",
        &[
            many("branches", Kind::Class(&BRANCH)),
            many("full_product_names", Kind::Class(&PRODUCT)),
            many("product_groups", Kind::Class(&GROUP)),
            many("relationships", Kind::Class(&RELATIONSHIP)).only(Versions::Only20),
            many("product_paths", Kind::Class(&PATH)).only(Versions::Only21),
        ],
    )
};

pub static BRANCH: Class = Class {
    members: (3, 3),
    ..Class::new(
        "a branch",
        "CSAF, 3.1.2",
        &[
            many("branches", Kind::Class(&BRANCH)),
            must("category", Kind::Words(words::BRANCH)).only(Versions::Only20).demanded(Versions::Only20),
            must("category", Kind::Words(words::BRANCH_21)).only(Versions::Only21).demanded(Versions::Only21),
            must("name", Kind::Text),
            one("product", Kind::Class(&PRODUCT)),
        ],
    )
};

pub static PRODUCT: Class = Class::new(
    "a product",
    "CSAF, 3.1.3",
    &[
        must("name", Kind::Text),
        must("product_id", Kind::Text),
        one("product_identification_helper", Kind::Class(&HELPER)),
        extensions(),
    ],
);

static HELPER: Class = Class {
    members: (1, usize::MAX),
    ..Class::new(
        "the product identification helper",
        "CSAF, 3.1.3.3",
        &[
            one("cpe", Kind::Form(Form::CpeOf20)).only(Versions::Only20),
            one("cpe", Kind::Form(Form::Cpe)).only(Versions::Only21),
            newer_set("hashes", Kind::Class(&HASHES)),
            set("model_numbers", Kind::Text),
            one("purl", Kind::Form(Form::Purl)).only(Versions::Only20),
            set("purls", Kind::Form(Form::PurlOf21)).only(Versions::Only21),
            newer_set("sbom_urls", Kind::Uri),
            set("serial_numbers", Kind::Text),
            texts("skus"),
            newer_set("x_generic_uris", Kind::Class(&GENERIC_URI)),
        ],
    )
};

static HASHES: Class = Class::new(
    "the hashes of a file",
    "CSAF, 3.1.3.3.2",
    &[
        newer_set("file_hashes", Kind::Class(&FILE_HASH)).demanded(Versions::Both),
        must("filename", Kind::Text),
    ],
);

static FILE_HASH: Class = Class::new(
    "a file hash",
    "CSAF, 3.1.3.3.2",
    &[
        must("algorithm", Kind::Text).only(Versions::Only20).demanded(Versions::Only20),
        must("algorithm", Kind::Form(Form::Algorithm)).only(Versions::Only21).demanded(Versions::Only21),
        must("value", Kind::Form(Form::Hash)).only(Versions::Only20).demanded(Versions::Only20),
        must("value", Kind::Form(Form::SmallHash)).only(Versions::Only21).demanded(Versions::Only21),
    ],
);

static GENERIC_URI: Class =
    Class::new("a generic URI", "CSAF, 3.1.3.3.8", &[must("namespace", Kind::Uri), must("uri", Kind::Uri)]);

static GROUP: Class = Class::new(
    "a product group",
    "CSAF, 3.2.2.3",
    &[
        must("group_id", Kind::Text),
        must("product_ids", Kind::Text).list(2, Versions::Both),
        one("summary", Kind::Text),
    ],
);

static RELATIONSHIP: Class = Class::new(
    "a relationship",
    "CSAF, 3.2.2.4",
    &[
        must("category", Kind::Words(words::RELATIONSHIP)),
        must("full_product_name", Kind::Class(&PRODUCT)),
        must("product_reference", Kind::Text),
        must("relates_to_product_reference", Kind::Text),
    ],
);

static PATH: Class = Class::new(
    "a product path",
    "CSAF 2.1, 3.2.3.4",
    &[
        must("beginning_product_reference", Kind::Text),
        must("full_product_name", Kind::Class(&PRODUCT)),
        many("subpaths", Kind::Class(&SUBPATH)).demanded(Versions::Both),
    ],
);

static SUBPATH: Class = Class::new(
    "a subpath",
    "CSAF 2.1, 3.1",
    &[must("category", Kind::Words(words::RELATIONSHIP)), must("next_product_reference", Kind::Text)],
);
