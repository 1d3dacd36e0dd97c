# SPDX-License-Identifier: Apache-2.0
"""Building blocks for the still lifes of the demo shop.

One camera for all: orthographic, looking down by 16 degrees, so a circle on the table is an ellipse of
ratio E and a vertical length is shortened by C. One light: a large window, upper left. A Pic collects
shapes and definitions (equal definitions are written once) and prints itself as SVG 1.1.
"""
import collections
import functools
import math
import random
import re

E, C = 0.276, 0.961
WHITE, INK = "#fff7ea", "#241c22"


# ---------------------------------------------------------------- colour and numbers
def rgb(c):
    return [int(c[i:i + 2], 16) for i in (1, 3, 5)]


def mix(a, b, t):
    return "#" + "".join("%02x" % round(x + (y - x) * t) for x, y in zip(rgb(a), rgb(b)))


def shade(c, k):
    """Lighter towards warm white (k > 0) or darker and a little more saturated (k < 0)."""
    if k >= 0:
        return mix(c, WHITE, k)
    r, g, b = rgb(c)
    deep = "#%02x%02x%02x" % (int(r * .26), int(g * .20), int(b * .25))
    return mix(c, deep, -k)


def n(v):
    s = "%.1f" % v
    return s[:-2] if s.endswith(".0") else s.replace("0.", ".", 1) if s.startswith(("0.", "-0.")) else s


def pts(points, close=True):
    return "M" + "L".join(n(x) + " " + n(y) for x, y in points) + ("Z" if close else "")


def limit(v, longest):
    """The vector v, not longer than this."""
    size = math.hypot(*v)
    return v if size <= longest else (v[0] * longest / size, v[1] * longest / size)


def beziers(points, close=False, tension=.5):
    """Cubic pieces of a smooth curve through the points; a point given twice is a corner."""
    count = len(points)
    k = tension / 1.5
    out = []
    for i in range(count if close else count - 1):
        p1, p2 = points[i], points[(i + 1) % count]
        if p1 == p2:
            continue
        p0 = points[i - 1] if close or i > 0 else p1
        p3 = points[(i + 2) % count] if close or i + 2 < count else p2
        span = math.hypot(p2[0] - p1[0], p2[1] - p1[1]) * .42
        t1 = (0, 0) if p0 == p1 else limit(((p2[0] - p0[0]) * k, (p2[1] - p0[1]) * k), span)
        t2 = (0, 0) if p3 == p2 else limit(((p3[0] - p1[0]) * k, (p3[1] - p1[1]) * k), span)
        out.append((p1, (p1[0] + t1[0], p1[1] + t1[1]), (p2[0] - t2[0], p2[1] - t2[1]), p2))
    return out


def spline(points, close=False, tension=.5):
    """The same curve as path data."""
    out = ["M%s %s" % (n(points[0][0]), n(points[0][1]))]
    for _, c1, c2, p2 in beziers(points, close, tension):
        out.append("C%s %s %s %s %s %s" % tuple(n(v) for v in c1 + c2 + p2))
    return "".join(out) + ("Z" if close else "")


def ellipse_path(cx, cy, rx, ry=None):
    ry = rx * E if ry is None else ry
    return "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 %s 0Z" % (
        n(cx - rx), n(cy), n(rx), n(ry), n(2 * rx), n(rx), n(ry), n(-2 * rx))


def rrect(x, y, w, h, r):
    r = min(r, w / 2, h / 2)
    return "M%s %sh%sa%s %s 0 0 1 %s %sv%sa%s %s 0 0 1 %s %sh%sa%s %s 0 0 1 %s %sv%sa%s %s 0 0 1 %s %sZ" % tuple(
        n(v) for v in (x + r, y, w - 2 * r, r, r, r, r, h - 2 * r, r, r, -r, r, -(w - 2 * r), r, r, -r, -r,
                       -(h - 2 * r), r, r, r, -r))


def hull(points):
    points = sorted(set(points))

    def half(seq):
        out = []
        for q in seq:
            while len(out) > 1 and ((out[-1][0] - out[-2][0]) * (q[1] - out[-2][1])
                                    - (out[-1][1] - out[-2][1]) * (q[0] - out[-2][0])) <= 0:
                out.pop()
            out.append(q)
        return out[:-1]
    return half(points) + half(points[::-1])


def ring(cx, cy, rx, ry=None, count=28):
    ry = rx * E if ry is None else ry
    return [(cx + rx * math.cos(i * math.tau / count), cy + ry * math.sin(i * math.tau / count))
            for i in range(count)]


