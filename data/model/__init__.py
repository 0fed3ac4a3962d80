"""What goes in: entities of a programme, their words, policy, calendar and findings."""
