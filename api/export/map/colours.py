"""One colour per buddy: hues far apart, all readable on white paper and on a dark screen."""

from math import cos, pi, sin

GOLDEN_ANGLE = 137.508
LIGHTNESS = (0.59, 0.565, 0.615)
"""In OKLab; each has at least 3:1 contrast to all page backgrounds, light and dark (WCAG 2.2, 1.4.11)."""
CHROMA = 0.14


def colour_of(index: int) -> str:
    """Return the colour of the buddy with this index as `#rrggbb`; consecutive indices differ most."""
    angle = index * GOLDEN_ANGLE * pi / 180
    lightness, chroma = LIGHTNESS[index % len(LIGHTNESS)], CHROMA
    rgb = _linear_rgb(lightness, chroma, angle)
    while min(rgb) < 0 or max(rgb) > 1:
        chroma -= 0.005
        rgb = _linear_rgb(lightness, chroma, angle)
    return "#" + "".join(f"{round(255 * _encoded(light)):02x}" for light in rgb)


def _linear_rgb(lightness: float, chroma: float, angle: float) -> tuple[float, float, float]:
    """Convert OKLCH to linear sRGB, with the matrices of OKLab's definition (Ottosson 2020)."""
    a, b = chroma * cos(angle), chroma * sin(angle)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(light: float) -> float:
    """Convert linear light to the sRGB curve."""
    return float(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
