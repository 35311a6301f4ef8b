/* SPDX-License-Identifier: MIT
 * test_html.c - escaping, references, tags of raw HTML, and the allow-list under attack. */
#include "unit.h"

#include "text/html.h"
#include "text/markdown.h"

#include <string.h>

static const struct {
    const char *text, *escaped;
} escape_rows[] = {
    {"", ""},
    {"plain", "plain"},
    {"a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;"},
    {"it's", "it's"},
    {"ä→🎉", "ä→🎉"},
};

START_TEST(text_is_escaped) {
    Buf out = {0};
    html_add_escaped(&out, str_from(escape_rows[_i].text));
    ASSERT_TEXT(escape_rows[_i].text, buf_str(&out), escape_rows[_i].escaped);
    buf_release(&out);
}
END_TEST

static const struct {
    const char *text, *decoded;
} reference_rows[] = {
    {"&amp;&lt;&gt;&quot;", "&<>\""},
    {"&copy; &Auml; &rarr;", "© Ä →"},
    {"&#65;&#x41;&#X61;", "AAa"},
    {"&#0;&#x110000;&#xD800;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"&NotEqualTilde;", "≂̸"},
    {"&CounterClockwiseContourIntegral;", "∳"},
    {"&nope; & &; &# &#; &#x; &amp", "&nope; & &; &# &#; &#x; &amp"},
    {"a&", "a&"},
};

START_TEST(references_are_decoded) {
    Buf out = {0};
    html_add_unescaped(&out, str_from(reference_rows[_i].text));
    ASSERT_TEXT(reference_rows[_i].text, buf_str(&out), reference_rows[_i].decoded);
    buf_release(&out);
}
END_TEST

static const struct {
    const char *url;
    bool is_link, is_image; /* safe as */
} url_rows[] = {
    {"", true, true},
    {"a/b.md#c", true, true},
    {"#x", true, true},
    {"?q=a:b", true, true},
    {"//host/x", true, true},
    {"https://x.org", true, true},
    {"HTTP://x.org", true, true},
    {"mailto:a@b.c", true, true},
    {"a/b:c", true, true},
    {"Größe: x.md", true, true},
    {"javascript:alert(1)", false, false},
    {"JaVaScRiPt:alert(1)", false, false},
    {" javascript:alert(1)", false, false},
    {"java\tscript:alert(1)", false, false},
    {"java\nscript:alert(1)", false, false},
    {"\x01javascript:alert(1)", false, false},
    {"vbscript:x", false, false},
    {"file:///etc/passwd", false, false},
    {"data:text/html,<script>", false, false},
    {"data:image/png;base64,AAAA", false, true},
    {"DATA:image/svg+xml;base64,AAAA", false, true},
    {"data:image/foo;x", false, false},
    {"blob:x", false, false},
};

START_TEST(urls_are_judged) {
    Str url = str_from(url_rows[_i].url);
    ck_assert_msg(html_url_is_safe(url, false) == url_rows[_i].is_link, "%s", url.data);
    ck_assert_msg(html_url_is_safe(url, true) == url_rows[_i].is_image, "%s as image", url.data);
}
END_TEST

START_TEST(tags_are_found) {
    Str html = STR("a < b <!-- <i> --> <A HREF='x&amp;y' name=z checked ><br/></a > <1> <a<");
    HtmlTag tag;
    size_t at = 0;
    Buf value = {0};
    ck_assert(html_next_tag(html, &at, &tag));
    ASSERT_TEXT("name", tag.name, "A");
    ck_assert_uint_eq(tag.attribute_count, 3);
    ck_assert(html_attribute(&tag, "href", &value));
    ASSERT_TEXT("href", buf_str(&value), "x&y");
    ASSERT_TEXT("value", str_slice(html, tag.attributes[0].value_at, at),
                "x&amp;y' name=z checked >");
    ck_assert(!html_attribute(&tag, "id", &value));
    ck_assert(html_next_tag(html, &at, &tag) && tag.is_void && tag.is_self_closing);
    ck_assert(html_next_tag(html, &at, &tag) && tag.is_closing);
    ck_assert(!html_next_tag(html, &at, &tag));
    buf_release(&value);
}
END_TEST

static const struct {
    const char *html, *expected;
} rewrite_rows[] = {
    {"<b>x</b>", "<b>x</b>"},
    {"<B CLASS=x onclick=y ID=z>x</B>", "<b id=\"z\">x</b>"},
    {"<a name=x></a><a id='y'/>t", "<a name=\"x\"></a><a id=\"y\"></a>t"},
    {"<a href=\"a.md?b&amp;c\">x</a>", "<a href=\"a.md?b&amp;c\">x</a>"},
    {"<img src=a.png alt='\"'>", "<img src=\"a.png\" alt=\"&quot;\">"},
    {"replace <your-name> here", "replace &lt;your-name&gt; here"},
    {"a < b && c > d &amp; &copy;", "a &lt; b &amp;&amp; c &gt; d &amp; &copy;"},
    {"<i>open", "<i>open</i>"},
    {"close</i>", "close"},
    {"<i><b>x</i>y</b>", "<i><b>x</b></i>y"},
    {"<details open><summary>s</summary>t</details>",
     "<details open=\"\"><summary>s</summary>t</details>"},
    {"<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
    {"<table><tr><td>a<td>b<tr><td>c</table>",
     "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"},
    {"<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
    {"<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>"},
    {"<picture><source srcset='a.png 1x, b.png 2x'><img src=c></picture>",
     "<picture><source srcset=\"a.png 1x, b.png 2x\"><img src=\"c\"></picture>"},
    {"x<!-- gone -->y<?php z ?>", "xy"},
    {"x<!-- never closed <b>", "x"},
};

static void rewrite(const char *html, Buf *out) {
    HtmlRewriter *rewriter = html_rewriter_new(false, NULL, NULL);
    size_t mark = html_rewriter_enter(rewriter);
    html_rewrite(rewriter, str_from(html), out);
    html_rewriter_leave(rewriter, mark, out);
    html_rewriter_free(rewriter);
}

START_TEST(raw_html_is_rewritten) {
    Buf out = {0};
    rewrite(rewrite_rows[_i].html, &out);
    ASSERT_TEXT(rewrite_rows[_i].html, buf_str(&out), rewrite_rows[_i].expected);
    buf_release(&out);
}
END_TEST

/* Each would run script, load a foreign document, restyle the page or leave its block, if a
 * browser got it as it is. */
static const char *const attacks[] = {
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil/x.js></SCRIPT>",
    "<script/src=//evil>",
    "<scr<script>ipt>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x onerror = 'alert(1)'>",
    "<img src=`x` onerror=alert(1)>",
    "<img src=x\nonerror\n= alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img src=javascript:alert(1)>",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript:alert(1)\">x</a>",
    "<a href=\"&#0000106avascript&colon;alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href=\"\x01javascript:alert(1)\">x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>",
    "<a onmouseover=alert(1)>x</a>",
    "<a href=x onclick=alert(1) href=y>x</a>",
    "<a href='x' style='position:fixed'>x</a>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div class=\"site-header\">x</div>",
    "<style>*{display:none}</style>",
    "<style>@import '//evil';",
    "<link rel=stylesheet href=//evil>",
    "<meta http-equiv=refresh content='0;url=//evil'>",
    "<base href=//evil/>",
    "<iframe src=//evil></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=//evil></object>",
    "<embed src=//evil>",
    "<applet code=x></applet>",
    "<form action=//evil><input name=a></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea><script>alert(1)</script></textarea>",
    "<select onchange=alert(1)><option>x</select>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<video><source onerror=alert(1)></video>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<title><script>alert(1)</script></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext>",
    "<template><script>alert(1)</script></template>",
    "<details ontoggle=alert(1) open>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<frameset onload=alert(1)><frame src=//evil></frameset>",
    "<!--><script>alert(1)</script>-->",
    "<!--<img src=--><img src=x onerror=alert(1)//>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=javascript:alert(1)?>",
    "<x onclick=alert(1)>x</x>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<img srcset='javascript:alert(1) 1x, data:text/html,x 2x'>",
    "<img longdesc=javascript:alert(1) src=x>",
    "<table background=javascript:alert(1)><tr><td>x</table>",
    "</main></body></html>x",
    "</td></tr></table>x",
    "<td>x</td>",
    "<li>x",
    "<tr><th>x",
    "<b <script>alert(1)</script>",
    "<a href=\"x\"onclick=alert(1)>x</a>",
    "<a title='\"><script>alert(1)</script>'>x</a>",
    "<a\x0Bonclick=alert(1)>x</a>",
    "<img src=x alt=\"`><script>alert(1)</script>\">",
};

static bool is_allowed_tag(Str name) {
    static const char *const names[] = {"a",          "b",     "img",  "div", "details",
                                        "blockquote", "table", "tr",   "td",  "p",
                                        "source",     "pre",   "code", "ul",  "li"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, str_from(names[i])))
            return true;
    }
    return false;
}

static bool is_allowed_attribute(Str name) {
    static const char *const names[] = {"href", "src",     "alt",      "title",
                                        "open", "loading", "decoding", "srcset"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, str_from(names[i])))
            return true;
    }
    return false;
}

