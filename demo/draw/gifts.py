# SPDX-License-Identifier: Apache-2.0
"""Pictures: to give away."""
import math

from bath import BAMBOO, KRAFT, PAPER
from garden import daisy, poppy
from kit import *  # noqa: F403
from kitchen import LINEN, flask, oats, storage_jar
from registry import picture, variants


def candle(p, tone, tint, wax, words):
    studio(p, tone, gobo=None, zoom=1.4, focus=(590, 770))
    top = plinth(p, 570, 1000, 300, 90, shade(tone, .16))
    prof = [(top - 300, 150), (top - 300, 150), (top - 14, 150), (top, 142)]

    def inside(q):
        filling(q, 570, prof, top - 214, wax, 9, "satin", surface=shade(wax, .4))
        q.path(ellipse_path(570, top - 214, 110), q.rad([(0, "#fff6d8", .95), (1, "#fff6d8", 0)]))
        q.line("M570 %sv-34" % n(top - 212), "#3a2a1c", 6)
    glass(p, 570, prof, tint, inside, dense=1.5)
    y = top - 250
    p.path(ellipse_path(570, y - 40, 300, 300), p.rad([(0, "#ffe3a0", .62), (.4, "#ffd27a", .2), (1, "#ffd27a", 0)]))
    p.path("M570 %sC540 %s 556 %s 570 %sC584 %s 600 %s 570 %sZ" % tuple(n(v) for v in (y + 14, y, y - 46, y - 92, y - 46, y, y + 14)),
           p.lin([(0, "#ffdf8a"), (.6, "#fff6d2"), (1, "#f5a94a")], 0, 0, 0, 1))
    p.path("M570 %sC558 %s 562 %s 570 %sC578 %s 582 %s 570 %sZ" % tuple(n(v) for v in (y + 12, y + 4, y - 16, y - 40, y - 16, y + 4, y + 12)), "#fffdf0")
    band(p, 570, prof, top - 190, top - 48, PAPER, f0=-.66, f1=.6)
    letters(p, words, 564, top - 68, min(22, 170 / len(words)), "#3f3a34", 1.2)
    letters(p, "RAPSWACHS", 564, top - 34, 12, "#3f3a34", 1.3)
    mark(p, 564, top - 104, 24, "#3f3a34")
    for x, yy, a in ((880, 1000, -30), (860, 1010, -8), (870, 1004, -58)):
        leaf(p, x, yy, 130, a, .34, "#7d8f6a", 4)
    rod(p, 250, 1010, 380, 1046, 12, 12, "#d8b98a", round_end=False)
    p.path(ellipse_path(250, 1010, 15, 10), "#b4452f")


variants(candle, {"kerze-bienenwiese": dict(tone="#a59a84", tint="#a5703c", wax="#e9cf96", words="HEUWIESE"),
                  "kerze-wald": dict(tone="#7f8f82", tint="#7f9a82", wax="#e6e2cc", words="WALDGANG")})


def gift_box(p, tone, ribbon, fill):
    studio(p, tone, gobo="window", zoom=1.24, focus=(600, 740))
    b = Box(760, 1000, 480, 210, 330, 20)
    b.draw(p, KRAFT, ("kraft", "#6b4526", .3), top=False)
    lid = pts([b.pt(-b.w, 0, b.h), b.pt(0, 0, b.h), b.pt(0, b.d, b.h), b.pt(-b.w, b.d, b.h)])
    p.path(lid, "#5d3f26")
    for i in range(90):
        u, v = -p.rnd.uniform(20, b.w - 20), p.rnd.uniform(20, b.d - 20)
        x, y = b.pt(u, v, b.h)
        p.line("M%s %sq%s %s %s %s" % (n(x), n(y), n(p.rnd.uniform(-30, 30)), n(p.rnd.uniform(-26, 4)), n(p.rnd.uniform(-44, 44)), n(p.rnd.uniform(-16, 12))),
               p.rnd.choice(("#e3d0a8", "#d2b985", "#f0e2c2", "#b99a64")), 5)
    fill(p, b)
    front = pts([b.pt(-b.w, 0, 0), b.pt(0, 0, 0), b.pt(0, 0, b.h), b.pt(-b.w, 0, b.h)])
    flank = pts([b.pt(0, 0, 0), b.pt(0, b.d, 0), b.pt(0, b.d, b.h), b.pt(0, 0, b.h)])
    p.path(flank, p.lin([(0, shade(KRAFT, -.3)), (1, shade(KRAFT, -.44))]))
    p.path(front, p.lin([(0, shade(KRAFT, .12)), (1, shade(KRAFT, -.08))]))
    for m, w in ((b.front_matrix(), b.w), (b.side_matrix(), b.d)):
        p.open(m)
        p.texture("M0 0H%dV%dH0Z" % (w, b.h), "kraft", "#6b4526", .3)
        p.path("M0 92H%dV122H0Z" % w, ribbon if m == b.front_matrix() else shade(ribbon, -.3))
        p.texture("M0 92H%dV122H0Z" % w, "warp", "#fff7ea", .3)
        p.close()
    p.line(pts([b.pt(-b.w, 0, b.h), b.pt(0, 0, b.h), b.pt(0, b.d, b.h)], False), shade(KRAFT, .5), 3, .8)
    x, y = b.pt(-b.w / 2, 0, b.h - 106)
    ribbon_bow(p, x, y, 66, ribbon)
    x, y = b.pt(-90, 0, b.h - 140)
    p.open("translate(%s %s) rotate(8)" % (n(x), n(y)))
    tag = "M-38 0L0 -34L38 0V104H-38Z"
    p.path(tag, INK, opacity=".3", transform="translate(5 7)", filter=p.blur(5))
    p.path(tag, PAPER)
    mark(p, 0, 52, 24, "#5a5040")
    p.path(ellipse_path(0, -10, 6, 6), "#8a744a")
    p.close()


