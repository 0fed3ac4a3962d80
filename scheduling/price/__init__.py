"""Price caseloads by routed weeks."""
