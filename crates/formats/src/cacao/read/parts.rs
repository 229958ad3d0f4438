//! The parts of a playbook, member by member.

use super::Reader;
use crate::cacao::{
    Address, AgentTarget, AgentTargetType, Authentication, AuthenticationType, CivicLocation, Command,
    CommandType, Contact, ExtensionDefinition, ExternalReference, IEP_MEMBERS, Identifier, Logic, Marking,
    MarkingType, Playbook, ProcessingSummary, Signature, Step, Variable, VariableValue,
};

impl Reader<'_> {
    pub fn playbook(mut self) -> Playbook {
        Playbook {
            object_type: self.text("type"),
            spec_version: self.text("spec_version"),
            id: self.id("id"),
            name: self.text("name"),
            description: self.text("description"),
            playbook_types: self.texts("playbook_types"),
            playbook_activities: self.texts("playbook_activities"),
            playbook_processing_summary: self.part("playbook_processing_summary", |part| part.summary()),
            created_by: self.id("created_by"),
            created: self.time("created"),
            modified: self.time("modified"),
            revoked: self.truth("revoked"),
            valid_from: self.time("valid_from"),
            valid_until: self.time("valid_until"),
            derived_from: self.ids("derived_from"),
            related_to: self.ids("related_to"),
            priority: self.whole("priority"),
            severity: self.whole("severity"),
            impact: self.whole("impact"),
            industry_sectors: self.texts("industry_sectors"),
            labels: self.texts("labels"),
            external_references: self.references(),
            markings: self.ids("markings"),
            playbook_variables: self.dictionary("playbook_variables", |part| part.variable()),
            workflow_start: self.id("workflow_start"),
            workflow_exception: self.id("workflow_exception"),
            workflow: self.dictionary("workflow", |part| part.step()),
            playbook_extensions: self.extensions("playbook_extensions"),
            authentication_info_definitions: self
                .dictionary("authentication_info_definitions", |part| part.authentication()),
            agent_definitions: self.dictionary("agent_definitions", |part| part.agent_target()),
            target_definitions: self.dictionary("target_definitions", |part| part.agent_target()),
            extension_definitions: self
                .dictionary("extension_definitions", |part| part.extension_definition()),
            data_marking_definitions: self.dictionary("data_marking_definitions", |part| part.marking()),
            signatures: self.list("signatures", |part| part.signature()),
            other: self.rest(),
        }
    }

    fn references(&mut self) -> Vec<ExternalReference> {
        self.list("external_references", |part| part.reference())
    }

    fn reference(mut self) -> ExternalReference {
        ExternalReference {
            name: self.text("name"),
            description: self.text("description"),
            source: self.text("source"),
            url: self.text("url"),
            external_id: self.text("external_id"),
            reference_id: self.text("reference_id"),
            other: self.rest(),
        }
    }

    fn summary(mut self) -> ProcessingSummary {
        ProcessingSummary {
            manual_playbook: self.truth("manual_playbook"),
            external_playbooks: self.truth("external_playbooks"),
            parallel_processing: self.truth("parallel_processing"),
            if_logic: self.truth("if_logic"),
            while_logic: self.truth("while_logic"),
            switch_logic: self.truth("switch_logic"),
            temporal_logic: self.truth("temporal_logic"),
            data_markings: self.truth("data_markings"),
            digital_signatures: self.truth("digital_signatures"),
            countersigned_signatures: self.truth("countersigned_signatures"),
            extensions: self.truth("extensions"),
            other: self.rest(),
        }
    }

    fn variable(mut self) -> Variable {
        Variable {
            variable_type: self.text("type"),
            description: self.text("description"),
            value: match self.text_or_null("value") {
                None => VariableValue::Unset,
                Some(None) => VariableValue::Null,
                Some(Some(text)) => VariableValue::Text(text),
            },
            constant: self.truth("constant"),
            external: self.truth("external"),
            other: self.rest(),
        }
    }

    fn step(mut self) -> Step {
        Step {
            logic: self.logic(),
            name: self.text("name"),
            description: self.text("description"),
            external_references: self.references(),
            delay: self.whole("delay"),
            timeout: self.whole("timeout"),
            step_variables: self.dictionary("step_variables", |part| part.variable()),
            owner: self.id("owner"),
            on_completion: self.id("on_completion"),
            on_success: self.id("on_success"),
            on_failure: self.id("on_failure"),
            step_extensions: self.extensions("step_extensions"),
            other: self.rest(),
        }
    }

    /// The type of the step, and the members that only this type has; those of other types stay for `other`.
    fn logic(&mut self) -> Logic {
        let kind = self.text("type");
        match kind.as_deref() {
            Some("start") => Logic::Start,
            Some("end") => Logic::End,
            Some("action") => Logic::Action {
                commands: self.list("commands", |part| part.command()),
                agent: self.id("agent"),
                targets: self.ids("targets"),
                in_args: self.texts("in_args"),
                out_args: self.texts("out_args"),
            },
            Some("playbook-action") => Logic::PlaybookAction {
                playbook_id: self.id("playbook_id"),
                playbook_version: self.time("playbook_version"),
                in_args: self.texts("in_args"),
                out_args: self.texts("out_args"),
            },
            Some("parallel") => Logic::Parallel { next_steps: self.ids("next_steps") },
            Some("if-condition") => Logic::If {
                condition: self.text("condition"),
                on_true: self.id("on_true"),
                on_false: self.id("on_false"),
            },
            Some("while-condition") => {
                Logic::While { condition: self.text("condition"), on_true: self.id("on_true") }
            }
            Some("switch-condition") => Logic::Switch {
                switch: self.text("switch"),
                cases: self
                    .dictionary_of_texts("cases")
                    .into_iter()
                    .map(|(value, next)| (value, Identifier::new(next)))
                    .collect(),
            },
            Some(_) | None => Logic::Unknown(kind),
        }
    }

    fn command(mut self) -> Command {
        Command {
            command_type: self.text("type").map(|text| CommandType::of(&text)),
            description: self.text("description"),
            version: self.text("version"),
            playbook_activity: self.text("playbook_activity"),
            external_references: self.references(),
            command: self.text("command"),
            command_b64: self.text("command_b64"),
            headers: self.dictionary_of_lists("headers"),
            content: self.text("content"),
            content_b64: self.text("content_b64"),
            other: self.rest(),
        }
    }

    fn agent_target(mut self) -> AgentTarget {
        AgentTarget {
            agent_type: self.text("type").map(|text| AgentTargetType::of(&text)),
            name: self.text("name"),
            description: self.text("description"),
            location: self.part("location", |part| part.civic_location()),
            agent_target_extensions: self.extensions("agent_target_extensions"),
            contact: self.part("contact", |part| part.contact()),
            logical: self.texts("logical"),
            sector: self.text("sector"),
            address: self.part("address", |part| part.address()),
            port: self.text("port"),
            authentication_info: self.id("authentication_info"),
            category: self.texts("category"),
            other: self.rest(),
        }
    }

    fn address(mut self) -> Address {
        Address {
            dname: self.texts("dname"),
            ipv4: self.texts("ipv4"),
            ipv6: self.texts("ipv6"),
            l2mac: self.texts("l2mac"),
            vlan: self.texts("vlan"),
            url: self.texts("url"),
            other: self.rest(),
        }
    }

    fn contact(mut self) -> Contact {
        Contact {
            email: self.dictionary_of_texts("email"),
            phone: self.dictionary_of_texts("phone"),
            contact_details: self.text("contact_details"),
            other: self.rest(),
        }
    }

    fn civic_location(mut self) -> CivicLocation {
        CivicLocation {
            name: self.text("name"),
            description: self.text("description"),
            building_details: self.text("building_details"),
            network_details: self.text("network_details"),
            region: self.text("region"),
            country: self.text("country"),
            administrative_area: self.text("administrative_area"),
            city: self.text("city"),
            street_address: self.text("street_address"),
            postal_code: self.text("postal_code"),
            latitude: self.text("latitude"),
            longitude: self.text("longitude"),
            precision: self.text("precision"),
            other: self.rest(),
        }
    }

    fn authentication(mut self) -> Authentication {
        Authentication {
            authentication_type: self.text("type").map(|text| AuthenticationType::of(&text)),
            name: self.text("name"),
            description: self.text("description"),
            authentication_info_extensions: self.extensions("authentication_info_extensions"),
            user_id: self.text("user_id"),
            username: self.text("username"),
            password: self.text("password"),
            oauth_header: self.text("oauth_header"),
            token: self.text("token"),
            kms: self.truth("kms"),
            kms_key_identifier: self.text("kms_key_identifier"),
            other: self.rest(),
        }
    }

    fn extension_definition(mut self) -> ExtensionDefinition {
        ExtensionDefinition {
            object_type: self.text("type"),
            name: self.text("name"),
            description: self.text("description"),
            created_by: self.id("created_by"),
            schema: self.text("schema"),
            version: self.text("version"),
            external_references: self.references(),
            other: self.rest(),
        }
    }

    fn marking(mut self) -> Marking {
        let kind = self.text("type");
        let marking_type = match kind.as_deref() {
            Some("marking-statement") => MarkingType::Statement { statement: self.text("statement") },
            Some("marking-tlp") => MarkingType::Tlp { tlpv2_level: self.text("tlpv2_level") },
            Some("marking-iep") => MarkingType::Iep,
            Some(_) | None => MarkingType::Unknown(kind),
        };
        let policy = if marking_type == MarkingType::Iep { self.raw(&IEP_MEMBERS) } else { Vec::new() };
        Marking {
            marking_type,
            id: self.id("id"),
            name: self.text("name"),
            description: self.text("description"),
            created_by: self.id("created_by"),
            created: self.time("created"),
            revoked: self.truth("revoked"),
            valid_from: self.time("valid_from"),
            valid_until: self.time("valid_until"),
            labels: self.texts("labels"),
            external_references: self.references(),
            marking_extensions: self.extensions("marking_extensions"),
            policy,
            other: self.rest(),
        }
    }

    fn signature(mut self) -> Signature {
        Signature {
            object_type: self.text("type"),
            id: self.id("id"),
            created_by: self.id("created_by"),
            created: self.time("created"),
            modified: self.time("modified"),
            revoked: self.truth("revoked"),
            signee: self.text("signee"),
            valid_from: self.time("valid_from"),
            valid_until: self.time("valid_until"),
            related_to: self.id("related_to"),
            related_version: self.time("related_version"),
            hash_algorithm: self.text("hash_algorithm"),
            algorithm: self.text("algorithm"),
            public_key: self.text("public_key"),
            public_cert_chain: self.texts("public_cert_chain"),
            cert_url: self.text("cert_url"),
            thumbprint: self.text("thumbprint"),
            value: self.text("value"),
            signature: self.part("signature", |part| Box::new(part.signature())),
            other: self.rest(),
        }
    }
}
