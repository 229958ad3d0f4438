# What differs in Belgium. Own words.

pack = Network and information security in Belgium: reports of significant incidents
note-profile = Damage to others includes bodily harm. Financial entities report to the National Bank or the FSMA under the financial rules instead; the police report personal data breaches to their own supervisory body (COC).

rule-significant_by_decision = Somebody judged the incident to be significant, or it is one of the situations that always are
rule-always_significant = It is a situation that the guide of the Centre for Cybersecurity always counts as significant

be-malicious = Authenticity, integrity or confidentiality of data was compromised, suspectedly with malice, and operation is or can be severely disrupted
be-availability = The service was unavailable for an hour or more, for 20% of its users or more
be-recurring = At least twice in six months for the same apparent cause, together above 250,000 euro or 5% of turnover

recipients-desk = the national CSIRT, the Centre for Cybersecurity Belgium
recipients-sector_authority = the authority of the sector
authority-pass_on = Pass the report on to the sector authority and, of an essential entity, to the National Crisis Centre
channel-emergency = For emergencies: call first, report afterwards.

field-severe_disruption_possible = Does it, or can it, severely disrupt your service?
field-users_affected =
    .help = Those who cannot use the service. 20% of your users for an hour makes the incident significant; so does an hour if you cannot tell how many. An estimate or a range will do.
field-significance_criteria =
    .help = All that are met or can be met. For types of organisations without criteria of their own, losses count from 250,000 euro or 5% of turnover, not from 500,000.
why-disruption = Because of what was compromised, it matters what the consequence is.
