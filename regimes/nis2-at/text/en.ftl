# What differs in Austria. Own words.

pack = Network and information security in Austria: reports of significant incidents
note-profile = The new act took the place of the NISG 2018 on 1 October 2026. The team of your sector receives the report and passes it on to the Federal Office for Cybersecurity.

recipients-desk = the CSIRT of the sector, in general CERT.at
recipients-agency = the Federal Office for Cybersecurity
authority-pass_on = Pass the report on to the Federal Office for Cybersecurity
channel-platforms = Energy, public administration and health have platforms of their own: Austrian Energy CERT, GovCERT, A-HealthCERT.
