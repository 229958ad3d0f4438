# What differs in Denmark. Own words.

pack = Network and information security in Denmark: reports of significant incidents
note-profile = The report goes to the authority of your sector and to the CSIRT; one submission on virk.dk reaches both.

recipients-desk = the authority of the sector and the CSIRT
channel-once = One submission is passed on to the authority of the sector and to the CSIRT.
