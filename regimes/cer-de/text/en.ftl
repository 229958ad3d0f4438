# Words of the profile; all others are those of the law that it changes.

pack = Germany: resilience of critical installations, incidents that disrupt essential services
note-profile = In Germany operators of critical installations are the critical entities. One office of BSI and BBK takes these reports and those of network and information security.

if-unable = German law makes no exception for those who are unable to report in time: the 24 hours hold.
month-from = German law says from when: one month from knowledge of the incident. It is owed in every case.
channel-office = The same office takes the reports on network and information security.

stage-update = Update while the incident goes on
recipients-authority = the joint reporting office of BSI and BBK