# ---------------------------------------------------------------- the sheet
class Pic:
    def __init__(self, w=1200, h=1200, seed=1):
        self.w, self.h = w, h
        self.defs, self.body = {}, []
        self.rnd = random.Random(seed)
        self.tone = self.floor = "#d9d2c5"
        self.zoomed = False
        self.bare = False       # True: scenes draw their things, not their room

    def define(self, text):
        """text has %s where the id goes; equal texts share one id."""
        if text not in self.defs:
            self.defs[text] = "d%d" % len(self.defs)
        return self.defs[text]

    def ref(self, text):
        return "url(#%s)" % self.define(text)

    @staticmethod
    def stops(stops):
        out = []
        for s in stops:
            out.append('<stop offset="%s" stop-color="%s"%s/>' % (
                n2(s[0]), s[1], "" if len(s) < 3 else ' stop-opacity="%s"' % n2(s[2])))
        return "".join(out)

    def lin(self, stops, x1=0, y1=0, x2=1, y2=0, user=False):
        return self.ref('<linearGradient id="%%s" x1="%s" y1="%s" x2="%s" y2="%s"%s>%s</linearGradient>' % (
            n2(x1), n2(y1), n2(x2), n2(y2), ' gradientUnits="userSpaceOnUse"' if user else "", self.stops(stops)))

    def rad(self, stops, cx=.5, cy=.5, r=.5, user=False):
        return self.ref('<radialGradient id="%%s" cx="%s" cy="%s" r="%s"%s>%s</radialGradient>' % (
            n2(cx), n2(cy), n2(r), ' gradientUnits="userSpaceOnUse"' if user else "", self.stops(stops)))

    def blur(self, b):
        return self.ref('<filter id="%%s" x="-60%%%%" y="-60%%%%" width="220%%%%" height="220%%%%">'
                        '<feGaussianBlur stdDeviation="%s"/></filter>' % n2(b))

    def noise(self, fx, fy, color, gain, bias, octaves=3, seed=3):
        """A filter that replaces a shape by a noise of one colour, alpha = gain * noise + bias."""
        r, g, b = [round(v / 255, 3) for v in rgb(color)]
        return self.ref(
            '<filter id="%%s" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">'
            '<feTurbulence type="fractalNoise" baseFrequency="%s %s" numOctaves="%d" seed="%d"/>'
            '<feColorMatrix values="0 0 0 0 %s 0 0 0 0 %s 0 0 0 0 %s %s 0 0 0 %s"/>'
            '<feComposite operator="in" in2="SourceAlpha"/></filter>' % (fx, fy, octaves, seed, r, g, b, gain, bias))

    def stamp(self, shapes, x, y, angle=0, scale=1.0):
        """Shapes that occur often: written once, used here."""
        name = self.define('<g id="%s">' + shapes.replace("%", "%%") + "</g>")
        self.add('<use href="#%s" transform="translate(%s %s)%s%s"/>' % (
            name, n(x), n(y), " rotate(%s)" % n(angle) if angle else "",
            " scale(%s)" % n2(float(scale)) if scale != 1 else ""))

    def clip(self, d):
        return self.ref('<clipPath id="%%s"><path d="%s"/></clipPath>' % d)

    def add(self, text):
        self.body.append(text)

    def path(self, d, fill="none", **kw):
        attrs = "".join(' %s="%s"' % (k.replace("_", "-"), n2(v) if isinstance(v, float) else v)
                        for k, v in kw.items())
        self.add('<path d="%s"%s%s/>' % (d, "" if fill is None else ' fill="%s"' % fill, attrs))

    def line(self, d, color, width, opacity=1.0, **kw):
        """A stroke; its ends and corners are round, as the whole sheet says."""
        if opacity < 1:
            kw["opacity"] = float(opacity)
        self.path(d, "none", stroke=color, stroke_width=n2(width), **kw)

    def open(self, transform=None, **kw):
        attrs = "".join(' %s="%s"' % (k.replace("_", "-"), v) for k, v in kw.items())
        self.add("<g%s%s>" % (' transform="%s"' % transform if transform else "", attrs))

    def close(self):
        self.add("</g>")

    def texture(self, d, kind, color="#3a2a1c", strength=.3, seed=3):
        fx, fy, gain, bias, octaves = TEXTURES[kind]
        self.path(d, "#000", filter=self.noise(fx, fy, color, gain, bias, octaves, seed), opacity=float(strength))

    def zoom(self, factor, focus, to=None):
        """From here on a camera that is nearer: focus comes to the middle of the sheet."""
        if self.bare:
            return
        tx, ty = to or (self.w / 2, self.h * .53)
        self.open("translate(%s %s) scale(%s)" % (n(tx - focus[0] * factor), n(ty - focus[1] * factor), n2(factor)))
        self.zoomed = True

    def share_paths(self):
        """Outlines that occur more than once are written once."""
        body = "\n".join(self.body)
        counts = collections.Counter(re.findall(r'<path d="([^"]{80,})"', body))
        for d, count in counts.items():
            if count > 1:
                name = self.define('<path id="%s" d="' + d + '"/>')
                body = body.replace('<path d="%s"' % d, '<use href="#%s"' % name)
        return body

    def svg(self):
        if self.zoomed:
            self.close()
        body = self.share_paths()
        defs = "".join(text % name for text, name in self.defs.items())
        return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">\n'
                "<defs>%s</defs>\n<g stroke-linecap=\"round\" stroke-linejoin=\"round\">\n%s\n</g></svg>\n" % (self.w, self.h, self.w, self.h, defs, body))


def n2(v):
    if isinstance(v, str):
        return v
    s = ("%.3f" % v).rstrip("0").rstrip(".") or "0"
    return s.replace("0.", ".", 1) if s.startswith(("0.", "-0.")) else s


TEXTURES = {  # frequency x, y, gain, bias, octaves
    "wood": (.004, .09, 3.2, -1.35, 3), "woodv": (.09, .004, 3.2, -1.35, 3),
    "bamboo": (.0015, .16, 3.4, -1.5, 2), "bamboov": (.16, .0015, 3.4, -1.5, 2),
    "paper": (.5, .5, 2.2, -.9, 2), "kraft": (.03, .4, 2.6, -1.1, 3),
    "felt": (.11, .11, 3.0, -1.2, 4), "marble": (.008, .02, 4.0, -1.8, 4),
    "speck": (.11, .11, 16, -9.6, 1), "fine": (.3, .3, 14, -8.4, 1), "chips": (.035, .035, 26, -15.2, 1),
    "warp": (.025, .42, 2.2, -.85, 2), "weft": (.42, .025, 2.2, -.85, 2),
    "cork": (.09, .12, 9, -5.1, 2), "rough": (.05, .05, 3.2, -1.35, 4), "cloud": (.004, .006, 3.2, -1.3, 3),
    "brush": (.002, .7, 2.4, -.95, 2),
}


# ---------------------------------------------------------------- room
def studio(p, tone, floor=None, horizon=740, gobo=None, zoom=None, focus=(600, 800)):
    """A seamless studio corner in one muted tone, a lit wall and a floor; then the camera moves in."""
    if p.bare:
        return
    p.tone = tone
    floor = floor or shade(tone, .16)
    p.floor = floor
    w, h = p.w, p.h
    hz = horizon / h
    p.path("M0 0H%dV%dH0Z" % (w, h), p.lin([(0, shade(tone, .06)), (hz * .72, tone), (hz, shade(tone, -.07)),
                                            (min(hz + .035, 1), mix(floor, shade(tone, -.05), .5)),
                                            (min(hz + .12, 1), floor), (1, shade(floor, -.10))], 0, 0, 0, 1))
    p.path("M0 0H%dV%dH0Z" % (w, h), p.rad([(0, "#fffaf0", .62), (.5, "#fffaf0", .20), (1, "#fffaf0", 0)],
                                           w * .24, h * .2, max(w * .5, h * .78), True))
    p.path("M0 0H%dV%dH0Z" % (w, h), p.rad([(0, INK, 0), (.62, INK, 0), (1, INK, .2)],
                                           w * .42, h * .42, max(w, h) * .8, True))
    p.texture("M0 0H%dV%dH0Z" % (w, h), "paper", "#ffffff", .07)     # a grain that hides steps in the gradients
    if gobo:
        light_shadow(p, gobo)
    if zoom:
        p.zoom(float(zoom), focus)


