# SPDX-License-Identifier: Apache-2.0
"""Pictures: growing."""
import math

from bath import KRAFT, PAPER, pouch
from kit import *  # noqa: F403
from registry import picture, variants

TERRA = "#c07650"
SOIL = "#4a3527"


def soil(p, cx, y, r, color=SOIL):
    d = ellipse_path(cx, y, r)
    p.path(d, p.lin([(0, shade(color, .14)), (1, shade(color, -.3))]))
    p.texture(d, "cork", "#1c120c", .8)
    p.texture(d, "speck", "#a58a6c", .35)


def pot(p, cx, base, k, color, kind="matte", texture=("fine", "#5a2f1c", .22), plant=None, shadow=True):
    """A flower pot of height 300 k with a collar; plant(p, cx, y) grows from its soil."""
    def y(v):
        return base - v * k
    body = [(y(210), 138 * k), (y(210), 138 * k), (y(8), 104 * k), (y(0), 98 * k)]
    turned(p, cx, body, color, kind, shadow=shadow, texture=texture)
    p.path(band_path(cx, body, y(208), y(176)), INK, opacity=".26", filter=p.blur(5))
    collar = [(y(290), 162 * k), (y(290), 162 * k), (y(208), 154 * k), (y(204), 150 * k)]
    turned(p, cx, collar, color, kind, shadow=False, texture=texture, ao=.16)
    p.path(ellipse_path(cx, y(290), 162 * k), p.lin([(0, shade(color, -.2)), (.5, shade(color, .32)), (1, shade(color, .1))]))
    p.path(ellipse_path(cx, y(288), 144 * k), shade(color, -.6))
    soil(p, cx, y(276), 140 * k)
    if plant:
        plant(p, cx, y(276))


def monstera_leaf(p, x, y, s, angle, color):
    """A split leaf; (x, y) is where the stalk meets it."""
    q = Pic()
    q.defs = p.defs
    outline = [(0, 0), (-16, -24), (-44, -30), (-62, -8), (-64, 14), (-38, 16), (-66, 26), (-62, 50), (-34, 42), (-58, 62),
               (-46, 84), (-22, 68), (-36, 98), (-20, 112), (0, 130), (18, 114), (32, 100), (20, 70), (44, 86), (56, 64),
               (34, 44), (62, 52), (66, 28), (38, 18), (64, 14), (62, -8), (44, -30), (16, -24)]
    d = spline(outline, True)
    q.path(d, q.lin([(0, shade(color, .22)), (.5, color), (1, shade(color, -.34))], 0, 0, 1, 1))
    q.path("M0 0Q4 60 0 130C30 110 90 40 44 -30Q14 -30 0 0Z", INK, opacity=".12", clip_path=q.clip(d))
    q.line("M0 0Q4 60 0 124", shade(color, .5), 2.4, .8)
    q.line("M1 16Q-26 4 -50 2M2 16Q26 4 50 2M2 38Q-28 34 -52 38M2 38Q28 34 52 38M2 60Q-24 60 -46 70M2 60Q24 60 44 72M1 84Q-14 88 -26 98M1 84Q14 88 24 100",
           shade(color, .4), 1.5, .55)
    p.stamp("".join(q.body), x, y, angle, s)


