-- Jobs, notices, reminders, calendar feeds. BYTEA columns named document or reason hold sealed bytes.

-- Written in the transaction of the change it follows. A settled job keeps its line, without its
-- document, for a while: under its unique key nothing is done a second time.
CREATE TABLE job (
    id           UUID   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    organisation UUID   REFERENCES organisation (id),  -- null: the node's own
    state        TEXT   NOT NULL,      -- waiting, done, dead
    unique_key   BYTEA  UNIQUE,
    address      BYTEA,                -- whom it goes to
    run_at       BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    settled_at   BIGINT,
    attempts     BIGINT NOT NULL,
    faults       BIGINT NOT NULL,      -- begun and neither ended nor put off
    lease        UUID,
    lease_until  BIGINT,
    document     BYTEA  NOT NULL,
    reason       BYTEA
);
CREATE INDEX job_by_turn ON job (state, run_at, id);
CREATE INDEX job_by_address ON job (address, state, settled_at);

CREATE TABLE notice (
    id           UUID   NOT NULL PRIMARY KEY,
    organisation UUID   NOT NULL REFERENCES organisation (id),
    user_id      UUID   NOT NULL REFERENCES user_account (id),
    unique_key   BYTEA  NOT NULL,
    at           BIGINT NOT NULL,
    read_at      BIGINT,
    document     BYTEA  NOT NULL,
    UNIQUE (user_id, unique_key)
);
CREATE INDEX notice_by_user ON notice (user_id, id);
CREATE INDEX notice_unread ON notice (user_id) WHERE read_at IS NULL;

-- Which step of the ladder a duty has reached; a moved deadline begins anew.
CREATE TABLE reminder (
    organisation UUID   NOT NULL,
    incident     UUID   NOT NULL,
    pack         TEXT   NOT NULL,
    track        TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    due_at       BIGINT NOT NULL,
    step         BIGINT NOT NULL,      -- minutes after the due instant; before it: negative
    told_at      BIGINT NOT NULL,
    PRIMARY KEY (organisation, incident, pack, track, stage),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
CREATE INDEX duty_index_open ON duty_index (open, due_order);

CREATE TABLE reminder_plan (
    organisation UUID   NOT NULL PRIMARY KEY REFERENCES organisation (id),
    revision     BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    document     BYTEA  NOT NULL
);

CREATE TABLE calendar_feed (
    user_id      UUID   NOT NULL PRIMARY KEY REFERENCES user_account (id),
    organisation UUID   NOT NULL REFERENCES organisation (id),
    token        BYTEA  NOT NULL UNIQUE,
    titles       BOOLEAN NOT NULL,
    created_at   BIGINT NOT NULL
);
