/* SPDX-License-Identifier: MIT
 * html_rewrite.c - raw HTML of authors through an allow-list. Placeholders such as <your-name>,
 * which no HTML element is called, become text; elements that exist but are not allowed vanish. */
#include "text/html_internal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_OPEN = 128 }; /* elements open at a time; deeper ones vanish */

enum {
    VOID = 1,      /* has no end tag */
    BLOCK = 2,     /* ends an open <p> */
    GONE = 4,      /* known, not allowed: the tag vanishes */
    SWALLOWED = 8, /* GONE with everything up to its end tag */
    IN_LIST = 16,  /* only inside the author's own <ul>, <ol> */
    IN_TABLE = 32, /* only inside the author's own <table> */
    IN_TERMS = 64, /* only inside the author's own <dl> */
    SCOPE = 128,   /* implied end tags do not reach out of it */
};

typedef struct Element {
    const char *name;
    unsigned flags;
    const char *ends; /* open elements that its start tag ends, " li ", up to a SCOPE */
} Element;

#define CELLS " td th "
#define ROWS  " td th tr "
#define PARTS " td th tr thead tbody tfoot caption "

static const Element ELEMENTS[] = {
    /* sorted by name */
    {"a", 0, " a "},
    {"abbr", 0, NULL},
    {"address", GONE, NULL},
    {"applet", SWALLOWED, NULL},
    {"area", GONE | VOID, NULL},
    {"article", GONE, NULL},
    {"aside", GONE, NULL},
    {"audio", GONE, NULL},
    {"b", 0, NULL},
    {"base", GONE | VOID, NULL},
    {"bdi", 0, NULL},
    {"bdo", 0, NULL},
    {"big", 0, NULL},
    {"blockquote", BLOCK, NULL},
    {"body", GONE, NULL},
    {"br", VOID, NULL},
    {"button", GONE, NULL},
    {"canvas", GONE, NULL},
    {"caption", IN_TABLE, PARTS},
    {"center", BLOCK, NULL},
    {"cite", 0, NULL},
    {"code", 0, NULL},
    {"col", GONE | VOID, NULL},
    {"colgroup", GONE, NULL},
    {"data", GONE, NULL},
    {"datalist", GONE, NULL},
    {"dd", IN_TERMS | BLOCK, " dt dd "},
    {"del", 0, NULL},
    {"details", BLOCK, NULL},
    {"dfn", 0, NULL},
    {"dialog", GONE, NULL},
    {"div", BLOCK, NULL},
    {"dl", BLOCK | SCOPE, NULL},
    {"dt", IN_TERMS | BLOCK, " dt dd "},
    {"em", 0, NULL},
    {"embed", GONE | VOID, NULL},
    {"fieldset", GONE, NULL},
    {"figcaption", BLOCK, NULL},
    {"figure", BLOCK, NULL},
    {"font", GONE, NULL},
    {"footer", GONE, NULL},
    {"form", GONE, NULL},
    {"frame", GONE | VOID, NULL},
    {"frameset", GONE, NULL},
    {"h1", BLOCK, NULL},
    {"h2", BLOCK, NULL},
    {"h3", BLOCK, NULL},
    {"h4", BLOCK, NULL},
    {"h5", BLOCK, NULL},
    {"h6", BLOCK, NULL},
    {"head", GONE, NULL},
    {"header", GONE, NULL},
    {"hgroup", GONE, NULL},
    {"hr", VOID | BLOCK, NULL},
    {"html", GONE, NULL},
    {"i", 0, NULL},
    {"iframe", SWALLOWED, NULL},
    {"image", GONE | VOID, NULL},
    {"img", VOID, NULL},
    {"input", GONE | VOID, NULL},
    {"ins", 0, NULL},
    {"kbd", 0, NULL},
    {"label", GONE, NULL},
    {"legend", GONE, NULL},
    {"li", IN_LIST | BLOCK, " li "},
    {"link", GONE | VOID, NULL},
    {"main", GONE, NULL},
    {"map", GONE, NULL},
    {"mark", 0, NULL},
    {"marquee", GONE, NULL},
    {"math", SWALLOWED, NULL},
    {"menu", GONE, NULL},
    {"meta", GONE | VOID, NULL},
    {"meter", GONE, NULL},
    {"nav", GONE, NULL},
    {"nobr", GONE, NULL},
    {"noembed", SWALLOWED, NULL},
    {"noframes", SWALLOWED, NULL},
    {"noscript", SWALLOWED, NULL},
    {"object", SWALLOWED, NULL},
    {"ol", BLOCK | SCOPE, NULL},
    {"optgroup", GONE, NULL},
    {"option", GONE, NULL},
    {"output", GONE, NULL},
    {"p", BLOCK, NULL},
    {"param", GONE | VOID, NULL},
    {"picture", 0, NULL},
    {"plaintext", SWALLOWED, NULL},
    {"pre", BLOCK, NULL},
    {"progress", GONE, NULL},
    {"q", 0, NULL},
    {"rp", 0, NULL},
    {"rt", 0, NULL},
    {"ruby", 0, NULL},
    {"s", 0, NULL},
    {"samp", 0, NULL},
    {"script", SWALLOWED, NULL},
    {"search", GONE, NULL},
    {"section", GONE, NULL},
    {"select", GONE, NULL},
    {"slot", GONE, NULL},
    {"small", 0, NULL},
    {"source", VOID, NULL},
    {"span", 0, NULL},
    {"strike", 0, NULL},
    {"strong", 0, NULL},
    {"style", SWALLOWED, NULL},
    {"sub", 0, NULL},
    {"summary", BLOCK, NULL},
    {"sup", 0, NULL},
    {"svg", SWALLOWED, NULL},
    {"table", BLOCK | SCOPE, NULL},
    {"tbody", IN_TABLE, PARTS},
    {"td", IN_TABLE, CELLS},
    {"template", SWALLOWED, NULL},
    {"textarea", SWALLOWED, NULL},
    {"tfoot", IN_TABLE, PARTS},
    {"th", IN_TABLE, CELLS},
    {"thead", IN_TABLE, PARTS},
    {"time", 0, NULL},
    {"title", SWALLOWED, NULL},
    {"tr", IN_TABLE, ROWS},
    {"track", GONE | VOID, NULL},
    {"tt", 0, NULL},
    {"u", 0, NULL},
    {"ul", BLOCK | SCOPE, NULL},
    {"var", 0, NULL},
    {"video", GONE, NULL},
    {"wbr", VOID, NULL},
    {"xmp", SWALLOWED, NULL},
};

