-- Changes with everything that ends an account's sessions; empty: nobody is signed in.
ALTER TABLE account ADD COLUMN session_stamp TEXT NOT NULL DEFAULT '';
ALTER TABLE account DROP COLUMN failed_count;
ALTER TABLE account DROP COLUMN locked_until;

-- Wrong passwords in a row, by account and network address: who guesses must wait, others need not.
CREATE TABLE sign_in_failure (
    account_id   TEXT    NOT NULL REFERENCES account (id),
    address      TEXT    NOT NULL,
    failed_count BIGINT  NOT NULL,
    locked_until BIGINT  NOT NULL,
    last_at      BIGINT  NOT NULL,
    PRIMARY KEY (account_id, address)
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);

-- One chain over all accounts. No reference to the account: evidence outlives it.
CREATE TABLE account_event (
    sequence      BIGINT  PRIMARY KEY NOT NULL,
    account_id    TEXT    NOT NULL,
    at            BIGINT  NOT NULL,
    kind          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);
CREATE TABLE account_chain (
    number      BIGINT  PRIMARY KEY NOT NULL CHECK (number = 1),
    event_count BIGINT  NOT NULL,
    last_hash   TEXT    NOT NULL
);
INSERT INTO account_chain (number, event_count, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
