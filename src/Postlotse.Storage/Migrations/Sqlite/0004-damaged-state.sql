-- Stored states that could not be read, as they were found; the letter itself was made again and lies in clearing.
CREATE TABLE damaged_state (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id TEXT    NOT NULL REFERENCES letter (id),
    found_at  INTEGER NOT NULL,
    state     TEXT    NOT NULL
);
