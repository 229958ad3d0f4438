-- Second factors, password resets, registrations.

ALTER TABLE organisation ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE organisation ADD COLUMN second_factor_required BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE user_account ADD COLUMN last_signed_in_at BIGINT;
ALTER TABLE client ADD COLUMN last_used_at BIGINT;
ALTER TABLE session ADD COLUMN document BYTEA;

-- One that is confirmed, and beside it at most one that is being set up.
CREATE TABLE second_factor (
    id           UUID   NOT NULL PRIMARY KEY,
    user_id      UUID   NOT NULL REFERENCES user_account (id),
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step    BIGINT NOT NULL,      -- a code of this time step or an earlier one is not taken again
    failures     BIGINT NOT NULL,
    locked_until BIGINT,
    document     BYTEA  NOT NULL
);
CREATE INDEX second_factor_by_user ON second_factor (user_id);
CREATE UNIQUE INDEX second_factor_in_use ON second_factor (user_id) WHERE confirmed_at IS NOT NULL;

CREATE TABLE recovery_code (
    user_id UUID  NOT NULL REFERENCES user_account (id),
    code    BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, code)
);

-- A browser whose password was right and whose second factor is still to come: no session yet.
CREATE TABLE half_session (
    id         UUID   NOT NULL PRIMARY KEY,
    token      BYTEA  NOT NULL UNIQUE,
    user_id    UUID   NOT NULL REFERENCES user_account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    failures   BIGINT NOT NULL
);
CREATE INDEX half_session_by_user ON half_session (user_id);
CREATE INDEX half_session_by_expiry ON half_session (expires_at);

CREATE TABLE password_reset (
    id         UUID   NOT NULL PRIMARY KEY,
    token      BYTEA  NOT NULL UNIQUE,
    user_id    UUID   NOT NULL REFERENCES user_account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX password_reset_by_user ON password_reset (user_id);

-- How often something was done in the window that began at began_at.
CREATE TABLE allowance (
    name     BYTEA  NOT NULL PRIMARY KEY,
    began_at BIGINT NOT NULL,
    used     BIGINT NOT NULL
);
CREATE INDEX allowance_by_age ON allowance (began_at);

CREATE TABLE registration (
    id         UUID   NOT NULL PRIMARY KEY,
    token      BYTEA  UNIQUE,          -- of the link in the last mail; null when no link is good
    country    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    document   BYTEA  NOT NULL
);
CREATE INDEX registration_by_country ON registration (country, state, created_at);
CREATE INDEX registration_by_expiry ON registration (expires_at);
