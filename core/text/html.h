/* SPDX-License-Identifier: MIT
 * html.h - escaping, reading tags of raw HTML, and rewriting it by an allow-list. */
#ifndef QUOIN_TEXT_HTML_H
#define QUOIN_TEXT_HTML_H

#include "base/buf.h"
#include "base/vec.h"

/* Text for element content and for double-quoted attributes: & < > " become entities. */
void html_add_escaped(Buf *buf, Str text);

/* Appends `text` with character references (named and numeric, HTML 5) decoded. */
void html_add_unescaped(Buf *buf, Str text);

/* A URL for a double-quoted attribute: what cannot stand in a URL is percent-encoded (an existing
 * "%20" stays), & and ' become character references. */
void html_add_url(Buf *buf, Str url);

/* Safe to follow when somebody else wrote it: a relative reference, a fragment, or one of the
 * schemes http, https, mailto, tel, ftp, irc, xmpp, urn. Control characters and spaces inside the
 * scheme do not hide it. `data:image/{png,gif,jpeg,webp,svg+xml};` is allowed for pictures only. */
bool html_url_is_safe(Str url, bool is_image);

/* One tag found in raw HTML. Parts borrow from the input. */
typedef struct HtmlAttribute {
    Str name;        /* as written */
    Str value;       /* as written: character references not decoded; empty when there is none */
    size_t value_at; /* offset of the value in the input */
} HtmlAttribute;

typedef struct HtmlTag {
    Str name;                     /* as written */
    bool is_closing, is_void;     /* void: by its name, an element that never has content */
    bool is_self_closing;         /* written with "/>" */
    size_t at, end;               /* offsets of '<' and behind '>' in the input */
    HtmlAttribute attributes[32]; /* further ones are dropped */
    size_t attribute_count;
} HtmlTag;

/* Finds the next well-formed tag at or behind *at, skipping comments, declarations and CDATA;
 * moves *at behind it. False when there is none. */
bool html_next_tag(Str html, size_t *at, HtmlTag *tag);
/* Value of an attribute by its name (ASCII case ignored), character references decoded; false
 * when it is not there. */
bool html_attribute(const HtmlTag *tag, const char *name, Buf *out);

/* Rewrites raw HTML that authors put into Markdown. What is not an allowed, well-formed tag
 * becomes text or vanishes (comments, script and style with their content); attributes are listed
 * and re-quoted; tags are balanced, and none can close what was opened outside. The lists follow
 * the sanitiser that GitHub applies to Markdown. One HtmlRewriter serves one page. */
typedef struct HtmlRewriter HtmlRewriter;

/* Writes the final, unescaped URL for `url` (character references decoded) to `out`. */
typedef void (*HtmlUrl)(void *context, Str url, bool is_image, Buf *out);

HtmlRewriter *html_rewriter_new(bool trusted, HtmlUrl url, void *context); /* trusted: URLs only */
void html_rewriter_free(HtmlRewriter *rewriter);
void html_rewrite(HtmlRewriter *rewriter, Str fragment, Buf *out);
/* Around each Markdown block: at the end, what the block's raw HTML left open is closed. */
size_t html_rewriter_enter(HtmlRewriter *rewriter);
void html_rewriter_leave(HtmlRewriter *rewriter, size_t mark, Buf *out);
/* Before an element that a <p> cannot contain: closes the author's own <p> of this block. */
void html_rewriter_end_paragraph(HtmlRewriter *rewriter, Buf *out);

#endif
