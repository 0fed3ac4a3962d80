"""The specification, as tests; the folders mirror the packages."""
