"""Where one more buddy helps most."""