typedef enum ValueKind { VALUE_IS_TEXT, VALUE_IS_LINK, VALUE_IS_IMAGE, VALUE_IS_SET } ValueKind;

typedef struct Attribute {
    const char *name;
    const char *elements; /* " a img ": only on these; NULL: on all */
    ValueKind kind;
} Attribute;

static const Attribute ATTRIBUTES[] = {
    {"abbr", " td th ", VALUE_IS_TEXT},
    {"align", NULL, VALUE_IS_TEXT},
    {"alt", NULL, VALUE_IS_TEXT},
    {"aria-describedby", NULL, VALUE_IS_TEXT},
    {"aria-hidden", NULL, VALUE_IS_TEXT},
    {"aria-label", NULL, VALUE_IS_TEXT},
    {"aria-labelledby", NULL, VALUE_IS_TEXT},
    {"border", " table img ", VALUE_IS_TEXT},
    {"cellpadding", " table ", VALUE_IS_TEXT},
    {"cellspacing", " table ", VALUE_IS_TEXT},
    {"cite", " blockquote del ins q ", VALUE_IS_LINK},
    {"clear", NULL, VALUE_IS_TEXT},
    {"colspan", NULL, VALUE_IS_TEXT},
    {"compact", NULL, VALUE_IS_TEXT},
    {"datetime", NULL, VALUE_IS_TEXT},
    {"dir", NULL, VALUE_IS_TEXT},
    {"headers", NULL, VALUE_IS_TEXT},
    {"height", NULL, VALUE_IS_TEXT},
    {"href", " a ", VALUE_IS_LINK},
    {"hreflang", NULL, VALUE_IS_TEXT},
    {"hspace", NULL, VALUE_IS_TEXT},
    {"id", NULL, VALUE_IS_TEXT},
    {"itemprop", NULL, VALUE_IS_TEXT},
    {"lang", NULL, VALUE_IS_TEXT},
    {"loading", " img ", VALUE_IS_TEXT},
    {"longdesc", " img ", VALUE_IS_LINK},
    {"media", " source ", VALUE_IS_TEXT},
    {"name", NULL, VALUE_IS_TEXT},
    {"noshade", NULL, VALUE_IS_TEXT},
    {"nowrap", NULL, VALUE_IS_TEXT},
    {"open", NULL, VALUE_IS_TEXT},
    {"rel", NULL, VALUE_IS_TEXT},
    {"reversed", NULL, VALUE_IS_TEXT},
    {"role", NULL, VALUE_IS_TEXT},
    {"rowspan", NULL, VALUE_IS_TEXT},
    {"rules", NULL, VALUE_IS_TEXT},
    {"scope", NULL, VALUE_IS_TEXT},
    {"sizes", " img source ", VALUE_IS_TEXT},
    {"span", NULL, VALUE_IS_TEXT},
    {"src", " img ", VALUE_IS_IMAGE},
    {"srcset", " img source ", VALUE_IS_SET},
    {"start", NULL, VALUE_IS_TEXT},
    {"summary", NULL, VALUE_IS_TEXT},
    {"title", NULL, VALUE_IS_TEXT},
    {"type", " ol ul li source ", VALUE_IS_TEXT},
    {"valign", NULL, VALUE_IS_TEXT},
    {"value", " li ", VALUE_IS_TEXT},
    {"vspace", NULL, VALUE_IS_TEXT},
    {"width", NULL, VALUE_IS_TEXT},
};

