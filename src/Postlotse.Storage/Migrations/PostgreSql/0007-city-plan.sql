-- What the organiser lays down about responsibilities; append-only, each version with the hash of the one before.
CREATE TABLE city_plan (
    version       BIGINT PRIMARY KEY NOT NULL,
    at            BIGINT NOT NULL,
    actor         TEXT    NOT NULL,
    plan          TEXT    NOT NULL,
    -- Only where it was exchanged with this version.
    organisation  TEXT,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);

-- Where the chain ends; one row.
CREATE TABLE city_plan_end (
    number    BIGINT PRIMARY KEY NOT NULL CHECK (number = 1),
    version   BIGINT NOT NULL,
    last_hash TEXT    NOT NULL
);
INSERT INTO city_plan_end (number, version, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
