# Words of the pack. Own words; the law is cited by article.

pack = Digital operational resilience of the financial sector: reports of major incidents

## Ways to the supervisor

channel-edesk = A form; it needs the role "IT incident notifier". For those whom the CSSF supervises. This was read about, not tried: see what it says now.
channel-s3 = Files instead of the form. For those whom the CSSF supervises. This was read about, not tried: see what it says now.
channel-fidac = Three modules for the reports, one for threats, with a JSON schema; the report before can be fetched and used again. This was read about, not tried: see what it says now.
channel-templates = Fixed templates; the names of the files must be as prescribed, and the portal checks them. This was read about, not tried: see what it says now.

## Rules

rule-in_scope = The organisation is a financial entity in scope
rule-financial_entity = It is a financial entity
rule-listed_type = It is of one of the 23 types of financial entities
rule-exempt = It is exempt
rule-small_intermediary = It is an insurance intermediary of at most medium size, and of no other type
rule-covered = It is an incident of information systems, or one of payments at an institution for payments
rule-major = The incident is major
rule-major_alone = By itself it meets the criteria of a major incident
rule-critical_services = Critical services are affected
rule-malicious_access = Somebody got in without right and with malice
rule-clients_counterparts_transactions = The threshold for clients, counterparts and transactions is met
rule-reputational_impact = The threshold for reputation is met
rule-duration_and_downtime = The threshold for duration and downtime is met
rule-geographical_spread = It has an impact in two or more Member States
rule-data_losses = The threshold for losses of data is met
rule-data_losses_with_adverse_impact = Harm to data hinders business objectives or meeting regulation
rule-data_losses_by_intrusion = An intrusion with malice may lead to losses of data
rule-economic_impact = Gross costs and losses exceed 100,000 euro, or probably will
rule-major_recurring = Recurring incidents are major when taken together
rule-no_recurring = Recurring incidents are not looked at: a microenterprise, or the simplified framework
rule-significant_threat = The cyber threat is significant
rule-reportable = A major incident of a financial entity in scope
rule-threat_reportable = A significant cyber threat to a financial entity in scope
rule-no_noon_rule = The weekend rule is not for this organisation
rule-outsourcing_untold = Reporting is outsourced, and the supervisor was not told yet
rule-outsourcing_end_untold = Reporting is no longer outsourced, and the supervisor was not told yet
rule-reports_for_others = The organisation reports a major incident for others, to whom it has agreed to report
rule-one_report_for_several = One report for several financial entities is allowed

listed-types = Its type is one of the 23 of the reporting template
other-listed-types = It is also of another of these types
payment-types = It is a credit institution, a payment institution, an electronic money institution or an account information service
payment-incident = An incident of payments that is none of information systems
two-thresholds = At least two of the six thresholds are met
classified-major = It meets the criteria, or was classified as major already
transactions-number = More than a tenth of an average day's transactions
transactions-value = More than a tenth of the value of an average day's transactions
downtime-of-critical = What supports critical or important functions was out of use for more than two hours
may-combine = Activities had recovered, or the root cause was dealt with, when it was filed
update-called-for = Activities have recovered since the intermediate report, or the authority asks for an update
for-one-or-several = It reports for one financial entity, or may report for several in one report
supervisor-not-told = The supervisor does not know yet that the arrangement was concluded, or that it ended
no-weekend-rule = Weekends and public holidays are not taken into account here: whether they move the limit depends on each financial entity and on its State.

## Tracks

track-major_incident = A major incident must be reported
track-reclassified = The incident proved never to have been major
track-delay = A report cannot come in time
track-clients = A major incident must be reported, and clients may have to be told
track-threat_clients = Clients may have to be told of a significant cyber threat
track-cyber_threat = A significant cyber threat may be reported
track-outsourcing = The supervisor must know who reports for the organisation
track-on_behalf = A major incident must be reported for others
track-on_behalf_reclassified = The incident that was reported for others proved never to have been major
track-on_behalf_delay = A report for others cannot come in time

## Stages

