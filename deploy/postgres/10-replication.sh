#!/bin/sh
# Run once, when the database is made: lets the administrator's login stream backups from other containers.
set -eu
echo "host replication $POSTGRES_USER samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
