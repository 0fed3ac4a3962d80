"""The formats of exported files, one file each; its name is the kind that people ask for."""
