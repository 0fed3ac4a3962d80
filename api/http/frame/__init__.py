"""What all resources share: authentication, errors, paging, middleware."""
