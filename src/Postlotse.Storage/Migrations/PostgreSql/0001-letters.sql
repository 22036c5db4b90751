CREATE TABLE letter (
    number        BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id            TEXT    NOT NULL UNIQUE,
    state         TEXT    NOT NULL,
    version       BIGINT  NOT NULL,
    event_count   BIGINT  NOT NULL,
    last_hash     TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    stage         TEXT,
    unit          TEXT,
    outcome       TEXT,
    proposal      TEXT,
    probability   DOUBLE PRECISION,
    urgency       TEXT    NOT NULL,
    subject       TEXT    NOT NULL,
    sender        TEXT    NOT NULL,
    recipient     TEXT    NOT NULL,
    findings      TEXT    NOT NULL,
    received_at   BIGINT  NOT NULL,
    stored_at     BIGINT  NOT NULL,
    delivered_at  BIGINT,
    source_sha256 TEXT    NOT NULL,
    source_name   TEXT    NOT NULL,
    first_page    BIGINT  NOT NULL,
    page_count    BIGINT  NOT NULL,
    UNIQUE (source_sha256, first_page),
    CHECK ((place = 'Postkorb') = (unit IS NOT NULL)),
    CHECK (place <> 'Postkorb' OR delivered_at IS NOT NULL),
    CHECK ((place = 'Underway') = (stage IS NOT NULL))
);
CREATE INDEX letter_postkorb ON letter (unit, delivered_at, number) WHERE place = 'Postkorb';
CREATE INDEX letter_place ON letter (place, received_at, number);

CREATE TABLE receipt (
    number       BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id           TEXT    NOT NULL UNIQUE,
    letter_id    TEXT    NOT NULL REFERENCES letter (id),
    received_at  BIGINT  NOT NULL,
    evidence     TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    source_name  TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    bytes        BIGINT  NOT NULL,
    stored_at    BIGINT  NOT NULL,
    client_key   TEXT    UNIQUE,
    duplicate_of TEXT    REFERENCES receipt (id)
);
CREATE INDEX receipt_letter ON receipt (letter_id, number);
CREATE UNIQUE INDEX receipt_first ON receipt (letter_id) WHERE duplicate_of IS NULL;

CREATE TABLE job (
    id          BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    letter_id   TEXT    NOT NULL UNIQUE REFERENCES letter (id),
    stage       TEXT    NOT NULL,
    received_at BIGINT  NOT NULL,
    run_at      BIGINT  NOT NULL,
    lease_until BIGINT  NOT NULL DEFAULT 0,
    token       BIGINT  NOT NULL DEFAULT 0,
    attempt     BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX job_order ON job (received_at, id);

CREATE TABLE event (
    number        BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    letter_id     TEXT    NOT NULL REFERENCES letter (id),
    sequence      BIGINT  NOT NULL,
    at            BIGINT  NOT NULL,
    kind          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    UNIQUE (letter_id, sequence)
);

-- Terms only, no text: what a letter says stands in its state alone.
CREATE TABLE letter_search (
    number BIGINT   PRIMARY KEY REFERENCES letter (number),
    terms  TSVECTOR NOT NULL
);
CREATE INDEX letter_search_terms ON letter_search USING gin (terms);
