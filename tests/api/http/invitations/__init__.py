"""Tests of inviting people and of their answer."""
