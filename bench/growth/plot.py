"""A plot with logarithmic axes, as SVG."""

import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 70, 130, 20, 50
COLOURS = ("#1f6feb", "#c2410c", "#15803d")


def _decades(values):
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def _name(exponent):
    if exponent >= 6:
        return "%d M" % 10 ** (exponent - 6)
    return "{:,}".format(10**exponent) if exponent >= 0 else "%g" % 10.0**exponent


def _axes(x_label, x_range, y_range, place):
    parts = []
    for exponent in range(x_range[0], x_range[1] + 1):
        x, bottom = place(10.0**exponent, 10.0 ** y_range[0])
        parts.append('<line x1="%.1f" y1="%d" x2="%.1f" y2="%.1f" stroke="#ddd"/>' % (x, TOP, x, bottom))
        parts.append('<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>' % (x, bottom + 18, _name(exponent)))
    for exponent in range(y_range[0], y_range[1] + 1):
        left, y = place(10.0 ** x_range[0], 10.0**exponent)
        parts.append('<line x1="%.1f" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/>' % (left, y, WIDTH - RIGHT, y))
        parts.append('<text x="%.1f" y="%.1f" text-anchor="end">%s</text>' % (left - 8, y + 4, _name(exponent)))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (middle, HEIGHT - 10, x_label))
    return parts


def log_log(x_label, series):
    """`series` is a list of (name, [(x, y)...]), all positive."""
    x_range = _decades([x for _, points in series for x, _ in points])
    y_range = _decades([y for _, points in series for _, y in points])

    def place(x, y):
        across = (math.log10(x) - x_range[0]) / max(1, x_range[1] - x_range[0])
        up = (math.log10(y) - y_range[0]) / max(1, y_range[1] - y_range[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"' % (WIDTH, HEIGHT)]
    parts[0] += ' font-family="sans-serif" font-size="12">'
    parts.append('<rect width="100%" height="100%" fill="white"/>')
    parts += _axes(x_label, x_range, y_range, place)
    for (name, points), colour in zip(series, COLOURS):
        placed = [place(x, y) for x, y in points]
        path = " ".join("%.1f,%.1f" % point for point in placed)
        parts.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>' % (path, colour))
        parts += ['<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (x, y, colour) for x, y in placed]
        parts.append('<text x="%.1f" y="%.1f" fill="%s">%s</text>' % (placed[-1][0] + 10, placed[-1][1] + 4, colour, name))
    return "\n".join(parts + ["</svg>", ""])
