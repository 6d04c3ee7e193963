-- DuckDB. A folder of CSV files ({tenant}) as tables of integers, as somebody would keep them who
-- wants recomputing to be fast: ids are numbers in the order of their bytes, the plans of a SKU are
-- bits of one integer, and what K1 to K3 look at is a bit set on either side: a claim cannot pass if
-- `traits` of the user and `blocked` of the assignment have a bit in common (1: no location, 2: an
-- address clash and a plan that needs a unique address, further bits: prohibited in that location).
CREATE TABLE user_id AS
  SELECT user_id AS id, row_number() OVER (ORDER BY user_id) - 1 AS no, usage_location AS location,
    created_at, proxy_addresses
  FROM read_csv('{tenant}/users.csv', all_varchar = true);
CREATE TABLE group_id AS
  SELECT group_id AS id, row_number() OVER (ORDER BY group_id) - 1 AS no
  FROM read_csv('{tenant}/groups.csv', all_varchar = true);
CREATE TABLE sku_id AS
  SELECT sku_id AS id, row_number() OVER (ORDER BY sku_id) - 1 AS no, coalesce(overage_units, '0') AS overage
  FROM read_csv('{tenant}/skus.csv', all_varchar = true);

-- The bit of each USER plan in its SKU.
CREATE TABLE plan_bit AS
  SELECT s.no AS sku, p.plan_id AS plan, coalesce(p.unique_address = 'true', false) AS is_unique,
    1::BIGINT << (row_number() OVER (PARTITION BY s.no ORDER BY p.plan_id) - 1) AS bit
  FROM read_csv('{tenant}/sku_plans.csv', all_varchar = true) sp
  JOIN read_csv('{tenant}/service_plans.csv', all_varchar = true) p USING (plan_id)
  JOIN sku_id s ON s.id = sp.sku_id
  WHERE p.applies_to = 'User';
CREATE TABLE location_bit AS
  SELECT location, 4::BIGINT << (row_number() OVER (ORDER BY location) - 1) AS bit
  FROM (SELECT DISTINCT location FROM read_csv('{tenant}/plan_prohibited_locations.csv', all_varchar = true));

-- K3: an address belongs to the oldest user that has it.
CREATE TABLE clash AS
  SELECT DISTINCT no FROM (
    SELECT no, row_number() OVER (PARTITION BY address ORDER BY created_at, no) AS place
    FROM (SELECT DISTINCT no, created_at, lower(unnest(string_split(proxy_addresses, ';'))) AS address
          FROM user_id WHERE proxy_addresses IS NOT NULL))
  WHERE place > 1;
CREATE TABLE users AS
  SELECT u.no::INTEGER AS user_no,
    (CASE WHEN u.location IS NULL THEN 1 ELSE 0 END | CASE WHEN c.no IS NULL THEN 0 ELSE 2 END
      | coalesce(l.bit, 0))::BIGINT AS traits
  FROM user_id u LEFT JOIN location_bit l USING (location) LEFT JOIN clash c ON c.no = u.no
  ORDER BY user_no;

CREATE TABLE member AS
  SELECT group_id, member_type, member_id, epoch_us(added_at::TIMESTAMPTZ) AS added_at
  FROM read_csv('{tenant}/members.csv', all_varchar = true);
CREATE TABLE membership AS
  SELECT u.no::INTEGER AS user_no, g.no::INTEGER AS group_no, m.added_at
  FROM member m JOIN group_id g ON g.id = m.group_id JOIN user_id u ON u.id = m.member_id
  WHERE m.member_type = 'user'
  ORDER BY user_no;
CREATE TABLE edge AS
  SELECT g.no::INTEGER AS parent, c.no::INTEGER AS child, m.added_at
  FROM member m JOIN group_id g ON g.id = m.group_id JOIN group_id c ON c.id = m.member_id
  WHERE m.member_type = 'group';

CREATE TABLE assigned AS
  SELECT row_number() OVER () AS no, a.*, s.no AS sku
  FROM read_csv('{tenant}/assignments.csv', all_varchar = true) a JOIN sku_id s ON s.id = a.sku_id;
CREATE TABLE item AS
  SELECT a.no,
    bit_or(b.bit) AS plans,
    1::BIGINT | bit_or(CASE WHEN b.is_unique THEN 2 ELSE 0 END)
      | bit_or(coalesce(l.bit, 0)) AS blocked
  FROM assigned a JOIN plan_bit b ON b.sku = a.sku
  LEFT JOIN read_csv('{tenant}/plan_prohibited_locations.csv', all_varchar = true) p ON p.plan_id = b.plan
  LEFT JOIN location_bit l ON l.location = p.location
  WHERE NOT coalesce(list_contains(string_split(a.disabled_plans, ';'), b.plan), false)
  GROUP BY a.no;
CREATE TABLE assignment AS
  SELECT g.no::INTEGER AS group_no, u.no::INTEGER AS user_no, a.sku::INTEGER AS sku, coalesce(i.plans, 0)::BIGINT AS plans,
    coalesce(i.blocked, 1)::BIGINT AS blocked, coalesce(a.priority, '0')::INTEGER AS priority,
    epoch_us(a.assigned_at::TIMESTAMPTZ) AS assigned_at
  FROM assigned a LEFT JOIN item i USING (no)
  LEFT JOIN group_id g ON a.principal_type = 'group' AND g.id = a.principal_id
  LEFT JOIN user_id u ON a.principal_type = 'user' AND u.id = a.principal_id;

-- Section 2 of the semantics.
CREATE TABLE sku AS
  WITH units AS (
    SELECT s.no, any_value(s.overage) AS overage,
      coalesce(sum(x.units::BIGINT) FILTER (x.status IN ('Enabled', 'Warning')), 0) AS usable,
      coalesce(sum(x.units::BIGINT) FILTER (x.status IN ('Suspended', 'LockedOut')), 0) AS parked
    FROM sku_id s LEFT JOIN read_csv('{tenant}/subscriptions.csv', all_varchar = true) x
      ON x.sku_id = s.id AND x.self_service = 'false'
    GROUP BY s.no)
  SELECT no::INTEGER AS sku, (usable = 0 AND parked > 0) AS off,
    CASE WHEN usable = 0 THEN parked WHEN overage = 'unlimited' THEN 9000000000000000000
      ELSE usable + overage::BIGINT END::BIGINT AS capacity
  FROM units;
