"""Catalogues: what each code says in a language, one file a language."""
