"""The register over HTTP: rows of every entity, change sets, the journal, and undo."""
