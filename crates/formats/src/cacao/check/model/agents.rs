//! Agents, targets and authentication information (sections 6 and 7).

use super::{
    super::words::{REGIONS, SECURITY_CATEGORIES},
    Attribute, Class, Entries, Kind, Need, Of, list, loose_list, may, must,
    playbook::SECTOR,
};

const OF_AGENTS: &[Attribute] = &[
    must("name", Kind::Text),
    may("description", Kind::Text),
    may("location", Kind::Object(&CIVIC_LOCATION)),
    may("agent_target_extensions", Kind::Dictionary(Entries::Extensions)),
];

const CATEGORY: Kind = list(&Kind::Open(&SECURITY_CATEGORIES, "categories of security infrastructure"));
const AUTHENTICATION: Attribute = may("authentication_info", Kind::Id(Of::Any));
const ADDRESSES: Attribute = must("address", Kind::Object(&ADDRESS));

const fn of_agent(name: &'static str, source: &'static str, own: &'static [Attribute]) -> Class {
    Class { name, source, common: OF_AGENTS, own, is_open: false }
}

static GROUP: Class = of_agent(
    "a group",
    "CACAO 2.0, 7",
    &[must("type", Kind::Constant("group")), may("contact", Kind::Object(&CONTACT))],
);

static INDIVIDUAL: Class = of_agent(
    "an individual",
    "CACAO 2.0, 7",
    &[must("type", Kind::Constant("individual")), may("contact", Kind::Object(&CONTACT))],
);

static ORGANIZATION: Class = of_agent(
    "an organization",
    "CACAO 2.0, 7",
    &[must("type", Kind::Constant("organization")), may("contact", Kind::Object(&CONTACT))],
);

static LOCATION: Class = of_agent(
    "a location",
    "CACAO 2.0, 7",
    &[must("type", Kind::Constant("location")), may("logical", list(&Kind::Text))],
);

static SECTOR_AGENT: Class =
    of_agent("a sector", "CACAO 2.0, 7", &[must("type", Kind::Constant("sector")), must("sector", SECTOR)]);

static SECURITY_CATEGORY: Class = of_agent(
    "a security category",
    "CACAO 2.0, 7.11",
    &[must("type", Kind::Constant("security-category")), must("category", CATEGORY)],
);

static HTTP_API: Class = of_agent(
    "an HTTP interface",
    "CACAO 2.0, 7",
    &[
        must("type", Kind::Constant("http-api")),
        ADDRESSES,
        may("port", Kind::Port),
        AUTHENTICATION,
        may("category", CATEGORY),
    ],
);

static LINUX: Class = of_agent(
    "a Linux system",
    "CACAO 2.0, 7",
    &[
        must("type", Kind::Constant("linux")),
        ADDRESSES,
        may("port", Kind::Port),
        AUTHENTICATION,
        may("category", CATEGORY),
    ],
);

static SSH: Class = of_agent(
    "an SSH system",
    "CACAO 2.0, 7",
    &[
        must("type", Kind::Constant("ssh")),
        ADDRESSES,
        may("port", Kind::Port),
        AUTHENTICATION,
        may("category", CATEGORY),
    ],
);

static NET_ADDRESS: Class = of_agent(
    "a network address",
    "CACAO 2.0, 7",
    &[must("type", Kind::Constant("net-address")), ADDRESSES, AUTHENTICATION, may("category", CATEGORY)],
);

/// What is known of an agent of a type of one's own.
static OWN_AGENT: Class = Class {
    name: "an agent or target",
    source: "CACAO 2.0, 7.1",
    common: OF_AGENTS,
    own: &[must("type", Kind::Text), AUTHENTICATION],
    is_open: true,
};

