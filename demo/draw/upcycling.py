# SPDX-License-Identifier: Apache-2.0
"""Pictures: made from what was there."""
import math

from bath import BAMBOO, KRAFT, PAPER
from kit import *  # noqa: F403
from kitchen import LINEN
from registry import picture, variants


def sail_bag(p, stripe, tone):
    studio(p, tone, gobo="window", zoom=1.2, focus=(600, 690))
    c = "#eee9dc"
    cast(p, ring(600, 960, 300, 46), 380, .36)
    for off, k in ((30, -.3), (0, 0)):
        d = "M%d 540C%d 260 %d 260 %d 540" % (450 + off, 460 + off, 730 + off, 745 + off)
        p.line(d, shade("#2f4a63" if stripe != "#2f4a63" else "#8a3c2c", -.4 + k), 24)
        p.line(d, shade("#c9b48a", k), 18)
        p.line(d, shade("#8a744a", k), 18, .6, stroke_dasharray="5 9", stroke_linecap="butt")
    body = "M290 540C400 556 800 556 910 540C926 660 936 830 920 950C800 985 400 985 280 950C264 830 274 660 290 540Z"
    p.path(body, p.lin([(0, shade(c, -.14)), (.16, shade(c, .3)), (.44, shade(c, .1)), (.74, shade(c, -.12)), (1, shade(c, -.36))]))
    p.open(clip_path=p.clip(body))
    p.path("M250 760L960 640V800L250 930Z", stripe, opacity=".92")
    p.path("M250 716L960 596V612L250 734Z", stripe, opacity=".7")
    p.line("M560 520L640 1000M566 520L646 1000", shade(c, -.4), 2, .6, stroke_dasharray="12 6")
    p.texture(body, "warp", shade(c, -.4), .2)
    for x, x2, o in ((380, 420, .18), (820, 760, .22), (690, 720, .1)):
        p.line("M%d 560Q%d 760 %d 970" % (x, x + 30, x2), INK, 26, o, filter=p.blur(14))
        p.line("M%d 560Q%d 760 %d 970" % (x - 34, x - 4, x2 - 34), "#ffffff", 20, o * 1.8, filter=p.blur(12))
    p.path(body, p.lin([(0, INK, 0), (.7, INK, 0), (1, INK, .26)], 0, 0, 0, 1))
    p.close()
    p.line("M292 566C400 582 800 582 908 566", shade(c, -.45), 2.4, .8, stroke_dasharray="11 6")
    for x in (450, 745):
        p.path(ellipse_path(x, 576, 26, 26), p.lin([(0, "#f0d59a"), (1, "#7d5a28")], 0, 0, 1, 1))
        p.path(ellipse_path(x, 576, 14, 14), "#3a3026")
    p.path("M560 540H640V600Q600 620 560 600Z", shade(KRAFT, -.3))
    mark(p, 600, 574, 20, "#f3ead9")


variants(sail_bag, {"segeltuchtasche-marine": dict(stripe="#2f4a63", tone="#c2c9c9"), "segeltuchtasche-rot": dict(stripe="#b4452f", tone="#d9cfbf")})


