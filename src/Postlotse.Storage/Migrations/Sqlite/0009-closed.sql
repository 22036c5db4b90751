-- What must stay closed to most of the mailroom, as lists need to know it. (In the JSON of a state a quoted text has escaped quotes.)
ALTER TABLE letter ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
UPDATE letter SET closed = 1
WHERE outcome = 'Sealed' OR state LIKE '%"restriction":"sealed"%' OR state LIKE '%"restriction":"personal"%';
UPDATE letter SET subject = '', sender = '', recipient = '' WHERE closed = 1 AND place <> 'Postkorb';
