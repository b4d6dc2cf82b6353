#!/bin/sh
# Creates or updates the two databases of a Temporal server. Safe to run at every start.
set -eu

schema=/etc/temporal/schema/postgresql/v12
sql() {
  database=$1
  shift
  temporal-sql-tool --plugin "$DB" --endpoint "$POSTGRES_SEEDS" --port "$DB_PORT" --user "$POSTGRES_USER" \
    --database "$database" "$@"
}

set_up() {
  sql "$1" create-database
  # The version table is made once; on a database that has it this step has nothing to do.
  sql "$1" setup-schema --version 0.0 || echo "$1 is set up already"
  sql "$1" update-schema --schema-dir "$schema/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
