# What differs in Spain. Own words.

pack = Network and information security in Spain: the directive is not transposed yet
note-not-in-force = Spain has not made the directive its law yet: under it nothing is owed, and you may report to the team of your sector. Those bound by the first directive, operators of essential services and digital service providers, still report through the national platform, in periods that depend on the severity.

rule-public_sector = It is of the public sector

recipients-desk = the team for your sector, public or private
unsure-receiver = (Who receives reports under the directive is settled only when it becomes law.)
channel-first-directive = For those who report under the rules of the first directive.
