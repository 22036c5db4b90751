CREATE TABLE account (
    id                   TEXT    PRIMARY KEY NOT NULL,
    name                 TEXT    NOT NULL UNIQUE,
    display_name         TEXT    NOT NULL,
    roles                TEXT    NOT NULL,
    units                TEXT    NOT NULL,
    must_change_password BIGINT  NOT NULL,
    disabled             BIGINT  NOT NULL,
    password_hash        TEXT    NOT NULL,
    failed_count         BIGINT  NOT NULL DEFAULT 0,
    locked_until         BIGINT  NOT NULL DEFAULT 0,
    created_at           BIGINT  NOT NULL
);
