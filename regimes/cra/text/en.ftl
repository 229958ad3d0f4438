# Words of the pack. Own words; the law is cited by article.

pack = Cyber Resilience Act: vulnerabilities and incidents of products
note-platform = A web form in English, with EU Login and a second factor; no interface for programs. Its counter for the 72 hours adds 48 hours to the early warning, and shows too early a time when that was filed before hour 24; it has no counter for the final report. What counts is the time shown here: it follows the law. If the platform does not answer, tell the coordinator and file as soon as it does.
unsure-voluntary = The platform does not take voluntary reports yet: send it to the coordinator, or to the CSIRT of your State. The article itself applies from 11 December 2027.
unsure-delay = The delegated regulation was read about, not in the act itself.

## Rules

rule-manufacturer = The organisation is the manufacturer of the product
rule-representative = The organisation is the authorised representative of the manufacturer
rule-importer = The organisation is the importer of the product
rule-distributor = The organisation is a distributor of the product
rule-steward = The organisation is the steward of this open-source software
rule-several_parts = The organisation has several parts in products
rule-fully_applies = The whole regulation applies, from 11 December 2027
rule-reports_as_manufacturer = The organisation is the manufacturer, or reports for it by mandate
rule-steward_of_vulnerability = A steward that takes part in the development of the software
rule-steward_of_incident = A steward whose systems for development are affected
rule-steward_asked = Stewards have duties, and the organisation is one
rule-product_excluded = Somebody decided, with reasons, that the product is outside of the law
rule-product_covered = A product with digital elements is concerned, and the law covers it
rule-exploitation_shown = There is reliable evidence that it was exploited with malice and without permission
rule-actively_exploited = A vulnerability of the product is actively exploited
rule-vulnerability_reportable = An actively exploited vulnerability that the organisation must report
rule-severe = Sensitive or important data or functions lose protection, or malicious code gets in
rule-severe_incident = A severe incident for the security of the product
rule-incident_reportable = A severe incident that the organisation must report
rule-in_supply_chain = An importer or distributor of a product that the law covers
rule-risk_significant = The product presents a significant cybersecurity risk
rule-held_back = Particularly exceptional circumstances are marked
rule-told_by_others = Somebody else than the manufacturer reports an exploited vulnerability or a severe incident

this-part = It is the only part that it has in products, or that which it has in this one
mandated = An authorised representative whose mandate covers reporting
reason-kept = The reasons for the decision are recorded
one-exclusion = One of the exclusions was chosen
not-excluded = Nobody decided, with recorded reasons, that the product is outside of the law
no-reason-against = Nobody has recorded reasons against it
exploited-or-open = It was exploited, or nobody decided with reasons that it was not
severe-or-open = It is severe, or nobody decided with reasons that it is not
who-reports = The organisation is one of those who must report it
not-known-before = It was not known before 11 September 2026
importer-or-distributor = The organisation is an importer or a distributor of the product
not-the-manufacturer = The organisation is not the manufacturer
exploited = A vulnerability is actively exploited
severe-for-the-product = An incident is severe for the security of the product
exploited-or-severe = It is an actively exploited vulnerability or a severe incident
delay-in-question = The manufacturer asks to wait, or marks exceptional circumstances
delay-asked = It must be reported, and the manufacturer asks to wait
warning-provided = It held what the early warning asks for
all-provided = It held what the earlier reports ask for
measure-was-there = The corrective measure was available when it was filed
vulnerability-of-the-manufacturer = An exploited vulnerability, reported as or for the manufacturer
users-impacted = Users of the product must be told

## Tracks

track-actively_exploited_vulnerability = An actively exploited vulnerability must be reported
track-severe_incident = A severe incident of a product must be reported
track-users = Users of the product must be told
track-supply_chain = Importers and distributors must tell the manufacturer and authorities
track-voluntary = Nothing must be reported, but it may be

## Stages

