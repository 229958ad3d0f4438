# What differs in Sweden. Own words.

pack = Network and information security in Sweden: reports of significant incidents
note-profile = The National Cybersecurity Centre takes the report and passes it on to the supervisor of your sector. Its regulations on reports (MCFFS 2026:8) add details that are not part of this profile.

recipients-desk = the National Cybersecurity Centre (CERT-SE)
recipients-supervisor = the supervisor of the sector
authority-pass_on = Pass the report on to the supervisor of the sector
channel-fallback = If the tool fails, the Centre publishes another way.
