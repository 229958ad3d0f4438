# What differs in Czechia. Own words.

pack = Network and information security in Czechia: reports of incidents
note-profile = The clock begins when the person whom you put in charge judged the event to be an incident. The authority, not you, says whether its impact is significant; if it is not, the initial report is all.

rule-higher_regime = It has the higher duties
rule-lower_regime = It has the lower duties
rule-intent_excluded = Intent is excluded as a cause, with a reason
rule-later_reports = The authority said that the impact is significant
rule-reportable = An incident that is to be reported under its regime of duties

recipients-desk = the receiver for your regime of duties
recipients-anybody = the National CERT or NÚKIB

stage-early_warning = Initial report
authority-response = Say whether the impact is significant
channel-fallback = If the portal fails: mail or data box, to the same receiver.

why-intent = Because intent is excluded, no report is owed: say why.
why-criteria = Because you, not the authority, judge it first, or the law sets criteria for your type of organisation.
why-stated = Because the initial report was filed, the authority answers.
field-aware_at = When it was judged to be an incident
    .help = When the person in charge, for example the manager of cybersecurity, judged the event to be an incident. The clock runs from here.