def light_shadow(p, kind):
    """The shadow of a window cross or of foliage outside on the wall."""
    if p.bare:
        return
    w, h = p.w, p.h
    p.open(opacity=".15", filter=p.blur(h / 110))
    dark = shade(p.tone, -.75)
    if kind == "window":
        x = w * .56
        for i in (0, 1):
            for j in (0, 1, 2):
                left, top = x + i * w * .19 - j * 34, h * .03 + j * h * .2
                p.path(pts([(left, top + i * 46), (left + w * .165, top + 40 + i * 46),
                            (left + w * .165 - 30, top + h * .17 + 40 + i * 46), (left - 30, top + h * .17 + i * 46)]),
                       "#fffdf4", opacity=".999")
    else:
        q = Pic()
        for i in range(9):
            t = i / 8
            for side in (-1, 1):
                ln, ang = 46 * (1 - .45 * t), 90 + side * (62 - 30 * t)
                q.path("M0 0C%s %s %s %s %s 0C%s %s %s %s 0 0Z" % tuple(n(v) for v in (
                    ln * .3, -ln * .3, ln * .75, -ln * .22, ln, ln * .75, ln * .22, ln * .3, ln * .3)), dark,
                    transform="translate(%s %s) rotate(%s)" % (n(-30 * t * t), n(200 * t), n(ang)))
        q.line("M0 -80Q4 60 -30 200", dark, 3)
        shapes = "".join(q.body)
        for fx, fy, a, k in ((.80, -.06, 12, 1.9), (.97, -.02, -4, 2.3), (.66, -.12, 26, 1.5), (.93, .28, 30, 1.5)):
            p.stamp(shapes, w * fx, h * fy, a, k * h / 1200)
    p.close()


def flatlay(p, tone, texture="cloud", strength=.10):
    """A surface seen from above, lit from the upper left."""
    if p.bare:
        return
    p.tone = p.floor = tone
    w, h = p.w, p.h
    full = "M0 0H%dV%dH0Z" % (w, h)
    p.path(full, p.lin([(0, shade(tone, .22)), (.5, tone), (1, shade(tone, -.13))], 0, 0, 1, 1))
    if texture:
        p.texture(full, texture, shade(tone, -.5), strength)
    p.path(full, p.rad([(0, "#fffaf0", .45), (1, "#fffaf0", 0)], w * .2, h * .14, w * .75, True))


def drop(p, d, height=20, strength=.34):
    """The shadow of a flat thing that lies on the surface; height in px above it."""
    ink = shade(p.floor, -.86)
    p.path(d, ink, transform="translate(%s %s)" % (n(height * .9), n(height * 1.15)), opacity=strength * .8,
           filter=p.blur(max(height * .9, 3)))
    p.path(d, ink, transform="translate(3 4)", opacity=strength, filter=p.blur(4))


def cast(p, base, height, strength=.46, tip=.5):
    """Contact and cast shadow of a thing whose footprint is the list of points `base`."""
    ink = shade(p.floor, -.82)
    xs, ys = [q[0] for q in base], [q[1] for q in base]
    cx, cy, wd = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs)
    reach = height * .72
    far = [(cx + reach + (x - cx) * tip, cy - height * .115 + (y - cy) * tip) for x, y in base]
    d = pts(hull(base + far))
    p.path(d, p.lin([(0, ink, strength), (.35, ink, strength * .62), (1, ink, 0)],
                    cx, cy, cx + reach + wd * tip * .5, cy - height * .1, True), filter=p.blur(15))
    p.path(pts([(x + 7, y + 5) for x, y in base]), ink, opacity=min(strength * 1.1, .6), filter=p.blur(11))
    p.path(pts([(cx + (x - cx) * .99 + 2, y + 3) for x, y in base]), ink, opacity=min(strength * 1.35, .7),
           filter=p.blur(3.5))


# ---------------------------------------------------------------- turned bodies
RAMPS = {
    "matte": [(0, -.26), (.10, -.08), (.28, .20), (.46, .04), (.72, -.22), (.92, -.42), (1, -.36)],
    "satin": [(0, -.34), (.08, -.12), (.20, .30), (.27, .38), (.36, .14), (.55, -.04), (.80, -.34), (.94, -.50),
              (1, -.34)],
    "gloss": [(0, -.40), (.07, -.10), (.16, .16), (.17, .62), (.24, .66), (.26, .14), (.50, -.02), (.78, -.30),
              (.90, -.52), (.93, -.28), (1, -.46)],
    "metal": [(0, -.52), (.07, -.14), (.15, .42), (.24, .80), (.33, .30), (.46, -.14), (.58, -.34), (.68, -.06),
              (.76, .22), (.84, -.30), (.94, -.58), (1, -.22)],
}


def ramp(p, color, kind="matte", **kw):
    return p.lin([(o, shade(color, k)) for o, k in RAMPS[kind]], **kw)


@functools.lru_cache(maxsize=None)
def profile_samples(prof):
    out = []
    for a, b, c, d in beziers(prof):
        for i in range(13):
            t = i / 12
            k = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
            out.append(tuple(sum(w * q[j] for w, q in zip(k, (a, b, c, d))) for j in (0, 1)))
    return out


def radius_at(prof, y):
    """The radius of a turned body at a height on the screen."""
    samples = profile_samples(tuple(prof))
    for (y1, r1), (y2, r2) in zip(samples, samples[1:]):
        if y1 <= y <= y2 and y2 > y1:
            return r1 + (r2 - r1) * (y - y1) / (y2 - y1)
    return prof[-1][1] if y > prof[-1][0] else prof[0][1]