def kitchen_fill(p, b):
    x, y = b.pt(-370, 170, b.h - 60)
    storage_jar(p, x, y, 84, 240, oats)
    x, y = b.pt(-110, 200, b.h - 70)
    flask(p, x, y, .62, "#9fb095", "bambus")
    x, y = b.pt(-240, 90, b.h - 40)
    rod(p, x - 20, y, x + 50, y - 230, 24, 20, "#c79a64", texture=("wood", "#5d3a1c", .5))
    p.path(ellipse_path(x + 58, y - 262, 34, 50), p.lin([(0, "#d8af7a"), (1, "#96653a")], 0, 0, 1, 1))
    leaf(p, x + 10, y, 150, -130, .4, "#7d986c", 4)


def bath_fill(p, b):
    x, y = b.pt(-390, 150, b.h - 40)
    s = Box(x + 110, y, 190, 130, 90, 30)
    s.draw(p, "#e6c9b4", ("marble", "#a5765a", .35), shadow=False)
    x, y = b.pt(-110, 170, b.h - 50)
    prof = [(y - 150, 96), (y - 150, 96), (y - 6, 96), (y, 90)]
    glass(p, x, prof, "#b8c4bd", lambda q: filling(q, x, prof, y - 120, "#efe8d6", 9), shadow=False)
    turned(p, x, [(y - 196, 100), (y - 196, 100), (y - 146, 102)], "#b4b8b8", "metal", cap="#b4b8b8", shadow=False, ao=.1)
    x, y = b.pt(-250, 130, b.h - 60)
    for dx, a, c in ((0, -14, "#93a98a"), (50, 2, "#c4765a")):
        p.open("translate(%s %s) rotate(%d)" % (n(x + dx), n(y), a))
        rod(p, 0, 0, 0, -230, 22, 18, BAMBOO, "matte", ("bamboo", "#7a5326", .45))
        p.path(rrect(-13, -330, 26, 110, 11), p.lin([(0, shade(BAMBOO, .3)), (1, shade(BAMBOO, -.3))]))
        for k in range(6):
            p.path(rrect(8, -322 + k * 14, 32, 11, 3), p.lin([(0, shade(c, -.25)), (1, shade(c, .35))]))
        p.close()
    leaf(p, x - 30, y, 150, -150, .4, "#8da488", 4)
    leaf(p, x - 20, y, 150, -118, .4, "#7d986c", 4)


variants(gift_box, {"geschenkbox-kueche": dict(tone="#d3c6ae", ribbon="#6f8060", fill=kitchen_fill), "geschenkbox-bad": dict(tone="#b9c3bf", ribbon="#b4694c", fill=bath_fill)})


