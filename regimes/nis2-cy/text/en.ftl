# What differs in Cyprus. Own words.

pack = Network and information security in Cyprus: reports of significant incidents
note-profile = The authority names the entities; it receives the reports and passes them on to the National CSIRT.

recipients-desk = the Digital Security Authority
recipients-team = the National CSIRT
authority-forward_team = Pass the report on to the National CSIRT
unsure-six-hours = The guide of the authority gives six hours, the directive 24; the law was not read on this point. The earlier date is shown.