@picture("monstera")
def monstera(p):
    studio(p, "#c9c1b2", "#dbd3c5", gobo="window", zoom=1.02, focus=(600, 620))

    def plant(q, cx, y):
        for tx, ty, s, a, c in ((-250, -210, 1.7, 52, "#4f7a52"), (240, -270, 1.75, -48, "#568258"), (-120, -420, 1.95, 24, "#5d8c5c"),
                                (130, -470, 2.0, -20, "#659662"), (-10, -250, 1.6, 4, "#4a724e"), (290, -60, 1.3, -72, "#4a724e"),
                                (-280, -20, 1.25, 74, "#568258")):
            q.line("M%s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
                cx, y, cx + tx * .2, y + ty * .5, cx + tx * .7, y + ty * .95, cx + tx, y + ty)), "#55793f", 9)
            q.line("M%s %sC%s %s %s %s %s %s" % tuple(n(v) for v in (
                cx - 2, y, cx + tx * .2 - 2, y + ty * .5, cx + tx * .7 - 2, y + ty * .95, cx + tx - 2, y + ty)), "#93b274", 3)
        for tx, ty, s, a, c in ((-250, -210, 1.7, 52, "#4f7a52"), (240, -270, 1.75, -48, "#568258"), (-10, -250, 1.6, 4, "#4a724e"),
                                (290, -60, 1.3, -72, "#4a724e"), (-280, -20, 1.25, 74, "#568258"), (-120, -420, 1.95, 24, "#5d8c5c"),
                                (130, -470, 2.0, -20, "#659662")):
            monstera_leaf(q, cx + tx, y + ty, s, a, c)
    pot(p, 590, 1030, 1.15, "#e4dccd", "satin", ("fine", "#6a5a4a", .5), plant)


def trailing(p, cx, y):
    """A pothos whose runners hang over the rim."""
    for side, reach, down in ((-1, 120, -190), (1, 120, -200), (-1, 190, -60), (1, 200, -40), (-1, 60, -260), (1, 50, -270),
                              (-1, 215, 150), (1, 205, 210)):
        ex, ey = cx + side * reach, y + down
        p.line("M%s %sQ%s %s %s %s" % tuple(n(v) for v in (cx + side * 20, y, cx + side * reach * .8, y - 120, ex, ey)), "#6d8f4a", 6)
        for t in (.45, .72, 1):
            qx = (1 - t) ** 2 * (cx + side * 20) + 2 * t * (1 - t) * (cx + side * reach * .8) + t * t * ex
            qy = (1 - t) ** 2 * y + 2 * t * (1 - t) * (y - 120) + t * t * ey
            leaf(p, qx, qy, 120 if down < 100 else 96, (60 if down > 0 else -50) if side > 0 else (120 if down > 0 else -130),
                 .72, ("#6f9c52", "#83ad5e", "#5f8c4c")[int(t * 10) % 3], 4)


@picture("efeutute")
def pothos(p):
    studio(p, "#d9c9b8", "#e4d8c9", gobo="foliage", zoom=1.14, focus=(600, 690))
    top = plinth(p, 600, 1010, 250, 110, "#e6dccd")
    pot(p, 600, top, 1.0, "#7f8c7e", "satin", ("fine", "#2f382f", .4), trailing)


def clay(p, color, tone, kind):
    studio(p, tone, gobo="window", zoom=1.3, focus=(610, 780))

    def herb(q, cx, y):
        for dx, h, lean in ((-30, 210, -40), (10, 260, 0), (45, 220, 46), (-60, 150, -80), (70, 150, 90)):
            seedling(q, cx + dx * .5, y, h, "#7fa262", lean, 3)
    pot(p, 470, 950, 1.12, color, kind, plant=herb)
    pot(p, 760, 985, .72, shade(color, .06), kind)
    pot(p, 930, 955, .46, color, kind)


variants(clay, {"tontopf-terrakotta": dict(color=TERRA, tone="#dccbbb", kind="matte"),
                "tontopf-sand": dict(color="#d8c3a0", tone="#b7bda9", kind="matte"),
                "tontopf-anthrazit": dict(color="#565656", tone="#c6c3bc", kind="matte")})


