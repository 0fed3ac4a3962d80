"""The folder of a run: its input, with hashes; its results; and the files for people.

Reading needs `manifest.json`, `problem.json`, `policy.toml`, `times.npz`, `reference/` and every result that
the manifest lists. `identity.json` may be missing or empty, so that a folder can be passed on without names.
The tables, calendars, map and report are written but never read.
"""
