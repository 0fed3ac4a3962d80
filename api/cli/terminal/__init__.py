"""What commands share: options, terminal, summary."""
