"""Where places are: gazetteer, districts, distances, geocoding."""
