# What differs in Denmark. Own words.

pack = Network and information security in Denmark: reports of significant incidents
note-profile = The report goes to two receivers, the authority of your sector and the CSIRT, in one submission.

recipients-desk = the authority of the sector and the CSIRT
channel-once = One submission is passed on to the authority of the sector and to the CSIRT.