def notebook(p, cover, tone, chart):
    flatlay(p, tone, "cloud", .12)
    light_shadow(p, "foliage")
    for x, y, turn, w, h, back in ((760, 560, 9, 470, 640, True), (480, 640, -8, 520, 710, False)):
        c = shade(cover, -.06) if back else cover
        p.open("translate(%d %d) rotate(%d) translate(%s %s)" % (x, y, turn, n(-w / 2), n(-h / 2)))
        face = rrect(0, 0, w, h, 12)
        drop(p, face, 34, .42)
        p.path(rrect(10, 10, w, h, 10), p.lin([(0, "#f4ecda"), (1, "#cdbf9f")], 0, 0, 1, 1))
        for k in (3, 6, 9):
            p.line("M%d %dV%d" % (w + k, k + 8, h + k), "#b3a484", 1.2, .7)
        p.path(face, p.lin([(0, shade(c, .34)), (.5, c), (1, shade(c, -.14))], 0, 0, 1, 1))
        p.open(clip_path=p.clip(face))
        if chart:
            for i in range(9):
                q = 60 + i * 78
                p.line("M-20 %dC%d %d %d %d %d %d" % (q, w * .3, q - 110, w * .6, q + 110, w + 20, q - 90), shade(c, -.45), 2.6, .55)
            p.line("M%d 0V%dM%d 0V%dM%d 0V%dM0 %dH%dM0 %dH%dM0 %dH%d" % (w * .3, h, w * .55, h, w * .8, h, h * .25, w, h * .5, w, h * .75, w),
                   shade(c, -.5), 1.6, .5)
            land = "M%d %dC%d %d %d %d %d %dC%d %d %d %d %d %dV%dH%dZ" % (
                w * .5, h + 10, w * .56, h * .84, w * .7, h * .86, w * .74, h * .7, w * .78, h * .56, w * .9, h * .6, w + 10, h * .5, h + 10, w * .5)
            p.path(land, "#dcc795", opacity=".9")
            p.line(land, shade(c, -.6), 3.5, .7)
            p.line(ellipse_path(w * .32, h * .8, 62, 62), shade(c, -.55), 2.4, .8)
            p.path(pts([(w * .32, h * .8 - 74), (w * .32 + 12, h * .8 - 12), (w * .32 + 74, h * .8), (w * .32 + 12, h * .8 + 12),
                        (w * .32, h * .8 + 74), (w * .32 - 12, h * .8 + 12), (w * .32 - 74, h * .8), (w * .32 - 12, h * .8 - 12)]),
                   shade(c, -.6), opacity=".75")
        else:
            p.texture(face, "fine", "#5d6a58", .55, 5)
            for _ in range(40):
                p.stamp('<path d="M-14 -3q14 -8 28 2q-12 8 -28 -2Z" fill="%s" fill-opacity=".8"/>' % p.rnd.choice(("#a86a4a", "#7d8a68", "#5f6f86")),
                        p.rnd.uniform(60, w), p.rnd.uniform(0, h), p.rnd.choice((0, 30, 70, 120, 155)), p.rnd.choice((.6, 1, 1.3)))
        p.texture(face, "paper", shade(c, -.6), .22)
        spine = "M0 0H64V%dH0Z" % h
        p.path(spine, p.lin([(0, "#4a4038"), (.5, "#75685a"), (1, "#54483d")]))
        p.texture(spine, "warp", "#f4e8d4", .3)
        p.path("M64 0H78V%dH64Z" % h, p.lin([(0, INK, .3), (1, INK, 0)]))
        p.close()
        if not back:
            p.path(rrect(150, 150, 280, 150, 6), INK, opacity=".2", transform="translate(3 5)", filter=p.blur(3))
            p.path(rrect(150, 150, 280, 150, 6), PAPER)
            p.line(rrect(162, 162, 256, 126, 3), "#6a5a44", 2, .7)
            letters(p, "NOTIZEN", 290, 206, 30, "#4a3f30", 1.2)
            p.line("M206 262H374", "#6a5a44", 2, .6)
            p.path("M440 0H458V%dH440Z" % h, "#b4603f")
            p.path("M440 0H446V%dH440Z" % h, "#ffffff", opacity=".25")
        p.close()
    p.open("translate(870 1010) rotate(-38)")
    p.path("M0 -13H330V13H0Z", INK, opacity=".34", transform="translate(4 22)", filter=p.blur(6))
    p.path("M0 -13H330V13H0Z", p.lin([(0, "#e6c893"), (.4, "#c79a64"), (1, "#7d5a30")], 0, 0, 0, 1))
    p.path("M0 -13L-52 0L0 13Z", "#ecd6ac")
    p.path("M-34 -4.5L-54 0L-34 4.5Z", "#2f2a28")
    p.close()


variants(notebook, {"notizbuch-seekarte": dict(cover="#9fb9bd", tone="#d6c9b4", chart=True), "notizbuch-altpapier": dict(cover="#c9c0ac", tone="#a9b5a8", chart=False)})


def stem(p, x, y, h, lean, color, flower):
    p.line("M%s %sQ%s %s %s %s" % tuple(n(v) for v in (x, y, x + lean * .2, y - h * .6, x + lean, y - h)), "#7d8a58", 5)
    flower(x + lean, y - h, color)


def vase(p, tint, tone):
    studio(p, tone, gobo="window", zoom=1.08, focus=(640, 590))

    def ball(x, y, c):
        for i in range(46):
            a, r = i * 2.4, 6.6 * math.sqrt(i)
            p.stamp('<circle r="7" fill="%s"/><circle cx="-2" cy="-2" r="3" fill="%s"/>' % (shade(c, -.2), shade(c, .4)), x + r * math.cos(a), y + r * math.sin(a) * .92)

    def grass(x, y, c):
        for i in range(9):
            leaf(p, x - (i % 2) * 6 + 3, y + i * 16, 44, -90 + (34 if i % 2 else -34), .34, mix(c, "#f0dfb4", .1 * (i % 3)), 0)
    prof = [(470, 62), (470, 62), (482, 60), (560, 60), (640, 76), (700, 128), (750, 142), (925, 142), (944, 136)]
    for x, h, lean, c, f in ((560, 330, -130, "#c9b273", grass), (570, 420, -40, "#d6a44a", ball), (590, 390, 90, "#d6a44a", ball), (585, 300, 170, "#c9b273", grass),
                             (575, 470, 30, "#c9b273", grass)):
        stem(p, x, 560, h, lean, c, f)
    leaf(p, 560, 520, 190, -140, .3, "#7d986c", 4)
    leaf(p, 590, 500, 180, -30, .3, "#8aa378", 4)

    def water(q):
        filling(q, 575, prof, 730, mix(tint, "#dfe9e4", .35), 8, "satin", surface=mix(tint, "#f2f7f4", .5))
        for x1, x2 in ((566, 520), (574, 590), (584, 640), (578, 556)):
            q.line("M%d 480Q%d 700 %d 915" % (x1, x1, x2), shade("#6f7d4a", -.1), 5, .7)
    glass(p, 575, prof, tint, water, dense=1.7)
    p.line("M%s 470A62 17 0 0 0 637 470" % 513, shade(tint, .6), 5, .9)
    low = [(870, 76), (870, 76), (960, 80), (974, 76)]
    glass(p, 850, low, tint, dense=1.7)


