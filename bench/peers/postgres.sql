-- PostgreSQL. The tables that load.sql made, read from DuckDB's files; psql sets `from`. Nothing is
-- logged; memberships are parted by user, so that both processes can aggregate all by themselves.
CREATE UNLOGGED TABLE users (user_no integer, traits bigint) PARTITION BY HASH (user_no);
CREATE UNLOGGED TABLE users_0 PARTITION OF users FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE UNLOGGED TABLE users_1 PARTITION OF users FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE UNLOGGED TABLE membership (user_no integer, group_no integer, added_at bigint) PARTITION BY HASH (user_no);
CREATE UNLOGGED TABLE membership_0 PARTITION OF membership FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE UNLOGGED TABLE membership_1 PARTITION OF membership FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE UNLOGGED TABLE edge (parent integer, child integer, added_at bigint);
CREATE UNLOGGED TABLE assignment (group_no integer, user_no integer, sku integer, plans bigint, blocked bigint,
  priority integer, assigned_at bigint);
CREATE UNLOGGED TABLE sku (sku integer, off boolean, capacity bigint);
