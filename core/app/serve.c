/* SPDX-License-Identifier: MIT
 * serve.c - quoin serve: the portal from memory, shown anew when its files change.
 *
 * One thread serves, renders and watches; another one makes editions (serve_builder.h). A page that
 * was edited is read into the edition at hand and shown at once; the next edition follows. */
#include "app/command.h"
#include "app/progress.h"
#include "app/serve_builder.h"
#include "app/serve_live.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/watcher.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

enum {
    SETTLE_MS = 10, /* editors write a file in several steps */
    LOOK_MS = 500,  /* between looks when the kernel does not tell */
    BUILD_MS = 150, /* after a page was shown: browsers draw it first */
    SHOWN_ERRORS = 10,
};

typedef struct Server {
    const Options *options;
    struct event_base *base;
    HttpServer *http;
    HttpAddress address;
    Watcher *watcher;
    Builder *builder;
    Viewers viewers;
    Shown shown;
    struct event *changed, *settled, *build, *built, *tell;
    struct event *signals[3];
    int watched_file; /* that `changed` waits for; -1: a timer */
    double noticed;   /* the first change that is settling; 0: none */
    bool wants_build; /* something changed since the edition that is being made was begun */
    Arena changes_arena;
    VEC(Str) changes;     /* files that changed since then */
    bool has_new_folders; /* they were not watched while their edition was made */
    bool is_announced;
    uint64_t assets; /* of the edition that browsers have loaded */
} Server;

/* --- time --------------------------------------------------------------------------------------
 */

static void start_timer(struct event *event, int milliseconds) {
    struct timeval time = {milliseconds / 1000, (milliseconds % 1000) * 1000};
    event_add(event, &time);
}

/* --- answers -----------------------------------------------------------------------------------
 */

static void answer_page(Server *server, const Page *page, Arena *arena, HttpAnswer *answer) {
    const Rendered *rendered = edition_page(server->shown.edition, page);
    Buf html = {0};
    answer->type = "text/html; charset=utf-8";
    if (rendered->html.len == 0) {
        answer->status = 500;
        live_add_placeholder(&server->viewers, &server->shown, &html);
    } else {
        live_add_page(&server->viewers, buf_str(&rendered->html), rendered->version, &html);
        answer->etag =
            str_format(arena, "\"%s%.8s\"", rendered->version_text, server->viewers.script_version);
        answer->timing = str_format(arena, "read;dur=%.2f, render;dur=%.2f", rendered->read_ms,
                                    rendered->render_ms);
    }
    answer->body = str_copy(arena, buf_str(&html));
    buf_release(&html);
}

static void answer_live(Server *server, const HttpRequest *request, HttpAnswer *answer) {
    const Viewers *viewers = &server->viewers;
    Str name = str_from_offset(request->path, strlen("_quoin/"));
    bool is_script = str_equal(name, STR("live.js"));
    if (str_equal(name, STR("events"))) {
        answer->status = 200;
        answer->is_stream = true;
    } else if (is_script || str_equal(name, STR("live.css"))) {
        answer->status = 200;
        answer->type = http_type(name);
        answer->body = buf_str(is_script ? &viewers->script : &viewers->style);
        answer->is_forever = request->query.len > 0;
    } else {
        answer->body = STR("There is nothing of that name.\n");
    }
}

static void answer_folder(Str path, Arena *arena, HttpAnswer *answer) {
    Buf url = {0};
    buf_add_char(&url, '/');
    path_add_encoded(&url, path);
    buf_add_char(&url, '/');
    answer->status = 301;
    answer->location = str_copy(arena, buf_str(&url));
    buf_release(&url);
}

static void answer_nothing(Server *server, Str path, Arena *arena, HttpAnswer *answer) {
    const Map *pages = &server->shown.edition->pipeline.site->page_by_out;
    const Page *page = map_get(pages, STR("404.html"));
    answer->body = STR("There is no such page.\n");
    if (str_equal(path, STR("favicon.ico"))) { /* browsers ask on their own account */
        answer->status = 204;
        answer->body = STR_EMPTY;
        return;
    }
    if (page != NULL) {
        answer_page(server, page, arena, answer);
        answer->etag = STR_EMPTY;
    }
    answer->status = 404;
}

