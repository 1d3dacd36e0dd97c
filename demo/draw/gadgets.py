# SPDX-License-Identifier: Apache-2.0
"""Pictures: things with a mechanism."""
import math

from bath import BAMBOO
from garden import soil  # noqa: F401
from kit import *  # noqa: F403
from kitchen import STEEL
from registry import picture, variants


@picture("solarlaterne")
def lantern(p):
    studio(p, "#6f7d84", "#8d9592", gobo=None, zoom=1.34, focus=(600, 730))
    p.path(ellipse_path(560, 720, 520, 460), p.rad([(0, "#ffdf9a", .75), (.5, "#ffc873", .28), (1, "#ffc873", 0)]))
    prof = [(500, 150), (500, 150), (530, 178), (560, 184), (905, 184), (938, 178)]

    def lights(q):
        filling(q, 560, prof, 880, "#d8c9a6", 14, "matte", texture=("fine", "#8a744a", .5))
        for x, y, s in ((470, 840, 16), (540, 858, 20), (620, 846, 15), (655, 868, 12), (500, 876, 12)):
            q.path(ellipse_path(x, y, s, s * .6), p.rad([(0, "#f4efe6"), (1, "#a59a86")], .35, .3, .8))
        wire = [(560 + 112 * math.sin(t / 40 * 13) * (.4 + .6 * t / 40), 540 + 310 * t / 40) for t in range(41)]
        q.line(spline(wire), "#8a6a3a", 3, .8)
        for x, y in wire[2::2]:
            y += 4
            q.path(ellipse_path(x, y, 34, 34), q.rad([(0, "#fff3c8", .95), (.3, "#ffd98a", .5), (1, "#ffd98a", 0)]))
            q.path(ellipse_path(x, y, 7, 9), "#fffbe6")
    glass(p, 560, prof, "#b9c4b8", lights)
    lid = [(420, 152), (420, 152), (500, 156), (512, 152)]
    turned(p, 560, lid, "#565d5c", "satin", cap="#3a4140", shadow=False, ao=.15)
    cell = ellipse_path(560, 420, 124)
    p.path(cell, p.lin([(0, "#31486e"), (.4, "#16233f"), (1, "#24385c")], 0, 0, 1, 1))
    p.open(clip_path=p.clip(cell))
    p.line("".join("M%d 380V460" % x for x in range(440, 700, 30)) + "M430 410H700M430 430H700", "#8fa6c8", 1.8, .7)
    p.path("M450 380L560 380L500 460L420 460Z", "#ffffff", opacity=".2")
    p.close()
    p.line("M404 470C380 300 740 300 716 470", "#4a4f4e", 9)
    p.line("M403 466C382 296 738 296 712 464", "#c9cecb", 3)
    rod(p, 500, 330, 622, 330, 26, 26, BAMBOO, texture=("bamboo", "#7a5326", .45))
    p.path(ellipse_path(620, 985, 330, 60), p.rad([(0, "#ffe2a6", .6), (1, "#ffe2a6", 0)]))
    leaf(p, 880, 1000, 170, -132, .4, "#5f7a5c", 5)
    leaf(p, 880, 1000, 190, -92, .4, "#6f8a62", 5)
    leaf(p, 880, 1000, 160, -48, .4, "#7d986c", 5)


