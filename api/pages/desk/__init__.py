"""The coordinator's desk; it stands under `/desk` and on the shell, words and roles of the other pages."""