def turned_path(cx, prof, top_back=True):
    """The outline of a turned body: left side down, front of the foot, right side up, the lip."""
    foot_y, foot_r = prof[-1]
    depth = foot_r * E
    y, r = prof[-2]
    if r > foot_r and foot_y - y <= 40:     # a rounded foot: one arc from where the wall ends
        prof, depth, foot_y, foot_r = prof[:-1], depth + foot_y - y, y, r
    left = spline([(cx - r, y) for y, r in prof])
    right = spline([(cx + r, y) for y, r in reversed(prof)])
    r0 = prof[0][1]
    return "%sA%s %s 0 0 0 %s %s%sA%s %s 0 0 %d %s %sZ" % (
        left, n(foot_r), n(depth), n(cx + foot_r), n(foot_y), "L" + right[1:], n(r0), n(r0 * E),
        0 if top_back else 1, n(cx - r0), n(prof[0][0]))


def band_path(cx, prof, ya, yb, f0=-1, f1=1):
    """The part of the surface between two heights, and between two fractions of the width."""
    def at(y, f):
        r = radius_at(prof, y)
        return cx + r * f, y + r * E * math.sqrt(max(0, 1 - f * f))

    def edge(y1, y2, f):
        r1, r2, rm = radius_at(prof, y1), radius_at(prof, y2), radius_at(prof, (y1 + y2) / 2)
        if abs(r1 + r2 - 2 * rm) < 1:
            return "L%s %s" % tuple(n(v) for v in at(y2, f))
        return "L" + spline([at(y1 + (y2 - y1) * i / 6, f) for i in range(7)])[1:]

    def arc(y, f, sweep):
        r = radius_at(prof, y)
        return "A%s %s 0 0 %d %s %s" % ((n(r), n(r * E), sweep) + tuple(n(v) for v in at(y, f)))
    return "M%s %s" % tuple(n(v) for v in at(ya, f0)) + arc(ya, f1, 0) + edge(ya, yb, f1) + arc(yb, f0, 1) + edge(
        yb, ya, f0) + "Z"


def turned(p, cx, prof, color, kind="matte", cap=None, texture=None, shadow=True, ao=.34):
    """A solid turned body. cap: colour of the flat top, "hole" for an opening, "open" to leave out what lies
    behind the front of the lip, None for none."""
    d = turned_path(cx, prof, cap != "open")
    if shadow:
        cast(p, ring(cx, prof[-1][0], prof[-1][1]), prof[-1][0] - prof[0][0])
    for y, r in prof[1:4]:
        if r > prof[0][1] + 2 and y - prof[0][0] < 40:      # the far side of a shoulder
            p.path(ellipse_path(cx, y, r), ramp(p, color, kind))
    p.path(d, ramp(p, color, kind))
    if texture:
        p.texture(d, *texture)
    if ao:
        p.path(d, p.lin([(0, INK, 0), (.62, INK, 0), (1, INK, ao)], 0, 0, 0, 1))
    y, r = prof[0]
    if cap == "hole":
        p.path(ellipse_path(cx, y, r), p.lin([(0, shade(color, -.7)), (1, shade(color, -.25))], 0, 0, 1, 0))
        p.line(ellipse_path(cx, y, r), shade(color, .45), 3, .8)
    elif cap == "open":
        p.line("M%s %sA%s %s 0 0 0 %s %s" % (n(cx - r), n(y), n(r), n(r * E), n(cx + r), n(y)), shade(color, .5), 5, .9)
    elif cap:
        p.path(ellipse_path(cx, y, r), p.lin([(0, shade(cap, .34)), (.5, shade(cap, .1)), (1, shade(cap, -.16))]))
        p.line("M%s %sA%s %s 0 0 0 %s %s" % (n(cx - r), n(y), n(r), n(r * E), n(cx + r), n(y)),
               shade(cap, .6), 2.4, .7)


def band(p, cx, prof, ya, yb, color, kind="matte", f0=-1, f1=1, texture=None, edge=True):
    d = band_path(cx, prof, ya, yb, f0, f1)
    r = max(radius_at(prof, ya), radius_at(prof, yb))
    p.path(d, ramp(p, color, kind, x1=cx - r, y1=0, x2=cx + r, y2=0, user=True))
    if texture:
        p.texture(d, *texture)
    if edge:
        p.line(d, shade(color, -.5), 1.4, .35)


def gleam(p, cx, prof, ya, yb, f0, f1, opacity=.5, soft=2.5):
    p.path(band_path(cx, prof, ya, yb, f0, f1),
           p.lin([(0, "#ffffff", opacity), (.8, "#ffffff", opacity * .55), (1, "#ffffff", 0)], 0, 0, 0, 1),
           filter=p.blur(soft))


def glass(p, cx, prof, tint="#a9bdb6", contents=None, shadow=True, thick=9, lip=True, dense=1.0):
    """A clear vessel; contents(p) is drawn between its back and its front."""
    foot_y, foot_r = prof[-1]
    top_y, top_r = prof[0]
    height = foot_y - top_y
    d = turned_path(cx, prof)
    if shadow:
        cast(p, ring(cx, foot_y, foot_r), height, .22)
        p.path(ellipse_path(cx + foot_r * 1.45, foot_y - height * .02, foot_r * .62, foot_r * .14), "#fffbe8",
               opacity=".3", filter=p.blur(9))
    p.path(d, tint, opacity=.16 * dense)
    p.path(d, p.lin([(0, shade(tint, -.55), .5 * dense), (.05, shade(tint, -.35), .26 * dense), (.16, tint, .10),
                     (.5, "#ffffff", .05), (.84, tint, .14 * dense), (.95, shade(tint, -.4), .32 * dense),
                     (1, shade(tint, -.6), .55 * dense)]))
    if lip:
        p.line("M%s %sA%s %s 0 0 1 %s %s" % (n(cx - top_r), n(top_y), n(top_r), n(top_r * E), n(cx + top_r),
                                             n(top_y)), shade(tint, -.35), 3.5, .5)
    p.path(ellipse_path(cx, foot_y - thick, foot_r - thick * .8),
           p.lin([(0, shade(tint, -.3), .3), (1, "#ffffff", .35)], 0, 0, 1, 1))
    if contents:
        contents(p)
    p.path(d, p.lin([(0, shade(tint, -.5), .34 * dense), (.06, tint, .05), (.9, tint, .03),
                     (1, shade(tint, -.6), .38 * dense)]))
    a, b = top_y + height * .05, foot_y - height * .05
    gleam(p, cx, prof, a, b, -.86, -.74, .75, 2)
    gleam(p, cx, prof, a, b, -.64, -.34, .22, 5)
    gleam(p, cx, prof, a + height * .06, b, .80, .87, .45, 2)
    p.line("M%s %sA%s %s 0 0 0 %s %s" % (n(cx - foot_r + 5), n(foot_y - 3), n(foot_r - 5), n(foot_r * E - 2),
                                         n(cx + foot_r - 5), n(foot_y - 3)), "#ffffff", 3.5, .5)
    if lip:
        p.line("M%s %sA%s %s 0 0 0 %s %s" % (n(cx - top_r), n(top_y), n(top_r), n(top_r * E), n(cx + top_r),
                                             n(top_y)), "#ffffff", 4.5, .85)
        p.line(ellipse_path(cx, top_y, top_r - 4, top_r * E - 2.5), shade(tint, -.45), 1.6, .5)


