"""The service over HTTP: permission in the signature, one file a resource, one handler for all errors."""