static void answer_placeholder(Server *server, Arena *arena, HttpAnswer *answer) {
    Buf html = {0};
    live_add_placeholder(&server->viewers, &server->shown, &html);
    answer->status = 503;
    answer->type = "text/html; charset=utf-8";
    answer->body = str_copy(arena, buf_str(&html));
    buf_release(&html);
}

static void answer_file(Server *server, const HttpRequest *request, Arena *arena,
                        HttpAnswer *answer) {
    EditionFile file;
    Stamp stamp;
    char version[33];
    answer->status = 200;
    switch (edition_find(server->shown.edition, request->path, arena, &file)) {
    case EDITION_PAGE:
        answer_page(server, file.page, arena, answer);
        break;
    case EDITION_BYTES:
        answer->type = http_type(file.out);
        answer->body = file.bytes;
        hash_hex(file.bytes, version);
        answer->etag = str_format(arena, "\"%s\"", version);
        break;
    case EDITION_DISK:
        answer->type = http_type(file.out);
        answer->disk = file.disk;
        stamp = stamp_of(file.disk);
        hash_hex((Str){(const char *)&stamp, sizeof stamp}, version);
        answer->etag = str_format(arena, "\"%s\"", version);
        break;
    case EDITION_FOLDER:
        answer_folder(request->path, arena, answer);
        break;
    case EDITION_NOTHING:
        answer_nothing(server, request->path, arena, answer);
    }
}

static void on_request(void *context, const HttpRequest *request, Arena *arena,
                       HttpAnswer *answer) {
    Server *server = context;
    if (str_starts_with(request->path, STR("_quoin/"))) {
        answer_live(server, request, answer);
    } else if (server->shown.edition == NULL) {
        answer_placeholder(server, arena, answer);
    } else {
        answer_file(server, request, arena, answer);
    }
}

/* --- browsers ----------------------------------------------------------------------------------
 */

static void on_opened(void *context, HttpStream *stream, const HttpRequest *request) {
    Server *server = context;
    Arena arena = {0};
    Str path = http_query(&arena, request->query, STR("path"));
    Str version = http_query(&arena, request->query, STR("version"));
    Str target;
    if (!http_decode_path(&arena, path, &target)) {
        target = STR_EMPTY;
    }
    Viewer *viewer = viewers_add(&server->viewers, stream, target, version);
    http_stream_set(stream, viewer);
    viewer_update(viewer, &server->shown, 0); /* it may have changed since it was loaded */
    viewer_update_findings(viewer, &server->shown);
    arena_release(&arena);
}

static void on_closed(void *context, HttpStream *stream) {
    Server *server = context;
    viewers_remove(&server->viewers, http_stream_get(stream));
}

static void update_viewers(Server *server, double noticed) {
    for (size_t i = 0; i < server->viewers.list.count; i++) {
        viewer_update(server->viewers.list.items[i], &server->shown, noticed);
    }
    start_timer(server->tell, 0); /* when the pages are on their way */
}

static void on_tell(evutil_socket_t file, short what, void *context) {
    Server *server = context;
    (void)file, (void)what;
    for (size_t i = 0; i < server->viewers.list.count; i++) {
        viewer_update_findings(server->viewers.list.items[i], &server->shown);
    }
}

/* --- editions ----------------------------------------------------------------------------------
 */

static void begin_build(Server *server) {
    server->wants_build = builder_is_busy(server->builder);
    if (server->wants_build) {
        return;
    }
    server->changes.count = 0;
    arena_reset(&server->changes_arena);
    builder_start(server->builder);
}

static void on_build(evutil_socket_t file, short what, void *context) {
    (void)file, (void)what;
    begin_build(context);
}