/* Every '<' of the output begins a tag that we know, with attributes that we know; tags close in
 * the order they opened. */
static void check_output(const char *attack, Str html) {
    HtmlTag tag;
    Str open[64];
    size_t depth = 0, tags = 0, brackets = 0;
    for (size_t at = 0; html_next_tag(html, &at, &tag); tags++) {
        ck_assert_msg(is_allowed_tag(tag.name), "%s: <" STR_FMT ">", attack, STR_ARG(tag.name));
        for (size_t i = 0; i < tag.attribute_count; i++) {
            Buf value = {0};
            html_add_unescaped(&value, tag.attributes[i].value);
            ck_assert_msg(is_allowed_attribute(tag.attributes[i].name), "%s", attack);
            ck_assert_msg(html_url_is_safe(buf_str(&value), true) ||
                              str_equal(tag.attributes[i].name, STR("alt")) ||
                              str_equal(tag.attributes[i].name, STR("title")),
                          "%s", attack);
            buf_release(&value);
        }
        if (tag.is_closing)
            ck_assert_msg(depth > 0 && str_equal(open[--depth], tag.name), "%s", attack);
        else if (!tag.is_void)
            open[depth++] = tag.name;
    }
    for (size_t i = 0; i < html.len; i++)
        brackets += html.data[i] == '<';
    ck_assert_msg(brackets == tags, "%s: " STR_FMT, attack, STR_ARG(html));
    ck_assert_msg(depth == 0, "%s: left open", attack);
}

