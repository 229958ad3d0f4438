# What differs in Ireland. Own words.

pack = Network and information security in Ireland: the directive is not transposed yet
note-not-in-force = Ireland has not made the directive its law yet: under it nothing is owed, and you may report to the National Cyber Security Centre. Operators of essential services under the first directive (S.I. 360/2018) still notify it within 72 hours.

recipients-desk = the National Cyber Security Centre
channel-not-open = The reporting portal opens with the law. Until then: mail or telephone, as the Centre's page says.
