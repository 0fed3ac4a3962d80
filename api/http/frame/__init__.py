"""What every resource shares: who asks, errors, pages, middleware."""
