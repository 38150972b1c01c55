#!/usr/bin/env bash
# Run once by the image of PostgreSQL, on an empty volume: two roles, and a database for each store.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username postgres \
  --set=owner_password="$(cat /run/secrets/postgres-owner)" --set=work_password="$(cat /run/secrets/postgres-barnahus)" <<'SQL'
CREATE ROLE barnahus_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE barnahus LOGIN PASSWORD :'work_password';
SQL
for store in accesses vault state; do
  psql --set=ON_ERROR_STOP=1 --username postgres --command "CREATE DATABASE barnahus_$store OWNER barnahus_owner"
  psql --set=ON_ERROR_STOP=1 --username postgres --command "REVOKE ALL ON DATABASE barnahus_$store FROM PUBLIC; GRANT CONNECT ON DATABASE barnahus_$store TO barnahus"
done