def can(p, color, tone):
    studio(p, tone, gobo="foliage", zoom=1.2, focus=(600, 700))
    cast(p, ring(620, 940, 190), 420, .34)
    # spout and handle behind the body
    spout = "M470 860C380 800 330 700 262 560L302 540C372 660 420 740 490 770Z"
    p.path(spout, p.lin([(0, shade(color, -.35)), (.4, shade(color, .35)), (.7, color), (1, shade(color, -.4))], 0, 0, 1, 1))
    p.line("M330 672L466 612", shade(color, -.3), 12)
    p.line("M330 669L466 609", shade(color, .4), 4)
    p.line("M735 560C960 500 960 800 782 850", shade(color, -.5), 34)
    p.line("M735 557C955 500 955 797 782 846", color, 26)
    p.line("M735 550C946 494 946 790 784 838", shade(color, .55), 6, .8)
    prof = [(560, 140), (560, 140), (585, 152), (720, 172), (925, 190), (940, 184)]
    turned(p, 620, prof, color, "satin", shadow=False, cap="hole")
    p.path("M480 560A140 39 0 0 1 620 521V600A150 41 0 0 1 474 585Z", shade(color, .12), opacity=".0")
    hood = "M480 562C486 500 560 470 640 474C600 500 600 540 640 598C560 602 492 592 480 562Z"
    p.path(hood, p.lin([(0, shade(color, -.1)), (.4, shade(color, .4)), (1, shade(color, -.2))]))
    p.line("M640 474C600 500 600 540 640 598", shade(color, .6), 4, .8)
    band(p, 620, prof, 905, 930, shade(color, -.1), "satin")
    band(p, 620, prof, 600, 616, shade(color, -.1), "satin")
    gleam(p, 620, prof, 630, 900, -.74, -.62, .5, 5)
    # rose
    p.open("translate(278 545) rotate(-34)")
    p.path("M-26 18L-78 -56H78L26 18Z", p.lin([(0, "#8f6a34"), (.35, "#f0d59a"), (.6, "#b98d4a"), (1, "#6d4d22")]))
    p.path(ellipse_path(0, -56, 80, 24), p.lin([(0, "#e9cd92"), (1, "#a77c3c")]))
    for i in range(22):
        a, r = i * 2.4, 13 * math.sqrt(i)
        p.path(ellipse_path(r * math.cos(a), -56 + r * .3 * math.sin(a), 3.4, 1.6), "#4a3314")
    p.close()
    seedling(p, 950, 1000, 130, "#7fa262", 14, 2)
    heap = ellipse_path(950, 1000, 62, 15)
    p.path(heap, SOIL)
    p.texture(heap, "cork", "#1c120c", .8)
    seedling(p, 950, 998, 130, "#7fa262", 14, 2)


variants(can, {"giesskanne-salbei": dict(color="#8fa187", tone="#d9d3c2"),
               "giesskanne-zink": dict(color="#a4aaab", tone="#b4bfb4")})


@picture("pflanzkelle")
def trowel(p):
    flatlay(p, "#c7bda8", "cloud", .14)
    light_shadow(p, "foliage")
    p.zoom(1.18, (640, 600))
    blade = "M600 90C650 150 700 250 696 400C694 470 664 520 622 540H578C536 520 506 470 504 400C500 250 550 150 600 90Z"
    p.open("rotate(38 600 600)")
    drop(p, blade, 26, .42)
    p.path(blade, p.lin([(0, "#5f6668"), (.22, "#c9cecd"), (.5, "#7f8788"), (.52, "#aab0b0"), (.8, "#e3e6e4"), (1, "#868d8e")]))
    p.texture(blade, "brush", "#2f3435", .35)
    p.line(blade, "#f4f6f5", 3, .6)
    p.line("M600 150V520", "#5f6668", 5, .5)
    p.path("M578 536H622L616 650H584Z", p.lin([(0, "#6a7172"), (.4, "#e3e6e4"), (1, "#6a7172")]))
    handle = "M572 640C560 700 552 780 556 860C560 940 552 1000 566 1060C576 1096 624 1096 634 1060C648 1000 640 940 644 860C648 780 640 700 628 640Z"
    drop(p, handle, 26, .42)
    p.path(handle, p.lin([(0, "#d9b684"), (.35, "#e8cda0"), (1, "#7f5a30")]))
    p.texture(handle, "woodv", "#6a4320", .5)
    p.path("M570 640H630V668H570Z", p.lin([(0, "#8f6a34"), (.35, "#f0d59a"), (1, "#6d4d22")]))
    mark(p, 600, 930, 24, "#6a4320", 3)
    p.line("M600 1066C540 1130 660 1140 606 1068", "#7a5a3a", 8)
    p.close()
    for i in range(46):
        a, r = p.rnd.uniform(0, math.tau), p.rnd.uniform(0, 1) ** .6
        x, y, s = 905 + 190 * r * math.cos(a), 300 + 120 * r * math.sin(a), p.rnd.uniform(5, 26) * (1.2 - r * .7)
        p.stamp('<ellipse cx="4" cy="6" rx="10" ry="8" fill="%s" opacity=".3"/><ellipse rx="10" ry="8" fill="%s"/><ellipse cx="-3" cy="-3" rx="4" ry="3" fill="#7a5c46"/>'
                % (INK, SOIL), x, y, p.rnd.choice((0, 40, 90)), round(s / 10, 1))


