# Words of the pack. Own words; the law is cited by article.

pack = Network and information security: reports of significant incidents
note-minimum = What the directive asks at least: the law of the State may differ, and no national profile is installed.

## Rules

rule-in_scope = The organisation is an essential or important entity
rule-in_scope_by_size = It is at least medium-sized and works in one of the eighteen sectors
rule-in_scope_whatever_the_size = It is in scope whatever its size
rule-financial_entity = The organisation is a financial entity under the rules on digital resilience
financial-entity = It is a financial entity, as registered or by its type
financial-types = Its type is one of the 23 types of financial entities
rule-significant = The incident is significant
rule-listed_type = The organisation is of a type with criteria of its own
rule-significant_by_decision = Somebody of the organisation has decided that the incident is significant
rule-significant_by_criteria = The incident meets a criterion for its type of entity
rule-general_criteria = A criterion for all listed types is met
rule-criteria_of_the_type = A criterion for the type of entity is met
rule-criteria_dns = A criterion for DNS service providers is met
rule-criteria_tld = A criterion for top-level domain name registries is met
rule-criteria_cloud = A criterion for cloud computing service providers is met
rule-criteria_data_centre = A criterion for data centre service providers is met
rule-criteria_content_delivery = A criterion for content delivery network providers is met
rule-criteria_managed_services = A criterion for managed service and managed security service providers is met
rule-criteria_marketplace = A criterion for online marketplaces is met
rule-criteria_search = A criterion for online search engines is met
rule-criteria_social = A criterion for social networking platforms is met
rule-criteria_trust = A criterion for trust service providers is met
rule-reportable = A significant incident of an entity in scope
rule-handled_late = The incident still went on when the final report was due

sectors = It works in one of the eighteen sectors of the annexes
listed-types = Its type is one of the eleven of the implementing regulation
somebody-decided = The incident was judged to be significant
malicious-access = Somebody got in without right, suspectedly with malice, and can severely disrupt operation
recurring = At least twice in six months for the same apparent cause, together above the limit of loss
slow-responses = More than 10 seconds per response on average, for more than one hour
dns-data = Integrity, confidentiality or authenticity of data was compromised, beyond a small misconfiguration
few-domains = Fewer than 1,000 and at most 1% of the domain names managed had incorrect data, because of a misconfiguration
data-compromised = Integrity, confidentiality or authenticity of data was compromised
data-malicious = Integrity, confidentiality or authenticity of data was compromised, suspectedly with malice
data-of-many = Integrity, confidentiality or authenticity of data was compromised, for many users
limited-for-many = The service was limited, for many users
outage-for-many = The service was completely unavailable, for many users
no-progress-report = The incident was handled in time; no progress report takes the place of the final report
progress-report = A progress report takes the place of the final report
not-owed = It is not one that must be reported
open-to-volunteers = An entity in scope may report it anyway; anybody else a near miss, a threat or a significant incident

## Tracks

track-mandatory = The incident must be reported
track-users = The incident must be reported, and those who use the service must be told
track-threat = A significant threat endangers those who use the services
track-voluntary = Nothing must be reported, but it may be

## Stages

stage-early_warning = Early warning
stage-incident_notification = Incident notification
stage-intermediate_report = Intermediate report
stage-final_report = Final report
stage-progress_report = Progress report
stage-final_report_after_progress = Final report after the incident
stage-inform_users = Tell those who use the service
stage-inform_users_of_threat = Tell those whom a threat endangers
stage-voluntary_notification = Voluntary notification

## Receivers

recipients-desk = the CSIRT or, where the State says so, the competent authority
recipients-users = those who use the service
recipients-reporter = the organisation that reported
recipients-other_states = the other States concerned and the Union agency
recipients-critical_entities = the authority for critical entities
recipients-contact_point = the single point of contact of the State
copies-contact_point = for information, cross-border
recipients-union_agency = the Union agency for cybersecurity

## Duties of authorities

authority-response = First answer to the early warning
authority-response_to_voluntary = First answer to a voluntary notification
authority-crime_guidance = Guidance on reporting to the police
authority-inform_states = Inform the other States concerned
authority-inform_critical_entities_authority = Inform the authority for critical entities
authority-summary = Summary report of the quarter
kind-significant_incident = Significant incidents that were owed
kind-voluntary_incident = Incidents reported voluntarily
kind-near_miss = Near misses, voluntarily
kind-threat = Cyber threats, voluntarily

## Forms

section-first = First things first
section-what = What happened
section-criteria = How bad it is
section-impact = Impact
section-technical = Cause and traces
section-measures = Measures
section-people = Contacts and help
section-information = Who was told
section-entity = Your organisation
section-handling = References and handling
section-message = What to tell them

## Why a question is asked

why-decision = For your type of organisation the law sets no numbers: a person decides.
why-data = Because data were compromised, the number of people counts.
why-access = Because somebody got in, it matters what the intruder could do.
why-recurring = Because it happened before, all of these incidents count together.
why-countries = Because another country may be affected.
why-informed = Because those who use the service are likely to be harmed.
why-threat = Because you report a threat.
why-complaint = Because you suspect an unlawful act.
rule-asks_limited = Limited availability counts for your type of organisation
rule-asks_names = Slow answers to queries count for your type of organisation
rule-asks_users = The number of users counts for your type of organisation
rule-asks_premises = Physical access counts for your type of organisation
open-at-due = The incident goes on, and the final report was due