@picture("kurbellampe")
def crank_torch(p):
    studio(p, "#a7b1a2", "#cfcfbf", gobo="window", zoom=1.32, focus=(600, 800))
    c = "#5d7263"
    beam = "M905 725L1240 560V1010L905 850Z"
    p.path(beam, p.lin([(0, "#fff4cf", .75), (1, "#fff4cf", 0)]), filter=p.blur(10))
    cast(p, ground(560, 872, round_plan(600, 130, 60)), 120, .4)
    rod(p, 300, 800, 760, 790, 150, 158, c, "satin", ("fine", shade(c, -.5), .2))
    for i in range(7):
        x = 370 + i * 26
        p.line("M%d 730Q%d 800 %d 872" % (x, x + 12, x), shade(c, -.55), 9, .55)
        p.line("M%d 730Q%d 800 %d 872" % (x + 6, x + 18, x + 6), shade(c, .5), 3, .4)
    rod(p, 745, 790, 900, 787, 166, 200, "#343a37", "satin", round_end=False)
    p.path(ellipse_path(905, 787, 26, 100), p.lin([(0, "#d9dedb"), (.5, "#ffffff"), (1, "#8f9794")], 0, 0, 0, 1))
    p.path(ellipse_path(907, 787, 20, 84), p.rad([(0, "#ffffff"), (.4, "#fff3c4"), (1, "#c9b98a")]))
    for y in (745, 787, 829):
        p.path(ellipse_path(908, y, 6, 16), "#fffdf0")
    p.path(ellipse_path(640, 775, 64, 46), p.lin([(0, "#4a514d"), (1, "#2a2f2c")], 0, 0, 0, 1))
    p.line("M640 772L706 668", "#222624", 26)
    p.line("M636 770L702 666", "#7d8682", 12)
    p.path(ellipse_path(640, 772, 22, 18), p.lin([(0, "#e9ecea"), (1, "#6f7673")], 0, 0, 1, 1))
    turned(p, 712, [(606, 22), (606, 22), (612, 27), (664, 28), (672, 24)], BAMBOO, cap="#e6c893", shadow=False, texture=("bamboov", "#7a5326", .4))
    p.path(rrect(480, 716, 84, 30, 15), "#e0a24a")
    p.path(rrect(484, 718, 76, 12, 6), "#ffffff", opacity=".4")
    mark(p, 600, 845, 20, shade(c, .6))
    p.line("M300 770C220 760 210 860 262 900C300 930 250 960 220 950", "#b8955f", 10)


@picture("solarpanel")
def solar_panel(p):
    studio(p, "#d6c5a8", "#e3d8c2", gobo="foliage", zoom=1.24, focus=(600, 720))
    cloth = "#4e564f"
    panels = (([(250, 520), (560, 470), (575, 900), (235, 960)], .0), ([(560, 470), (900, 500), (945, 925), (575, 900)], .10))
    cast(p, [(235, 960), (575, 900), (945, 925), (900, 960), (560, 960)], 330, .38)
    for quad, dim in panels:
        d = pts(quad)
        p.path(d, p.lin([(0, shade(cloth, .12 - dim)), (1, shade(cloth, -.2 - dim))]))
        p.texture(d, "fine", "#1c211d", .3)

        def at(u, v):
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
            tx, ty = ax + (bx - ax) * u, ay + (by - ay) * u
            ux, uy = dx + (cx - dx) * u, dy + (cy - dy) * u
            return tx + (ux - tx) * v, ty + (uy - ty) * v
        glass_d = pts([at(.08, .07), at(.92, .07), at(.92, .93), at(.08, .93)])
        p.path(glass_d, p.lin([(0, "#35507c"), (.4, "#172744"), (.6, "#203457"), (1, "#101b30")], 0, 0, 1, 1))
        lines = ""
        for i in range(1, 6):
            lines += pts([at(.08, .07 + .86 * i / 6), at(.92, .07 + .86 * i / 6)], False)
        p.line(lines, "#b9c6da", 2, .6)
        fine = ""
        for i in range(1, 15):
            fine += pts([at(.08 + .84 * i / 15, .07), at(.08 + .84 * i / 15, .93)], False)
        p.line(fine, "#9fb2cf", 1, .5)
        p.path(pts([at(.08, .07), at(.5, .07), at(.2, .93), at(.08, .93)]), "#ffffff", opacity=".13")
        p.line(pts([at(.04, .04), at(.96, .04), at(.96, .97), at(.04, .97)]), shade(cloth, .4), 2.4, .6, stroke_dasharray="9 6")
    p.line("M560 470L575 900", "#1f2420", 9, .8)
    for x, y in ((262, 506), (878, 486)):
        p.path(ellipse_path(x, y + 12, 13, 13), p.lin([(0, "#f0d59a"), (1, "#7d5a28")], 0, 0, 1, 1))
        p.path(ellipse_path(x, y + 12, 6, 6), "#2a2f2c")
    p.line("M840 925C860 1010 740 1030 640 1006", "#2f3431", 11)
    p.line("M838 922C858 1006 740 1026 640 1002", "#7a827d", 3)
    p.path(rrect(560, 984, 86, 44, 10), p.lin([(0, "#4a514d"), (1, "#222624")], 0, 0, 0, 1))
    p.path(rrect(528, 994, 34, 24, 3), p.lin([(0, "#f2f4f3"), (1, "#8d9391")], 0, 0, 0, 1))


