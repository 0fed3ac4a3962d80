"""The weeks."""
