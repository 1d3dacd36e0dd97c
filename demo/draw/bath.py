# SPDX-License-Identifier: Apache-2.0
"""Pictures: bathroom."""
import math

from kit import *  # noqa: F403  the drawing vocabulary
from registry import picture, variants

BAMBOO = "#d9b478"
PAPER = "#f3ead9"
KRAFT = "#c49a6c"


def toothbrush(p, x, y, length, angle, bristle, wood=BAMBOO, side=1):
    """Seen from above; (x, y) is the end of the handle."""
    k = length / 640
    p.open("translate(%s %s) rotate(%s) scale(%s)" % (n(x), n(y), n2(angle), n2(k)))
    body = spline([(0, 0), (18, -24), (150, -28), (300, -22), (420, -14), (470, -17), (500, -27), (600, -27),
                   (640, 0), (600, 27), (500, 27), (470, 17), (420, 14), (300, 22), (150, 28), (18, 24)], True)
    drop(p, body, 15, .4)
    p.path(body, p.lin([(0, shade(wood, .38)), (.45, wood), (1, shade(wood, -.34))], 0, 0, 0, 1))
    p.texture(body, "bamboo", "#7a5326", .5)
    p.line(body, shade(wood, .6), 2, .5)
    for kx in (190, 262):
        p.line("M%d -25Q%d 0 %d 25" % (kx, kx + 7, kx), shade(wood, -.4), 2.4, .4)
    p.line("M30 -12C120 -20 300 -14 420 -7", "#fff6e0", 5, .4)
    p.path(ellipse_path(36, 0, 7, 7), shade(wood, -.6), opacity=".75")
    q = Pic()
    q.defs = p.defs
    q.path(ellipse_path(3, 4, 7.5, 8), shade(wood, -.7), opacity=".4")
    q.path(ellipse_path(0, 0, 7.2, 7.8), q.rad([(0, shade(bristle, .55)), (.5, bristle), (1, shade(bristle, -.4))],
                                               .35, .3, .75))
    for i in range(21):
        p.stamp("".join(q.body), 509 + i % 7 * 15, -17 + i // 7 * 17)
    p.open(opacity=".5")
    p.line("".join("M%d %dl4 -6" % (506 + 15 * (i % 7), -14 + 17 * (i // 7)) for i in range(21)), "#fffdf4", 2)
    p.close()
    p.close()


def brush_scene(p, bristle, tone):
    flatlay(p, tone, "cloud", .10)
    light_shadow(p, "foliage")
    box = rrect(-118, -365, 236, 740, 16)
    p.open("translate(455 610) rotate(-16)")
    drop(p, box, 24, .36)
    p.path(box, p.lin([(0, shade(KRAFT, .2)), (.5, KRAFT), (1, shade(KRAFT, -.16))], 0, 0, 1, 0))
    p.texture(box, "kraft", "#6b4526", .28)
    p.path("M-118 -330V-365H118V-330Z", shade(KRAFT, -.1), opacity=".6")
    p.path(rrect(-72, -250, 144, 400, 72), shade(bristle, .05), opacity=".92")
    p.line(rrect(-60, -238, 120, 376, 60), PAPER, 1.8, .7)
    leaf(p, 0, 20, 170, -112, .4, shade(bristle, -.25), 4)
    leaf(p, 0, 20, 170, -66, .4, shade(bristle, -.18), 4)
    leaf(p, 0, 22, 210, -90, .38, shade(bristle, -.34), 5)
    letters(p, "BAMBUS", 0, 60, 14.5, PAPER, 1.3)
    letters(p, "ZAHNBÜRSTE", 0, 92, 8, PAPER, 1.4)
    mark(p, 0, 262, 38, shade(KRAFT, -.65))
    p.close()
    toothbrush(p, 640, 1010, 880, -71, bristle)
    sprig(p, 940, 1120, 420, -52, "#8da488", 6)


variants(brush_scene, {
    "zahnbuerste-salbei": dict(bristle="#93a98a", tone="#dcd8cb"),
    "zahnbuerste-terrakotta": dict(bristle="#c4765a", tone="#e3d0c1"),
    "zahnbuerste-schiefer": dict(bristle="#5e6a74", tone="#ccd0d0"),
})


@picture("zahnbuerste-becher")
def brush_cup(p):
    studio(p, "#b9c2b2", "#d8d6c8", gobo="window", zoom=1.2, focus=(650, 620))
    prof = [(640, 150), (640, 150), (760, 158), (900, 150), (930, 143)]
    p.path(ellipse_path(600, 640, 150), p.lin([(0, "#7d7264"), (1, "#d8ccba")]))
    p.line(ellipse_path(600, 640, 149), "#f3ebdd", 5, .9)
    for x, lean, c in ((566, -7, "#93a98a"), (625, 6, "#c4765a"), (600, 1, "#5e6a74")):
        p.open("translate(%d 700) rotate(%d)" % (x, lean))
        rod(p, 0, 160, 0, -300, 30, 24, BAMBOO, "matte", ("bamboo", "#7a5326", .45))
        rod(p, 0, -290, 0, -330, 24, 34, BAMBOO)
        p.path(rrect(-17, -446, 34, 130, 15), p.lin([(0, shade(BAMBOO, .3)), (1, shade(BAMBOO, -.3))]))
        for k in range(7):
            p.path(rrect(10, -438 + k * 16, 44, 13, 3), p.lin([(0, shade(c, -.25)), (1, shade(c, .35))]))
        p.close()
    turned(p, 600, prof, "#e9e0d0", "satin", cap="open", texture=("fine", "#5a4a3c", .5))
    band(p, 600, prof, 862, 929, "#cbb79d", texture=("fine", "#5a4a3c", .5), edge=False)
    pebble(p, 830, 960, 62, "#a8a79c")
    pebble(p, 925, 985, 36, "#c8beae")


def jar_tablets(p, tone, lid, word):
    studio(p, tone, gobo="foliage", zoom=1.16, focus=(590, 670))
    prof = [(430, 150), (440, 160), (470, 160), (520, 214), (600, 226), (880, 226), (926, 220)]

    def tablets(q):
        inner = filling(q, 560, prof, 600, "#f2f1ea", 14, surface="#f7f5ee")
        tab = Pic()
        tab.path("M-23 0v11a23 14 0 0 0 46 0v-11Z", "#cfd3cb")
        tab.path(ellipse_path(0, 0, 23, 14), "#fbfaf4", stroke="#a9b0a6", stroke_width="1.2")
        shape = "".join(tab.body)
        for y in range(610, 925, 37):
            r = radius_at(prof, y) - 22
            for i in range(-5, 6):
                f = i / 5.6 + (y // 37 % 2) * .09
                yy = y + r * E * math.cos(f * 1.5) * .7 - 24 + q.rnd.uniform(-4, 4)
                if abs(f) < .95 and yy < 885 + 40 * math.cos(f * 1.5):
                    q.stamp(shape, 560 + r * math.sin(f * 1.5), yy, q.rnd.choice((-16, 0, 14)))
        for i in range(26):
            a, rr = q.rnd.uniform(0, math.tau), inner[0][1] * math.sqrt(q.rnd.random()) * .9
            q.stamp(shape, 560 + rr * math.cos(a), 592 + rr * E * math.sin(a) - 8, q.rnd.choice((-16, 0, 14)))
    glass(p, 560, prof, contents=tablets)
    turned(p, 560, [(352, 168), (352, 168), (432, 170), (436, 166)], lid, "metal" if lid != BAMBOO else "matte",
           cap=lid, shadow=False, ao=.2, texture=("bamboo", "#7a5326", .45) if lid == BAMBOO else None)
    band(p, 560, prof, 668, 832, PAPER, f0=-.62, f1=.5)
    letters(p, word, 546, 794, 25, "#4d5b4d", 1.2)
    letters(p, "ZAHNPUTZ", 546, 758, 15, "#4d5b4d", 1.3)
    letters(p, "125 STÜCK", 546, 842, 13, "#4d5b4d", 1.3)
    for x, y in ((862, 934), (905, 962), (838, 985)):
        disc(p, x, y, 23, 17, "#f2f0e8", soft=2)


variants(jar_tablets, {"zahnputztabletten": dict(tone="#a9bcb8", lid="#c7c9c6", word="MINZE")})


@picture("zahnputztabletten-nachfuellung")
def tablets_bag(p):
    studio(p, "#c3cbc0", gobo="window", zoom=1.24, focus=(610, 690))
    pouch(p, 600, 940, 400, 600, KRAFT, "#5c7365", "MINZE", "NACHFÜLLBEUTEL")
    for x, y in ((330, 960), (372, 990), (300, 1005), (420, 1012)):
        disc(p, x, y, 23, 17, "#f2f0e8", soft=2)
    sprig(p, 930, 960, 260, -70, "#6f9a72", 5, .34, .7)


def pouch(p, cx, y, w, h, color, accent, words, sub, fold=True):
    """A standing paper pouch with a folded top."""
    base = ring(cx, y - 14, w * .5, w * .12)
    cast(p, base, h)
    d = ("M%s %sC%s %s %s %s %s %sL%s %sC%s %s %s %s %s %sQ%s %s %s %sZ" % tuple(n(v) for v in (
        cx - w * .47, y - h, cx - w * .48, y - h * .7, cx - w * .54, y - h * .3, cx - w * .5, y - 20,
        cx - w * .5, y - 20, cx - w * .3, y + 26, cx + w * .3, y + 26, cx + w * .5, y - 20,
        cx + w * .55, y - h * .5, cx + w * .47, y - h)))
    p.path(d, p.lin([(0, shade(color, -.2)), (.1, shade(color, .06)), (.34, shade(color, .24)), (.6, color),
                     (.86, shade(color, -.26)), (1, shade(color, -.36))]))
    p.texture(d, "kraft", shade(color, -.6), .28)
    for k, (x1, x2, o) in enumerate(((-.40, -.30, .18), (.26, .36, .2), (.40, .30, .16))):
        p.line("M%s %sQ%s %s %s %s" % tuple(n(v) for v in (cx + w * x1, y - h * .97, cx + w * (x2 + .02),
                                                           y - h * .5, cx + w * x2, y - h * .04)),
               shade(color, -.6 if k else .6), 9, o, filter=p.blur(5))
    p.path("M%s %sQ%s %s %s %sQ%s %s %s %sZ" % tuple(n(v) for v in (
        cx - w * .47, y - 62, cx, y - 20, cx + w * .49, y - 62, cx, y + 70, cx - w * .47, y - 62)),
        INK, opacity=".16", filter=p.blur(9))
    if fold:
        top = rrect(cx - w * .475, y - h - 4, w * .95, h * .15, 5)
        p.path(top, INK, opacity=".3", transform="translate(3 12)", filter=p.blur(6))
        p.path(top, p.lin([(0, shade(color, -.1)), (.3, shade(color, .34)), (.62, shade(color, .06)),
                           (1, shade(color, -.34))]))
        p.texture(top, "kraft", shade(color, -.6), .28)
        p.line("M%s %sH%s" % (n(cx - w * .47), n(y - h - 3), n(cx + w * .47)), shade(color, .6), 3, .6)
    lw, ly = w * .62, y - h * .72
    lab = rrect(cx - lw / 2 - 6, ly, lw, h * .5, 6)
    p.path(lab, p.lin([(0, shade(PAPER, -.12)), (.3, shade(PAPER, .4)), (1, shade(PAPER, -.22))]))
    p.path("M%s %sh%sv%sh%sZ" % (n(cx - lw / 2 - 6), n(ly + h * .34), n(lw), n(h * .1), n(-lw)), accent, opacity=".95")
    mark(p, cx - 6, ly + h * .13, w * .085, accent)
    size = min(w * .062, lw * .86 / max(len(words), 1) / .98)
    letters(p, words, cx - 6, ly + h * .265, size, "#3f3a34", 1.15)
    letters(p, sub, cx - 6, ly + h * .375, min(w * .042, lw * .84 / len(sub) / .98), PAPER, 1.3)


def bar_stack(p, tone, soap, herb):
    studio(p, tone, gobo="foliage", zoom=1.28, focus=(655, 825))
    y = plinth(p, 560, 960, 330, 70, shade(tone, .18))
    for k, (cx, dy, c) in enumerate(((540, -10, shade(soap, -.06)), (574, -104, soap))):
        disc(p, cx, y + dy, 165, 84, c, ("marble", shade(c, -.35), .3), soft=9, top=shade(c, .1))
        if k:
            p.open(ground_matrix(cx, y + dy - 84))
            p.line(ellipse_path(0, 0, 130, 130), shade(c, -.45), 5, .4)
            p.line(ellipse_path(2, 3, 130, 130), shade(c, .6), 4, .5)
            mark(p, 0, 4, 74, shade(c, -.42), 8)
            p.close()
    herb(p, y)


def nettle(p, y):
    for x, yy, ln, a in ((842, 940, 230, -100), (842, 944, 250, -58), (848, 948, 230, -20), (846, 944, 190, -150)):
        leaf(p, x, yy, ln, a, .5, "#6d9157", 6)


def lavender(p, y):
    for x, a in ((850, -98), (872, -78), (836, -118), (880, -60)):
        rr = math.radians(a)
        ex, ey = x + math.cos(rr) * 380, 960 + math.sin(rr) * 380
        p.line("M%s 960Q%s %s %s %s" % (n(x), n((x + ex) / 2 - 10), n((960 + ey) / 2), n(ex), n(ey)), "#7f9070", 6)
        for k in range(9):
            t = .52 + .058 * k
            bx, by = x + math.cos(rr) * 380 * t, 960 + math.sin(rr) * 380 * t
            for s in (-1, 0, 1):
                leaf(p, bx, by, 38 - k, round(a + s * 42), .6, ("#7d6fa8", "#9789ba")[(k + s) % 2], 0)


def orange(p, y):
    for cx, cy, r in ((880, 930, 104), (985, 985, 70)):
        cast(p, ring(cx, cy, r * .7), r, .34)
        p.path(ellipse_path(cx, cy - r * .74, r, r * .95), p.rad([(0, "#ffd08a"), (.45, "#ec9a3c"), (1, "#a9551a")],
                                                               .34, .28, .8))
        p.texture(ellipse_path(cx, cy - r * .74, r, r * .95), "fine", "#7a3d10", .22)
    leaf(p, 880, 762, 120, -30, .46, "#5f8a4c", 4)


for _name, _tone, _soap, _herb in (("brennnessel", "#c9cdb4", "#a9b98a", nettle),
                                   ("lavendel", "#cdc5d0", "#b9acc8", lavender),
                                   ("orange", "#e6cda9", "#eebd7c", orange)):
    picture("shampoo-" + _name, tone=_tone, soap=_soap, herb=_herb)(bar_stack)


@picture("olivenseife")
def olive_soap(p):
    studio(p, "#b8b79b", "#d9d2bd", gobo="window", zoom=1.5, focus=(640, 850))
    Box(640, 960, 330, 116, 210, 20).draw(p, "#c2bd84", ("marble", "#7d7a3e", .4))
    b = Box(690, 960 - 116 * C - 24, 330, 112, 210, 34)
    b.draw(p, "#d2cc98", ("marble", "#7d7a3e", .4), strength=.3)
    p.open(b.front_matrix())
    p.line(rrect(46, 22, 238, 68, 10), "#8b8648", 3, .55)
    letters(p, "OLIVE", 165, 40, 30, "#8b8648", 1.5, opacity=.8)
    p.close()
    for x, y, a, ln in ((800, 985, -20, 150), (838, 972, -48, 160), (880, 955, -4, 150), (842, 985, 18, 130),
                        (905, 940, -66, 140)):
        leaf(p, x, y, ln, a, .28, "#7c8a5c", 0)
    p.line("M760 1000C830 985 890 950 960 880", "#6b5a3c", 6)
    for x, y in ((884, 985), (948, 962)):
        cast(p, ring(x, y + 20, 22), 30, .3)
        p.path(ellipse_path(x, y, 34, 27), p.rad([(0, "#b9c07a"), (.5, "#757d3a"), (1, "#3f4420")], .33, .28, .8))


@picture("olivenseife-set")
def olive_soap_set(p):
    flatlay(p, "#cfc8b2", "cloud", .1)
    light_shadow(p, "foliage")
    p.zoom(1.32, (600, 620))
    for i, (x, y, a) in enumerate(((330, 560, -8), (600, 610, 3), (865, 575, -4))):
        p.open("translate(%d %d) rotate(%d)" % (x, y, a))
        d = rrect(-112, -190, 224, 380, 26)
        drop(p, d, 28, .42)
        c = ("#c2bd84", "#d2cc98", "#b9b577")[i]
        p.path(d, p.lin([(0, shade(c, .4)), (.5, c), (1, shade(c, -.22))], 0, 0, 1, 1))
        p.texture(d, "marble", "#7d7a3e", .45, 3 + i)
        p.line(rrect(-108, -186, 216, 372, 24), shade(c, .65), 5, .55, filter=p.blur(2))
        wrap = "M-114 -92H114V98H-114Z"
        p.path(wrap, INK, opacity=".3", transform="translate(3 8)", filter=p.blur(5))
        p.path(wrap, p.lin([(0, shade(PAPER, .3)), (1, shade(PAPER, -.12))]))
        p.texture(wrap, "paper", "#8a7a60", .16)
        mark(p, 0, -30, 34, "#6a6a36")
        letters(p, "OLIVE", 0, 28, 22, "#55542c", 1.3)
        letters(p, "100 G", 0, 66, 12, "#55542c", 1.3)
        p.close()
    for x, y, a in ((170, 960, -30), (210, 930, -62), (262, 930, -8), (300, 960, -40)):
        leaf(p, x, y, 150, a, .28, "#7c8a5c", 0)


def razor(p, metal, tone):
    studio(p, tone, gobo="foliage", zoom=1.4, focus=(600, 790))
    stone = ground(600, 950, round_plan(720, 420, 200, 7), -6)
    slab(p, stone, 46, shade(tone, .34), ("rough", "#6a625a", .35), soft=6)
    p.open("translate(0 -46)")
    ink = shade(tone, -.7)
    p.path("M350 985L820 760L850 790L400 1000Z", ink, opacity=".4", filter=p.blur(10))
    rod(p, 340, 950, 792, 700, 50, 44, metal, "metal")
    p.open("translate(340 950) rotate(-29)")
    for i in range(26):
        p.line("M%s -24L%s 24" % (n(30 + i * 9), n(40 + i * 9)), shade(metal, -.6), 1.6, .5)
        p.line("M%s -24L%s 24" % (n(40 + i * 9), n(30 + i * 9)), shade(metal, .7), 1.2, .45)
    p.path(rrect(-14, -27, 30, 54, 14), ramp(p, metal, "metal", x1=0, y1=0, x2=0, y2=1))
    p.path(rrect(270, -28, 14, 56, 5), ramp(p, metal, "metal", x1=0, y1=0, x2=0, y2=1))
    p.close()
    p.open("translate(800 690) rotate(-29)")
    p.path(rrect(-6, -20, 30, 40, 6), ramp(p, metal, "metal", x1=0, y1=0, x2=0, y2=1))
    head = rrect(16, -150, 76, 300, 14)
    p.path(head, INK, opacity=".35", transform="translate(-10 22)", filter=p.blur(9))
    p.path(rrect(8, -156, 30, 312, 8), ramp(p, shade(metal, -.2), "metal", x1=0, y1=0, x2=0, y2=1))
    p.path(rrect(30, -162, 10, 324, 2), "#eef1f2")
    p.path(head, p.lin([(0, shade(metal, -.3)), (.18, shade(metal, .75)), (.4, shade(metal, .25)),
                        (.7, shade(metal, -.3)), (1, shade(metal, -.55))]))
    p.line(rrect(18, -148, 72, 296, 12), "#ffffff", 3, .55)
    for i in range(12):
        p.path(rrect(70, -138 + i * 23, 18, 9, 4), shade(metal, -.6), opacity=".55")
    p.close()
    p.close()


variants(razor, {"rasierhobel-chrom": dict(metal="#aab0b4", tone="#9fb0b4"),
                 "rasierhobel-messing": dict(metal="#c79b56", tone="#7f8f82")})


def deo(p, tone, cream, words, herb):
    studio(p, tone, gobo="window", zoom=1.34, focus=(590, 850))
    top = plinth(p, 540, 980, 320, 150, shade(tone, .2))
    prof = [(top - 150, 178), (top - 150, 178), (top - 18, 182), (top - 2, 168)]

    def inside(q):
        filling(q, 540, prof, top - 120, cream, 14, "matte", surface=shade(cream, .3))
    glass(p, 540, prof, "#b8c4bd", inside)
    swirl = ellipse_path(540, top - 124, 150)
    p.path(swirl, p.lin([(0, shade(cream, .6)), (1, shade(cream, -.12))]))
    for r in (120, 86, 50, 20):
        p.line("M%s %sA%s %s 0 1 1 %s %s" % (n(540 - r), n(top - 124), n(r), n(r * E), n(540 + r * .7),
                                             n(top - 124 + r * E * .7)), shade(cream, -.3), 4, .35)
        p.line("M%s %sA%s %s 0 1 1 %s %s" % (n(540 - r), n(top - 129), n(r), n(r * E), n(540 + r * .7),
                                             n(top - 129 + r * E * .7)), "#ffffff", 4, .7)
    band(p, 540, prof, top - 112, top - 24, PAPER, f0=-.74, f1=.66)
    letters(p, "DEOCREME", 532, top - 42, 17, "#3f4a42", 1.3)
    letters(p, words, 532, top - 8, 13, "#3f4a42", 1.3)
    cast(p, ring(880, 1030, 90, 14), 90, .4)
    p.path(ellipse_path(874, 909, 150, 158), shade("#b9bcb8", -.5))
    p.path(ellipse_path(860, 905, 150, 158), p.lin([(0, "#f4f5f2"), (.3, "#c9ccc8"), (.52, "#eef0ec"), (.8, "#a2a6a3"), (1, "#d3d6d2")],
                            0, 0, 1, 1))
    p.line(ellipse_path(860, 905, 132, 140), "#8c918d", 2, .7)
    p.line(ellipse_path(861, 906, 129, 137), "#ffffff", 2, .7)
    mark(p, 860, 908, 58, "#7b827c", 5)
    herb(p)


def sage(p):
    for a, ln in ((-120, 170), (-88, 200), (-52, 180)):
        leaf(p, 268, 1030, ln, a, .36, "#93a58a", 6)


def citrus(p):
    cast(p, ring(270, 1030, 80), 60, .3)
    p.path(ellipse_path(270, 960, 98, 98), "#e0b23a")
    p.path(ellipse_path(264, 958, 90, 91), "#f7ecc6")
    for i in range(9):
        a = i * 40
        p.open("translate(264 958) rotate(%d)" % a)
        p.path("M0 -8C26 -24 27 -66 20 -78Q0 -88 -20 -78C-27 -66 -26 -24 0 -8Z",
               p.lin([(0, "#f9dc76"), (1, "#ecbb44")], 0, 0, 0, 1))
        p.close()


variants(deo, {"deocreme-salbei": dict(tone="#b9c4b4", cream="#efe8d6", words="SALBEI", herb=sage),
               "deocreme-zitrus": dict(tone="#e2d2a4", cream="#f4ecd2", words="ZITRUS", herb=citrus)})


@picture("abschminkpads")
def pads(p):
    studio(p, "#d8c3b6", "#e8dacd", gobo="foliage", zoom=1.42, focus=(640, 800))
    cx, y = 470, 950
    for i in range(9):
        c = ("#f3ebdf", "#ead9cb", "#f3ebdf", "#dcc4b4")[i % 4]
        dx = p.rnd.uniform(-9, 9)
        face = disc(p, cx + dx, y - i * 36, 165, 33, c, ("paper", "#a58a74", .22), shadow=i == 0, soft=7)
        p.line("M%s %sA166 46 0 0 0 %s %s" % (n(cx + dx - 166), n(y - i * 36 - 16), n(cx + dx + 166), n(y - i * 36 - 16)),
               shade(c, -.3), 2, .35, stroke_dasharray="7 5")
    p.path(face, p.noise(.5, .5, "#a58a74", 3, -1.4, 2), opacity=".25")
    p.open(ground_matrix(cx + dx, y - 9 * 36 + 3))
    p.line(ellipse_path(0, 0, 148, 148), "#c9a892", 4, .8, stroke_dasharray="10 8")
    p.close()
    cast(p, ring(840, 985, 110, 16), 110, .36)
    p.path(ellipse_path(836, 851, 165, 168), shade("#ead9cb", -.34))
    p.path(ellipse_path(818, 846, 165, 168), p.lin([(0, shade("#efe2d4", .5)), (.6, "#ead9cb"), (1, shade("#e0cbba", -.2))], 0, 0, 1, 1))
    p.texture(ellipse_path(818, 846, 165, 168), "paper", "#8a6f5c", .4)
    p.line(ellipse_path(818, 846, 148, 151), "#c19a82", 4, .8, stroke_dasharray="9 8")


def dish(p, kind):
    tone = "#a8b3ad" if kind == "holz" else "#c7bfb4"
    studio(p, tone, gobo="window", zoom=1.5, focus=(580, 850))
    if kind == "holz":
        wood = "#b98a58"
        plan = round_plan(560, 330, 60, 6)
        slab(p, ground(580, 960, plan, -8), 56, wood, ("wood", "#5d3a1c", .6))
        p.open(ground_matrix(580, 904, -8))
        for i in range(6):
            x = -190 + i * 76
            p.path(rrect(x - 13, -120, 26, 240, 13), shade(wood, -.72))
            p.line("M%d 118a11 11 0 0 0 22 0" % (x - 11), shade(wood, .4), 4, .7)
        p.close()
        base = 896
    else:
        prof = [(872, 290), (880, 296), (940, 250), (968, 176), (976, 160)]
        turned(p, 580, prof, "#e6ddcd", "satin", texture=("fine", "#6a5a4a", .55))
        p.path(ellipse_path(580, 872, 290), p.lin([(0, "#b7ab99"), (1, "#efe7d9")], 0, 0, 1, 1))
        p.line(ellipse_path(580, 872, 288), "#a98a66", 7, .75)
        p.path(ellipse_path(584, 886, 230, 56), "#8d8272", opacity=".35", filter=p.blur(9))
        base = 896
    b = Box(690, base, 290, 96, 180, 14)
    b.draw(p, "#e6c9b4", ("marble", "#a5765a", .35), strength=.34)
    p.open(b.front_matrix())
    letters(p, "NESSEL & GLAS", 145, 40, 20, "#a8785c", 1.5, opacity=.8)
    p.close()
    for x, y, r in ((500, 752, 34), (556, 738, 22), (458, 768, 18), (592, 756, 15), (622, 748, 9)):
        p.path(ellipse_path(x, y + base - 905, r, r), p.rad([(0, "#ffffff", .05), (.75, "#ffffff", .16),
                                                            (1, "#ffffff", .75)], .5, .5, .5))
        p.path(ellipse_path(x - r * .35, y + base - 905 - r * .35, r * .22, r * .16), "#ffffff", opacity=".85")


variants(dish, {"seifenschale-holz": dict(kind="holz"), "seifenschale-steinzeug": dict(kind="stein")})
