-- DuckDB and PostgreSQL. The licenses of everybody from the tables of load.sql, for a tenant where no
-- plan conflicts with another (K4) or requires one (K5): then a claim passes whatever else its user
-- has, and the queue is a rank by the first claim of each user for the SKU. Nested groups (M2), K1 to
-- K3, priorities, times and seats are as the semantics have them.
CREATE {table} offer AS
  WITH RECURSIVE reach(licensed, group_no, reached_at) AS (
    SELECT DISTINCT group_no, group_no, -4000000000000000000 FROM assignment WHERE group_no IS NOT NULL
    UNION
    SELECT r.licensed, e.child, greatest(r.reached_at, e.added_at)
    FROM reach r JOIN edge e ON e.parent = r.group_no)
  SELECT c.group_no, a.sku, a.plans, a.blocked, a.priority, a.assigned_at, c.reached_at
  FROM (SELECT licensed, group_no, min(reached_at) AS reached_at FROM reach GROUP BY licensed, group_no) c
  JOIN assignment a ON a.group_no = c.licensed;
{analyze} offer;

-- What each user asks for: whether any claim can pass, whether all can.
CREATE {table} asked AS
  SELECT user_no, sku, bit_or(plans) AS plans, bool_or(ok) AS any_passes, bool_and(ok) AS all_pass FROM (
    SELECT m.user_no, o.sku, CASE WHEN o.blocked & u.traits = 0 THEN o.plans ELSE 0 END AS plans,
      o.blocked & u.traits = 0 AS ok
    FROM membership m JOIN offer o USING (group_no) JOIN users u USING (user_no)
    UNION ALL
    SELECT a.user_no, a.sku, CASE WHEN a.blocked & u.traits = 0 THEN a.plans ELSE 0 END,
      a.blocked & u.traits = 0
    FROM assignment a JOIN users u USING (user_no)) claim
  GROUP BY user_no, sku;

CREATE {table} contended AS
  SELECT sku, s.capacity
  FROM (SELECT sku, count(*) AS users FROM asked WHERE any_passes GROUP BY sku) d JOIN sku s USING (sku)
  WHERE d.users > s.capacity;

-- Who comes too late for a seat (C5).
CREATE {table} denied AS
  SELECT user_no, sku FROM (
    SELECT user_no, sku, capacity,
      row_number() OVER (PARTITION BY sku ORDER BY first_key, user_no) AS place
    FROM (
      SELECT user_no, sku, capacity, min(key) AS first_key FROM (
        SELECT m.user_no, o.sku, c.capacity, {key}[-o.priority::BIGINT,
          greatest(m.added_at, o.reached_at, o.assigned_at), greatest(m.added_at, o.reached_at)] AS key
        FROM membership m
        JOIN (offer o JOIN contended c USING (sku)) USING (group_no)
        JOIN users u USING (user_no)
        WHERE o.blocked & u.traits = 0
        UNION ALL
        SELECT a.user_no, a.sku, c.capacity, {key}[-a.priority::BIGINT, a.assigned_at, a.assigned_at]
        FROM assignment a JOIN contended c USING (sku) JOIN users u USING (user_no)
        WHERE a.blocked & u.traits = 0) wish
      GROUP BY user_no, sku, capacity) first_wish) placed
  WHERE place > capacity;
{analyze} denied;

CREATE {table} seats AS
  SELECT s.sku, coalesce(d.users, 0) - coalesce(n.users, 0) AS consumed, coalesce(n.users, 0) AS waiting
  FROM sku s
  LEFT JOIN (SELECT sku, count(*) AS users FROM asked WHERE any_passes GROUP BY sku) d USING (sku)
  LEFT JOIN (SELECT sku, count(*) AS users FROM denied GROUP BY sku) n USING (sku);

-- Few are denied, so they stay apart and the view puts both together: no row is written twice.
CREATE VIEW license AS
  SELECT a.user_no, a.sku,
    CASE WHEN NOT a.any_passes OR n.user_no IS NOT NULL THEN 'Error'
      WHEN s.off THEN 'Disabled'
      WHEN a.all_pass THEN 'Active'
      ELSE 'ActiveWithError' END AS state,
    CASE WHEN a.any_passes AND n.user_no IS NULL THEN a.plans ELSE 0 END AS plans
  FROM asked a JOIN sku s USING (sku) LEFT JOIN denied n ON n.user_no = a.user_no AND n.sku = a.sku;
