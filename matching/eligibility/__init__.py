"""Hard rules and costs of a pair."""
