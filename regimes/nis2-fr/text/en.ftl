# What differs in France. Own words.

pack = Network and information security in France: the directive is not transposed yet
note-not-in-force = France has not made the directive its law yet: under it nothing is owed, and you may report to CERT-FR. Other duties go on, each with a form of its own (OIV, OSE, digital and trust services, classified systems, health), and only a complaint within 72 hours keeps the cover of an insurance against cyber risks.

recipients-desk = ANSSI, through CERT-FR
unsure-receiver = (The bill names ANSSI.)
channel-legacy = Operators of vital importance (OIV), of essential services (OSE), digital (FSN) and trust service providers (PSCE), classified systems. Health institutions use the portal of their ministry.
