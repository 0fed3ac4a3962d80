"""Connections, migrations, transactions, marks of change."""
