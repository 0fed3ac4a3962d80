"""The HTTP service: permission in a route's signature, one file per resource, one handler for all errors."""