START_TEST(attack_is_harmless) {
    Buf out = {0};
    rewrite(attacks[_i], &out);
    check_output(attacks[_i], buf_str(&out));
    buf_release(&out);
}
END_TEST

/* The same as a block, inside a paragraph, a list item and a table cell of a page. */
START_TEST(attack_on_a_page_is_harmless) {
    static const char *const frames[] = {"%s\n", "text %s text\n", "- %s\n\n  more\n",
                                         "> %s\n\nafter\n"};
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        Markdown *markdown = markdown_new();
        RenderOptions options = {0};
        Buf text = {0}, out = {0};
        Str frame = str_from(frames[i]);
        size_t at = str_find(frame, STR("%s"));
        buf_add(&text, str_slice(frame, 0, at));
        buf_add(&text, str_from(attacks[_i]));
        buf_add(&text, str_from_offset(frame, at + 2));
        Node *root = markdown_parse(markdown, STR("a.md"), buf_str(&text), 0, NULL);
        markdown_render(markdown, root, &options, &out);
        ck_assert_msg(str_find(buf_str(&out), STR("<script")) == STR_NONE, "%s", attacks[_i]);
        check_output(attacks[_i], buf_str(&out));
        buf_release(&text);
        buf_release(&out);
        markdown_free(markdown);
    }
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("html");
    add_rows(tcase, text_is_escaped, ROW_COUNT(escape_rows));
    add_rows(tcase, references_are_decoded, ROW_COUNT(reference_rows));
    add_rows(tcase, urls_are_judged, ROW_COUNT(url_rows));
    tcase_add_test(tcase, tags_are_found);
    add_rows(tcase, raw_html_is_rewritten, ROW_COUNT(rewrite_rows));
    add_rows(tcase, attack_is_harmless, ROW_COUNT(attacks));
    add_rows(tcase, attack_on_a_page_is_harmless, ROW_COUNT(attacks));
    return run_suite("html", tcase);
}
