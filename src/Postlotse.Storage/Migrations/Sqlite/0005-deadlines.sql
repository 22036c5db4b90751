-- Soonest proposed time limit, as yyyy-mm-dd, and letters that must not wait before the others.
ALTER TABLE letter ADD COLUMN deadline TEXT;
DROP INDEX letter_postkorb;
DROP INDEX letter_place;
CREATE INDEX letter_postkorb ON letter (unit, (CASE WHEN urgency = 'Immediate' THEN 1 ELSE 0 END), delivered_at, number)
    WHERE place = 'Postkorb';
CREATE INDEX letter_place ON letter (place, (CASE WHEN urgency = 'Immediate' THEN 0 ELSE 1 END), received_at, number);