# ---------------------------------------------------------------- seeds and sprouts
def poppy(p, x, y, s, c):
    for i in range(5):
        p.open("translate(%s %s) rotate(%d) scale(%s)" % (n(x), n(y), i * 72, n2(s)))
        p.path("M0 0C-34 -12 -38 -58 0 -62C38 -58 34 -12 0 0Z", p.rad([(0, shade(c, -.35)), (.4, c), (1, shade(c, .3))], .5, 1, 1))
        p.close()
    p.path(ellipse_path(x, y, 13 * s, 13 * s), "#3a3530")
    p.path(ellipse_path(x - 3 * s, y - 3 * s, 5 * s, 5 * s), "#8a8a5a")


def daisy(p, x, y, s, c):
    for i in range(12):
        p.stamp('<path d="M0 0C-9 -14 -9 -46 0 -54C9 -46 9 -14 0 0Z" fill="%s" stroke="%s" stroke-width="1"/>' % (c, shade(c, -.25)),
                x, y, i * 30, s)
    p.path(ellipse_path(x, y, 15 * s, 15 * s), p.rad([(0, "#f7d264"), (1, "#b9822a")], .35, .3, .8))


def tomato(p, x, y, s, c):
    p.path(ellipse_path(x, y, 62 * s, 58 * s), p.rad([(0, "#f5a88c"), (.4, c), (1, shade(c, -.55))], .33, .27, .85))
    for k in range(5):
        leaf(p, x, y - 50 * s, 44 * s, -170 + k * 40, .3, "#6b8a4a", 0)


def seed_packet(p, tone, paper, words, art):
    studio(p, tone, gobo="foliage", zoom=1.3, focus=(600, 740))
    p.open("translate(520 955) rotate(-3)")
    base = [(-170, -4), (170, -4), (176, 14), (-160, 14)]
    cast(p, base, 420, .34)
    d = rrect(-175, -520, 350, 524, 4)
    p.path(d, p.lin([(0, shade(paper, .3)), (.5, paper), (1, shade(paper, -.16))]))
    p.texture(d, "paper", shade(paper, -.6), .22)
    p.path("M-175 -520H175V-470Q0 -455 -175 -470Z", shade(paper, -.12))
    p.line("M-175 -470Q0 -455 175 -470", shade(paper, -.4), 2, .6)
    p.path(rrect(-140, -430, 280, 250, 140), shade(paper, .45))
    p.open(clip_path=p.clip(rrect(-140, -430, 280, 250, 140)))
    art(p)
    p.close()
    p.line(rrect(-140, -430, 280, 250, 140), shade(paper, -.5), 2.5, .7)
    letters(p, words, 0, -140, min(30, 250 / len(words)), "#3f3a34", 1.1)
    p.line("M-60 -86H60", "#3f3a34", 2, .5)
    letters(p, "SAMENFESTES SAATGUT", 0, -68, 10.5, "#3f3a34", 1.3)
    mark(p, 0, -28, 15, "#3f3a34")
    p.path("M60 -520H175V4H110Q70 -250 60 -520Z", "#fffaf0", opacity=".12")
    p.close()
    for i in range(34):
        a, r = p.rnd.uniform(0, math.tau), math.sqrt(p.rnd.random())
        p.stamp('<ellipse cx="3" cy="5" rx="12" ry="6" fill="%s" opacity=".3"/><ellipse rx="11" ry="7" fill="#6d5236"/><ellipse cx="-3" cy="-2" rx="5" ry="2.5" fill="#b09064"/>' % INK,
                860 + 120 * r * math.cos(a), 965 + 42 * r * math.sin(a), p.rnd.choice((0, 30, 75, 130)))


