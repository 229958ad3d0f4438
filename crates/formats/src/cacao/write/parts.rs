//! The parts of a playbook, member by member.

use super::Writer;
use crate::{
    Json,
    cacao::{
        Address, AgentTarget, AgentTargetType, Authentication, AuthenticationType, CivicLocation, Command,
        CommandType, Contact, ExtensionDefinition, ExternalReference, Logic, Marking, MarkingType, Playbook,
        ProcessingSummary, Signature, Step, Variable, VariableValue,
    },
};

impl Playbook {
    /// The playbook as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.object_type.as_deref());
        to.text("spec_version", self.spec_version.as_deref());
        to.id("id", self.id.as_ref());
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.texts("playbook_types", &self.playbook_types);
        to.texts("playbook_activities", &self.playbook_activities);
        if let Some(part) = &self.playbook_processing_summary {
            to.put("playbook_processing_summary", part.to_json());
        }
        to.id("created_by", self.created_by.as_ref());
        to.time("created", self.created.as_ref());
        to.time("modified", self.modified.as_ref());
        to.truth("revoked", self.revoked);
        to.time("valid_from", self.valid_from.as_ref());
        to.time("valid_until", self.valid_until.as_ref());
        to.ids("derived_from", &self.derived_from);
        to.ids("related_to", &self.related_to);
        to.whole("priority", self.priority);
        to.whole("severity", self.severity);
        to.whole("impact", self.impact);
        to.texts("industry_sectors", &self.industry_sectors);
        to.texts("labels", &self.labels);
        to.list("external_references", &self.external_references, ExternalReference::to_json);
        to.ids("markings", &self.markings);
        to.dictionary("playbook_variables", &self.playbook_variables, Variable::to_json);
        to.id("workflow_start", self.workflow_start.as_ref());
        to.id("workflow_exception", self.workflow_exception.as_ref());
        to.dictionary("workflow", &self.workflow, Step::to_json);
        to.extensions("playbook_extensions", &self.playbook_extensions);
        to.dictionary(
            "authentication_info_definitions",
            &self.authentication_info_definitions,
            Authentication::to_json,
        );
        to.dictionary("agent_definitions", &self.agent_definitions, AgentTarget::to_json);
        to.dictionary("target_definitions", &self.target_definitions, AgentTarget::to_json);
        to.dictionary("extension_definitions", &self.extension_definitions, ExtensionDefinition::to_json);
        to.dictionary("data_marking_definitions", &self.data_marking_definitions, Marking::to_json);
        to.list("signatures", &self.signatures, Signature::to_json);
        to.finish()
    }
}

impl ExternalReference {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.text("source", self.source.as_deref());
        to.text("url", self.url.as_deref());
        to.text("external_id", self.external_id.as_deref());
        to.text("reference_id", self.reference_id.as_deref());
        to.finish()
    }
}

impl ProcessingSummary {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.truth("manual_playbook", self.manual_playbook);
        to.truth("external_playbooks", self.external_playbooks);
        to.truth("parallel_processing", self.parallel_processing);
        to.truth("if_logic", self.if_logic);
        to.truth("while_logic", self.while_logic);
        to.truth("switch_logic", self.switch_logic);
        to.truth("temporal_logic", self.temporal_logic);
        to.truth("data_markings", self.data_markings);
        to.truth("digital_signatures", self.digital_signatures);
        to.truth("countersigned_signatures", self.countersigned_signatures);
        to.truth("extensions", self.extensions);
        to.finish()
    }
}

impl Variable {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.variable_type.as_deref());
        to.text("description", self.description.as_deref());
        match &self.value {
            VariableValue::Unset => {}
            VariableValue::Null => to.put("value", Json::Null),
            VariableValue::Text(text) => to.text("value", Some(text)),
        }
        to.truth("constant", self.constant);
        to.truth("external", self.external);
        to.finish()
    }
}

impl Step {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        self.logic.write(&mut to);
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.list("external_references", &self.external_references, ExternalReference::to_json);
        to.whole("delay", self.delay);
        to.whole("timeout", self.timeout);
        to.dictionary("step_variables", &self.step_variables, Variable::to_json);
        to.id("owner", self.owner.as_ref());
        to.id("on_completion", self.on_completion.as_ref());
        to.id("on_success", self.on_success.as_ref());
        to.id("on_failure", self.on_failure.as_ref());
        to.extensions("step_extensions", &self.step_extensions);
        to.finish()
    }
}

impl Logic {
    fn write<'a>(&'a self, to: &mut Writer<'a>) {
        to.text("type", self.step_type());
        match self {
            Self::Start | Self::End | Self::Unknown(_) => {}
            Self::Action { commands, agent, targets, in_args, out_args } => {
                to.list("commands", commands, Command::to_json);
                to.id("agent", agent.as_ref());
                to.ids("targets", targets);
                to.texts("in_args", in_args);
                to.texts("out_args", out_args);
            }
            Self::PlaybookAction { playbook_id, playbook_version, in_args, out_args } => {
                to.id("playbook_id", playbook_id.as_ref());
                to.time("playbook_version", playbook_version.as_ref());
                to.texts("in_args", in_args);
                to.texts("out_args", out_args);
            }
            Self::Parallel { next_steps } => to.ids("next_steps", next_steps),
            Self::If { condition, on_true, on_false } => {
                to.text("condition", condition.as_deref());
                to.id("on_true", on_true.as_ref());
                to.id("on_false", on_false.as_ref());
            }
            Self::While { condition, on_true } => {
                to.text("condition", condition.as_deref());
                to.id("on_true", on_true.as_ref());
            }
            Self::Switch { switch, cases } => {
                to.text("switch", switch.as_deref());
                to.dictionary("cases", cases, |next| Json::text(next.as_str()));
            }
        }
    }
}

