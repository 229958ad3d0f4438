//! Who may see a thing (TLP 2.0, FIRST) and what may be done with it (PAP).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Traffic Light Protocol 2.0, narrowest first, so that the narrower of two is the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Tlp {
    /// For the named recipients' eyes only.
    #[serde(rename = "TLP:RED")]
    Red,
    /// For the recipient's organisation only.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// For the recipient's organisation and its clients who need to know.
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// For the recipient's community.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// For the world.
    #[serde(rename = "TLP:CLEAR")]
    Clear,
}

/// Permissible Actions Protocol, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Pap {
    /// Only passive actions that cannot be seen from outside.
    #[serde(rename = "PAP:RED")]
    Red,
    /// Passive cross-checks with third parties.
    #[serde(rename = "PAP:AMBER")]
    Amber,
    /// Active, unobtrusive actions.
    #[serde(rename = "PAP:GREEN")]
    Green,
    /// No restriction.
    #[serde(rename = "PAP:CLEAR")]
    Clear,
}
