-- Letters taken out of a batch share its file: a file is one letter of its own, and any number of letters taken out of that one.
-- SQLite cannot drop a table's constraint, so the table is made anew; references to it are checked at the end of the transaction.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE letter_before AS SELECT * FROM letter;
DROP TABLE letter;
CREATE TABLE letter (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE,
    -- The batch it was taken out of; and whether that was divided anew since, so that its pages belong to other letters.
    batch_id      TEXT    REFERENCES letter (id),
    replaced      INTEGER NOT NULL DEFAULT 0,
    state         TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    event_count   INTEGER NOT NULL,
    last_hash     TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    stage         TEXT,
    unit          TEXT,
    outcome       TEXT,
    proposal      TEXT,
    probability   REAL,
    urgency       TEXT    NOT NULL,
    deadline      TEXT,
    subject       TEXT    NOT NULL,
    sender        TEXT    NOT NULL,
    recipient     TEXT    NOT NULL,
    findings      TEXT    NOT NULL,
    received_at   INTEGER NOT NULL,
    stored_at     INTEGER NOT NULL,
    delivered_at  INTEGER,
    source_sha256 TEXT    NOT NULL,
    source_name   TEXT    NOT NULL,
    first_page    INTEGER NOT NULL,
    page_count    INTEGER NOT NULL,
    CHECK ((place = 'Postkorb') = (unit IS NOT NULL)),
    CHECK (place <> 'Postkorb' OR delivered_at IS NOT NULL),
    CHECK ((place = 'Underway') = (stage IS NOT NULL)),
    CHECK (replaced = 0 OR place = 'SetAside')
);
INSERT INTO letter (number, id, state, version, event_count, last_hash, place, stage, unit, outcome, proposal, probability, urgency,
    deadline, subject, sender, recipient, findings, received_at, stored_at, delivered_at, source_sha256, source_name, first_page,
    page_count)
SELECT number, id, state, version, event_count, last_hash, place, stage, unit, outcome, proposal, probability, urgency,
    deadline, subject, sender, recipient, findings, received_at, stored_at, delivered_at, source_sha256, source_name, first_page,
    page_count FROM letter_before;
DROP TABLE letter_before;
CREATE UNIQUE INDEX letter_file ON letter (source_sha256) WHERE batch_id IS NULL;
CREATE INDEX letter_batch ON letter (batch_id, first_page, number) WHERE batch_id IS NOT NULL;
CREATE INDEX letter_postkorb ON letter (unit, (CASE WHEN urgency = 'Immediate' THEN 1 ELSE 0 END), delivered_at, number)
    WHERE place = 'Postkorb';
CREATE INDEX letter_place ON letter (place, (CASE WHEN urgency = 'Immediate' THEN 0 ELSE 1 END), received_at, number);