impl Command {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.command_type.as_ref().map(CommandType::text));
        to.text("description", self.description.as_deref());
        to.text("version", self.version.as_deref());
        to.text("playbook_activity", self.playbook_activity.as_deref());
        to.list("external_references", &self.external_references, ExternalReference::to_json);
        to.text("command", self.command.as_deref());
        to.text("command_b64", self.command_b64.as_deref());
        to.dictionary("headers", &self.headers, |texts| texts_of(texts));
        to.text("content", self.content.as_deref());
        to.text("content_b64", self.content_b64.as_deref());
        to.finish()
    }
}

impl AgentTarget {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.agent_type.as_ref().map(AgentTargetType::text));
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        if let Some(part) = &self.location {
            to.put("location", part.to_json());
        }
        to.extensions("agent_target_extensions", &self.agent_target_extensions);
        if let Some(part) = &self.contact {
            to.put("contact", part.to_json());
        }
        to.texts("logical", &self.logical);
        to.text("sector", self.sector.as_deref());
        if let Some(part) = &self.address {
            to.put("address", part.to_json());
        }
        to.text("port", self.port.as_deref());
        to.id("authentication_info", self.authentication_info.as_ref());
        to.texts("category", &self.category);
        to.finish()
    }
}

impl Address {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.texts("dname", &self.dname);
        to.texts("ipv4", &self.ipv4);
        to.texts("ipv6", &self.ipv6);
        to.texts("l2mac", &self.l2mac);
        to.texts("vlan", &self.vlan);
        to.texts("url", &self.url);
        to.finish()
    }
}

impl Contact {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.dictionary("email", &self.email, |text| Json::text(text.as_str()));
        to.dictionary("phone", &self.phone, |text| Json::text(text.as_str()));
        to.text("contact_details", self.contact_details.as_deref());
        to.finish()
    }
}

impl CivicLocation {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.text("building_details", self.building_details.as_deref());
        to.text("network_details", self.network_details.as_deref());
        to.text("region", self.region.as_deref());
        to.text("country", self.country.as_deref());
        to.text("administrative_area", self.administrative_area.as_deref());
        to.text("city", self.city.as_deref());
        to.text("street_address", self.street_address.as_deref());
        to.text("postal_code", self.postal_code.as_deref());
        to.text("latitude", self.latitude.as_deref());
        to.text("longitude", self.longitude.as_deref());
        to.text("precision", self.precision.as_deref());
        to.finish()
    }
}

impl Authentication {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.authentication_type.as_ref().map(AuthenticationType::text));
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.extensions("authentication_info_extensions", &self.authentication_info_extensions);
        to.text("user_id", self.user_id.as_deref());
        to.text("username", self.username.as_deref());
        to.text("password", self.password.as_deref());
        to.text("oauth_header", self.oauth_header.as_deref());
        to.text("token", self.token.as_deref());
        to.truth("kms", self.kms);
        to.text("kms_key_identifier", self.kms_key_identifier.as_deref());
        to.finish()
    }
}

impl ExtensionDefinition {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.object_type.as_deref());
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.id("created_by", self.created_by.as_ref());
        to.text("schema", self.schema.as_deref());
        to.text("version", self.version.as_deref());
        to.list("external_references", &self.external_references, ExternalReference::to_json);
        to.finish()
    }
}

impl Marking {
    fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.marking_type.text());
        match &self.marking_type {
            MarkingType::Statement { statement } => to.text("statement", statement.as_deref()),
            MarkingType::Tlp { tlpv2_level } => to.text("tlpv2_level", tlpv2_level.as_deref()),
            MarkingType::Iep | MarkingType::Unknown(_) => {}
        }
        to.id("id", self.id.as_ref());
        to.text("name", self.name.as_deref());
        to.text("description", self.description.as_deref());
        to.id("created_by", self.created_by.as_ref());
        to.time("created", self.created.as_ref());
        to.truth("revoked", self.revoked);
        to.time("valid_from", self.valid_from.as_ref());
        to.time("valid_until", self.valid_until.as_ref());
        to.texts("labels", &self.labels);
        to.list("external_references", &self.external_references, ExternalReference::to_json);
        to.extensions("marking_extensions", &self.marking_extensions);
        to.raw(&self.policy);
        to.finish()
    }
}

impl Signature {
    /// The signature as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json<'_> {
        let mut to = Writer::over(&self.other);
        to.text("type", self.object_type.as_deref());
        to.id("id", self.id.as_ref());
        to.id("created_by", self.created_by.as_ref());
        to.time("created", self.created.as_ref());
        to.time("modified", self.modified.as_ref());
        to.truth("revoked", self.revoked);
        to.text("signee", self.signee.as_deref());
        to.time("valid_from", self.valid_from.as_ref());
        to.time("valid_until", self.valid_until.as_ref());
        to.id("related_to", self.related_to.as_ref());
        to.time("related_version", self.related_version.as_ref());
        to.text("hash_algorithm", self.hash_algorithm.as_deref());
        to.text("algorithm", self.algorithm.as_deref());
        to.text("public_key", self.public_key.as_deref());
        to.texts("public_cert_chain", &self.public_cert_chain);
        to.text("cert_url", self.cert_url.as_deref());
        to.text("thumbprint", self.thumbprint.as_deref());
        to.text("value", self.value.as_deref());
        if let Some(part) = &self.signature {
            to.put("signature", part.to_json());
        }
        to.finish()
    }
}

/// A list of texts.
fn texts_of(texts: &[String]) -> Json<'_> {
    Json::List(texts.iter().map(|text| Json::text(text.as_str())).collect())
}
