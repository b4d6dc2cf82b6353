#!/bin/sh
# Creates or updates the two databases of a Temporal server. Safe to run at every start.
set -eu

schema=/etc/temporal/schema/postgresql/v12
sql() {
  database=$1
  shift
  temporal-sql-tool --plugin "$DB" --ep "$POSTGRES_SEEDS" -p "$DB_PORT" -u "$POSTGRES_USER" --db "$database" "$@"
}

set_up() {
  sql "$1" create-database
  # A new database has no table of versions yet, which makes the update fail: then that table is made first.
  sql "$1" update-schema -d "$schema/$2/versioned" || {
    sql "$1" setup-schema -v 0.0
    sql "$1" update-schema -d "$schema/$2/versioned"
  }
}

set_up temporal temporal
set_up temporal_visibility visibility
