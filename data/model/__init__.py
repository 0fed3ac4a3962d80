"""Input model: entities of a programme, vocabulary, policy, calendar and findings."""
