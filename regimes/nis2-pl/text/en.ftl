# What differs in Poland. Own words.

pack = Network and information security in Poland: reports of serious incidents
note-profile = The clock begins with the detection of the incident, not with the end of your analysis. Thresholds by sector come with a regulation of the Council of Ministers, which is not part of this profile.

rule-of_csirt_mon = It belongs to defence: CSIRT MON
rule-of_csirt_gov = It is a central government body or a critical entity: CSIRT GOV
rule-of_csirt_nask = It belongs to neither: CSIRT NASK
rule-notifies_only = It is an important entity of the public sector: it files the notification only

recipients-desk = the competent team
unsure-sector-team = (Once the team of your sector is declared ready, it takes the place of the national team.)
unsure-detection = Detection is taken to be the moment at which you knew that it was an incident.
channel-s46 = Needs an account, which follows the entry in the register; filing may need a qualified signature. Compulsory from 3 April 2027 at the latest.

field-aware_at = When you detected the incident
    .help = When somebody of your organisation knew that it was an incident, after a first look. In Poland the clock runs from here.
