"""What a caseload costs in routed weeks."""
