-- Documents of filings as PDF.

-- The PDF of a filing as it was typeset when it was filed: its SHA-256 stands in the receipt.
CREATE TABLE paper (
    organisation UUID   NOT NULL,      -- who filed
    filing       UUID   NOT NULL PRIMARY KEY REFERENCES filing (id),
    recipient    UUID   NOT NULL REFERENCES organisation (id),
    document     BYTEA  NOT NULL
);
