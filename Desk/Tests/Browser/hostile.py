"""Articles that want to be run by whoever shows them."""

# Where one of these is taken for anything but text, `window.harmed` is set, or another host is asked.
PIECES = [
    "<script>window.harmed=1</script>",
    "<img src=x onerror=\"window.harmed=2\">",
    "<img src=//evil.example/pixel.gif>",
    "<svg onload=window.harmed=3>",
    "<svg><script>window.harmed=4</script></svg>",
    "\"><script>window.harmed=5</script>",
    "' onmouseover='window.harmed=6' x='",
    "</title><script>window.harmed=7</script>",
    "</textarea><script>window.harmed=8</script>",
    "</script><script>window.harmed=9</script>",
    "<iframe src=\"javascript:window.harmed=10\"></iframe>",
    "<iframe srcdoc=\"<script>parent.harmed=11</script>\"></iframe>",
    "<a href=\"javascript:window.harmed=12\">here</a>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import '//evil.example/b.css'; body{display:none}</style>",
    "<div style=\"background:url(//evil.example/c.png)\">",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example/\">",
    "<form action=//evil.example/><input name=a autofocus onfocus=window.harmed=13></form>",
    "<object data=//evil.example/d.swf></object>",
    "<video src=//evil.example/e.mp4 onerror=window.harmed=14></video>",
    "<details open ontoggle=window.harmed=15>",
    "<math><mtext></p><script>window.harmed=16</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=window.harmed=17>\">",
    "<!--><script>window.harmed=18</script>-->",
    "${window.harmed=19}",
    "{{constructor.constructor('window.harmed=20')()}}",
    "&lt;script&gt;window.harmed=21&lt;/script&gt;",
    "\u202e<script>window.harmed=22</script>\u202c",
    "\ufeff<script>window.harmed=23</script>",
    "__proto__",
    "constructor",
    "data: {\"article\":1}\n\nevent: article\ndata: <script>window.harmed=24</script>",
    "=cmd|' /C calc'!A1",
    "%3Cscript%3Ewindow.harmed=25%3C/script%3E",
    "\\u003cscript\\u003ewindow.harmed=26\\u003c/script\\u003e",
    "\u2028window.harmed=27\u2029",
    "<template><script>window.harmed=28</script></template>",
    "<x-element is=script>window.harmed=29</x-element>",
    "<body onload=window.harmed=30>",
]
URLS = [
    "javascript:window.harmed=31", "JaVaScRiPt:window.harmed=32", " javascript:window.harmed=33",
    "java\tscript:window.harmed=34", "data:text/html,<script>window.harmed=35</script>", "vbscript:harmed",
    "//evil.example/", "file:///etc/passwd", "https://evil.example/\"onmouseover=\"window.harmed=36",
    "blob:https://evil.example/1",
]


def articles():
    """Each piece in headline, name, quotation and body; each URL as an article's own."""
    made = []
    for number, piece in enumerate(PIECES + [PIECES[0]] * len(URLS)):
        url = f"https://news.example/{number}" if number < len(PIECES) else URLS[number - len(PIECES)]
        made.append({
            "id": f"hostile-{number} {piece[:40]}", "title": f"Minister Ana {piece} Ortega", "url": url, "author": f"By {piece}",
            "text": f"OSLO {piece} - Minister Ana Ortega told the council on day {number} of the talks that {piece} was near. "
                    f"“We saw {piece} in the harbour,” said Jonas {piece} Berg of {piece} Harbour Ltd.\n\n"
                    f"“It is {piece},” Ortega said in room {number * 7}.",
        })
    return made