/* Folders beside the content: outputs of Quoin, also one that comes just now, and what package
 * managers put there. */
static bool skip_folder(void *context, Str folder) {
    Arena arena = {0};
    (void)context;
    Str name = path_base(folder), lock = path_join(&arena, folder, STR(".quoin/lock"));
    bool is_skipped = str_equal(name, STR("node_modules")) || str_equal(name, STR("_site")) ||
                      fs_kind(str_terminated(&arena, lock)) == FS_FILE;
    arena_release(&arena);
    return is_skipped;
}

static void add_folder(void *context, const char *folder, bool is_deep) {
    Server *server = context;
    server->has_new_folders =
        watcher_add(server->watcher, folder, is_deep) || server->has_new_folders;
}

static void print_findings(const Server *server, Edition *edition) {
    DiagPrint how = {.format = DIAG_HUMAN,
                     .color = use_color(server->options, stderr),
                     .least = SEVERITY_ERROR,
                     .max_findings = SHOWN_ERRORS};
    if (diag_count(edition->pipeline.diag, SEVERITY_ERROR) > 0) {
        diag_print(edition->pipeline.diag, &how, stderr);
    }
}

static void print_edition(Server *server, Edition *edition, bool is_shown) {
    Options quiet = *server->options;
    quiet.verbosity = 1; /* no word of notices after each edit */
    print_findings(server, edition);
    if (server->options->verbosity >= 0 && edition->is_linked) {
        size_t pages = edition->pipeline.site->page_count;
        fprintf(stderr, "%zu %s in %.2f s (%zu read): ", pages, plural(pages, "page", "pages"),
                edition->seconds, edition->read_count);
        print_counts(edition->pipeline.diag, &quiet);
    }
    if (!is_shown && server->shown.edition != NULL) {
        fprintf(stderr, "The portal is shown as it was before.\n");
    }
}

/* Once, when there is something to see. */
static void announce(Server *server) {
    if (server->is_announced) {
        return;
    }
    server->is_announced = true;
    bool is_any = str_equal(server->address.host, STR("0.0.0.0")) ||
                  str_equal(server->address.host, STR("::"));
    bool has_colon = str_find_char(server->address.host, ':') != STR_NONE;
    Str host = is_any ? STR("localhost") : server->address.host;
    char url[300];
    snprintf(url, sizeof url, "http://%s" STR_FMT "%s:%d/", has_colon && !is_any ? "[" : "",
             STR_ARG(host), has_colon && !is_any ? "]" : "", server->address.got);
    fprintf(stderr, "Serving %s (Ctrl-C ends)\n", url);
    if (server->options->open) {
#ifdef __APPLE__
        const char *program = "open";
#else
        const char *program = "xdg-open";
#endif
        char *const arguments[] = {(char *)program, url, NULL};
        pid_t child;
        if (posix_spawnp(&child, program, NULL, NULL, arguments, environ) != 0) {
            fprintf(stderr, "quoin serve: --open: %s: %s\n", program, strerror(errno));
        }
    }
}

/* An edition whose config, theme or plugins are broken does not take the place of a sound one. */
static bool take_place(Server *server, Edition *edition) {
    Shown *shown = &server->shown;
    bool is_good = edition->is_linked &&
                   (edition->is_sound || shown->edition == NULL || !shown->edition->is_sound);
    builder_bury(server->builder, shown->failed);
    shown->failed = is_good ? NULL : edition;
    if (is_good) {
        builder_bury(server->builder, shown->edition);
        shown->edition = edition;
        for (size_t i = 0; i < server->changes.count; i++) { /* edited while it was made */
            edition_touch(edition, server->changes.items[i]);
        }
    }
    return is_good;
}

/* Styles, scripts and pictures are no part of a page's bytes. */
static void update_assets(Server *server) {
    uint64_t assets = server->shown.edition->assets;
    if (server->assets != 0 && server->assets != assets) {
        for (size_t i = 0; i < server->viewers.list.count; i++) {
            http_stream_send(server->viewers.list.items[i]->stream, "assets", STR("{}"));
        }
    }
    server->assets = assets;
}

