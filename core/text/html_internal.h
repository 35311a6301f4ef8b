/* SPDX-License-Identifier: MIT
 * html_internal.h - what the tag scanner and the rewriter share. */
#ifndef QUOIN_TEXT_HTML_INTERNAL_H
#define QUOIN_TEXT_HTML_INTERNAL_H

#include "text/html.h"

typedef enum HtmlMarkup {
    HTML_MARKUP_NONE,   /* the '<' is a plain character */
    HTML_MARKUP_TAG,    /* a well-formed tag */
    HTML_MARKUP_HIDDEN, /* a comment, declaration, instruction or CDATA; to the end when unclosed */
} HtmlMarkup;

/* What starts at html[at], which is '<'. Sets *end behind it (behind the '<' for NONE). */
HtmlMarkup html_scan_markup(Str html, size_t at, HtmlTag *tag, size_t *end);

#endif
