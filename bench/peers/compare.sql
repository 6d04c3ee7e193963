-- DuckDB. How many rows two answers do not have in common: licenses and seats as `seatwise reconcile`
-- wrote them ({answers}), and those of a peer ({peer_license}, {peer_seats}: tables or files).
CREATE OR REPLACE TABLE plan_text AS
  WITH texts AS (
    SELECT DISTINCT s.no AS sku, l.enabled_plans AS text
    FROM read_csv('{answers}/licenses.csv', all_varchar = true) l JOIN sku_id s ON s.id = l.sku_id
    WHERE l.enabled_plans IS NOT NULL)
  SELECT t.sku, t.text, bit_or(b.bit) AS plans
  FROM (SELECT sku, text, unnest(string_split(text, ';')) AS plan FROM texts) t
  JOIN plan_bit b ON b.sku = t.sku AND b.plan = t.plan
  GROUP BY t.sku, t.text;
CREATE OR REPLACE TABLE our_license AS
  SELECT u.no::INTEGER AS user_no, s.no::INTEGER AS sku, l.state, coalesce(p.plans, 0)::BIGINT AS plans
  FROM read_csv('{answers}/licenses.csv', all_varchar = true) l
  JOIN user_id u ON u.id = l.user_id JOIN sku_id s ON s.id = l.sku_id
  LEFT JOIN plan_text p ON p.sku = s.no AND p.text = l.enabled_plans;
CREATE OR REPLACE TABLE our_seats AS
  SELECT s.no::INTEGER AS sku, c.consumed::BIGINT AS consumed, c.waiting::BIGINT AS waiting
  FROM read_csv('{answers}/seats.csv', all_varchar = true) c JOIN sku_id s ON s.id = c.sku_id;
CREATE OR REPLACE VIEW peer_license AS
  SELECT user_no::INTEGER AS user_no, sku::INTEGER AS sku, state, plans::BIGINT AS plans FROM {peer_license};
CREATE OR REPLACE VIEW peer_seats AS
  SELECT sku::INTEGER AS sku, consumed::BIGINT AS consumed, waiting::BIGINT AS waiting FROM {peer_seats};
SELECT
  (SELECT count(*) FROM our_license) AS ours,
  (SELECT count(*) FROM peer_license) AS theirs,
  (SELECT count(*) FROM (FROM our_license EXCEPT ALL FROM peer_license)) AS only_ours,
  (SELECT count(*) FROM (FROM peer_license EXCEPT ALL FROM our_license)) AS only_theirs,
  (SELECT count(*) FROM (FROM our_seats EXCEPT ALL FROM peer_seats)) AS seats_that_differ,
  (SELECT sum(waiting)::BIGINT FROM our_seats) AS waiting;
