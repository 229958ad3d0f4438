# Words of the pack. Own words; the law is cited by article.

pack = Resilience of critical entities: incidents that disrupt essential services
note-minimum = What the directive asks at least: the law of the State may differ, and no national profile is installed.

## Rules

rule-in_scope = The organisation is a critical entity, and its duties have begun
rule-carved_out = It belongs to banking, financial market infrastructures or digital infrastructure
rule-incident = It happened, or nearly: it is more than a threat
rule-significant_disruption = It disrupts an essential service significantly, or may
rule-decided_insignificant = Somebody decided that the disruption is not significant, and recorded why
rule-notifiable = A critical entity has an incident that disrupts an essential service significantly, or may
rule-exception_for_the_unable = Who is unable to report within 24 hours may report later
rule-detailed_report_always = A detailed report is owed in every case
rule-unable_in_time = Somebody recorded why it was not possible within 24 hours
rule-no_detailed_report = Somebody decided that no detailed report is called for, and recorded why
rule-matter_of_network_security = It is a matter of network and information security only
rule-across_borders = Other Member States may be affected
rule-six_states = Essential services in six or more Member States are hit significantly, or may be

carved-out-sectors = Its sector has rules of its own: banking, financial market infrastructures, digital infrastructure
no-sector-here = Its main activity lies in a digital sector that this directive does not list
carved-out-types = Its type belongs to banking, financial market infrastructures or digital infrastructure
carved-out-by-type = Its type has rules of its own
reason-kept = The reasons for the decision are recorded
detailed-report-relevant = Nobody decided, with recorded reasons, that a detailed report is not called for

## How sure a rule is

if-unable = Who is unable to, for reasons of operation, may report later, without undue delay: say so in the form, and why. The 24 hours stay shown as the strict limit, and your reason goes with the notification.
month-from = The directive does not say from when the month counts: from becoming aware, or from the initial notification. The earlier is shown. Nor does it say when the report is called for: it is owed here until somebody decides otherwise and says why.

## Tracks

track-mandatory = The incident must be notified

## Stages

stage-initial_notification = Initial notification
stage-detailed_report = Detailed report

## Receivers

recipients-authority = the authority for critical entities
recipients-reporter = the organisation that reported
recipients-network_security = the authority for network and information security
recipients-other_states = the single points of contact of the States concerned
recipients-commission = the European Commission

## Duties of authorities

authority-follow_up = What helps the organisation to respond
authority-inform_states = Inform the other States concerned
authority-inform_commission = Inform the Commission
authority-exchange = Share it with the authority for network and information security
authority-summary = Summary report of two years

## Forms

section-first = First things first
section-disruption = How bad it is
section-what = What happened
section-countries = Other countries
section-cause = Cause
section-measures = Measures
section-people = Contacts and help
section-information = Who was told
section-organisation = The organisation
section-handling = References and handling

## Why a question is asked

why-unable = Because the law makes an exception for those who are unable to.
why-unable-reason = Because you said that you are unable to report in time.
why-cyber = Because it is an attack on network or information systems.
why-cyber-reason = Because you said that nothing else is concerned.
why-countries = Because another country may be affected.
why-complaint = Because you suspect an unlawful act.
why-relevant = Because the law wants a detailed report where it is called for.

## Words of this law for common questions

field-affected_services = Which essential services are disrupted, or may be
    .help = As those who depend on them know them, and what does not work.
field-outage_duration = How long the essential service failed completely
    .help = Up to now, if it lasts; zero if it never failed completely.
field-limited_duration = How long the essential service was limited
    .help = Provided only in part, or worse than usual; up to now, if it lasts; zero if it never was.
field-help_wanted = What would help you now
    .help = The authority owes you what can support your response.
field-contacts = Whom to call
    .help = The liaison officer, and people who can be reached now, at night too.
field-publicity = What the public knows, or should not know yet
    .help = The State may tell the public. Say what is known already, and what would do harm, with the reasons.