stage-initial_notification = Initial notification
stage-intermediate_report = Intermediate report
stage-updated_intermediate_report = Updated intermediate report
stage-final_report = Final report
stage-reclassification = Reclassification as non-major
stage-delay_notice = Notice that a report comes late
stage-inform_clients = Tell clients
stage-inform_clients_of_threat = Tell clients of a threat
stage-threat_notification = Notification of a significant cyber threat
stage-individual_report = Individual report, besides one for several
stage-outsourcing_notice = Notice that a third party reports for you
stage-outsourcing_end_notice = Notice that no third party reports for you any more
stage-others_initial_notification = Initial notification for others
stage-others_intermediate_report = Intermediate report for others
stage-others_updated_intermediate_report = Updated intermediate report for others
stage-others_final_report = Final report for others
stage-others_reclassification = Reclassification as non-major, for others
stage-others_delay_notice = Notice that a report for others comes late

## Receivers

recipients-supervisor = the financial supervisor of the entity's State
recipients-supervisor_of_others = the financial supervisor of those for whom you report
recipients-clients = the clients concerned
recipients-reporter = the organisation that reported
recipients-network_security = the CSIRT or authority for network and information security

## Duties of authorities

authority-acknowledge = Acknowledge receipt
authority-inform_network_security = Pass details on to the CSIRT or authority for network security

## Forms

section-first = First things first
section-submitter = Who reports
section-critical = Critical services
section-clients = Clients, counterparts and transactions
section-reputation = Reputation
section-duration = When and how long
section-geography = Other Member States
section-data = Data
section-kind = Kind of incident, and what it hits
section-response = Who was told and what is done
section-causes = Root causes and resolution
section-costs = Costs and losses
section-recurring = Recurring incidents
section-handling = Time and handling
section-threat = The threat
section-message = What to tell them
section-delay = Why it comes late
section-for_whom = For whom you report
section-outsourcing = Who reports for you

## Questions in the words of this law

field-aware_at = When you became aware of it
    .help = The moment of detection in the terms of the template: when you knew of the incident or threat. Of recurring incidents, the last one. The 24 hours count from here. If you report for several, when the first of them knew.
field-description = Description
    .help = What is known of causes, first effects and systems; providers and other financial entities concerned, with LEI or EUID; later also your own rating of severity and who at the top was involved.
field-affected_countries = Member States on which it has an impact
    .help = EEA States, your own included: clients, counterparts, branches, companies of the group, market infrastructures or common providers feel it there.
field-third_parties = Where it began
    .help = The provider or financial entity: name, identification code and kind of code, such as LEI or EUID.
field-contacts = First contact
    .help = Name, mail and telephone with international prefix of the person whom the supervisor can reach.
field-affected_services = Which critical services are affected
    .help = Supervised services, or systems that support critical or important functions; if somebody got in, how.
field-affected_systems = Which infrastructure components are affected
    .help = Hardware and software, with versions; in house or outsourced, and to whom; shared or not; what stands in for them.
field-measures_taken = Measures taken or planned
    .help = What was done at once and what is still planned, with dates and times.
field-cross_border_description = What the impact in other Member States is
    .help = For each State: clients, counterparts, branches, companies of the group, market infrastructures, common providers.
field-root_cause_description = How it came about
    .help = The events that led to it, reasons and contributing factors; of an attack the techniques and the way in; how you found out.
field-lessons = Resolution and lessons
    .help = What solves it for good, by whom and by when; which procedures and controls change; what the review found.
field-handled_at = When the incident was resolved
field-occurred_at = When it occurred
    .help = If it differs from when you became aware. Of recurring incidents, the last one.
field-impact_description = What it could do
    .help = To you, your clients and counterparts, if the threat came true.
field-entity-name = Name of the entity that submits
field-entity-lei = LEI of the entity that submits
field-entity-type = Type of the financial entity affected

## Why a question is asked

why-origin = Because it began elsewhere.
why-never-major = Because it was reported as major.
why-entities = Because you submit for others.
why-aggregated = Because one report is to stand for several financial entities.
why-affected-group = Because they belong to a group.
why-group = Because the organisation belongs to a group.
why-transactions = Because transactions are affected.
why-downtime = Because a service was out of use.
why-data = Because data were harmed.
why-other = Because you chose "other".
why-attack = Because it is related to cybersecurity.
why-indicators = Because it is related to cybersecurity, and the organisation is an essential or important entity.
why-systems = Because infrastructure is affected.
why-measures = Because there are temporary measures.
why-processes = Because a process failed that the law wants to know more about.
why-resolution = Because resolution authorities need it.
why-recurring-asked = Incidents that recur count together.
why-recurring = Because it happened before, all of these incidents count together.