def meadow(p):
    for x, h in ((-90, 150), (-40, 190), (20, 150), (70, 200), (110, 130), (-120, 90)):
        p.line("M%d -170Q%d -250 %d %d" % (x * .7, x * .8, x, -180 - h), "#6f8a52", 5)
        leaf(p, x * .8, -230, 60, -60 if x > 0 else -120, .3, "#7f9f5e", 0)
    poppy(p, -40, -366, .8, "#cf5a3c")
    poppy(p, 70, -370, .7, "#d9714e")
    daisy(p, 20, -318, .8, "#fbf6ea")
    daisy(p, -92, -312, .7, "#8f86c0")
    daisy(p, 106, -296, .66, "#fbf6ea")
    poppy(p, -118, -250, .5, "#e0a33f")


def herbs(p):
    for x, lean, h, c in ((-70, -20, 200, "#7fa262"), (0, 6, 240, "#5f8a4c"), (72, 26, 200, "#93a58a"), (-20, -60, 150, "#6f9a52"), (40, 70, 140, "#7fa262")):
        seedling(p, x, -176, h, c, lean, 3)


def tomatoes(p):
    p.line("M-110 -440C-20 -420 20 -330 0 -200", "#6b8a4a", 8)
    leaf(p, -30, -410, 130, -10, .5, "#6f9a52", 5)
    leaf(p, 0, -330, 130, 190, .5, "#5f8a4c", 5)
    tomato(p, 62, -300, .92, "#d0432c")
    tomato(p, -58, -262, .86, "#d9583a")
    tomato(p, 50, -208, .8, "#c23a26")


for _name, _tone, _paper, _art in (("wildblumen", "#b9c6ae", "#e9dcc0", meadow), ("kuechenkraeuter", "#dcccb2", "#cfd8bf", herbs),
                                   ("tomate", "#a9b59a", "#ecd3bd", tomatoes)):
    picture("saatgut-" + _name, tone=_tone, paper=_paper, art=_art,
            words={"wildblumen": "WILDBLUMEN", "kuechenkraeuter": "KRÄUTER", "tomate": "TOMATE"}[_name])(seed_packet)


@picture("kraeuter-anzuchtset")
def herb_kit(p):
    studio(p, "#c2c8b0", "#dcd8c4", gobo="window", zoom=1.3, focus=(600, 760))
    b = Box(850, 985, 600, 120, 230, 12)
    b.draw(p, "#c9a06c", ("wood", "#5d3a1c", .55), top=False)
    inner = pts([b.pt(-b.w + 16, 14, b.h), b.pt(-16, 14, b.h), b.pt(-16, b.d - 14, b.h), b.pt(-b.w + 16, b.d - 14, b.h)])
    lid = pts([b.pt(-b.w, 0, b.h), b.pt(0, 0, b.h), b.pt(0, b.d, b.h), b.pt(-b.w, b.d, b.h)])
    p.path(lid, "#e3c592")
    p.path(inner, "#4a2f18")
    for i, (c, h) in enumerate((("#7fa262", 190), ("#93a58a", 230), ("#5f8a4c", 170))):
        x, y = b.pt(-500 + i * 200, 115, 0)
        prof = [(y - 210, 92), (y - 210, 92), (y - 90, 74)]
        turned(p, x, prof, "#a9825a", "matte", shadow=False, texture=("cork", "#4a2f18", .7), ao=0)
        soil(p, x, y - 210, 82)
        for dx, k, lean in ((-34, .8, -30), (0, 1, 4), (34, .86, 34), (-14, .6, -50), (18, .6, 54)):
            seedling(p, x + dx, y - 208, h * k, c, lean, 2)
    front = pts([b.pt(-b.w, 0, 0), b.pt(0, 0, 0), b.pt(0, 0, b.h), b.pt(-b.w, 0, b.h)])
    p.path(front, p.lin([(0, shade("#c9a06c", .14)), (1, shade("#c9a06c", -.06))]))
    p.open(b.front_matrix())
    p.texture("M0 0H600V120H0Z", "wood", "#5d3a1c", .55)
    letters(p, "BASILIKUM · SALBEI · MINZE", 300, 50, 20, "#5d3a1c", 1.2)
    p.close()


