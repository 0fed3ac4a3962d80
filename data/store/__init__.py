"""The service's store: tables, the database, and one module of queries for each kind of record."""
