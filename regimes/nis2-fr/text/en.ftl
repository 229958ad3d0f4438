# What differs in France. Own words.

pack = Network and information security in France: the directive is not transposed yet
note-not-in-force = France has not made the directive its law yet: under it nothing is owed, and you may report to CERT-FR. Other duties go on: operators of vital importance, of essential services, digital and trust service providers, those who hold classified information, and health institutions each report with a form of their own; and a complaint within 72 hours keeps the cover of an insurance against cyber risks.

recipients-desk = ANSSI, through CERT-FR
unsure-receiver = (The bill names ANSSI.)
channel-legacy = Operators of vital importance (OIV), of essential services (OSE), digital (FSN) and trust service providers (PSCE), classified systems. Health institutions use the portal of their ministry.
