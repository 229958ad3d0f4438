//! Extension definitions that we know, and our own.

/// The Incident Extension Suite: what an incident says more.
pub const INCIDENT_CORE: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";
/// The Incident Extension Suite: events.
pub const EVENT: &str = "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e";
/// The Incident Extension Suite: impacts.
pub const IMPACT: &str = "extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9";
/// The Incident Extension Suite: tasks.
pub const TASK: &str = "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030";
/// TLP 2.0 marking definitions.
pub const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// PAP marking definitions.
pub const PAP: &str = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
/// A playbook in a course of action.
pub const PLAYBOOK: &str = "extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c";
