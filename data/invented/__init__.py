"""Invented programmes: places and proportions are from published figures, people and firms are made up."""
