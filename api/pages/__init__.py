"""The web pages: rendered on the server, readable without scripts, built on the functions of `/api/v1`."""
