"""How lists in German and English call tables, columns and values; a folder of words for each language."""
