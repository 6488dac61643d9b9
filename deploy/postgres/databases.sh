#!/bin/sh
# Run once by PostgreSQL's image, on an empty volume: Rolecall's database and Prefect's, each with an owner of its own.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --set=rolecall="$ROLECALL_DB_PASSWORD" --set=prefect="$PREFECT_DB_PASSWORD" <<'SQL'
CREATE ROLE rolecall LOGIN PASSWORD :'rolecall';
CREATE DATABASE rolecall OWNER rolecall;
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
CREATE DATABASE prefect OWNER prefect;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