variants(vase, {"altglas-vase-gruen": dict(tint="#6f9a72", tone="#d8ccb9"), "altglas-vase-braun": dict(tint="#a5703c", tone="#c3c9bb"),
                "altglas-vase-klar": dict(tint="#aebfba", tone="#c9b8a8")})


@picture("trinkglaeser")
def tumblers(p):
    studio(p, "#cfc6b0", "#ddd5c3", gobo="foliage", zoom=1.34, focus=(600, 780))
    tint = "#6f9a72"
    for cx, base in ((500, 870), (720, 880), (400, 960), (625, 985)):
        prof = [(base - 250, 104), (base - 250, 104), (base - 14, 104), (base, 98)]

        def drink(q, prof=prof, cx=cx, base=base):
            q.open(opacity=".5")
            filling(q, cx, prof, base - 160, "#dfe8b8", 9, "satin", surface="#f4f8dc")
            q.close()
            q.path(ellipse_path(cx + 10, base - 162, 52, 15), "#f2d25a")
            q.line(ellipse_path(cx + 10, base - 162, 44, 11), "#fbf0b8", 3)
            leaf(q, cx - 30, base - 150, 70, -80, .55, "#5f9a5a", 3)
        glass(p, cx, prof, tint, drink if base > 900 else None, dense=1.6)


@picture("fahrradschlauch-etui")
def tube_case(p):
    flatlay(p, "#cdbfa8", "cloud", .12)
    light_shadow(p, "foliage")
    p.open("rotate(-14 600 620)")
    d = rrect(210, 470, 780, 320, 44)
    c = "#3b3c3e"
    drop(p, d, 40, .46)
    p.path(d, p.lin([(0, shade(c, .26)), (.18, shade(c, .08)), (.5, c), (.85, shade(c, -.3)), (1, shade(c, -.5))], 0, 0, 0, 1))
    p.texture(d, "fine", "#0f0f10", .4)
    for y in (560, 572, 690, 702):
        p.line("M220 %dH980" % y, "#17181a", 3, .7)
        p.line("M220 %dH980" % (y + 4), "#76787b", 1.6, .6)
    p.path("M300 486Q600 474 900 486V500Q600 488 300 500Z", "#ffffff", opacity=".16", filter=p.blur(5))
    p.path("M230 520H970V538H230Z", "#222325")
    p.line("M236 529H964", "#c9a25a", 12, 1, stroke_dasharray="5 5", stroke_linecap="butt")
    p.path(rrect(860, 512, 52, 34, 8), p.lin([(0, "#f0d59a"), (1, "#8d6a30")], 0, 0, 0, 1))
    p.line("M905 529C960 520 1000 560 1010 610", "#9a3c2a", 14)
    p.path(rrect(300, 600, 190, 74, 12), "#d9d2c2", opacity=".0")
    patch = rrect(292, 598, 168, 80, 14)
    p.path(patch, "#b4502f")
    p.texture(patch, "fine", "#5d2412", .4)
    mark(p, 376, 640, 25, "#f3ead9")
    p.path(ellipse_path(780, 632, 26, 26), "#1d1e20")
    p.path(ellipse_path(780, 632, 14, 14), p.lin([(0, "#f0d59a"), (1, "#7d5a28")], 0, 0, 1, 1))
    p.close()
    for x, y, a, c2 in ((330, 900, -16, "#c79a64"), (390, 960, -20, "#7f9a72"), (470, 1000, -12, "#b4502f")):
        p.open("translate(%d %d) rotate(%d)" % (x, y, a))
        p.path("M0 -12H440V12H0Z", INK, opacity=".34", transform="translate(10 14)", filter=p.blur(6))
        p.path("M0 -12H440V12H0Z", p.lin([(0, shade(c2, .4)), (.4, c2), (1, shade(c2, -.4))], 0, 0, 0, 1))
        p.path("M440 -12L486 0L440 12Z", "#e8cfa2")
        p.path("M472 -4L488 0L472 4Z", "#2f2a28")
        p.close()


