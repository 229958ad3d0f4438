-- What an organisation prepares for the police, and what must be preserved for them.

-- The checklist of an organisation; the sealed document holds every point of it.
CREATE TABLE readiness (
    organisation UUID   NOT NULL PRIMARY KEY REFERENCES organisation (id),
    revision     BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    next_review  BIGINT,               -- when the next point is to be looked at again
    document     BYTEA  NOT NULL
);
CREATE INDEX readiness_by_review ON readiness (next_review);

-- Each change of a point, with who made it.
CREATE TABLE readiness_change (
    organisation UUID   NOT NULL REFERENCES organisation (id),
    revision     BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, revision)
);

-- A preservation hold on an incident: until it is lifted or has ended, nothing of the record is erased.
CREATE TABLE preservation_hold (
    organisation UUID   NOT NULL REFERENCES organisation (id),
    id           UUID   NOT NULL PRIMARY KEY,
    incident     UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    placed_at    BIGINT NOT NULL,
    ends_at      BIGINT,               -- none: until it is lifted
    lifted_at    BIGINT,
    document     BYTEA  NOT NULL
);
CREATE INDEX preservation_hold_by_incident ON preservation_hold (organisation, incident);
CREATE INDEX preservation_hold_by_end ON preservation_hold (ends_at);
