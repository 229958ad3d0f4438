-- The own terms of organisations, below official values.

CREATE TABLE taxonomy (
    organisation UUID    NOT NULL PRIMARY KEY REFERENCES organisation (id),
    namespace    BYTEA   NOT NULL UNIQUE,   -- a keyed hash of the name
    version      BIGINT  NOT NULL,
    published    BOOLEAN NOT NULL,
    updated_at   BIGINT  NOT NULL,
    document     BYTEA   NOT NULL
);

-- Who made which version, when, and what it changed.
CREATE TABLE taxonomy_version (
    organisation UUID   NOT NULL REFERENCES taxonomy (organisation),
    version      BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    document     BYTEA  NOT NULL,
    PRIMARY KEY (organisation, version)
);

-- Which records ever used a term: what was used is retired, never deleted.
CREATE TABLE taxonomy_use (
    organisation UUID   NOT NULL,
    term         UUID   NOT NULL,
    incident     UUID   NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (organisation, term, incident),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id)
);