def cell(p, cx, base, k, c):
    prof = [(base - 330 * k, 62 * k), (base - 330 * k, 62 * k), (base - 4, 64 * k), (base, 62 * k)]
    turned(p, cx, prof, c, "satin", cap=STEEL, shadow=True, texture=("paper", shade(c, -.5), .12))
    turned(p, cx, [(base - 354 * k, 24 * k), (base - 354 * k, 24 * k), (base - 332 * k, 25 * k)], STEEL, "metal", cap=STEEL, shadow=False, ao=0)
    band(p, cx, prof, base - 326 * k, base - 262 * k, "#ede3cf", edge=False)
    band(p, cx, prof, base - 22 * k, base - 3, STEEL, "metal", edge=False)
    mark(p, cx - 6, base - 176 * k, 30 * k, "#f3ead9", 3)
    letters(p, "AA", cx - 6, base - 116 * k, 24 * k, "#f3ead9", 1.4)
    gleam(p, cx, prof, base - 320 * k, base - 20 * k, -.72, -.58, .5, 4)


@picture("akkus")
def batteries(p):
    studio(p, "#c4cbbd", "#dad8cb", gobo="window", zoom=1.42, focus=(600, 770))
    for x, y, k in ((420, 930, 1.0), (580, 955, 1.0), (740, 930, 1.0)):
        cell(p, x, y, k, "#5f7f6a")
    cast(p, ground(790, 1048, round_plan(330, 90, 40), -9), 90, .34)
    rod(p, 655, 1022, 900, 980, 104, 104, "#5f7f6a", "satin")
    p.open("translate(655 1022) rotate(-9.7)")
    p.path("M196 -52H238V52H196Z", "#ede3cf", opacity=".92")
    p.path("M196 -52H238V-20H196Z", "#ffffff", opacity=".3")
    p.path(ellipse_path(248, 0, 26, 52), p.lin([(0, "#f2f4f3"), (1, "#8d9391")], 0, 0, 0, 1))
    p.path(rrect(246, -20, 26, 40, 7), p.lin([(0, "#f2f4f3"), (1, "#7d8381")], 0, 0, 0, 1))
    p.close()


def timer(p, color, tone):
    studio(p, tone, gobo="foliage", zoom=1.42, focus=(590, 760))
    body = [(640, 150), (640, 150), (700, 196), (820, 214), (920, 186), (940, 160)]
    turned(p, 570, body, color, "satin", texture=("fine", shade(color, -.5), .15))
    scale = [(752, 207), (820, 215)]
    band(p, 570, scale, 752, 806, "#f3ead9")
    for i in range(41):
        f = math.sin(math.radians(-84 + i * 168 / 40))
        y = 752 + 207 * E * math.sqrt(1 - f * f)
        p.line("M%s %sV%s" % (n(570 + 209 * f), n(y + 6), n(y + (26 if i % 5 == 0 else 16))), "#3f3a34", 3 if i % 5 == 0 else 1.8, .9)
    for i, t in enumerate(("15", "10", "5", "0")):
        f = math.sin(math.radians(-58 + i * 36))
        letters(p, t, 570 + 209 * f, 784 + 207 * E * math.sqrt(1 - f * f), 15, "#3f3a34", 1.5)
    p.path("M560 826l10 -16l10 16Z", "#b4502f", transform="translate(36 40)")
    grip = [(540, 92), (540, 92), (600, 112), (650, 132), (660, 140)]
    turned(p, 570, grip, BAMBOO, "matte", cap="#e6c893", shadow=False, texture=("bamboov", "#7a5326", .45), ao=.3)
    cast(p, ring(865, 960, 66), 70, .35)
    egg = "M800 918C800 858 836 806 866 806C896 806 932 858 932 918C932 958 902 984 866 984C830 984 800 958 800 918Z"
    p.path(egg, p.rad([(0, "#fff3e2"), (.5, "#e3c3a2"), (1, "#98704c")], .36, .3, .8))
    p.texture(egg, "fine", "#8a5c3a", .22)


variants(timer, {"kuechentimer-salbei": dict(color="#95a78c", tone="#ddd3c3"), "kuechentimer-koralle": dict(color="#cf7d62", tone="#c3cbc4"),
                 "kuechentimer-creme": dict(color="#e6dac3", tone="#aab6a6")})


