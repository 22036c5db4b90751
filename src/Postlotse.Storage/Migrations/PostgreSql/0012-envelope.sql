-- Letters that wait for a person without a decision: no version before looked at the envelope of each, so they stay closed to most.
UPDATE letter SET closed = 1, subject = '', sender = '', recipient = '' WHERE outcome IS NULL AND place IN ('Clearing', 'SetAside');
