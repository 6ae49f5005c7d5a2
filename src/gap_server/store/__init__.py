"""Postgres: the engine, the tables, the queries."""