static void watch_folders(Server *server, const Config *config);

static void on_built(evutil_socket_t file, short what, void *context) {
    Server *server = context;
    (void)file, (void)what;
    Edition *edition = builder_take(server->builder);
    if (edition == NULL) {
        return;
    }
    progress_end();
    server->shown.is_starting = false;
    bool is_shown = take_place(server, edition);
    print_edition(server, edition, is_shown);
    watch_folders(server, edition->pipeline.config);
    if (is_shown) {
        update_assets(server);
    }
    update_viewers(server, 0);
    announce(server);
    if (server->wants_build || server->has_new_folders) {
        server->has_new_folders = false;
        begin_build(server);
    }
}

/* --- changes -----------------------------------------------------------------------------------
 */

static void print_shown(const Server *server, size_t touched, double since) {
    if (server->options->verbosity > 0 && touched > 0) {
        fprintf(stderr, "%zu %s changed; shown %.1f ms after it was noticed\n", touched,
                plural(touched, "page", "pages"), live_milliseconds() - since);
    }
}

/* Shows edited pages at once, and lets the next edition begin. */
static void take_changes(Server *server) {
    Arena arena = {0};
    WatcherChanges changes;
    size_t touched = 0;
    double noticed = server->noticed;
    server->noticed = 0;
    if (watcher_take(server->watcher, &arena, &changes)) {
        for (size_t i = 0; i < changes.paths.count; i++) {
            Str path = str_copy(&server->changes_arena, changes.paths.items[i]);
            vec_push(&server->changes, path);
            touched +=
                server->shown.edition != NULL && edition_touch(server->shown.edition, path) != NULL;
        }
        noticed = noticed > 0 ? noticed : live_milliseconds();
        if (touched > 0) {
            update_viewers(server, noticed);
        }
        print_shown(server, touched, noticed);
        start_timer(server->build, touched == changes.paths.count ? BUILD_MS : 1);
    }
    vec_release(&changes.paths);
    arena_release(&arena);
}

static void wait_for_changes(Server *server);

static void on_settled(evutil_socket_t file, short what, void *context) {
    Server *server = context;
    (void)file, (void)what;
    take_changes(server);
    wait_for_changes(server);
}

/* The first sign of a change; its other signs are waited for. */
static void on_changed(evutil_socket_t file, short what, void *context) {
    Server *server = context;
    (void)file, (void)what;
    if (server->watched_file < 0) {
        take_changes(server);
        wait_for_changes(server);
        return;
    }
    server->noticed = live_milliseconds();
    start_timer(server->settled, SETTLE_MS);
}

/* The watcher may have changed from being told to looking. */
static void wait_for_changes(Server *server) {
    int file = watcher_file(server->watcher);
    if (server->changed == NULL || file != server->watched_file) {
        bool was_told = server->changed != NULL && server->watched_file >= 0;
        if (server->changed != NULL) {
            event_free(server->changed);
        }
        if (was_told && file < 0) {
            fprintf(stderr, "The system has no watches left (fs.inotify.max_user_watches); looking "
                            "at the files twice a second instead.\n");
        }
        server->watched_file = file;
        server->changed =
            event_new(server->base, file, file >= 0 ? EV_READ : EV_TIMEOUT, on_changed, server);
    }
    if (file >= 0) {
        event_add(server->changed, NULL);
    } else {
        start_timer(server->changed, LOOK_MS);
    }
}

static void watch_folders(Server *server, const Config *config) {
    if (config != NULL) {
        edition_folders(config, add_folder, server);
    }
    if (server->noticed == 0) {
        wait_for_changes(server);
    }
}

/* --- the command -------------------------------------------------------------------------------
 */

static void on_signal(evutil_socket_t number, short what, void *context) {
    (void)number, (void)what;
    event_base_loopbreak(((Server *)context)->base);
}