def furoshiki(p, color, tone, dot):
    studio(p, tone, gobo="foliage", zoom=1.34, focus=(600, 760))
    body = "M330 960C300 880 310 760 380 700C470 660 720 660 810 700C880 760 890 880 862 960C780 1010 410 1010 330 960Z"
    cast(p, ring(596, 950, 265, 54), 300, .4)
    p.path(body, p.lin([(0, shade(color, -.12)), (.22, shade(color, .22)), (.55, color), (1, shade(color, -.42))]))
    p.open(clip_path=p.clip(body))
    for i in range(9):
        for j in range(6):
            x, y = 320 + i * 70 + (j % 2) * 35, 690 + j * 58
            leaf(p, x, y + 18, 44, -90 + (i - 4) * 7, .42, dot, 0)
    p.close()
    linen(p, body, color, .25)
    p.open(clip_path=p.clip(body))
    for d, o in (("M590 690C520 760 420 840 330 900", .34), ("M600 690C680 760 790 830 870 900", .38), ("M590 700C560 800 500 900 430 990", .26),
                 ("M606 700C650 800 700 900 770 990", .28), ("M598 700C600 800 596 900 600 1000", .14)):
        p.line(d, INK, 24, o, filter=p.blur(10))
        p.line(d, "#fff7ea", 12, o * .9, transform="translate(-20 -4)", filter=p.blur(7))
    p.path(body, p.lin([(0, INK, 0), (.7, INK, 0), (1, INK, .34)], 0, 0, 0, 1))
    p.close()
    for d, g in (("M590 690C540 640 420 560 340 600C330 640 380 700 470 716C530 722 570 710 590 690Z", (0, 1)),
                 ("M606 690C660 630 780 550 860 590C868 640 810 706 720 718C660 722 622 712 606 690Z", (1, 0)),
                 ("M592 680C560 600 530 530 560 470C600 500 620 600 608 684Z", (0, 1)), ("M600 684C600 600 640 520 700 490C716 550 660 640 612 690Z", (1, 0))):
        p.path(d, INK, opacity=".3", transform="translate(5 9)", filter=p.blur(6))
        p.path(d, p.lin([(g[0], shade(color, .34)), (g[1], shade(color, -.22))] if g[0] == 0 else [(0, shade(color, -.3)), (1, shade(color, .2))]))
        linen(p, d, color, .25)
    knot = "M552 690C550 650 590 640 612 652C650 660 652 710 626 724C596 738 556 726 552 690Z"
    p.path(knot, INK, opacity=".35", transform="translate(4 9)", filter=p.blur(6))
    p.path(knot, p.rad([(0, shade(color, .4)), (.6, color), (1, shade(color, -.4))], .34, .3, .8))
    linen(p, knot, color, .25)
    sprig(p, 620, 700, 190, -14, "#8da488", 5, .3)


variants(furoshiki, {"furoshiki-tinte": dict(color="#47597a", tone="#d3c9b9", dot="#e8dfc9"), "furoshiki-ziegel": dict(color="#b8674a", tone="#c5cbbd", dot="#f3e2c8"),
                     "furoshiki-moos": dict(color="#7b875f", tone="#dccfbd", dot="#f0e8cc")})


@picture("geschenkgutschein")
def voucher(p):
    flatlay(p, "#b5bfae", "cloud", .12)
    light_shadow(p, "window")
    p.open("translate(600 630) rotate(-9)")
    env = rrect(-400, -250, 800, 520, 10)
    drop(p, env, 26, .4)
    p.path(env, p.lin([(0, shade(KRAFT, .24)), (1, shade(KRAFT, -.14))], 0, 0, 1, 1))
    p.texture(env, "kraft", "#6b4526", .3)
    p.line("M-400 -250L0 60L400 -250", shade(KRAFT, -.45), 3, .6)
    p.close()
    p.open("translate(620 560) rotate(5)")
    card = rrect(-370, -220, 740, 440, 16)
    drop(p, card, 30, .42)
    p.path(card, p.lin([(0, "#fffaf0"), (1, "#ece0ca")], 0, 0, 1, 1))
    p.texture(card, "paper", "#8a7a60", .2)
    p.line(rrect(-344, -194, 688, 388, 8), "#5f7358", 2.5, .8)
    mark(p, -210, -10, 92, "#5f7358")
    letters(p, "GUTSCHEIN", 110, -70, 52, "#4a5a46", .95)
    letters(p, "NESSEL & GLAS", 110, 26, 20, "#4a5a46", 1.2)
    p.line("M-40 92H260", "#4a5a46", 2, .5)
    for x, y, a, ln in ((330, 190, -150, 150), (334, 190, -118, 170), (336, 188, -180, 120)):
        leaf(p, x, y, ln, a, .4, "#8aa184", 4)
    p.close()
    twine(p, "M200 980C380 900 420 1060 560 1000C660 960 760 1060 900 1000", "#b8955f", 8)