struct HtmlRewriter {
    bool is_trusted;
    HtmlUrl url;
    void *context;
    const Element *open[MAX_OPEN];
    size_t count; /* open elements */
    size_t floor; /* those below belong to blocks further out */
    Buf value;    /* scratch: a decoded value */
    Buf target;   /* scratch: what the callback made of it */
};

/* Orders `name`, in any case, against a lower-case `known`. */
static int compare_name(Str name, const char *known) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if (c != known[i] || known[i] == '\0')
            return (unsigned char)c - (unsigned char)known[i];
    }
    return known[name.len] == '\0' ? 0 : -1;
}

static int compare_element(const void *name, const void *element) {
    return compare_name(*(const Str *)name, ((const Element *)element)->name);
}

static int compare_attribute(const void *name, const void *attribute) {
    return compare_name(*(const Str *)name, ((const Attribute *)attribute)->name);
}

static const Element *find_element(Str name) {
    return bsearch(&name, ELEMENTS, sizeof ELEMENTS / sizeof *ELEMENTS, sizeof *ELEMENTS,
                   compare_element);
}

/* Whether " a b " contains `name` as a word. */
static bool has_word(const char *words, const char *name) {
    if (!words)
        return false;
    size_t len = strlen(name);
    for (const char *at = words; (at = strstr(at, name)) != NULL; at++) {
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
    }
    return false;
}

static const Attribute *find_attribute(Str name, const Element *element) {
    const Attribute *found = bsearch(&name, ATTRIBUTES, sizeof ATTRIBUTES / sizeof *ATTRIBUTES,
                                     sizeof *ATTRIBUTES, compare_attribute);
    bool fits = found && (!found->elements || has_word(found->elements, element->name));
    return fits ? found : NULL;
}

static bool is_repeated(const HtmlTag *tag, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (str_equal_ignoring_case(tag->attributes[i].name, tag->attributes[index].name))
            return true;
    }
    return false;
}

/* The final URL for `url` in rewriter->target; false when it may not be followed. */
static bool resolve(HtmlRewriter *rewriter, Str url, bool is_image) {
    buf_reset(&rewriter->target);
    Str trimmed = str_trim(url);
    if (!rewriter->is_trusted && !html_url_is_safe(trimmed, is_image))
        return false;
    if (rewriter->url)
        rewriter->url(rewriter->context, trimmed, is_image, &rewriter->target);
    else
        buf_add(&rewriter->target, trimmed);
    return rewriter->is_trusted || html_url_is_safe(buf_str(&rewriter->target), is_image);
}

/* Takes the next "url descriptor" off a srcset. */
static bool next_candidate(Str *rest, Str *url, Str *descriptor) {
    while (rest->len && (str_trim_left(*rest).len < rest->len || rest->data[0] == ','))
        *rest = str_from_offset(*rest, 1);
    size_t end = 0;
    while (end < rest->len && !strchr(" \t\r\n\f", rest->data[end]))
        end++;
    *url = str_slice(*rest, 0, end);
    *descriptor = STR_EMPTY;
    *rest = str_from_offset(*rest, end);
    if (str_ends_with(*url, STR(","))) {
        url->len--;
    } else {
        str_cut(*rest, ',', descriptor, rest);
        *descriptor = str_trim(*descriptor);
    }
    return url->len > 0;
}

static void add_set(HtmlRewriter *rewriter, Str value, Buf *out) {
    Str url, descriptor;
    size_t start = out->len;
    while (next_candidate(&value, &url, &descriptor)) {
        if (!resolve(rewriter, url, true))
            continue;
        if (out->len > start)
            buf_add_literal(out, ", ");
        html_add_url(out, buf_str(&rewriter->target));
        if (descriptor.len)
            buf_add_char(out, ' ');
        html_add_escaped(out, descriptor);
    }
}