@picture("quelltabletten")
def coir_discs(p):
    studio(p, "#d4c6b0", "#e0d6c4", gobo="foliage", zoom=1.5, focus=(600, 850))

    def tablet(cx, y, r, h, grown):
        face = disc(p, cx, y, r, h, "#7a5a3c", ("cork", "#2c1a0e", .8), soft=4)
        p.texture(face, "speck", "#c9a878", .5)
        p.path(ellipse_path(cx, y - h, r * .16), "#2c1a0e", opacity=".8")
        if grown:
            seedling(p, cx, y - h + 2, 150, "#86ac60", 16, 2)
    tablet(430, 900, 96, 110, True)
    tablet(655, 940, 96, 84, True)
    for i, (x, y) in enumerate(((850, 960), (856, 932), (500, 1010), (800, 1015))):
        tablet(x, y, 92, 26, False)


@picture("sprossenglas")
def sprouter(p):
    studio(p, "#b4c0ae", "#d8d6c6", gobo="window", zoom=1.36, focus=(600, 730))
    prof = [(430, 128), (430, 128), (470, 130), (505, 170), (550, 176), (905, 176), (936, 170)]

    def sprouts(q):
        filling(q, 560, prof, 640, "#cfd9a4", 10, "matte")
        for i in range(84):
            x = 560 + q.rnd.uniform(-138, 138)
            y = q.rnd.uniform(640, 940 - abs(x - 560) * .1)
            q.line("M%s %sq%s %s %s %s" % (n(x), n(y), n(q.rnd.uniform(-26, 26)), n(q.rnd.uniform(-30, -8)), n(q.rnd.uniform(-40, 40)),
                                           n(q.rnd.uniform(-44, 10))), q.rnd.choice(("#f4f2dc", "#e4e6c0", "#dfe2b4")), 4.5)
        for i in range(40):
            leaf(q, 560 + q.rnd.uniform(-140, 140), q.rnd.uniform(610, 900), 32, q.rnd.choice(range(-170, 0, 20)), .6,
                 q.rnd.choice(("#8fb85c", "#78a64e", "#a4c66e")), 0)
    glass(p, 560, prof, "#b5c4bd", sprouts)
    lid = [(384, 138), (384, 138), (452, 140), (458, 136)]
    turned(p, 560, lid, "#b4b8b8", "metal", cap="#b4b8b8", shadow=False, ao=.1)
    p.path(ellipse_path(560, 384, 112), "#6d7373")
    p.path(ellipse_path(560, 384, 112), p.ref('<pattern id="%s" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 0h9v9h-9Z" fill="#7d8484"/><path d="M0 4.5h9M4.5 0v9" stroke="#dfe3e2" stroke-width="2"/></pattern>'))
    for i in range(24):
        p.stamp('<ellipse cx="3" cy="5" rx="10" ry="6" fill="%s" opacity=".3"/><ellipse rx="10" ry="8" fill="#8a9a4c"/><ellipse cx="-3" cy="-3" rx="4" ry="3" fill="#c3cf8a"/>' % INK,
                860 + p.rnd.uniform(-90, 90), 965 + p.rnd.uniform(-30, 36))