stage-early_warning = Early warning
stage-vulnerability_notification = Vulnerability notification
stage-incident_notification = Incident notification
stage-intermediate_report = Intermediate report
stage-final_report = Final report
stage-inform_users = Tell the users of the product
stage-inform_manufacturer = Tell the manufacturer of the vulnerability
stage-inform_market_surveillance = Tell the market surveillance authorities of the risk
stage-voluntary_notification = Voluntary notification

## Receivers

recipients-desk = the coordinator in the State of the main establishment and ENISA, simultaneously through the platform
recipients-product_users = the impacted users of the product, and all where that is appropriate
recipients-maker = the manufacturer of the product
recipients-market_surveillance = the market surveillance authorities of the States where you made it available
recipients-voluntary_desk = the coordinator or ENISA
recipients-concerned_coordinators = the coordinators of the States where the product is available, and ENISA while it has not seen everything
recipients-concerned_coordinators_of_incident = the coordinators of the States where the product is available
recipients-own_market_surveillance = the market surveillance authority of the State
recipients-union_agency = ENISA
recipients-told_manufacturer = the manufacturer of the product
recipients-reporter = the organisation that reported

## Duties of authorities

authority-disseminate_vulnerability = Pass the notification of the vulnerability on to the coordinators of the States where the product is available
authority-disseminate_incident = Pass the notification of the incident on to the coordinators of the States where the product is available
authority-report_delay_of_vulnerability = If the notification of the vulnerability is held back: tell ENISA at once, with the reason and the time when it will be passed on
authority-report_delay_of_incident = If the notification of the incident is held back: tell ENISA at once, with the reason and the time when it will be passed on
authority-inform_market_surveillance_of_vulnerability = Give the market surveillance authority what it needs of the vulnerability
authority-inform_market_surveillance_of_incident = Give the market surveillance authority what it needs of the incident
authority-tell_manufacturer = Tell the manufacturer what somebody else reported
authority-vulnerability_database = Add the publicly known vulnerability to the European database, in agreement with the manufacturer

## Forms

section-duty = Whether there is a duty, and to whom
section-notification = The notification
section-product = The product
section-measures = Measures and sensitivity
section-vulnerability = The vulnerability
section-incident = The incident
section-delay = If it should not be passed on yet
section-handling = References and handling
section-message = What to tell them
section-reach = Who is told
section-report = What you report

## Why a question is asked

why-product = Because a product is concerned.
why-parts = Because your organisation has several parts in products.
why-exclusion = Because you said that the product is outside of the law.
why-mandate = Because you act for a manufacturer.
why-steward = Because you are a steward of open-source software.
why-vulnerability = Because it is a vulnerability of the product.
why-incident = Because you report an incident, and a product is concerned.
why-severe = Because the incident weakens the product.
why-delay = Because you ask the coordinator to wait.
why-exceptional = Because you marked exceptional circumstances.

## Questions in the words of this law

field-report_kind = What happened to you
    .help = An incident, or something that did not come about. For a vulnerability that has done you no harm choose "Cyber threat".
field-aware_at = When you became aware of it
    .help = Of the active exploitation, or of the severe incident: when you were reasonably sure. The 24 and the 72 hours count from here, whatever the platform shows. If you learned of an exploitation and of an incident at different times, make two records. Importers and distributors: of the vulnerability.
field-product_countries = Member States where the product is available
    .help = Those where you know it was made available. Their coordinators get the report from yours.
field-entity-name = Manufacturer
    .help = The platform takes it from the registration. If you act by mandate, it is the manufacturer named above.
field-measures_taken = Corrective or mitigating measures taken
    .help = What you did to remedy or contain it. At most 2,000 characters.
field-recipient_measures = Corrective or mitigating measures that users can take
    .help = Install which update, change which setting; in plain words.
field-description = General nature of the incident
    .help = What happened and how, as far as you know.
field-severity_reason = How severe the incident is, in detail
    .help = What it did to the protection of data and functions, and what it still can do.
field-impact_description = What the incident did, in detail
    .help = To the product, to its users, to others; what is still to be expected.
field-occurred_at = When the incident occurred
    .help = The platform wants it in UTC.
field-recipients_informed = Which users were told, when and how
field-authority_reference = Reference of the platform
    .help = The number that the platform gave the notification.
