# What differs in Italy. Own words.

pack = Network and information security in Italy: reports of significant incidents
note-profile = The clock begins when you have evidence of one of the four types of significant incidents; the list is closed for now. The CSIRT contact person that you named, or a deputy, files; entities of the national security perimeter that report there need not report here.

rule-reportable = A significant incident of an entity in scope, whose duty has begun
rule-significant_by_decision = It is one of the types of significant incidents
rule-basic_significant = There is evidence of one of the four types of significant incidents
it-access-abuse = Access to data without right or by abuse of rights; this type is for essential entities
still-open = A progress report was filed, and the incident is not handled yet

recipients-desk = CSIRT Italia, in the National Cybersecurity Agency
stage-early_warning = Early warning (pre-notifica)
stage-next_progress_report = Progress report of the next month
unsure-72-hours = The decree counts 72 hours from knowledge; the agency's answers to questions count them from the early warning. The earlier date is shown.
unsure-consult = Where appropriate and possible, after hearing CSIRT Italia.
channel-identity = Needs the digital identity (SPID, CIE or CNS) of the contact point.

why-types = For your type of organisation the law names what is significant: there must be evidence.
field-significance_reason = What the evidence is
field-aware_significant_at = When you had evidence of it
    .help = When monitoring, tests or reports gave you evidence of one of the types below. The clock runs from here.
