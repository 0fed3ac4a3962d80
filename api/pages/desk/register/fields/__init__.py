"""Fields of forms: one column as a control, languages by name."""