@picture("kaffeemuehle")
def mill(p):
    studio(p, "#c4b6a2", "#dacebc", gobo="window", zoom=1.24, focus=(610, 700))
    wood = "#8f5f38"
    low = [(720, 126), (720, 126), (735, 132), (920, 140), (945, 134)]
    turned(p, 570, low, wood, "satin", texture=("woodv", "#2d170a", .6))
    mid = [(560, 126), (560, 126), (716, 126), (722, 126)]
    turned(p, 570, mid, STEEL, "metal", shadow=False, ao=.1, texture=("brush", "#3a3f40", .35))
    up = [(470, 110), (470, 110), (490, 124), (556, 130), (564, 128)]
    turned(p, 570, up, wood, "satin", shadow=False, texture=("woodv", "#2d170a", .6))
    turned(p, 570, [(440, 60), (440, 60), (462, 104), (474, 110)], STEEL, "metal", shadow=False, cap=STEEL, ao=0)
    turned(p, 570, [(404, 20), (404, 20), (444, 22)], STEEL, "metal", shadow=False, cap=STEEL, ao=0)
    p.line("M570 408C640 396 740 392 838 400", shade(STEEL, -.5), 26)
    p.line("M570 404C640 392 740 388 838 396", shade(STEEL, .4), 12)
    turned(p, 838, [(290, 30), (290, 30), (304, 42), (340, 44), (384, 26), (396, 18)], wood, "satin", cap=shade(wood, .1), shadow=False, texture=("woodv", "#2d170a", .5))
    mark(p, 562, 850, 40, "#d9b98c", 4)
    for x, y, a in ((800, 948, 20), (862, 972, -30), (770, 1000, 70), (915, 952, 100), (845, 1015, 10), (935, 1005, 50)):
        p.stamp('<ellipse cx="4" cy="8" rx="27" ry="18" fill="%s" opacity=".35"/><ellipse rx="26" ry="18" fill="#4f2f1b"/><ellipse cx="-5" cy="-6" rx="16" ry="8" fill="#8a5c3a"/><path d="M-24 0C-10 -8 8 8 24 0" stroke="#26140a" stroke-width="3" fill="none"/>' % INK, x, y, a)


def bokashi(p, color, tone):
    studio(p, tone, gobo="foliage", zoom=1.24, focus=(590, 720))
    prof = [(480, 226), (480, 226), (925, 186), (942, 178)]
    turned(p, 560, prof, color, "matte", texture=("speck", shade(color, .55), .5))
    p.texture(turned_path(560, prof), "chips", shade(color, -.5), .35)
    lid = [(430, 222), (430, 222), (446, 240), (484, 242), (492, 236)]
    turned(p, 560, lid, shade(color, -.1), "matte", cap=shade(color, .02), shadow=False, ao=.1)
    p.line(ellipse_path(560, 432, 186), shade(color, -.4), 4, .6)
    turned(p, 560, [(398, 44), (398, 44), (432, 52)], BAMBOO, "matte", cap="#e6c893", shadow=False, texture=("bamboov", "#7a5326", .4))
    p.line("M330 520C300 700 330 690 372 720", shade(STEEL, -.3), 0)
    tap = [(846, 18), (846, 18), (880, 18)]
    rod(p, 560, 866, 560, 880, 60, 60, "#3a3f3c", "satin")
    turned(p, 560, tap, "#3a3f3c", "satin", shadow=False, cap="#4a504c")
    rod(p, 520, 840, 600, 840, 24, 24, "#3a3f3c", "satin")
    mark(p, 552, 640, 62, shade(color, .6), 5)
    for x, y, a, c in ((830, 975, -160, "#c9a43a"), (880, 985, -40, "#7fa262"), (905, 960, -100, "#b5583a")):
        leaf(p, x, y, 120, a, .5, c, 4)
    cast(p, ring(870, 1000, 50), 40, .3)
    p.path("M812 1000C816 950 850 930 880 934C916 938 930 970 924 1000C890 1020 840 1020 812 1000Z", p.rad([(0, "#f2c08a"), (.5, "#d98e4a"), (1, "#8a4c1c")], .34, .28, .85))


variants(bokashi, {"bokashi-eimer-schiefer": dict(color="#5c666b", tone="#d3cbbb"), "bokashi-eimer-moos": dict(color="#7d8d68", tone="#dccdb8")})
