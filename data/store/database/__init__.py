"""Connections, migrations, transactions, change marks."""