def filling(p, cx, prof, y_top, color, inset=10, kind="matte", surface=None, texture=None, pile=0):
    """What is in a vessel: the body of the vessel, smaller, up to y_top; pile lifts the middle of the surface."""
    inner = [(y_top, radius_at(prof, y_top) - inset)]
    inner += [(y, r - inset) for y, r in prof if y > y_top + 4]
    inner[-1] = (inner[-1][0] - inset * .9, inner[-1][1] - inset * .3)
    d = turned_path(cx, inner)
    p.path(d, ramp(p, color, kind))
    if texture:
        p.texture(d, *texture)
    top = surface or shade(color, .16)
    r = inner[0][1]
    td = ellipse_path(cx, y_top, r)
    if pile:
        td = "M%s %sQ%s %s %s %sA%s %s 0 0 1 %s %sZ" % tuple(n(v) for v in (
            cx - r, y_top, cx, y_top - r * E - pile * 2, cx + r, y_top, r, r * E, cx - r, y_top))
    p.path(td, p.lin([(0, shade(top, .2)), (1, shade(top, -.2))]))
    if texture:
        p.texture(td, *texture)
    return inner


# ---------------------------------------------------------------- boxes and slabs
class Box:
    """A cuboid whose front looks to the lower left; (x, y) is its nearest foot corner."""

    def __init__(self, x, y, w, h, d, yaw=24):
        self.x, self.y, self.w, self.h, self.d = x, y, w, h, d
        a = math.radians(yaw)
        self.ux, self.uy = math.cos(a), E * math.sin(a)
        self.vx, self.vy = math.sin(a), -E * math.cos(a)

    def pt(self, u, v, height):
        """u along the front from the near corner (negative, to the left), v to the back, height."""
        return self.x + u * self.ux + v * self.vx, self.y + u * self.uy + v * self.vy - height * C

    def front_matrix(self):
        x, y = self.pt(-self.w, 0, self.h)
        return "matrix(%.4f %.4f 0 %.4f %.1f %.1f)" % (self.ux, self.uy, C, x, y)

    def side_matrix(self):
        x, y = self.pt(0, 0, self.h)
        return "matrix(%.4f %.4f 0 %.4f %.1f %.1f)" % (self.vx, self.vy, C, x, y)

    def top_matrix(self):
        x, y = self.pt(-self.w, self.d, self.h)
        return "matrix(%.4f %.4f %.4f %.4f %.1f %.1f)" % (self.ux, self.uy, -self.vx, -self.vy, x, y)

    def footprint(self):
        return [self.pt(-self.w, 0, 0), self.pt(0, 0, 0), self.pt(0, self.d, 0), self.pt(-self.w, self.d, 0)]

    def draw(self, p, color, texture=None, shadow=True, top=True, side=-.34, strength=.38):
        w, h, d = self.w, self.h, self.d
        if shadow:
            cast(p, self.footprint(), h, strength, .95)
        front = pts([self.pt(-w, 0, 0), self.pt(0, 0, 0), self.pt(0, 0, h), self.pt(-w, 0, h)])
        flank = pts([self.pt(0, 0, 0), self.pt(0, d, 0), self.pt(0, d, h), self.pt(0, 0, h)])
        lid = pts([self.pt(-w, 0, h), self.pt(0, 0, h), self.pt(0, d, h), self.pt(-w, d, h)])
        p.path(flank, p.lin([(0, shade(color, side * .85)), (1, shade(color, side * 1.25))]))
        p.path(front, p.lin([(0, shade(color, .10)), (.6, color), (1, shade(color, -.10))]))
        if top:
            p.path(lid, p.lin([(0, shade(color, .38)), (1, shade(color, .16))]))
        if texture:
            for matrix, fw, fh in ((self.front_matrix(), w, h), (self.side_matrix(), d, h),
                                   (self.top_matrix(), w, d)):
                if matrix == self.top_matrix() and not top:
                    continue
                p.open(matrix)
                p.texture("M0 0H%sV%sH0Z" % (n(fw), n(fh)), *texture)
                p.close()
        p.path(front, p.lin([(0, INK, 0), (.6, INK, 0), (1, INK, .16)], 0, 0, 0, 1))
        p.line(pts([self.pt(-w, 0, h), self.pt(0, 0, h), self.pt(0, 0, 0)], False), shade(color, .55), 2.4, .6)
        if top:
            p.line(pts([self.pt(0, 0, h), self.pt(0, d, h)], False), shade(color, .5), 2, .45)


