-- Changes with everything that ends an account's sessions; empty: nobody is signed in.
ALTER TABLE account ADD COLUMN session_stamp TEXT NOT NULL DEFAULT '';
ALTER TABLE account DROP COLUMN failed_count;
ALTER TABLE account DROP COLUMN locked_until;

-- Wrong passwords in a row, by account and network address: who guesses must wait, others need not.
CREATE TABLE sign_in_failure (
    account_id   TEXT    NOT NULL REFERENCES account (id),
    address      TEXT    NOT NULL,
    failed_count INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, address)
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);

-- One chain over all accounts. No reference to the account: evidence outlives it.
CREATE TABLE account_event (
    sequence      INTEGER PRIMARY KEY NOT NULL,
    account_id    TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);
CREATE TABLE account_chain (
    number      INTEGER PRIMARY KEY NOT NULL CHECK (number = 1),
    event_count INTEGER NOT NULL,
    last_hash   TEXT    NOT NULL
);
INSERT INTO account_chain (number, event_count, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
