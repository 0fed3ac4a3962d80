"""Invented programmes: places and proportions are published ones, people and firms are made up."""
