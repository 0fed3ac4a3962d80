"""The register: the rows of a programme as they are now, and the one way to change them."""
