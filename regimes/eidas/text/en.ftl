# Words of the pack. Own words; the law is cited by article.

pack = Electronic identification and trust services: breaches and disruptions of trust services

## Rules

rule-provider = The organisation provides trust services
rule-qualified_service = It hits a qualified trust service
rule-non_qualified_service = It hits a trust service that is not qualified
rule-both_kinds = The organisation provides both qualified services and others
rule-breach = It is a breach of security or a disruption, not a near miss or a threat
rule-significant_impact = The impact on the trust service, or on personal data in it, is significant
rule-decided_insignificant = Somebody decided that the impact is not significant, and recorded why
rule-indicative_thresholds = A threshold for trust service providers is met
rule-notifiable_qualified = A breach or disruption of a qualified trust service with a significant impact
rule-notifiable_non_qualified = A breach or disruption of a trust service that is not qualified, with a significant impact
rule-decided_against_the_public = Somebody decided that the public need not know, and recorded why

only-qualified = All trust services of the organisation are qualified
only-non-qualified = None of its trust services is qualified
hits-qualified = A qualified service is hit: there are no others, or somebody said so
hits-non-qualified = A service that is not qualified is hit: there are no others, or somebody said so
limited-for-many = The service was limited, for many users
data-of-many = Integrity, confidentiality or authenticity of data was compromised, for many users
reason-kept = The reasons for the decision are recorded
public-not-excluded = Nobody decided, with recorded reasons, that the public need not know
public-interest = The public has an interest to know, or the supervisory body requires it
other-states = It must be notified, and other Member States are concerned
personal-data-breached = It must be notified, and personal data may be breached

## How sure a rule is

from-the-incident = Here the 24 hours count from the incident itself, not from knowing of it. While its beginning is not known, a day after becoming aware is shown: the latest that it can be.

## Tracks

track-qualified = A qualified trust service is hit: it must be notified
track-non_qualified = A trust service that is not qualified is hit: it must be notified

## Stages

stage-breach_notification = Notification of the breach or disruption
stage-inform_persons = Tell the people affected
stage-inform_public = Tell the public

## Receivers

recipients-supervision = the supervisory body for trust services, and other bodies where the State names them
recipients-people = the people affected who can be identified
recipients-public = the public
recipients-network_security = the authorities for network and information security of the States concerned
recipients-contacts = the single points of contact of the States concerned
recipients-data_protection = the data protection authority

## Duties of authorities

authority-inform_network_security_qualified = Inform the authorities for network and information security of the breach of a qualified service
authority-inform_contacts_qualified = Inform the single points of contact of the other States of the breach of a qualified service
authority-inform_data_protection_qualified = Inform the data protection authority of the breach of a qualified service
authority-inform_network_security_non_qualified = Inform the authorities for network and information security of the breach of a service that is not qualified
authority-inform_contacts_non_qualified = Inform the single points of contact of the other States of the breach of a service that is not qualified
authority-inform_data_protection_non_qualified = Inform the data protection authority of the breach of a service that is not qualified

## Forms

section-first = First things first
section-criteria = How bad it is
section-what = What happened
section-impact = Impact
section-technical = Cause and traces
section-measures = Measures
section-people = Contacts and help
section-information = Who was told
section-organisation = The organisation
section-handling = References and handling
section-message = What to tell them

## Why a question is asked

why-both = Because you provide both kinds of services, and their deadlines differ.
why-data = Because data were compromised, the number of people counts.
why-countries = Because another country may be affected.
why-persons = Because people are affected whom you can identify.
why-public = Because for services that are not qualified you decide whether the public is told.
why-complaint = Because you suspect an unlawful act.

## Words of this law for common questions

field-occurred_at = When the breach or disruption began
    .help = For qualified services the 24 hours count from here. As far as you know: if you are not sure, the earliest sign of it, marked as an estimate.
field-personal_data = Are personal data concerned that the trust service keeps?
    .help = Say yes, too, if they may be. Another law may then ask for a report.
field-recipients_informed = Which of the people affected were told, when and how
    .help = Name those whom you still have to tell, too, and leave the time open.
field-help_wanted = What help you want
    .help = From the supervisory body, or from the CSIRT through it.
field-publicity = What the public knows, or should not know yet
    .help = The supervisory body may tell the public, or ask you to. Say what would do harm, with the reasons.
