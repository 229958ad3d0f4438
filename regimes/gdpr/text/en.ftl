# Words of the pack. Own words; the law is cited by article.

pack = General data protection: notification of personal data breaches

## Rules

rule-breach = Personal data were breached
rule-controller = The organisation is the controller of these data
rule-processor = The organisation processes these data for somebody else
rule-risk_unlikely = Somebody decided that a risk for people is unlikely
rule-high_risk = Somebody decided that the risk for people is high
rule-exempt = One of the three exceptions from telling the people holds
rule-told_one_by_one = The people concerned must be told
rule-told_in_public = The people concerned must be told in public
rule-notifiable = A breach of personal data of which the organisation is the controller
rule-first_is_complete = The first notification is complete
rule-first_is_incomplete = The first notification leaves something open
rule-outside_eea = The controller is not established in the European Economic Area
rule-dpo_not_named_yet = The data protection officer was not named yet
rule-somebody_else_to_ask = Somebody else can say more
rule-across_borders = It concerns processing across borders
rule-location_matters = The authorities of several States may be concerned

reason-kept = The reasons for the decision are recorded
decided-not-to-notify = Somebody decided not to notify, because a risk is unlikely, and recorded the reasons
not-decided-against = Nobody decided, with recorded reasons, that a risk is unlikely

## Tracks

track-notification = The authority must be notified of the breach
track-phases = What is found out later may be sent in phases, and a notification may be withdrawn
track-people = The people concerned must be told of a high risk
track-processor = The controller must be told of the breach

## Stages

stage-authority_notification = Notification to the data protection authority
stage-complete_notification = Completed notification
stage-documentation = Documentation of the breach
stage-follow_up = Follow-up notification
stage-withdrawal = Withdrawal of the notification
stage-data_subject_communication = Tell the people concerned
stage-public_communication = Public communication to the people concerned
stage-processor_to_controller = Tell the controller

## Receivers

recipients-authority = the data protection authority that is competent; across borders the lead authority
recipients-people = the people whose data are concerned
recipients-controllers = the controllers for whom the data are processed

## Forms

section-first = First things first
section-notification = This notification
section-controller = The controller
section-people_to_ask = People to ask
section-when = When
section-what = What happened to the data
section-people_and_data = People and data concerned
section-risk = What may come of it
section-measures = Measures
section-telling = Were the people concerned told?
section-others = Other authorities
section-countries = Other countries
section-attachments = Attachments
section-message = What to tell them
section-to_controller = What to tell the controller

## Why a question is asked

why-private = Because the organisation is not a public one.
why-outside = Because the controller is not established in the European Economic Area.
why-inside = Because the controller is established in the European Economic Area.
why-dpo = Because whoever notifies is not the data protection officer.
why-parties = Because others have a part in it.
why-begin = Because the dates are known.
why-end = Because the breach has ended.
why-told = Because somebody else told you.
why-some = Because not all of them were told.
why-authorities = Because another authority was told.
why-borders = Because it concerns processing across borders.

## Words of this law for common questions

field-occurred_at = When the personal data breach began
field-description = What happened, in detail
    .help = How it was found, what caused it, which facts your conclusions rest on.
field-affected_systems = Systems, software and services, and where they are
    .help = Data bases, applications, services of others; with their place.
field-measures_taken = What was done about the breach and its consequences
    .help = And how far it helps.
field-lessons = What prevents another such breach, in detail
    .help = Lasting measures, with dates, and how far they improve things.
field-complaint_filed = Were the police or a prosecutor told?
field-other_authorities = Which authorities under other laws were told
