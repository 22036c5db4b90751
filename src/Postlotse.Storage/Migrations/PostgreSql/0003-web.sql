CREATE TABLE api_token (
    id           TEXT    PRIMARY KEY NOT NULL,
    account_id   TEXT    NOT NULL REFERENCES account (id),
    label        TEXT    NOT NULL,
    hash         TEXT    NOT NULL UNIQUE,
    created_at   BIGINT  NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);

-- Who has opened a letter in a Postkorb, first and last time.
CREATE TABLE letter_opened (
    letter_id  TEXT    NOT NULL REFERENCES letter (id),
    account_id TEXT    NOT NULL REFERENCES account (id),
    first_at   BIGINT  NOT NULL,
    last_at    BIGINT  NOT NULL,
    PRIMARY KEY (letter_id, account_id)
);
