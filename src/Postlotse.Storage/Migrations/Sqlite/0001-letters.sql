CREATE TABLE letter (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE,
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
    UNIQUE (source_sha256, first_page),
    CHECK ((place = 'Postkorb') = (unit IS NOT NULL)),
    CHECK (place <> 'Postkorb' OR delivered_at IS NOT NULL),
    CHECK ((place = 'Underway') = (stage IS NOT NULL))
);
CREATE INDEX letter_postkorb ON letter (unit, delivered_at, number) WHERE place = 'Postkorb';
CREATE INDEX letter_place ON letter (place, received_at, number);

CREATE TABLE receipt (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    letter_id    TEXT    NOT NULL REFERENCES letter (id),
    received_at  INTEGER NOT NULL,
    evidence     TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    source_name  TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    stored_at    INTEGER NOT NULL,
    client_key   TEXT    UNIQUE,
    duplicate_of TEXT    REFERENCES receipt (id)
);
CREATE INDEX receipt_letter ON receipt (letter_id, number);
CREATE UNIQUE INDEX receipt_first ON receipt (letter_id) WHERE duplicate_of IS NULL;

CREATE TABLE job (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id   TEXT    NOT NULL UNIQUE REFERENCES letter (id),
    stage       TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    run_at      INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token       INTEGER NOT NULL DEFAULT 0,
    attempt     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX job_order ON job (received_at, id);

CREATE TABLE event (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id     TEXT    NOT NULL REFERENCES letter (id),
    sequence      INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    UNIQUE (letter_id, sequence)
);

-- Terms only, no text: what a letter says stands in its state alone.
CREATE VIRTUAL TABLE letter_search USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
