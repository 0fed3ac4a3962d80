"""Tests of `api.export.run_folder`."""
