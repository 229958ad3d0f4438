-- Approval chains, requests, decisions.

-- The chain of an organisation, or of one of its incidents in the place of that one.
CREATE TABLE approval_chain (
    organisation UUID   NOT NULL REFERENCES organisation (id),
    incident     UUID   NOT NULL,      -- the nil UUID: every incident
    id           UUID   NOT NULL UNIQUE,
    updated_at   BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, incident)
);

-- The document is the frozen copy of what is to be filed, with the chain it began with. It never changes.
CREATE TABLE approval_request (
    organisation UUID    NOT NULL,     -- whose filing it is
    id           UUID    NOT NULL UNIQUE,
    incident     UUID    NOT NULL,
    pack         TEXT    NOT NULL,
    track        TEXT    NOT NULL,
    stage        TEXT    NOT NULL,
    version      BIGINT  NOT NULL,     -- counts the requests of a stage
    state        TEXT    NOT NULL,
    files_itself BOOLEAN NOT NULL,     -- the last approval files
    asked_at     BIGINT  NOT NULL,
    changed_at   BIGINT  NOT NULL,
    document     BYTEA   NOT NULL,
    aside        BYTEA   NOT NULL,     -- what changed since the filing before: for the own organisation
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, incident, pack, track, stage, version),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
CREATE INDEX approval_request_by_state ON approval_request (state, asked_at);

-- The organisations that hold the copy: the one whose filing it is, and others in its chain.
CREATE TABLE approval_seat (
    organisation UUID NOT NULL REFERENCES organisation (id),
    request      UUID NOT NULL REFERENCES approval_request (id),
    PRIMARY KEY (organisation, request)
);
CREATE INDEX approval_seat_by_request ON approval_seat (request);

-- What was done and said: looked at, approved, returned, remarked. Never changed, never removed.
CREATE TABLE approval_entry (
    organisation UUID   NOT NULL,      -- whose filing it is
    id           UUID   NOT NULL UNIQUE,
    request      UUID   NOT NULL REFERENCES approval_request (id),
    kind         TEXT   NOT NULL,
    subject      UUID   NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id)
);
CREATE INDEX approval_entry_by_request ON approval_entry (request, at);
CREATE UNIQUE INDEX approval_entry_looked ON approval_entry (request, subject) WHERE kind = 'looked';

-- The filings that used an approval: none is used twice for the same recipient.
CREATE TABLE approval_use (
    organisation UUID   NOT NULL,
    request      UUID   NOT NULL REFERENCES approval_request (id),
    recipient    UUID   NOT NULL REFERENCES organisation (id),
    filing       UUID   NOT NULL REFERENCES filing (id),
    PRIMARY KEY (request, recipient)
);

-- Filings that left without the approval that their chain asked for.
CREATE TABLE approval_override (
    organisation UUID   NOT NULL,
    id           UUID   NOT NULL UNIQUE,
    incident     UUID   NOT NULL,
    filing       UUID   NOT NULL UNIQUE REFERENCES filing (id),
    pack         TEXT   NOT NULL,
    track        TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
CREATE INDEX approval_override_by_incident ON approval_override (organisation, incident, at);
