# Words of the pack. Own words; the law is cited by article.

pack = Attacks against information systems: complaint to the police
note-minimum = The directive obliges nobody to complain and sets no deadline. Offences, desk, form and language are those of the State. Denmark is not bound by it, but knows these offences by the Convention on Cybercrime.

## Rules

rule-suspected_crime = Somebody suspects an unlawful act, done on purpose
rule-points_to_illegal_access = The kind of incident points to illegal access
rule-points_to_system_interference = The kind of incident points to interference with a system
rule-points_to_data_interference = The kind of incident points to interference with data
rule-points_to_interception = The kind of incident points to illegal interception
rule-points_to_tools = The kind of incident points to tools for such offences
rule-points_to_attempt = The kind of incident points to an attempt
rule-points_to_forgery = The kind of incident points to computer-related forgery
rule-points_to_fraud = The kind of incident points to computer-related fraud
rule-points_to_identity_misuse = The kind of incident points to misuse of somebody's identity
rule-departs_from_the_proposal = An offence was chosen to which the kind of incident does not point
rule-public_authority = The organisation is a public body
rule-only_public_prosecution_counts = Only crimes that are prosecuted without a complaint must be reported

stopped-in-time = It would have been interference with a system or with data, and did not come about

## Tracks

track-complaint = A crime is suspected: a complaint may be filed
track-supplement = A complaint was filed: what is found out later may follow

## Stages

stage-complaint = Complaint to the police
stage-supplement = Supplement to the complaint

## Receivers

recipients-desk = the police or, where they take none, the prosecutor
recipients-contact_points = the contact point of the State that asked

## Duties of authorities

authority-urgent_answer = Answer to an urgent request of another State: whether, how and when it will be met

## Forms

section-first = First things first
section-offence = What it may be
section-complainant = Who complains
section-authority = The authority
section-time_and_place = When and where
section-what = What happened
section-damage = Damage
section-ransom = Ransom and money
section-offenders = Who it was
section-evidence = Evidence
section-measures = Measures
section-others = Who knows of it
section-wishes = What you want
section-handling = References and handling

## Why a question is asked

why-urgent = Because something cannot wait.
why-offences = Because you named an offence.
why-aggravations = Because you named what makes it worse.
why-authority = Because whoever signs is not in the register.
why-insurer = Because an insurance is to pay.
why-ransom = Because a ransom is demanded.
why-payment = Because a ransom was paid.
why-others = Because others know of it.
why-filed = Because there is a complaint already.
why-secrecy = Because you asked for secrecy.
why-prosecution = Because the State wants to hear only of what it prosecutes by itself.

## Words of this law for common questions

field-description = How it was done, from the first sign to the end
    .help = In the order in which it happened. What is certain, what is presumed, how you know.
field-affected_systems = Which systems were hit
    .help = Names, addresses, software with versions, what they are for.
field-financial_loss = Damage in money, so far and to be expected
    .help = Repair, lost income, stolen money, fees. An estimate or a range will do; it can be completed.
field-complaint_filed = Is there a complaint on it already?
    .help = For example by telephone, at a station, or by a branch.
field-contacts = Whom the investigators may call
    .help = Somebody who decides and somebody who knows the systems; at night too.
field-indicators = Indicators that others could look for
    .help = File hashes, domains, names of files. Addresses with their times stand in their own table.
field-own_reference = Your own reference
    .help = The number of the ticket or file in your house; it stands on everything you send.
