/* SPDX-License-Identifier: MIT
 * serve_http.c - connections: requests are read one after the other, with a bound on everything
 * that a client decides about: bytes, time, number of connections. */
#include "app/serve_http.h"

#include "base/vec.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_CONNECTIONS = 256,
    MAX_STREAMS = 128,
    PORTS_TRIED = 100,
    SWEEP_SECONDS = 2,
    HEAD_SECONDS = 10,  /* from its first byte */
    IDLE_SECONDS = 60,  /* between requests, and for a client that does not read */
    LINGER_SECONDS = 4, /* for a client to read why it was refused */
    PING_SECONDS = 20,
    MAX_BACKLOG = 256 * 1024, /* bytes waiting for a client before its next request is read */
    MAX_STREAM_BACKLOG = 1024 * 1024,
};

/* No script, style or picture from anywhere else, and nothing inline. */
static const char SECURITY_HEADERS[] =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' https: data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Referrer-Policy: same-origin\r\n";

typedef struct Connection Connection;

struct HttpStream {
    void *own;
    Connection *connection;
};

struct Connection {
    HttpServer *server;
    size_t index; /* among the server's */
    struct bufferevent *buffer;
    time_t since; /* of the head's first byte, of the last answer, of the refusal */
    bool has_begun;
    bool is_ending; /* nothing more is read but to throw it away */
    HttpStream *stream;
};

struct HttpServer {
    HttpHandlers handlers;
    Str host;
    struct evconnlistener *listener;
    struct event *sweep;
    VEC(Connection *) connections;
    size_t stream_count;
    time_t last_ping;
    Arena arena; /* of one request */
};

/* --- listening ---------------------------------------------------------------------------------
 */

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static int bind_to(const struct addrinfo *info) {
    int one = 1;
    int file = socket(info->ai_family, info->ai_socktype, info->ai_protocol);
    if (file < 0) {
        return -1;
    }
    fcntl(file, F_SETFD, FD_CLOEXEC);
    evutil_make_socket_nonblocking(file);
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    /* Connections inherit it. Without it each answer waits 40 ms for the client's last one. */
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(file, info->ai_addr, info->ai_addrlen) != 0 || listen(file, 128) != 0) {
        int error = errno;
        close(file);
        errno = error;
        return -1;
    }
    return file;
}

static struct addrinfo *look_up(const char *host, int port) {
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char service[16];
    snprintf(service, sizeof service, "%d", port);
    /* A name that has both leads to the address that every browser tries. */
    wanted.ai_family = AF_INET;
    if (getaddrinfo(host, service, &wanted, &found) == 0) {
        return found;
    }
    wanted.ai_family = AF_UNSPEC;
    return getaddrinfo(host, service, &wanted, &found) == 0 ? found : NULL;
}

/* Port 0: the system has chosen one. */
static int port_of(int file, int fallback) {
    struct sockaddr_storage name;
    socklen_t length = sizeof name;
    char service[16];
    if (getsockname(file, (struct sockaddr *)&name, &length) != 0 ||
        getnameinfo((struct sockaddr *)&name, length, NULL, 0, service, sizeof service,
                    NI_NUMERICSERV) != 0) {
        return fallback;
    }
    return atoi(service);
}

bool http_listen(HttpAddress *address) {
    Arena arena = {0};
    const char *host = str_terminated(&arena, address->host);
    address->file = -1;
    address->error = EADDRINUSE;
    for (int i = 0; i < PORTS_TRIED && address->file < 0 && address->error == EADDRINUSE; i++) {
        int port = address->port + i;
        struct addrinfo *info = port <= 65535 ? look_up(host, port) : NULL;
        address->is_lookup = info == NULL && i == 0;
        if (info == NULL) {
            break;
        }
        address->file = bind_to(info);
        address->error = errno;
        address->got = address->file >= 0 ? port_of(address->file, port) : 0;
        freeaddrinfo(info);
    }
    arena_release(&arena);
    return address->file >= 0;
}