static void add_attribute(HtmlRewriter *rewriter, const Attribute *known, Str value, Buf *out) {
    buf_reset(&rewriter->value);
    html_add_unescaped(&rewriter->value, value);
    value = buf_str(&rewriter->value);
    bool is_url = known->kind == VALUE_IS_LINK || known->kind == VALUE_IS_IMAGE;
    if (is_url && !resolve(rewriter, value, known->kind == VALUE_IS_IMAGE))
        return;
    buf_add_char(out, ' ');
    buf_add(out, str_from(known->name));
    buf_add_literal(out, "=\"");
    if (is_url)
        html_add_url(out, buf_str(&rewriter->target));
    else if (known->kind == VALUE_IS_SET)
        add_set(rewriter, value, out);
    else
        html_add_escaped(out, value);
    buf_add_char(out, '"');
}

static void add_start_tag(HtmlRewriter *rewriter, const Element *element, const HtmlTag *tag,
                          Buf *out) {
    buf_add_char(out, '<');
    buf_add(out, str_from(element->name));
    for (size_t i = 0; i < tag->attribute_count; i++) {
        const Attribute *known = find_attribute(tag->attributes[i].name, element);
        if (known && !is_repeated(tag, i))
            add_attribute(rewriter, known, tag->attributes[i].value, out);
    }
    buf_add_char(out, '>');
}

static void add_end_tag(const Element *element, Buf *out) {
    buf_add_literal(out, "</");
    buf_add(out, str_from(element->name));
    buf_add_char(out, '>');
}

static void close_down_to(HtmlRewriter *rewriter, size_t count, Buf *out) {
    while (rewriter->count > count)
        add_end_tag(rewriter->open[--rewriter->count], out);
}

/* Ends the innermost open elements up to the outermost one in `names`, not beyond a SCOPE. */
static void end_implied(HtmlRewriter *rewriter, const char *names, Buf *out) {
    size_t count = rewriter->count;
    for (size_t i = rewriter->count; i > rewriter->floor; i--) {
        const Element *element = rewriter->open[i - 1];
        if (element->flags & SCOPE)
            break;
        if (has_word(names, element->name))
            count = i - 1;
    }
    close_down_to(rewriter, count, out);
}

static bool has_open(const HtmlRewriter *rewriter, const char *names) {
    for (size_t i = rewriter->count; i > rewriter->floor; i--) {
        if (has_word(names, rewriter->open[i - 1]->name))
            return true;
    }
    return false;
}

static bool is_allowed_here(const HtmlRewriter *rewriter, const Element *element) {
    if (element->flags & IN_LIST)
        return has_open(rewriter, " ul ol ");
    if (element->flags & IN_TABLE)
        return has_open(rewriter, " table ");
    if (element->flags & IN_TERMS)
        return has_open(rewriter, " dl ");
    return true;
}

static void open_element(HtmlRewriter *rewriter, const Element *element, const HtmlTag *tag,
                         Buf *out) {
    if (!is_allowed_here(rewriter, element) || rewriter->count == MAX_OPEN)
        return;
    if (element->flags & BLOCK)
        end_implied(rewriter, " p ", out);
    end_implied(rewriter, element->ends, out);
    add_start_tag(rewriter, element, tag, out);
    if (element->flags & VOID)
        return;
    if (tag->is_self_closing)
        add_end_tag(element, out);
    else
        rewriter->open[rewriter->count++] = element;
}

static void close_element(HtmlRewriter *rewriter, const Element *element, Buf *out) {
    for (size_t i = rewriter->count; i > rewriter->floor; i--) {
        if (rewriter->open[i - 1] == element) {
            close_down_to(rewriter, i - 1, out);
            return;
        }
    }
}

/* The offset behind the end tag of a swallowed element, or the end of the fragment. */
static size_t skip_content(Str html, const HtmlTag *tag) {
    for (size_t at = tag->end; at + tag->name.len + 2 <= html.len; at++) {
        Str name = str_slice(html, at + 2, at + 2 + tag->name.len);
        if (html.data[at] != '<' || html.data[at + 1] != '/' ||
            !str_equal_ignoring_case(name, tag->name))
            continue;
        size_t end = str_find_char(str_from_offset(html, at), '>');
        return end == STR_NONE ? html.len : at + end + 1;
    }
    return html.len;
}

/* Writes one tag; the offset in `html` where reading goes on. */
static size_t rewrite_tag(HtmlRewriter *rewriter, Str html, const HtmlTag *tag, Buf *out) {
    const Element *element = find_element(tag->name);
    if (!element) {
        html_add_escaped(out, str_slice(html, tag->at, tag->end));
        return tag->end;
    }
    if (element->flags & SWALLOWED)
        return tag->is_closing ? tag->end : skip_content(html, tag);
    if (element->flags & GONE)
        return tag->end;
    if (tag->is_closing)
        close_element(rewriter, element, out);
    else
        open_element(rewriter, element, tag, out);
    return tag->end;
}

