//! The administration API: people, the organisation, machine clients, and for who keeps the node
//! its organisations and the directory of recipients.

mod clients;
mod node;
mod organisation;
mod people;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/admin/v1`.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(people::list_people, people::invite_person))
        .routes(routes!(people::change_person))
        .routes(routes!(people::disable_person))
        .routes(routes!(people::enable_person))
        .routes(routes!(people::invite_again))
        .routes(routes!(people::reset_second_factor))
        .routes(routes!(organisation::read_organisation, organisation::change_organisation))
        .routes(routes!(organisation::recipients))
        .routes(routes!(clients::list_clients, clients::make_client))
        .routes(routes!(clients::revoke_client))
        .routes(routes!(node::list_node_organisations, node::enter_organisation))
        .routes(routes!(node::read_jobs))
        .routes(routes!(node::give_roles))
        .routes(routes!(node::disable_organisation))
        .routes(routes!(node::enable_organisation))
        .routes(routes!(node::invite_administrator))
}
