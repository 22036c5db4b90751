-- Letters taken out of a batch share its file: a file is one letter of its own, and any number of letters taken out of that one.
ALTER TABLE letter DROP CONSTRAINT letter_source_sha256_first_page_key;
-- The batch it was taken out of; and whether that was divided anew since, so that its pages belong to other letters.
ALTER TABLE letter ADD COLUMN batch_id TEXT REFERENCES letter (id);
ALTER TABLE letter ADD COLUMN replaced BIGINT NOT NULL DEFAULT 0;
ALTER TABLE letter ADD CHECK (replaced = 0 OR place = 'SetAside');
CREATE UNIQUE INDEX letter_file ON letter (source_sha256) WHERE batch_id IS NULL;
CREATE INDEX letter_batch ON letter (batch_id, first_page, number) WHERE batch_id IS NOT NULL;
