-- Several authorities of one State hold the same role; a profile of a law names their desks.

ALTER TABLE organisation_role ADD COLUMN desk TEXT;
