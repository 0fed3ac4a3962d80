"""What wraps the whole app and needs no user: texts come in composed, HEAD is GET without a body."""
