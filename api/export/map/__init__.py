"""Maps: SVG and GeoJSON."""