/* --- the end of a connection -------------------------------------------------------------------
 */

static void close_connection(Connection *connection) {
    HttpServer *server = connection->server;
    if (connection->stream != NULL) {
        server->handlers.closed(server->handlers.context, connection->stream);
        server->stream_count--;
        free(connection->stream);
    }
    Connection *last = server->connections.items[--server->connections.count];
    server->connections.items[connection->index] = last;
    last->index = connection->index;
    bufferevent_free(connection->buffer);
    free(connection);
}

/* What was sent is read by the client before the connection ends: closing it with bytes unread
 * would take the answer back. */
static void begin_end(Connection *connection) {
    connection->is_ending = true;
    connection->since = now();
}

static size_t backlog(const Connection *connection) {
    return evbuffer_get_length(bufferevent_get_output(connection->buffer));
}

/* --- answers -----------------------------------------------------------------------------------
 */

static void add_str(struct evbuffer *out, Str text) {
    evbuffer_add(out, text.data, text.len);
}

static void add_header(struct evbuffer *out, const char *name, Str value) {
    if (value.len > 0) {
        evbuffer_add_printf(out, "%s: " STR_FMT "\r\n", name, STR_ARG(value));
    }
}

static void add_head(struct evbuffer *out, const HttpAnswer *answer, bool keeps_alive) {
    evbuffer_add_printf(out, "HTTP/1.1 %d %s\r\n", answer->status, http_reason(answer->status));
    add_header(out, "Content-Type", str_from(answer->type));
    add_header(out, "ETag", answer->etag);
    add_header(out, "Location", answer->location);
    add_header(out, "Server-Timing", answer->timing);
    evbuffer_add_printf(out, "Cache-Control: %s\r\n",
                        answer->is_forever     ? "public, max-age=31536000, immutable"
                        : answer->etag.len > 0 ? "no-cache"
                                               : "no-store");
    if (answer->status == 405) {
        evbuffer_add_printf(out, "Allow: GET, HEAD\r\n");
    }
    evbuffer_add(out, SECURITY_HEADERS, sizeof SECURITY_HEADERS - 1);
    evbuffer_add_printf(out, "Connection: %s\r\n", keeps_alive ? "keep-alive" : "close");
}

/* The file to send, -1 when it cannot be read any more. */
static int open_body(const char *disk, off_t *size) {
    struct stat info;
    int file = open(disk, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file >= 0 && (fstat(file, &info) != 0 || !S_ISREG(info.st_mode))) {
        close(file);
        file = -1;
    }
    *size = file >= 0 ? info.st_size : 0;
    return file;
}

static void send_answer(Connection *connection, const HttpRequest *request, HttpAnswer *answer) {
    struct evbuffer *out = bufferevent_get_output(connection->buffer);
    off_t size = (off_t)answer->body.len;
    int file = -1;
    if (answer->disk != NULL) {
        file = open_body(answer->disk, &size);
    }
    if (answer->disk != NULL && file < 0) {
        *answer = (HttpAnswer){
            .status = 404, .type = "text/plain; charset=utf-8", .body = STR("The file is gone.\n")};
        size = (off_t)answer->body.len;
    }
    add_head(out, answer, request->keeps_alive);
    if (answer->status != 304 && answer->status != 204) {
        evbuffer_add_printf(out, "Content-Length: %lld\r\n", (long long)size);
    }
    evbuffer_add(out, "\r\n", 2);
    bool has_body = !request->is_head && answer->status != 304;
    if (has_body && file >= 0 && size > 0 && evbuffer_add_file(out, file, 0, size) == 0) {
        file = -1; /* the buffer closes it */
    } else if (has_body && answer->disk == NULL) {
        add_str(out, answer->body);
    }
    if (file >= 0) {
        close(file);
    }
}

static void refuse(Connection *connection, int status, const char *why) {
    HttpRequest request = {0};
    HttpAnswer answer = {
        .status = status, .type = "text/plain; charset=utf-8", .body = str_from(why)};
    send_answer(connection, &request, &answer);
    begin_end(connection);
}

