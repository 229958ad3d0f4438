-- One text for SQLite and PostgreSQL. Instants are BIGINT microseconds since 1970-01-01T00:00:00Z.
-- BYTEA columns named document, private_key, password, answer, bytes or wrapped hold sealed bytes;
-- every other column is clear, and stands with its reason in crates/store/src/clear.rs.

CREATE TABLE holder_key (
    id            UUID   NOT NULL PRIMARY KEY,
    organisation  UUID   NOT NULL,     -- the nil UUID is the node
    master_key_id TEXT   NOT NULL,
    wrapped       BYTEA  NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX holder_key_by_holder ON holder_key (organisation, created_at);

-- The wrapped data keys of every sealed column. Erasing is deleting these rows.
CREATE TABLE data_key (
    place_table  TEXT   NOT NULL,
    place_row    UUID   NOT NULL,
    place_column TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    holder       UUID   NOT NULL,      -- the organisation; the nil UUID is the node
    key_id       UUID   NOT NULL REFERENCES holder_key (id),
    wrapped      BYTEA  NOT NULL,
    PRIMARY KEY (place_table, place_row, place_column, revision, holder)
);

CREATE TABLE organisation (
    id         UUID   NOT NULL PRIMARY KEY,
    country    TEXT   NOT NULL,
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    document   BYTEA  NOT NULL
);

CREATE TABLE organisation_role (
    organisation UUID   NOT NULL REFERENCES organisation (id),
    place        BIGINT NOT NULL,
    role         TEXT   NOT NULL,
    regime       TEXT,
    sector       TEXT,
    country      TEXT,
    entity_class TEXT,
    PRIMARY KEY (organisation, place)
);
CREATE INDEX organisation_role_by_role ON organisation_role (role, country);

CREATE TABLE user_account (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID   NOT NULL REFERENCES organisation (id),
    login        BYTEA  NOT NULL UNIQUE,
    state        TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    password     BYTEA,
    password_revision BIGINT NOT NULL
);
CREATE INDEX user_account_by_organisation ON user_account (organisation, id);

CREATE TABLE user_function (
    user_id      UUID NOT NULL REFERENCES user_account (id),
    organisation UUID NOT NULL REFERENCES organisation (id),
    function     TEXT NOT NULL,
    PRIMARY KEY (user_id, organisation, function)
);

-- Kept by login, not by account: an address without an account is slowed down just the same.
CREATE TABLE sign_in_throttle (
    login        BYTEA  NOT NULL PRIMARY KEY,
    failures     BIGINT NOT NULL,
    locked_until BIGINT,
    last_at      BIGINT NOT NULL
);

CREATE TABLE session (
    id           UUID   NOT NULL PRIMARY KEY,
    token        BYTEA  NOT NULL UNIQUE,
    user_id      UUID   NOT NULL REFERENCES user_account (id),
    organisation UUID   NOT NULL REFERENCES organisation (id),
    csrf_token   TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE invitation (
    id         UUID   NOT NULL PRIMARY KEY,
    token      BYTEA  NOT NULL UNIQUE,
    user_id    UUID   NOT NULL REFERENCES user_account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE client (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID   NOT NULL REFERENCES organisation (id),
    secret       BYTEA  NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    revoked_at   BIGINT,
    document     BYTEA  NOT NULL
);
CREATE INDEX client_by_organisation ON client (organisation, id);

CREATE TABLE client_function (
    client_id UUID NOT NULL REFERENCES client (id),
    function  TEXT NOT NULL,
    PRIMARY KEY (client_id, function)
);

CREATE TABLE signing_key (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID   NOT NULL REFERENCES organisation (id),
    valid_from   BIGINT NOT NULL,
    valid_until  BIGINT,
    revoked_at   BIGINT,
    document     BYTEA  NOT NULL,      -- the public part
    private_key  BYTEA  NOT NULL
);
CREATE INDEX signing_key_by_organisation ON signing_key (organisation, valid_from);

CREATE TABLE incident (
    organisation UUID   NOT NULL REFERENCES organisation (id),
    id           UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    open_duties  BIGINT NOT NULL,
    next_due     BIGINT,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id)
);

CREATE TABLE incident_change (
    organisation UUID   NOT NULL,
    incident     UUID   NOT NULL,
    revision     BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, incident, revision),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);

-- A projection, rebuilt from the facts of each incident.
CREATE TABLE duty_index (
    organisation UUID    NOT NULL,
    incident     UUID    NOT NULL,
    pack         TEXT    NOT NULL,
    track        TEXT    NOT NULL,
    stage        TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    open         BOOLEAN NOT NULL,
    due_at       BIGINT,
    due_order    BIGINT  NOT NULL,     -- due_at, or the greatest number: no NULL in the order
    updated_at   BIGINT  NOT NULL,
    PRIMARY KEY (organisation, incident, pack, track, stage),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
CREATE INDEX duty_index_by_due ON duty_index (organisation, open, due_order, incident);
CREATE INDEX duty_index_by_state ON duty_index (state, due_order);

CREATE TABLE filing (
    organisation    UUID   NOT NULL,   -- who files
    id              UUID   NOT NULL UNIQUE,
    recipient       UUID   NOT NULL REFERENCES organisation (id),
    incident        UUID   NOT NULL,
    pack            TEXT   NOT NULL,
    track           TEXT   NOT NULL,
    stage           TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    reference       BYTEA  NOT NULL UNIQUE,
    filed_at        BIGINT NOT NULL,
    due_at          BIGINT,
    response_due_at BIGINT,
    state           TEXT   NOT NULL,
    first_read_at   BIGINT,
    acknowledged_at BIGINT,
    answered_at     BIGINT,
    sector          TEXT,
    severity        TEXT,
    cross_border    BOOLEAN,
    urgency         BIGINT NOT NULL,   -- response_due_at while it waits, else the greatest number
    recency         BIGINT NOT NULL,   -- minus filed_at: newest first in an ascending index
    document        BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, incident, recipient, pack, track, stage, version),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
-- Every column that the inbox filters by stands in each of these, behind the order: a filter that few
-- filings fulfil is decided in the index, without reading the documents of the others.
CREATE INDEX filing_inbox ON filing
    (recipient, urgency, recency, id, state, sector, pack, stage, cross_border);
CREATE INDEX filing_inbox_by_state ON filing
    (recipient, state, urgency, recency, id, sector, pack, stage, cross_border);
CREATE INDEX filing_inbox_by_sector ON filing
    (recipient, sector, urgency, recency, id, state, pack, stage, cross_border);
CREATE INDEX filing_inbox_by_pack ON filing
    (recipient, pack, urgency, recency, id, state, sector, stage, cross_border);
CREATE INDEX filing_inbox_by_stage ON filing
    (recipient, stage, urgency, recency, id, state, sector, pack, cross_border);
CREATE INDEX filing_by_incident ON filing (incident, filed_at);

CREATE TABLE receipt (
    organisation UUID   NOT NULL,      -- who filed
    id           UUID   NOT NULL,
    filing       UUID   NOT NULL UNIQUE REFERENCES filing (id),
    recipient    UUID   NOT NULL REFERENCES organisation (id),
    received_at  BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id)
);

CREATE TABLE message (
    organisation UUID   NOT NULL,      -- who filed
    id           UUID   NOT NULL,
    recipient    UUID   NOT NULL,
    filing       UUID   NOT NULL REFERENCES filing (id),
    sender       UUID   NOT NULL REFERENCES organisation (id),
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id)
);
CREATE INDEX message_by_filing ON message (filing, at, id);

