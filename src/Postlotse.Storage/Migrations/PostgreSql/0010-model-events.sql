-- Which version of what was learned decides; one chain.
CREATE TABLE model_event (
    sequence      BIGINT  PRIMARY KEY NOT NULL,
    at            BIGINT  NOT NULL,
    kind          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);
CREATE TABLE model_chain (
    number      BIGINT  PRIMARY KEY NOT NULL CHECK (number = 1),
    event_count BIGINT  NOT NULL,
    last_hash   TEXT    NOT NULL
);
INSERT INTO model_chain (number, event_count, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
