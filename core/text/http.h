/* SPDX-License-Identifier: MIT
 * http.h - the words of HTTP that a preview server needs: heads of GET requests, addresses, types.
 *
 * Text in, text out: no sockets here. What is not needed is refused, not half understood: bodies,
 * methods that change something, addresses of proxies. */
#ifndef QUOIN_TEXT_HTTP_H
#define QUOIN_TEXT_HTTP_H

#include "base/buf.h"

#define HTTP_MAX_HEAD ((size_t)16 * 1024) /* bytes of a request's head */

typedef struct HttpRequest {
    Str path;  /* decoded, without the leading '/': "billing/design.html", "billing/", "" */
    Str query; /* as it was sent, without '?' */
    Str host;  /* as it was sent, with the port; empty: there was none */
    Str if_none_match;
    bool is_head;
    bool keeps_alive; /* more requests may follow on this connection */
} HttpRequest;

/* Reads the head at the start of `bytes`. 0: it is not whole yet; 200: `out` and the head's length
 * are set; else the status to refuse it with. Text in `out` lives in `arena` and `bytes`. */
int http_parse(Arena *arena, Str bytes, HttpRequest *out, size_t *length);

/* The path of a request's target, decoded once. False for what no file of a site can have: "..",
 * backslashes, NUL and other control characters, broken escapes. */
bool http_decode_path(Arena *arena, Str target, Str *path);

/* Value of `name` in a query, decoded; empty when it is not there. */
Str http_query(Arena *arena, Str query, Str name);

/* May a browser that was sent to `host` read us? Only under names that belong to this machine for
 * certain: localhost, 127.0.0.1, [::1], and what we were told to listen on; so that a foreign name
 * that leads here (DNS rebinding) sees nothing. When we listen on every address, numeric addresses
 * are good, too. */
bool http_host_is_good(Str host, Str listens_on);

const char *http_type(Str path);     /* "text/html; charset=utf-8" by the path's ending */
const char *http_reason(int status); /* "Not Found" */
void http_add_safe(Buf *out,
                   Str url); /* for a Location header: what has no place there is encoded */

#endif
