/* SPDX-License-Identifier: MIT
 * serve_http.h - answers GET and HEAD over libevent: connections, limits, event streams.
 *
 * Knows nothing of sites. Everything happens on the thread that runs the event base. */
#ifndef QUOIN_APP_SERVE_HTTP_H
#define QUOIN_APP_SERVE_HTTP_H

#include "text/http.h"

struct event_base;

typedef struct HttpServer HttpServer;
typedef struct HttpStream HttpStream; /* server-sent events to one browser */

typedef struct HttpAnswer {
    int status;
    const char *type;
    Str body;         /* copied */
    const char *disk; /* a file to send instead of `body`, or NULL */
    Str etag;         /* with its quotes; a request that has it gets 304; empty: none */
    Str location;     /* for redirects: an encoded path */
    Str timing;       /* Server-Timing, may be empty */
    bool is_forever;  /* the address has the content's hash in it */
    bool is_stream;   /* an event stream begins: `opened` gets it */
} HttpAnswer;

typedef struct HttpHandlers {
    void *context;
    /* Fills `answer`; what it refers to must live until it returns or in `arena`. */
    void (*answer)(void *context, const HttpRequest *request, Arena *arena, HttpAnswer *answer);
    void (*opened)(void *context, HttpStream *stream, const HttpRequest *request);
    void (*closed)(void *context, HttpStream *stream);
} HttpHandlers;

typedef struct HttpAddress {
    Str host;
    int port;       /* the wished one; when it is taken, the next free one is in `got` */
    int got;        /* 0 before */
    int file;       /* the listening socket */
    int error;      /* errno, when there is none */
    bool is_lookup; /* the name is not known */
} HttpAddress;

/* Binds and listens. False with `error`, or with `is_lookup`. */
bool http_listen(HttpAddress *address);

/* Takes over the socket. */
HttpServer *http_server_new(struct event_base *base, const HttpAddress *address,
                            const HttpHandlers *handlers);
void http_server_free(HttpServer *server);

/* `data` is one line. A browser that does not read is given up. */
void http_stream_send(HttpStream *stream, const char *event, Str data);
void http_stream_set(HttpStream *stream, void *own); /* the handlers' own pointer */
void *http_stream_get(const HttpStream *stream);

#endif
