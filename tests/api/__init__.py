"""Tests of the interfaces: runs, exports, commands and service."""