static void open_stream(Connection *connection, const HttpRequest *request) {
    HttpServer *server = connection->server;
    struct evbuffer *out = bufferevent_get_output(connection->buffer);
    HttpAnswer answer = {.status = 200, .type = "text/event-stream"};
    if (server->stream_count >= MAX_STREAMS) {
        refuse(connection, 503, "Too many pages are open.\n");
        return;
    }
    connection->stream = calloc(1, sizeof *connection->stream);
    if (connection->stream == NULL) {
        abort();
    }
    connection->stream->connection = connection;
    server->stream_count++;
    add_head(out, &answer, false);
    evbuffer_add_printf(out, "\r\nretry: 500\n\n");
    server->handlers.opened(server->handlers.context, connection->stream, request);
}

static bool has_etag(Str list, Str etag) {
    return etag.len > 0 && str_contains(list, etag);
}

static void answer_request(Connection *connection, const HttpRequest *request) {
    HttpServer *server = connection->server;
    HttpAnswer answer = {.status = 404, .type = "text/plain; charset=utf-8"};
    if (request->host.len > 0 && !http_host_is_good(request->host, server->host)) {
        refuse(connection, 403,
               "This server answers under the names localhost, 127.0.0.1 and [::1], and under the "
               "one given with --host.\n");
        return;
    }
    server->handlers.answer(server->handlers.context, request, &server->arena, &answer);
    if (answer.is_stream && !request->is_head) {
        open_stream(connection, request);
        return;
    }
    if (answer.status == 200 && has_etag(request->if_none_match, answer.etag)) {
        answer.status = 304;
    }
    send_answer(connection, request, &answer);
    if (!request->keeps_alive) {
        begin_end(connection);
    }
}

/* --- requests ----------------------------------------------------------------------------------
 */

static const char *refusal(int status) {
    switch (status) {
    case 405:
        return "Only GET and HEAD.\n";
    case 413:
        return "Requests have no body here.\n";
    case 431:
        return "The head of the request is too long.\n";
    default:
        return "This is no request that can be answered.\n";
    }
}

static bool read_one(Connection *connection) {
    struct evbuffer *in = bufferevent_get_input(connection->buffer);
    HttpServer *server = connection->server;
    size_t length = evbuffer_get_length(in), used = 0;
    HttpRequest request;
    if (length == 0) {
        return false;
    }
    Str bytes = {(const char *)evbuffer_pullup(in, -1), length};
    int status = http_parse(&server->arena, bytes, &request, &used);
    if (status == 0) {
        connection->since = connection->has_begun ? connection->since : now();
        connection->has_begun = true;
        return false;
    }
    if (status == 200) {
        answer_request(connection, &request);
    } else {
        refuse(connection, status, refusal(status));
    }
    evbuffer_drain(in, status == 200 ? used : length);
    arena_reset(&server->arena);
    connection->has_begun = false;
    connection->since = now();
    return true;
}

static void read_requests(Connection *connection) {
    struct evbuffer *in = bufferevent_get_input(connection->buffer);
    while (!connection->is_ending && connection->stream == NULL &&
           backlog(connection) < MAX_BACKLOG && read_one(connection)) {
    }
    if (connection->is_ending || connection->stream != NULL) {
        evbuffer_drain(in, evbuffer_get_length(in));
    }
}

static void on_read(struct bufferevent *buffer, void *pointer) {
    (void)buffer;
    read_requests(pointer);
}

static void on_written(struct bufferevent *buffer, void *pointer) {
    Connection *connection = pointer;
    if (connection->is_ending) {
        shutdown(bufferevent_getfd(buffer), SHUT_WR);
    } else {
        read_requests(connection);
    }
}

