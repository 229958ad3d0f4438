# What differs in Finland. Own words.

pack = Network and information security in Finland: reports of significant incidents
note-profile = The clock begins with the detection of the incident, and the supervisor of your sector receives.

recipients-desk = the supervisor of the sector
recipients-team = the CSIRT at Traficom
authority-pass_on = Pass the report on to the CSIRT
unsure-detection = Detection is taken to be the moment at which you knew that it was an incident.
channel-once = One form reaches the supervisor of your sector and the CSIRT.

field-aware_at = When you detected the incident
    .help = When somebody of your organisation knew that it was an incident, after a first look. In Finland the clock runs from here.
