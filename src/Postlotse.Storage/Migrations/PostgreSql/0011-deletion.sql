-- A file whose letter was deleted may come again, and is a new letter then.
DROP INDEX letter_file;
CREATE UNIQUE INDEX letter_file ON letter (source_sha256) WHERE batch_id IS NULL AND place <> 'Deleted';

-- Files of deleted letters that have still to be removed.
CREATE TABLE erased_file (
    sha256 TEXT PRIMARY KEY NOT NULL
);
CREATE INDEX event_deletion ON event (letter_id, sequence) WHERE kind IN ('DeletionRequested', 'DeletionDeclined', 'Deleted');