@picture("gartenschnur")
def garden_twine(p):
    studio(p, "#b7bfa6", "#d9d5c1", gobo="window", zoom=1.5, focus=(600, 800))
    c = "#c09a62"

    def spool(cx, base, r, h, col):
        prof = [(base - h, r * .86), (base - h, r * .86), (base - h * .86, r * .98), (base - h * .5, r * 1.03), (base - h * .14, r * .98), (base, r * .9)]
        turned(p, cx, prof, col, "matte", texture=("kraft", "#4a2f14", .35))
        for i in range(int(h / 12)):
            y = base - h + 8 + i * 12
            rr = radius_at(prof, y)
            for dy, tint, o in ((0, -.5, .5), (-4, .5, .5)):
                p.line("M%s %sA%s %s 0 0 0 %s %s" % (n(cx - rr + 3), n(y + dy), n(rr), n(rr * E), n(cx + rr - 3), n(y + dy - 7)), shade(col, tint), 3, o)
        p.path(ellipse_path(cx, base - h, r * .86), p.lin([(0, shade(col, .36)), (1, col)]))
        for k in (.74, .6, .46):
            p.line(ellipse_path(cx, base - h, r * k), shade(col, -.45), 3, .5)
        p.path(ellipse_path(cx, base - h, r * .3), "#3a2512")
    spool(490, 950, 165, 270, c)
    spool(790, 985, 120, 180, "#8d9a6a")
    twine(p, "M620 900C690 960 640 1010 560 1020C500 1026 470 1040 420 1020", c, 9)
    band(p, 490, [(600, 172), (1000, 172)], 770, 880, PAPER, f0=-.72, f1=.62)
    letters(p, "JUTESCHNUR", 478, 862, 19, "#4a3a24", 1.2)


@picture("saatkugeln")
def seed_balls(p):
    studio(p, "#cdbfa8", "#dcd1be", gobo="foliage", zoom=1.3, focus=(620, 730))
    pouch(p, 520, 950, 360, 500, KRAFT, "#8a5a3c", "SAATKUGELN", "ACHT STÜCK")
    for x, y, r in ((800, 950, 56), (900, 975, 52), (770, 1015, 48), (862, 1020, 50), (975, 1010, 44)):
        cast(p, ring(x, y, r * .7), r, .36)
        d = ellipse_path(x, y - r * .72, r, r * .94)
        p.path(d, p.rad([(0, "#a98663"), (.5, "#6f4f36"), (1, "#2f1d12")], .34, .28, .82))
        p.texture(d, "cork", "#22140b", .7)
        p.texture(d, "speck", "#d9c39a", .5)
    seedling(p, 800, 862, 120, "#86ac60", 14, 2)
    daisy(p, 985, 900, .8, "#fbf6ea")
    p.line("M985 915Q980 960 972 985", "#6f8a52", 5)


