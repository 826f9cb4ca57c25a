"""The picture of the ratios: bars on a logarithmic scale, written as SVG by hand."""
import math

COLOURS = {"oneDAL": "#0b6e99", "scikit-learn": "#d97706", "fastest on the JVM": "#6b7280"}
LEFT, RIGHT, BAR, GAP, TOP = 220, 640, 13, 16, 46


def place(ratio, most):
    return LEFT + (RIGHT - LEFT) * max(0.0, math.log10(ratio)) / math.log10(most)


def text(x, y, words, anchor="start", colour="#111827"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def draw(groups):
    """SVG of [(label, {peer: times of the peer over ours})]."""
    ratios = [ratio for _, peers in groups for ratio in peers.values()]
    most = 10 ** max(1, math.ceil(math.log10(max(ratios, default=10))))
    height = TOP + sum(len(peers) * BAR + GAP for _, peers in groups) + 14
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" viewBox="0 0 720 {height}"'
        ' font-family="sans-serif" font-size="11">',
        "<title>Times of other programs over those of Mixtura, one EM iteration</title>",
        f'<rect width="720" height="{height}" fill="#ffffff"/>',
    ]
    x = LEFT
    for peer, colour in COLOURS.items():
        lines.append(f'<rect x="{x}" y="8" width="10" height="10" fill="{colour}"/>')
        lines.append(text(x + 14, 17, peer))
        x += 30 + 6 * len(peer)
    for power in range(int(math.log10(most)) + 1):
        x = place(10**power, most)
        lines.append(f'<line x1="{x:.0f}" y1="{TOP - 10}" x2="{x:.0f}" y2="{height - 10}" stroke="#e5e7eb"/>')
        lines.append(text(x, TOP - 14, f"{10**power} ×", "middle", "#6b7280"))
    y = TOP
    for label, peers in groups:
        lines.append(text(LEFT - 8, y + len(peers) * BAR / 2 + 4, label, "end"))
        for peer, ratio in peers.items():
            width = max(1.0, place(ratio, most) - LEFT)
            lines.append(f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR - 2}" fill="{COLOURS[peer]}"/>')
            lines.append(text(LEFT + width + 4, y + BAR - 4, f"{ratio:.3g}"))
            y += BAR
        y += GAP
    return "\n".join([*lines, "</svg>", ""])