@picture("kork-untersetzer")
def coasters(p):
    studio(p, "#b9bfae", "#d9d4c3", gobo="window", zoom=1.5, focus=(590, 830))
    cork = "#c4935f"
    for i in range(4):
        dx = (0, 7, -6, 4)[i]
        disc(p, 480 + dx, 960 - i * 30, 170, 28, shade(cork, .05 * (i % 2)), ("cork", "#5c3818", .75), shadow=i == 0, soft=3)
    p.open(ground_matrix(484, 842))
    mark(p, 0, 6, 88, "#6a4220", 9)
    p.close()
    disc(p, 820, 985, 170, 28, cork, ("cork", "#5c3818", .75), soft=3)
    prof = [(790, 84), (790, 84), (930, 74), (952, 62)]
    turned(p, 820, prof, "#e6dccb", "satin", cap="hole", texture=("fine", "#6a5a4a", .5), shadow=False)
    p.path(ellipse_path(820, 800, 74), "#6b3d22")
    p.line("M896 826C960 820 956 900 888 906", shade("#e6dccb", -.3), 16)
    p.line("M896 823C956 817 952 896 888 902", "#efe6d8", 9)


def blanket(p, color, tone):
    studio(p, tone, gobo="foliage", zoom=1.22, focus=(600, 770))
    wood = "#b98a58"
    # stool
    for x, y in ((380, 1030), (820, 1030), (455, 960), (745, 960)):
        rod(p, 400 + (x - 380) * .9 if x < 600 else x - 20, 800, x, y, 30, 22, wood, texture=("wood", "#5d3a1c", .4))
    p.path(ellipse_path(600, 1030, 330, 44), INK, opacity=".26", filter=p.blur(20))
    slab(p, ground(600, 830, round_plan(560, 420, 200, 9)), 40, wood, ("wood", "#5d3a1c", .5), shadow=False)
    box = Box(705, 842, 420, 232, 300, 20)
    cast(p, box.footprint(), 120, .34, .95)
    for matrix, width, dark in ((box.side_matrix(), box.d, -.30), (box.front_matrix(), box.w, 0)):
        p.open(matrix)
        for i in (3, 2, 1, 0):
            c = shade(color, dark + (.03, -.04, .05, -.02)[i])
            layer = rrect(-10, i * 58, width + 20, 64, 30)
            p.path(layer, p.lin([(0, shade(c, -.14)), (.28, shade(c, .22)), (.6, c), (1, shade(c, -.55))], 0, 0, 0, 1))
            p.texture(layer, "rough", shade(c, -.6), .25)
            p.texture(layer, "weft", shade(c, .6), .32)
        p.close()
    p.open(box.side_matrix())
    strands = ""
    for i in range(40):
        strands += "M%s %sl%s %s" % (n(14 + i * 6.9), n(48 + 58 * (i % 2)), n(p.rnd.uniform(-5, 5)), n(p.rnd.uniform(44, 58)))
    p.line(strands, shade(color, -.38), 5, transform="translate(2 4)")
    p.line(strands, shade(color, .05), 3.4)
    p.close()
    p.open(box.top_matrix())
    face = rrect(-8, -8, box.w + 16, box.d + 16, 30)
    p.path(face, p.lin([(0, shade(color, .34)), (.6, shade(color, .14)), (1, shade(color, -.05))]))
    for x, width in ((60, 26), (104, 10), (318, 10), (340, 26)):
        p.path("M%d -8h%dv%dh-%dZ" % (x, width, box.d + 16, width), shade(color, .68), opacity=".85")
    p.texture(face, "rough", shade(color, -.6), .26)
    p.texture(face, "weft", shade(color, .6), .34)
    p.close()
    p.open(box.front_matrix())
    for x, width in ((60, 26), (104, 10), (318, 10), (340, 26)):
        p.path("M%d -2h%dv60h-%dZ" % (x, width, width), p.lin([(0, shade(color, .68), .9), (1, shade(color, .3), .75)], 0, 0, 0, 1))
    p.open("translate(214 76)")
    p.path("M-34 -18H34V48H-34Z", INK, opacity=".3", transform="translate(3 5)", filter=p.blur(3))
    p.path("M-34 -18H34V48H-34Z", "#efe6d2")
    mark(p, 0, 16, 20, "#6a5a44", 2.4)
    p.close()
    p.close()


variants(blanket, {"wolldecke-rost": dict(color="#a85f42", tone="#cfc7b6"), "wolldecke-moos": dict(color="#74805a", tone="#d9cbb6"),
                   "wolldecke-grau": dict(color="#8d8d8a", tone="#c2b5a6")})
