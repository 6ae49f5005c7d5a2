"""Which built-in functions and catalogues the export's login may use: what is named here, and nothing else.

By default Postgres lets every login run some 200 volatile functions (writing to the WAL, notifying, taking
locks, changing settings) and read who else is connected. The conditions below find them in the catalogue
itself, so that those of a newer Postgres are shut out as well; a test tells when one appears that nobody has
looked at.
"""

from gap_server.store.roles import GAME, OWNER

HARMLESS_VOLATILE = frozenset(
    {
        *("array_sample", "array_shuffle", "clock_timestamp", "gen_random_uuid", "random", "random_normal"),
        *("setseed", "timeofday", "uuidv4", "uuidv7"),
    }
)
"""Volatile by Postgres's own word, but they touch nothing outside of the query that calls them."""

TELLING = (
    r"^(current_setting|query_to_|.*_to_xml|ts_stat|ts_rewrite|pg_get_|pg_show_|pg_stat_|pg_config|"
    r"pg_current_|pg_snapshot_|pg_visible_in_|txid_|pg_backend_|pg_lock|pg_prepared|pg_cursor|pg_listening|"
    r"pg_postmaster|pg_conf_|pg_relation_file|pg_filenode|pg_control|pg_safe_|pg_blocking|"
    r"pg_wal|pg_export|pg_replication|pg_hba|pg_ident|pg_ls_|pg_read|pg_stat|"
    r"inet_(client|server)_|has_parameter_|row_security_active|lo_|binary_upgrade_|pg_log_|brin_|gin_clean|"
    r"pg_partition_|pg_sequence|pg_event_trigger|pg_identify|pg_describe|pg_extension|pg_available|"
    r"pg_tablespace_location)"
)
"""Names of functions that are not volatile and yet tell of the server, or run a text as SQL."""

FORBIDDEN_FUNCTIONS = rf"""
select p.oid, p.oid::regprocedure::text as signature from pg_catalog.pg_proc p
where p.pronamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  and p.prokind in ('f', 'p')
  and not 'internal'::regtype = any (p.proargtypes)
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
  and ((p.provolatile = 'v' and p.proname <> all ('{{{",".join(sorted(HARMLESS_VOLATILE))}}}'))
       or p.proname ~ '{TELLING}')
"""
"""Functions that can be called from SQL (an `internal` argument cannot be written) and must not be."""

READABLE_CATALOGUES = frozenset(
    {
        *("pg_am", "pg_attribute", "pg_cast", "pg_class", "pg_collation", "pg_description", "pg_enum"),
        *("pg_namespace", "pg_operator", "pg_range", "pg_timezone_abbrevs", "pg_timezone_names", "pg_type"),
    }
)
"""Types, columns and comments: drivers ask for them."""

FORBIDDEN_CATALOGUES = f"""
select c.oid, c.oid::regclass::text as name from pg_catalog.pg_class c
where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v')
  and c.relname <> all ('{{{",".join(sorted(READABLE_CATALOGUES))}}}')
"""

GAMES_FUNCTIONS = (
    r"^(pg_(try_)?advisory_|set_config$|current_setting$|pg_notify$|pg_backend_pid$|pg_is_in_recovery$|"
    r"pg_database_size$|pg_(total_)?relation_size$|pg_table_size$|pg_indexes_size$|pg_stat_get_|"
    r"pg_postmaster_start_time$|pg_get_|pg_last_|pg_current_|pg_wal_lsn_diff$|pg_sleep$)"
)
"""What the game's login gets back: its locks, its notifications, and what drivers and operators ask."""

GAMES_CATALOGUES = (
    r"^(pg_stat_|pg_(proc|roles|auth_members|settings|database|index|indexes|locks|tables|constraint)$|"
    r"pg_replication_slots$)"
)

REVOKE = f"""
do $census$
declare
    found record;
begin
    for found in
        select f.signature, p.proname ~ '{GAMES_FUNCTIONS}' as games from ({FORBIDDEN_FUNCTIONS}) f
        join pg_catalog.pg_proc p on p.oid = f.oid
        where exists (
            select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            where a.grantee = 0 and a.privilege_type = 'EXECUTE'
        ) or p.proname ~ '{GAMES_FUNCTIONS}' and not has_function_privilege('{GAME}', p.oid, 'execute')
    loop
        execute format('revoke execute on function %s from public', found.signature);
        execute format('grant execute on function %s to {OWNER}', found.signature);
        if found.games then
            execute format('grant execute on function %s to {GAME}', found.signature);
        end if;
    end loop;
    for found in
        select f.name, c.relname ~ '{GAMES_CATALOGUES}' as games from ({FORBIDDEN_CATALOGUES}) f
        join pg_catalog.pg_class c on c.oid = f.oid
        where exists (
            select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
            where a.grantee = 0 and a.privilege_type in ('SELECT', 'UPDATE')
        ) or exists (
            select from pg_catalog.pg_attribute t where t.attrelid = c.oid and t.attacl is not null
        ) or c.relname ~ '{GAMES_CATALOGUES}' and not has_table_privilege('{GAME}', c.oid, 'select')
    loop
        execute format('revoke all on %s from public', found.name); -- of its columns, too
        execute format('grant select on %s to {OWNER}', found.name);
        if found.games then
            execute format('grant select on %s to {GAME}', found.name);
        end if;
    end loop;
exception when insufficient_privilege then
    raise warning 'built-in functions and catalogues stay open to every login: this is no superuser';
end $census$
"""
"""Shut the rest out of this database, and give the owner (whom nobody can log in as) all of it back.

Where the login that migrates is no superuser, as on a managed Postgres, nothing changes: the server sees it
at its start and serves no SQL.
"""