@picture("insektenhotel")
def insect_hotel(p):
    studio(p, "#a9b79c", "#d3d3be", gobo="foliage", zoom=1.25, focus=(610, 690))
    b = Box(760, 960, 400, 440, 190, 20)
    wood = "#b98a58"
    b.draw(p, wood, ("woodv", "#4a2c14", .55), top=False)
    p.open(b.front_matrix())
    p.path("M18 18H382V422H18Z", "#3a2415")
    for x0, y0, w, h in ((18, 18, 364, 130), (18, 160, 176, 262), (206, 160, 176, 262)):
        p.open(clip_path=p.clip("M%d %dh%dv%dh-%dZ" % (x0, y0, w, h, w)))
        if h < 200:
            for i in range(60):
                x, y = x0 + p.rnd.uniform(0, w), y0 + p.rnd.uniform(0, h)
                r = p.rnd.choice((10, 13, 16))
                p.stamp('<circle r="%d" fill="#c9a662"/><circle r="%d" fill="#7d5a2a"/><circle r="%d" fill="#24150a"/>' % (r, r - 3, r - 5), x, y)
        elif x0 < 100:
            p.path("M%d %dh%dv%dh-%dZ" % (x0, y0, w, h, w), "#c99f6a")
            p.texture("M%d %dh%dv%dh-%dZ" % (x0, y0, w, h, w), "woodv", "#5d3a1c", .6)
            for i in range(24):
                p.path(ellipse_path(x0 + 24 + i % 4 * 42 + (i // 4 % 2) * 12, y0 + 26 + i // 4 * 42, 8 + i % 3 * 2, 8 + i % 3 * 2), "#1d1008")
        else:
            for i in range(9):
                for j in range(5):
                    x, y = x0 + 18 + j * 38 + i % 2 * 16, y0 + 14 + i * 31
                    p.stamp('<ellipse rx="21" ry="17" fill="#8a5c34"/><ellipse cx="-4" cy="-4" rx="14" ry="10" fill="#b98a58"/><path d="M-16 4Q0 14 16 4M-12 9Q0 16 12 9" stroke="#5d3a1c" stroke-width="2.5" fill="none"/>', x, y, p.rnd.choice((-20, 0, 25)))
        p.path("M%d %dh%dv%dh-%dZ" % (x0, y0, w, 26, w), INK, opacity=".42", filter=p.blur(7))
        p.close()
    p.path("M18 148H382V160H18ZM194 160H206V422H194Z", shade(wood, .1))
    p.line("M18 148H382M194 160V422", shade(wood, .6), 2, .6)
    p.close()
    ridge_f, ridge_b = b.pt(-b.w / 2, -26, b.h + 150), b.pt(-b.w / 2, b.d + 26, b.h + 150)
    gable = pts([b.pt(-b.w, 0, b.h), b.pt(0, 0, b.h), b.pt(-b.w / 2, 0, b.h + 140)])
    p.path(gable, p.lin([(0, shade(wood, .1)), (1, shade(wood, -.12))]))
    p.texture(gable, "wood", "#4a2c14", .5)
    gx, gy = b.pt(-b.w / 2, 0, b.h + 52)
    mark(p, gx, gy, 36, "#4a2c14", 4)
    right = pts([ridge_f, b.pt(40, -26, b.h - 20), b.pt(40, b.d + 26, b.h - 20), ridge_b])
    p.path(right, p.lin([(0, "#5f6a63"), (1, "#3b4540")]))
    edge_l = pts([ridge_f, b.pt(-b.w - 40, -26, b.h - 20), b.pt(-b.w - 40, -26, b.h + 6), (ridge_f[0], ridge_f[1] - 26)])
    edge_r = pts([ridge_f, b.pt(40, -26, b.h - 20), b.pt(40, -26, b.h + 6), (ridge_f[0], ridge_f[1] - 26)])
    top_r = pts([(ridge_f[0], ridge_f[1] - 26), b.pt(40, -26, b.h + 6), b.pt(40, b.d + 26, b.h + 6), (ridge_b[0], ridge_b[1] - 26)])
    p.path(top_r, p.lin([(0, "#93a096"), (1, "#6d7a71")]))
    p.path(edge_l, "#a9b5ab")
    p.path(edge_r, "#56615a")
    for x, y in ((300, 480), (930, 560)):
        p.open("translate(%d %d) rotate(%d)" % (x, y, -20 if x < 500 else 30))
        p.path(ellipse_path(-6, -16, 22, 12), "#ffffff", opacity=".6")
        p.path(ellipse_path(10, -16, 18, 10), "#ffffff", opacity=".5")
        p.path(ellipse_path(0, 0, 28, 17), p.lin([(0, "#3a2a18"), (.25, "#e0a93f"), (.45, "#3a2a18"), (.6, "#e0a93f"), (.8, "#3a2a18"), (1, "#2a1c10")]))
        p.close()