static void on_event(struct bufferevent *buffer, short what, void *pointer) {
    (void)buffer, (void)what;
    close_connection(pointer); /* the client has gone, or an error */
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t file, struct sockaddr *peer,
                      int length, void *pointer) {
    HttpServer *server = pointer;
    (void)peer, (void)length;
    fcntl(file, F_SETFD, FD_CLOEXEC);
    if (server->connections.count >= MAX_CONNECTIONS) {
        close(file);
        return;
    }
    Connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL) {
        abort();
    }
    connection->server = server;
    connection->since = now();
    connection->index = server->connections.count;
    connection->buffer =
        bufferevent_socket_new(evconnlistener_get_base(listener), file, BEV_OPT_CLOSE_ON_FREE);
    vec_push(&server->connections, connection);
    bufferevent_setcb(connection->buffer, on_read, on_written, on_event, connection);
    bufferevent_setwatermark(connection->buffer, EV_READ, 0, HTTP_MAX_HEAD + 1024);
    bufferevent_enable(connection->buffer, EV_READ | EV_WRITE);
}

/* --- from time to time -------------------------------------------------------------------------
 */

static bool is_over(const Connection *connection, time_t time) {
    if (connection->stream != NULL) {
        return backlog(connection) > MAX_STREAM_BACKLOG;
    }
    int limit = connection->is_ending   ? LINGER_SECONDS
                : connection->has_begun ? HEAD_SECONDS
                                        : IDLE_SECONDS;
    return time - connection->since > limit;
}

static void on_sweep(evutil_socket_t file, short what, void *pointer) {
    HttpServer *server = pointer;
    time_t time = now();
    bool pings = time - server->last_ping >= PING_SECONDS;
    (void)file, (void)what;
    for (size_t i = server->connections.count; i > 0; i--) {
        Connection *connection = server->connections.items[i - 1];
        if (is_over(connection, time)) {
            close_connection(connection);
        } else if (connection->stream != NULL && pings) {
            evbuffer_add(bufferevent_get_output(connection->buffer), ":\n\n", 3);
        }
    }
    server->last_ping = pings ? time : server->last_ping;
}

/* --- the server --------------------------------------------------------------------------------
 */

/* No files left to open: wait instead of asking again at once. */
static void on_accept_error(struct evconnlistener *listener, void *pointer) {
    (void)pointer;
    evconnlistener_disable(listener);
}

static void on_tick(evutil_socket_t file, short what, void *pointer) {
    HttpServer *server = pointer;
    evconnlistener_enable(server->listener);
    on_sweep(file, what, pointer);
}

HttpServer *http_server_new(struct event_base *base, const HttpAddress *address,
                            const HttpHandlers *handlers) {
    HttpServer *server = calloc(1, sizeof *server);
    struct timeval often = {SWEEP_SECONDS, 0};
    if (server == NULL) {
        abort();
    }
    server->handlers = *handlers;
    server->host = address->host;
    server->last_ping = now();
    server->listener =
        evconnlistener_new(base, on_accept, server, LEV_OPT_CLOSE_ON_FREE, 0, address->file);
    server->sweep = event_new(base, -1, EV_PERSIST, on_tick, server);
    if (server->listener == NULL || server->sweep == NULL) {
        abort();
    }
    evconnlistener_set_error_cb(server->listener, on_accept_error);
    event_add(server->sweep, &often);
    return server;
}

void http_server_free(HttpServer *server) {
    if (server == NULL) {
        return;
    }
    while (server->connections.count > 0) {
        close_connection(server->connections.items[server->connections.count - 1]);
    }
    vec_release(&server->connections);
    evconnlistener_free(server->listener);
    event_free(server->sweep);
    arena_release(&server->arena);
    free(server);
}

void http_stream_send(HttpStream *stream, const char *event, Str data) {
    struct evbuffer *out = bufferevent_get_output(stream->connection->buffer);
    evbuffer_add_printf(out, "event: %s\ndata: ", event);
    add_str(out, data);
    evbuffer_add(out, "\n\n", 2);
}

void http_stream_set(HttpStream *stream, void *own) {
    stream->own = own;
}

void *http_stream_get(const HttpStream *stream) {
    return stream->own;
}