@picture("samenpapier-karten")
def cards(p):
    flatlay(p, "#d9cbb6", "cloud", .1)
    light_shadow(p, "foliage")
    for i, (x, y, a, c) in enumerate(((360, 520, -12, "#dfe3d2"), (840, 540, 11, "#eed9cc"), (600, 600, -1, "#f4ecdc"))):
        p.open("translate(%d %d) rotate(%d)" % (x, y, a))
        d = pts([(xx + p.rnd.uniform(-4, 4), yy + p.rnd.uniform(-4, 4)) for xx, yy in
                 [(-200 + 40 * k, -290) for k in range(11)] + [(200, -232 + 58 * k) for k in range(10)] +
                 [(160 - 40 * k, 290) for k in range(10)] + [(-200, 232 - 58 * k) for k in range(9)]])
        drop(p, d, 20, .38)
        p.path(d, p.lin([(0, shade(c, .5)), (1, shade(c, -.08))], 0, 0, 1, 1))
        p.texture(d, "paper", "#8a7a60", .22)
        for _ in range(34):
            p.stamp('<path d="M-5 0q5 -4 10 0q-5 4 -10 0Z" fill="#8a6a44" fill-opacity=".75"/>', p.rnd.uniform(-180, 180),
                    p.rnd.uniform(-270, 270), p.rnd.choice((0, 40, 85, 130)), p.rnd.choice((.7, 1, 1.4)))
        if i == 0:
            for k in range(3):
                leaf(p, 0, 70, 190 - k * 10, -90 + (k - 1) * 40, .4, ("#7d986c", "#6f8a62", "#8aa378")[k], 5)
        elif i == 1:
            p.line("M0 110Q-10 0 0 -60", "#6f8a52", 6)
            poppy(p, 0, -70, 1.5, "#c9654a")
            leaf(p, 0, 90, 110, -40, .34, "#7f9f5e", 4)
        else:
            for x2, h, f, c2, s in ((-60, 150, daisy, "#fffaf0", 1.0), (40, 200, poppy, "#d6764e", 1.0), (90, 120, daisy, "#9d94cc", .9)):
                p.line("M0 110Q%s %s %s %s" % (n(x2 * .3), n(0), n(x2), n(60 - h)), "#6f8a52", 5)
                f(p, x2, 60 - h, s, c2)
            leaf(p, 0, 100, 110, -150, .34, "#7f9f5e", 4)
            leaf(p, 0, 100, 110, -30, .34, "#6f8f52", 4)
        letters(p, ("DANKE", "FÜR DICH", "ALLES LIEBE")[i], 0, 176, 28, "#4f4a3c", 1.1)
        p.close()
    bow(p, 600, 985, 110, "#b8955f", 9)


@picture("buch-kuechenrest")
def book(p):
    studio(p, "#c2bda2", "#dbd5c0", gobo="foliage", zoom=1.28, focus=(600, 740))
    c = "#5f7d62"
    b = Box(690, 985, 400, 520, 74, 26)
    b.draw(p, c, ("paper", "#1f2e22", .2))
    p.open(b.side_matrix())
    p.path("M0 8H74V512H0Z", "#efe6d2")
    p.line("".join("M%d 8V512" % x for x in range(6, 74, 6)), "#b3a484", 1.4, .7)
    p.path("M0 0H74V520H0Z", p.lin([(0, INK, .1), (1, INK, .4)]))
    p.close()
    p.open(b.top_matrix())
    p.path("M8 4H392V70H8Z", "#f2ead8")
    p.close()
    p.open(b.front_matrix())
    p.path("M0 0H30V520H0Z", INK, opacity=".16")
    p.line("M34 0V520", shade(c, .4), 2, .5)
    p.path(ellipse_path(220, 190, 128, 128), "#ecd9b0")
    p.open(clip_path=p.clip(ellipse_path(220, 190, 128, 128)))
    p.path("M60 250Q220 214 380 250V340H60Z", "#5a4030")
    p.texture("M60 250Q220 214 380 250V340H60Z", "cork", "#1c120c", .8)
    seedling(p, 220, 240, 130, "#7fa262", 4, 2)
    seedling(p, 150, 244, 70, "#93b36a", -8, 1)
    seedling(p, 292, 246, 80, "#6f9a52", 10, 1)
    p.close()
    letters(p, "VOM", 216, 354, 20, "#f3ead9", 1.2)
    letters(p, "KÜCHENREST", 216, 390, 32, "#f3ead9", 1.1)
    letters(p, "ZUM BEET", 216, 446, 32, "#f3ead9", 1.1)
    p.close()
    fruit_r = 52
    for x, y, col in ((860, 950, "#c9a43a"), (930, 985, "#b5583a")):
        cast(p, ring(x, y, fruit_r * .7), fruit_r, .34)
        p.path(ellipse_path(x, y - fruit_r * .72, fruit_r, fruit_r * .94), p.rad([(0, shade(col, .5)), (.45, col), (1, shade(col, -.55))], .34, .28, .85))
    leaf(p, 860, 868, 80, -40, .46, "#6b8a4a", 3)