def slab(p, outline, height, color, texture=None, shadow=True, top=None, soft=5, kind="matte"):
    """A flat thing with vertical sides on the floor: outline is its foot on the screen, convex."""
    top_points = [(x, y - height) for x, y in outline]
    side = pts(hull(list(outline) + top_points))
    if shadow:
        cast(p, list(outline), height, .4, .97)
    p.path(side, ramp(p, color, kind))
    if texture:
        p.texture(side, *texture)
    p.path(side, p.lin([(0, INK, 0), (.5, INK, 0), (1, INK, .3)], 0, 0, 0, 1))
    face = pts(top_points)
    top = top or color
    p.path(face, p.lin([(0, shade(top, .36)), (.5, shade(top, .12)), (1, shade(top, -.06))]))
    if texture:
        p.texture(face, *texture)
    if soft:
        p.line(face, shade(top, .55), soft, .5, filter=p.blur(1.6))
    return face


def disc(p, cx, y, r, height, color, texture=None, shadow=True, top=None, soft=5):
    """A round flat thing on the floor; returns the path of its upper face."""
    body, face = turned_path(cx, [(y - height, r), (y, r)]), ellipse_path(cx, y - height, r)
    if shadow:
        cast(p, ring(cx, y, r, count=20), height, .4, .97)
    p.path(body, ramp(p, color))
    if texture:
        p.texture(body, *texture)
    p.path(body, p.lin([(0, INK, 0), (.5, INK, 0), (1, INK, .3)], 0, 0, 0, 1))
    top = top or color
    p.path(face, p.lin([(0, shade(top, .36)), (.5, shade(top, .12)), (1, shade(top, -.06))]))
    if texture:
        p.texture(face, *texture)
    if soft:
        p.line(face, shade(top, .55), soft, .5, filter=p.blur(1.6))
    return face


def ribbon_bow(p, x, y, s, color):
    """A bow of flat ribbon, its knot at (x, y)."""
    for k in (-1, 1):
        tail = "M%s %sQ%s %s %s %sL%s %sL%s %sQ%s %s %s %sZ" % tuple(n(v) for v in (
            x - 8 * k, y, x + k * s * .28, y + s * .5, x + k * s * .52, y + s * 1.12, x + k * s * .70, y + s * .92,
            x + k * s * .88, y + s * 1.02, x + k * s * .58, y + s * .4, x + 10 * k, y - 4))
        p.path(tail, INK, opacity=".28", transform="translate(4 7)", filter=p.blur(4))
        p.path(tail, p.lin([(0, shade(color, -.28)), (1, shade(color, .12))], 0, 0, 0, 1))
    for k in (-1, 1):
        loop = "M%s %sC%s %s %s %s %s %sC%s %s %s %s %s %sZ" % tuple(n(v) for v in (
            x, y - s * .08, x + k * s * .4, y - s * .72, x + k * s * 1.25, y - s * .62, x + k * s * 1.12, y - s * .02,
            x + k * s * 1.0, y + s * .34, x + k * s * .4, y + s * .22, x, y + s * .1))
        p.path(loop, INK, opacity=".28", transform="translate(4 7)", filter=p.blur(4))
        a, b = (.26, -.14) if k < 0 else (-.22, .16)
        p.path(loop, p.lin([(0, shade(color, a)), (1, shade(color, b))]))
        inner = "M%s %sC%s %s %s %s %s %sC%s %s %s %s %s %sZ" % tuple(n(v) for v in (
            x + k * s * .2, y - s * .05, x + k * s * .5, y - s * .44, x + k * s * 1.02, y - s * .44, x + k * s * .98, y - s * .04,
            x + k * s * .86, y + s * .14, x + k * s * .5, y + s * .1, x + k * s * .2, y + s * .03))
        p.path(inner, shade(color, -.42), opacity=".75")
    p.path(rrect(x - s * .17, y - s * .19, s * .34, s * .36, s * .1), p.lin([(0, shade(color, .3)), (1, shade(color, -.2))], 0, 0, 1, 1))


def ground(cx, cy, points, yaw=0):
    """Points of a plan (x right, y to the viewer) laid on the floor round (cx, cy)."""
    a = math.radians(yaw)
    return [(cx + x * math.cos(a) - y * math.sin(a), cy + (x * math.sin(a) + y * math.cos(a)) * E)
            for x, y in points]


def round_plan(w, d, r, steps=6):
    out = []
    for qx, qy, a0 in ((w / 2 - r, d / 2 - r, 0), (-w / 2 + r, d / 2 - r, 90), (-w / 2 + r, -d / 2 + r, 180),
                       (w / 2 - r, -d / 2 + r, 270)):
        for i in range(steps + 1):
            a = math.radians(a0 + 90 * i / steps)
            out.append((qx + r * math.cos(a), qy + r * math.sin(a)))
    return out


def ground_matrix(cx, cy, yaw=0):
    a = math.radians(yaw)
    return "matrix(%.4f %.4f %.4f %.4f %.1f %.1f)" % (math.cos(a), math.sin(a) * E, -math.sin(a),
                                                      math.cos(a) * E, cx, cy)


def plinth(p, cx, y, r, h, color):
    turned(p, cx, [(y - h, r), (y, r)], color, "matte", cap=color, ao=.22)
    return y - h


def rod(p, x1, y1, x2, y2, w1, w2=None, color="#c9a36a", kind="matte", texture=None, round_end=True):
    """A round stick from one point to another."""
    w2 = w1 if w2 is None else w2
    a = math.atan2(y2 - y1, x2 - x1)
    ln = math.hypot(x2 - x1, y2 - y1)
    p.open("translate(%s %s) rotate(%s)" % (n(x1), n(y1), n2(math.degrees(a))))
    e1, e2 = (w1 * .5, w2 * .5) if round_end else (w1 * .12, w2 * .12)
    d = "M0 %sL%s %sA%s %s 0 0 1 %s %sL0 %sA%s %s 0 0 1 0 %sZ" % tuple(n(v) for v in (
        -w1 / 2, ln, -w2 / 2, e2, w2 / 2, ln, w2 / 2, w1 / 2, e1, w1 / 2, -w1 / 2))
    up = math.cos(a) > .2 or (abs(math.cos(a)) <= .2 and math.sin(a) < 0)
    p.path(d, ramp(p, color, kind, x1=0, y1=0 if up else 1, x2=0, y2=1 if up else 0))
    if texture:
        p.texture(d, *texture)
    p.close()
    return d


