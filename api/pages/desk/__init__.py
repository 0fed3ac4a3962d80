"""The coordinator's desk under `/desk`; it uses the shell, texts and roles of the other pages."""
