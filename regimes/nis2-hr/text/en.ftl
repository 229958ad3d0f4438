# What differs in Croatia. Own words.

pack = Network and information security in Croatia: reports of significant incidents
note-profile = The final report is due thirty days after the notification, not a month. The act states the duty; the periods stand in the decree.

rule-public_sector = It is of the public sector

recipients-desk = the team for your sector, public or private
unsure-window = The team sets the date: at the earliest 48 hours and at the latest seven days later.
unsure-after-progress = Thirty days are taken, as for the final report; the decree was not read on this point.
channel-identity = Needs the national digital identity, and the authorisation (e-Ovlaštenja) that the legal representative gives beforehand.