# ---------------------------------------------------------------- leaves and small things
def leaf(p, x, y, length, angle, width=.42, color="#7d9a6a", veins=4, bend=.08):
    """A leaf from its stalk; angle in degrees, 0 = right, -90 = up."""
    lit = math.cos(math.radians(angle + 90 - 215)) > 0
    q = Pic()
    q.defs = p.defs
    leaf_shape(q, width * 50, bend * 100, color, veins, lit)
    p.stamp("".join(q.body), x, y, angle, length / 100)


def leaf_shape(q, w, b, color, veins, lit):
    """A leaf of length 100 along x."""
    up = "M0 0C20 %s 70 %s 100 %s" % (n(-w * 1.35), n(-w * 1.15 + b), n(b))
    low = "C70 %s 20 %s 0 0Z" % (n(w * 1.15 + b), n(w * 1.35))
    mid = "C66 %s 30 %s 0 0Z" % (n(b * .2), n(-b * .4))
    a, c = (.20, -.16) if lit else (-.16, .20)
    q.path(up + low, q.lin([(0, shade(color, c - .12)), (1, shade(color, c + .06))]))
    q.path(up + mid, q.lin([(0, shade(color, a - .12)), (1, shade(color, a + .08))]))
    q.line("M0 0C30 %s 66 %s 100 %s" % (n(-b * .4), n(b * .2), n(b)), shade(color, .42), 1.3, .7)
    ribs = ""
    for i in range(veins):
        t = 18 + 62 * i / veins
        reach = w * (.86 - abs(t - 40) * .009)
        for side in (-1, 1):
            ribs += "M%s 0Q%s %s %s %s" % (n(t), n(t + 6), n(side * reach * .6), n(t + 13), n(side * reach))
    if ribs:
        q.line(ribs, shade(color, .35), .7, .45)


def sprig(p, x, y, length, angle, color="#8aa184", leaves=9, size=.26, width=.62, stem="#7a6a52"):
    """A twig of paired leaves, eucalyptus-like."""
    a = math.radians(angle)
    bend = .16

    def at(t):
        ax = math.cos(a) * length * t - math.sin(a) * length * bend * t * t
        ay = math.sin(a) * length * t + math.cos(a) * length * bend * t * t
        return x + ax, y + ay
    p.line(spline([at(i / 6) for i in range(7)]), stem, max(length * .011, 2))
    for i in range(leaves):
        t = .14 + .86 * i / leaves
        px, py = at(t)
        ln = length * size * (1 - .45 * t)
        here = angle + math.degrees(math.atan(2 * bend * t))
        for side in (-1, 1):
            leaf(p, px, py, ln, here + side * (62 - 22 * t), width, mix(color, "#c3cdb0", .3 * t), 2, .02)
    px, py = at(1)
    leaf(p, px, py, length * size * .5, angle + 14, width * .8, mix(color, "#c3cdb0", .3), 2, .02)


def pebble(p, cx, y, r, color="#b9b2a6", flat=.62):
    cast(p, ring(cx, y, r * .9), r * .5, .3)
    d = ellipse_path(cx, y - r * flat * .72, r, r * flat * .8)
    p.path(d, p.rad([(0, shade(color, .4)), (.55, color), (1, shade(color, -.42))], .34, .26, .85))
    p.texture(d, "fine", shade(color, -.5), .16)


def seedling(p, x, y, h, color="#86a85f", lean=0, pairs=1):
    p.line("M%s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (x, y, x, y - h * .4, x + lean * .4, y - h * .7, x + lean,
                                                             y - h)), shade(color, .05), max(h * .035, 3))
    for k in range(pairs):
        t = 1 - k * .36
        lx, ly, ln = x + lean * t * t, y - h * t, h * (.34 + .10 * k)
        leaf(p, lx, ly, ln, -158 - 8 * k, .5, shade(color, .04), 3, -.1)
        leaf(p, lx, ly, ln, -24 + 8 * k, .5, color, 3, .1)
    if pairs > 1:
        leaf(p, x + lean, y - h, h * .2, -80, .5, shade(color, .18), 2, 0)


def linen(p, d, color, strength=.30):
    """Woven cloth on a path that is already filled."""
    p.texture(d, "warp", shade(color, -.45), strength * .8)
    p.texture(d, "weft", shade(color, .75), strength)


def twine(p, d, color="#b8955f", width=9):
    p.line(d, shade(color, -.55), width + 2, .5, transform="translate(3 5)", filter=p.blur(3))
    p.line(d, shade(color, -.25), width)
    p.line(d, shade(color, .25), width * .55, 1, stroke_dasharray="%s %s" % (n(width * .5), n(width * .5)),
           stroke_linecap="butt")


def bow(p, x, y, s, color="#b8955f", width=8):
    twine(p, "M%s %sC%s %s %s %s %s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
        x, y, x - s * .3, y - s * .7, x - s * 1.2, y - s * .6, x - s * .95, y, x - s * .8, y + s * .25, x - s * .3,
        y + s * .12, x, y)), color, width)
    twine(p, "M%s %sC%s %s %s %s %s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
        x, y, x + s * .3, y - s * .75, x + s * 1.2, y - s * .5, x + s * .95, y + s * .06, x + s * .8, y + s * .3,
        x + s * .3, y + s * .14, x, y)), color, width)
    twine(p, "M%s %sQ%s %s %s %sM%s %sQ%s %s %s %s" % tuple(n(v) for v in (
        x, y, x - s * .25, y + s * .6, x - s * .55, y + s * .95, x, y, x + s * .2, y + s * .7, x + s * .62,
        y + s * .88)), color, width)
    p.path(ellipse_path(x, y, width * 1.1, width), shade(color, -.05))