static bool is_reference(Str text, size_t at) {
    Str window = str_slice(text, at + 1, at + 34);
    size_t end = str_find_char(window, ';');
    if (end == STR_NONE || end == 0)
        return false;
    for (size_t i = 0; i < end; i++) {
        char c = window.data[i];
        bool is_alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_alphanumeric && !(c == '#' && i == 0))
            return false;
    }
    return true;
}

/* Text between tags: character references stay. */
static void add_text(Str text, Buf *out) {
    size_t at = 0;
    while (at < text.len) {
        size_t found = str_find_char(str_from_offset(text, at), '&');
        size_t end = found == STR_NONE ? text.len : at + found;
        html_add_escaped(out, str_slice(text, at, end));
        if (end < text.len)
            buf_add(out, is_reference(text, end) ? STR("&") : STR("&amp;"));
        at = end + 1;
    }
}

/* Trusted: only URLs change. */
static void copy_tag(HtmlRewriter *rewriter, Str html, const HtmlTag *tag, Buf *out) {
    const Element *element = find_element(tag->name);
    size_t at = tag->at;
    for (size_t i = 0; element && i < tag->attribute_count; i++) {
        const HtmlAttribute *attribute = &tag->attributes[i];
        const Attribute *known = find_attribute(attribute->name, element);
        bool is_link = known && known->kind == VALUE_IS_LINK;
        if (!rewriter->url || !attribute->value.len || !known || known->kind == VALUE_IS_TEXT)
            continue;
        buf_reset(&rewriter->value);
        html_add_unescaped(&rewriter->value, attribute->value);
        buf_add(out, str_slice(html, at, attribute->value_at));
        char before = html.data[attribute->value_at - 1];
        bool is_quoted = before == '"' || before == '\'';
        if (!is_quoted)
            buf_add_char(out, '"');
        if (known->kind == VALUE_IS_SET) {
            add_set(rewriter, buf_str(&rewriter->value), out);
        } else {
            resolve(rewriter, buf_str(&rewriter->value), !is_link);
            html_add_url(out, buf_str(&rewriter->target));
        }
        if (!is_quoted)
            buf_add_char(out, '"');
        at = attribute->value_at + attribute->value.len;
    }
    buf_add(out, str_slice(html, at, tag->end));
}

HtmlRewriter *html_rewriter_new(bool trusted, HtmlUrl url, void *context) {
    HtmlRewriter *rewriter = calloc(1, sizeof *rewriter);
    if (!rewriter)
        abort();
    rewriter->is_trusted = trusted;
    rewriter->url = url;
    rewriter->context = context;
    return rewriter;
}

void html_rewriter_free(HtmlRewriter *rewriter) {
    if (!rewriter)
        return;
    buf_release(&rewriter->value);
    buf_release(&rewriter->target);
    free(rewriter);
}

void html_rewrite(HtmlRewriter *rewriter, Str fragment, Buf *out) {
    size_t at = 0;
    HtmlTag tag;
    while (at < fragment.len) {
        size_t found = str_find_char(str_from_offset(fragment, at), '<');
        size_t start = found == STR_NONE ? fragment.len : at + found;
        Str text = str_slice(fragment, at, start);
        if (rewriter->is_trusted)
            buf_add(out, text);
        else
            add_text(text, out);
        if (start == fragment.len)
            break;
        HtmlMarkup markup = html_scan_markup(fragment, start, &tag, &at);
        if (markup == HTML_MARKUP_NONE)
            buf_add(out, rewriter->is_trusted ? STR("<") : STR("&lt;"));
        else if (markup == HTML_MARKUP_TAG && rewriter->is_trusted)
            copy_tag(rewriter, fragment, &tag, out);
        else if (markup == HTML_MARKUP_TAG)
            at = rewrite_tag(rewriter, fragment, &tag, out);
    }
}

size_t html_rewriter_enter(HtmlRewriter *rewriter) {
    size_t mark = rewriter->floor;
    rewriter->floor = rewriter->count;
    return mark;
}

void html_rewriter_leave(HtmlRewriter *rewriter, size_t mark, Buf *out) {
    close_down_to(rewriter, rewriter->floor, out);
    rewriter->floor = mark;
}

void html_rewriter_end_paragraph(HtmlRewriter *rewriter, Buf *out) {
    if (rewriter->count > rewriter->floor)
        end_implied(rewriter, " p ", out);
}