CREATE TABLE read_mark (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID   NOT NULL,      -- who filed
    recipient    UUID   NOT NULL,
    filing       UUID   NOT NULL REFERENCES filing (id),
    reader       UUID   NOT NULL REFERENCES organisation (id),
    subject      UUID   NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    UNIQUE (filing, reader, subject)
);

CREATE TABLE stage_request (
    organisation UUID   NOT NULL,      -- who is asked
    id           UUID   NOT NULL,
    recipient    UUID   NOT NULL REFERENCES organisation (id), -- who asks: the recipient of the filing
    incident     UUID   NOT NULL,
    filing       UUID   NOT NULL REFERENCES filing (id),
    pack         TEXT   NOT NULL,
    track        TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    due_at       BIGINT,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
CREATE INDEX stage_request_by_incident ON stage_request (organisation, incident, at);
CREATE INDEX stage_request_by_filing ON stage_request (filing, at);

-- seq and chain are null until the chaining job has placed the row.
CREATE TABLE event (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID,
    at           BIGINT NOT NULL,
    bytes        BYTEA  NOT NULL,
    seq          BIGINT UNIQUE,
    chain        BYTEA
);
CREATE INDEX event_unchained ON event (at, id) WHERE seq IS NULL;
CREATE INDEX event_by_organisation ON event (organisation, seq);

CREATE TABLE remembered_answer (
    organisation UUID   NOT NULL,
    key          BYTEA  NOT NULL,
    id           UUID   NOT NULL UNIQUE,
    request      BYTEA  NOT NULL,
    status       BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    answer       BYTEA  NOT NULL,
    PRIMARY KEY (organisation, key)
);
CREATE INDEX remembered_answer_by_age ON remembered_answer (at);