# ---------------------------------------------------------------- lettering as strokes
GLYPHS = {
    "A": (8, "M0 10L4 0L8 10M1.5 6.6H6.5"), "B": (6.5, "M0 0V10H3.8A2.6 2.6 0 0 0 3.8 4.8H0M0 0H3.4A2.4 2.4 0 0 1 3.4 4.8"),
    "C": (8.5, "M8.5 2A5 5 0 1 0 8.5 8"), "D": (8, "M0 0V10H3A5 5 0 0 0 3 0Z"), "E": (5.6, "M5.6 0H0V10H5.6M0 4.9H4.8"),
    "F": (5.6, "M5.6 0H0V10M0 4.9H4.8"), "G": (9, "M8.5 2A5 5 0 1 0 9 5.4H5.6"), "H": (7, "M0 0V10M7 0V10M0 4.9H7"),
    "I": (0, "M0 0V10"), "J": (4.5, "M4.5 0V7.3A2.3 2.6 0 0 1 0 8"), "K": (6.8, "M0 0V10M6.4 0L0 6M2.4 3.9L6.8 10"),
    "L": (5.2, "M0 0V10H5.2"), "M": (9, "M0 10V0L4.5 7L9 0V10"), "N": (7, "M0 10V0L7 10V0"),
    "O": (10, "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0"), "P": (6.2, "M0 10V0H3.5A2.7 2.7 0 0 1 3.5 5.4H0"),
    "Q": (10, "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0M6.6 6.8L9.6 10.2"),
    "R": (6.4, "M0 10V0H3.5A2.7 2.7 0 0 1 3.5 5.4H0M3 5.4L6.4 10"),
    "S": (6.3, "M6 1.9C5.4 .6 4.4 0 3.1 0C1.5 0 .3 1 .3 2.5C.3 5.8 6.3 4.2 6.3 7.4C6.3 9 5 10 3.3 10C1.7 10 .6 9.3 0 7.9"),
    "T": (7, "M0 0H7M3.5 0V10"), "U": (7, "M0 0V6.5A3.5 3.5 0 0 0 7 6.5V0"), "V": (8, "M0 0L4 10L8 0"),
    "W": (11.2, "M0 0L2.8 10L5.6 1L8.4 10L11.2 0"), "X": (7, "M0 0L7 10M7 0L0 10"), "Y": (7, "M0 0L3.5 5L7 0M3.5 5V10"),
    "Z": (6.6, "M0 0H6.6L0 10H6.6"),
    "&": (8, "M8 10L2 3.4C.8 1.9 1.8 0 3.5 0C5.2 0 6 1.9 4.8 3.1C3.5 4.4 .3 5.2 .3 7.5C.3 9 1.5 10 3.1 10C5.4 10 7 8.3 7.6 5.6"),
    "0": (7, "M3.5 0C1 0 0 2.4 0 5S1 10 3.5 10S7 7.6 7 5S6 0 3.5 0Z"), "1": (2.6, "M0 1.8L2.6 0V10"),
    "2": (6.4, "M.3 2.6C.5 1 1.6 0 3.2 0C5 0 6.1 1.1 6.1 2.7C6.1 4 5.4 4.8 4.4 5.8L0 10H6.4"),
    "3": (6.2, "M.4 0H6L3 4C5 4 6.2 5.2 6.2 7C6.2 8.8 4.9 10 3 10C1.5 10 .4 9.2 0 7.9"),
    "4": (7, "M5.4 10V0L0 7H7"), "5": (6.2, "M5.6 0H1.2L.8 4.4C3.6 3.2 6.2 4.4 6.2 6.9C6.2 8.8 4.8 10 3 10C1.5 10 .4 9.2 0 8"),
    "8": (6.4, "M3.2 4.7C1.6 4.7.6 3.7.6 2.4S1.6 0 3.2 0S5.8 1 5.8 2.4S4.8 4.7 3.2 4.7ZM3.2 4.7C1.3 4.7 0 5.8 0 7.4S1.3 10 3.2 10S6.4 9 6.4 7.4S5.1 4.7 3.2 4.7Z"),
    " ": (4, ""), ".": (0, "M0 9.9V10"), "·": (0, "M0 4.9V5"), "-": (4, "M0 5H4"), "'": (0, "M0 0V2"),
}
UMLAUTS = {"Ä": ("A", 2.4, 5.6), "Ö": ("O", 3.2, 6.8), "Ü": ("U", 1.8, 5.2)}


def letters(p, text, x, y, size, color, weight=1.0, anchor="middle", gap=2.6, opacity=1.0):
    """Words in stroke capitals; y is the top of the letters, size their height."""
    s = size / 10
    widths = []
    for ch in text:
        base = UMLAUTS.get(ch, (ch,))[0]
        widths.append(GLYPHS[base][0] + gap)
    total = (sum(widths) - gap) * s
    x0 = x - (total / 2 if anchor == "middle" else 0)
    p.open("translate(%s %s) scale(%s)" % (n(x0), n(y), n2(s)), fill="none", stroke=color, stroke_width=n2(weight),
           opacity=n2(float(opacity)))
    at = 0.0
    for ch, wd in zip(text, widths):
        base, dots = ch, ""
        if ch in UMLAUTS:
            base, a, b = UMLAUTS[ch]
            dots = "M%s -2.4v.1M%s -2.4v.1" % (a, b)
        if GLYPHS[base][1]:
            p.add('<path transform="translate(%s)" d="%s"/>' % (n2(at), GLYPHS[base][1] + dots))
        at += wd
    p.close()


def mark(p, cx, cy, r, color, weight=None):
    """The shop's sign: a ring (glass) with a nettle leaf that grows out of it."""
    w = weight or r * .085
    p.line("M%s %sA%s %s 0 1 1 %s %s" % (n(cx + r * .28), n(cy - r * .96), n(r), n(r), n(cx - r * .28),
                                         n(cy - r * .96)), color, w)
    p.line("M%s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
        cx, cy + r * .62, cx - r * .02, cy + r * .2, cx, cy - r * .3, cx, cy - r * .72)), color, w * .8)
    right = ((0, -1.32), (.09, -1.0, .27, -.78), (.20, -.74), (.36, -.58, .43, -.34), (.34, -.30), (.48, -.10, .48, .08),
             (.38, .11), (.28, .36, 0, .42))
    for side in (1, -1):
        d = ""
        for step in right:
            at = [n((cx, cy)[i % 2] + (side, 1)[i % 2] * v * r) for i, v in enumerate(step)]
            d += ("Q%s %s %s %s" if len(step) == 4 else "L%s %s" if d else "M%s %s") % tuple(at)
        p.line(d, color, w * .8)
