"""The files of a programme, as people's programs write them, read into sheets of text."""
