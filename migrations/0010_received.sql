-- What a recipient got, in the order of time: statistics read a period, not everything.

CREATE INDEX filing_received ON filing (recipient, filed_at, id, pack, incident);
-- A copy that a law lets others have for information: no authority handles it, and it files nothing.
ALTER TABLE filing ADD COLUMN for_information BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether something was received of an incident under the same law before.
CREATE INDEX filing_first ON filing (incident, recipient, pack, filed_at);
