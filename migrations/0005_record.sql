-- What one organisation told another about an incident of its own. Both hold the words; neither reads
-- the other's record, and each is shown only its own incident.
CREATE TABLE incident_link (
    organisation   UUID   NOT NULL,    -- who told
    id             UUID   NOT NULL UNIQUE,
    incident       UUID   NOT NULL,    -- of who told
    told           UUID   NOT NULL REFERENCES organisation (id),
    told_incident  UUID,               -- of who was told, once it is linked
    state          TEXT   NOT NULL,
    revision       BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    document       BYTEA  NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, incident) REFERENCES incident (organisation, id),
    FOREIGN KEY (told, told_incident) REFERENCES incident (organisation, id)
);
CREATE INDEX incident_link_by_incident ON incident_link (organisation, incident, at);
CREATE INDEX incident_link_by_told ON incident_link (told, state, at);
CREATE INDEX incident_link_by_told_incident ON incident_link (told, told_incident);