static bool open_address(Server *server) {
    const Options *options = server->options;
    HttpAddress *address = &server->address;
    address->host = str_from(options->host != NULL ? options->host : "127.0.0.1");
    address->port = options->port;
    if (!http_listen(address)) {
        fprintf(stderr, "quoin serve: cannot listen on " STR_FMT ", port %d: %s\n",
                STR_ARG(address->host), address->port,
                address->is_lookup ? "there is no such name" : strerror(address->error));
        return false;
    }
    if (options->port != 0 && address->got != options->port) {
        fprintf(stderr, "Port %d is taken; taking %d.\n", options->port, address->got);
    }
    if (!http_host_is_good(address->host, STR_EMPTY) && !str_equal(address->host, STR("::1"))) {
        fprintf(stderr,
                "warning: --host " STR_FMT " shows the portal, with its drafts and the findings "
                "about it, to everyone who reaches this machine\n",
                STR_ARG(address->host));
    }
    return true;
}

static void add_events(Server *server) {
    static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};
    server->settled = evtimer_new(server->base, on_settled, server);
    server->build = evtimer_new(server->base, on_build, server);
    server->tell = evtimer_new(server->base, on_tell, server);
    server->built = event_new(server->base, builder_file(server->builder), EV_READ | EV_PERSIST,
                              on_built, server);
    event_add(server->built, NULL);
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++) {
        server->signals[i] = evsignal_new(server->base, SIGNALS[i], on_signal, server);
        event_add(server->signals[i], NULL);
    }
}

/* Before anything is read, so that no change is missed. */
static void watch_first(Server *server) {
    Arena arena = {0};
    Diag *diag = diag_new();
    const char *folder = options_folder(server->options);
    ConfigOptions options = {folder, false, false};
    watcher_add(server->watcher, str_terminated(&arena, fs_absolute(&arena, folder)), false);
    watch_folders(server, config_load(&arena, &options, diag));
    server->has_new_folders = false;
    diag_free(diag);
    arena_release(&arena);
}

static void start(Server *server) {
    WatcherOptions watching = {.looks = server->options->poll, .skip = skip_folder};
    HttpHandlers handlers = {server, on_request, on_opened, on_closed};
    signal(SIGPIPE, SIG_IGN);
    server->base = event_base_new();
    server->shown.is_starting = true;
    server->builder = builder_new(server->options);
    server->watcher = watcher_new(&watching);
    server->http = http_server_new(server->base, &server->address, &handlers);
    add_events(server);
    watch_first(server);
    begin_build(server);
}

static void stop(Server *server) {
    struct event *events[] = {server->changed,    server->settled,   server->build,
                              server->built,      server->tell,      server->signals[0],
                              server->signals[1], server->signals[2]};
    http_server_free(server->http);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        event_free(events[i]);
    }
    builder_free(server->builder);
    edition_free(server->shown.edition);
    edition_free(server->shown.failed);
    watcher_free(server->watcher);
    viewers_release(&server->viewers);
    vec_release(&server->changes);
    arena_release(&server->changes_arena);
    event_base_free(server->base);
    libevent_global_shutdown();
}

int command_serve(const Options *options) {
    Server server = {.options = options};
    if (fs_kind(options_folder(options)) != FS_DIR) {
        fprintf(stderr, "quoin serve: `%s` is not a folder\n", options_folder(options));
        return EXIT_USAGE;
    }
    if (!viewers_init(&server.viewers) || !open_address(&server)) {
        viewers_release(&server.viewers);
        return EXIT_USAGE;
    }
    progress_start(options->verbosity >= 0);
    start(&server);
    event_base_dispatch(server.base);
    progress_end();
    if (options->verbosity >= 0) {
        fprintf(stderr, "Stopped.\n");
    }
    if (builder_is_busy(server.builder)) {
        fflush(NULL);
        _exit(EXIT_CLEAN); /* nothing on disk waits for it, and people do not wait either */
    }
    stop(&server);
    return EXIT_CLEAN;
}