/// The class of an agent or target of this type; that of types of one's own for all others.
pub fn agent_target(kind: &str) -> &'static Class {
    match kind {
        "group" => &GROUP,
        "individual" => &INDIVIDUAL,
        "organization" => &ORGANIZATION,
        "location" => &LOCATION,
        "sector" => &SECTOR_AGENT,
        "security-category" => &SECURITY_CATEGORY,
        "http-api" => &HTTP_API,
        "linux" => &LINUX,
        "ssh" => &SSH,
        "net-address" => &NET_ADDRESS,
        _ => &OWN_AGENT,
    }
}

static CIVIC_LOCATION: Class = Class {
    name: "a civic location",
    source: "CACAO 2.0, 10 (civic-location)",
    common: &[],
    own: &[
        may("name", Kind::Text),
        may("description", Kind::Text),
        may("building_details", Kind::Text),
        may("network_details", Kind::Text),
        may("region", Kind::Closed(&REGIONS)),
        may("country", Kind::Text),
        may("administrative_area", Kind::Text),
        may("city", Kind::Text),
        may("street_address", Kind::Text),
        may("postal_code", Kind::Text),
        may("latitude", Kind::Text),
        may("longitude", Kind::Text),
        may("precision", Kind::Text),
    ],
    is_open: false,
};

static CONTACT: Class = Class {
    name: "a contact",
    source: "CACAO 2.0, 10 (contact)",
    common: &[],
    own: &[
        may("email", Kind::Dictionary(Entries::Contacts)),
        may("phone", Kind::Dictionary(Entries::Contacts)),
        may("contact_details", Kind::Text),
    ],
    is_open: false,
};

static ADDRESS: Class = Class {
    name: "an address",
    source: "CACAO 2.0, 7",
    common: &[],
    own: &[
        may("dname", loose_list(&Kind::Text)),
        may("ipv4", loose_list(&Kind::Ipv4)),
        may("ipv6", loose_list(&Kind::Ipv6)),
        may("l2mac", loose_list(&Kind::Mac)),
        may("vlan", loose_list(&Kind::Vlan)),
        may("url", loose_list(&Kind::Text)),
    ],
    is_open: false,
};

const OF_AUTHENTICATIONS: &[Attribute] = &[
    may("name", Kind::Text),
    may("description", Kind::Text),
    may("authentication_info_extensions", Kind::Dictionary(Entries::Extensions)),
    may("kms", Kind::Truth),
    may("kms_key_identifier", Kind::Text),
];

static HTTP_BASIC: Class = Class {
    name: "HTTP basic authentication",
    source: "CACAO 2.0, 6",
    common: OF_AUTHENTICATIONS,
    own: &[
        must("type", Kind::Constant("http-basic")),
        may("user_id", Kind::Text),
        may("password", Kind::Text),
    ],
    is_open: false,
};

static OAUTH2: Class = Class {
    name: "OAuth authentication",
    source: "CACAO 2.0, 6",
    common: OF_AUTHENTICATIONS,
    own: &[must("type", Kind::Constant("oauth2")), must("oauth_header", Kind::Text), TOKEN],
    is_open: false,
};

/// The schema wants a token always; the text forbids it where a key management service holds it.
const TOKEN: Attribute = Attribute { name: "token", kind: Kind::Text, need: Need::MustBySchema };

static USER_AUTH: Class = Class {
    name: "user authentication",
    source: "CACAO 2.0, 6",
    common: OF_AUTHENTICATIONS,
    own: &[
        must("type", Kind::Constant("user-auth")),
        may("username", Kind::Text),
        may("password", Kind::Text),
    ],
    is_open: false,
};

static OWN_AUTHENTICATION: Class = Class {
    name: "authentication information",
    source: "CACAO 2.0, 6.1",
    common: OF_AUTHENTICATIONS,
    own: &[must("type", Kind::Text)],
    is_open: true,
};

/// The class of authentication information of this type; that of types of one's own for all others.
pub fn authentication(kind: &str) -> &'static Class {
    match kind {
        "http-basic" => &HTTP_BASIC,
        "oauth2" => &OAUTH2,
        "user-auth" => &USER_AUTH,
        _ => &OWN_AUTHENTICATION,
    }
}
