/* SPDX-License-Identifier: MIT
 * diagram.c - quoin diagram: what plugins make of blocks, outside of a portal: one as it is, many
 * as lines of JSON. */
#include "app/command.h"

#include "app/json_layout.h"
#include "app/share.h"
#include "base/fs.h"
#include "base/path.h"
#include "lua/host.h"
#include "pass/front_matter.h"
#include "pass/read.h"
#include "text/markdown.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct Drawing {
    Str id;
    BlockView view;
} Drawing;

typedef VEC(Drawing) Drawings;

typedef struct Session {
    const Options *options;
    Str stage;
    Arena arena;
    Diag *diag; /* what is not about one drawing */
    Config *config;
    Kinds kinds;
    PluginHost *host;
    const Str *languages;
    size_t language_count;
    Markdown *markdown;
    Arena file_arena; /* of the file at hand */
    Drawings drawings;
    Buf out, line;
    size_t drawn, not_drawn, unreadable;
} Session;

/* --- what a file holds ----------------------------------------------------------------------- */

static Str copy(Session *session, Str text) {
    return str_copy(&session->file_arena, text);
}

static void add_fence(Session *session, Str file, Node *node, Str heading) {
    BlockView view = {.file = file,
                      .text = copy(session, node_literal(node)),
                      .language = copy(session, node_language(node)),
                      .info = copy(session, node_info(node)),
                      .heading = heading,
                      .line = node_content_line(node),
                      .column = node_content_column(node),
                      .number = (uint32_t)session->drawings.count + 1};
    Str id = str_format(&session->file_arena, STR_FMT ":%u", STR_ARG(file), node_line(node));
    Drawing drawing = {id, view};
    vec_push(&session->drawings, drawing);
}

static bool is_among(const Str *names, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

/* The fences that a plugin with stages draws. */
static void add_fences(Session *session, Str file, Str text) {
    Str yaml, heading = STR_EMPTY;
    uint32_t skip = front_matter_find(text, &yaml);
    Node *root = markdown_parse(session->markdown, file, text, skip, NULL);
    Buf title = {0};
    for (Node *node = root; node != NULL; node = node_walk(root, node)) {
        if (node_type(node) == NODE_HEADING) {
            buf_reset(&title);
            node_add_text(node, &title);
            heading = copy(session, buf_str(&title));
        } else if (node_type(node) == NODE_CODE_BLOCK &&
                   is_among(session->languages, session->language_count, node_language(node))) {
            add_fence(session, file, node, heading);
        }
    }
    buf_release(&title);
}

/* The language of a whole file by its ending; empty: Markdown, or not known. */
static Str language_of(const Session *session, Str file, bool *is_markdown) {
    static const struct {
        const char *ending, *language; /* NULL: Markdown */
    } ENDINGS[] = {{".mmd", "mermaid"}, {".mermaid", "mermaid"}, {".dot", "dot"},
                   {".gv", "dot"},      {".md", NULL},           {".markdown", NULL}};
    Str ending = path_ext(file);
    *is_markdown = false;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (str_equal_ignoring_case(ending, str_from(ENDINGS[i].ending))) {
            *is_markdown = ENDINGS[i].language == NULL;
            return str_from(ENDINGS[i].language);
        }
    }
    return session->options->language != NULL ? str_from(session->options->language)
                                              : STR("mermaid");
}

static Str without_mark(Str text) {
    return str_from_offset(text, str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0);
}

static void find_drawings(Session *session, Str file, Str text) {
    bool is_markdown;
    Str language = language_of(session, file, &is_markdown);
    session->drawings.count = 0;
    if (is_markdown) {
        add_fences(session, file, text);
        return;
    }
    BlockView view = {.file = file,
                      .text = without_mark(text),
                      .language = language,
                      .info = language,
                      .line = 1,
                      .column = 1,
                      .number = 1};
    Drawing drawing = {str_equal(file, STR("-")) ? file : path_stem(file), view};
    vec_push(&session->drawings, drawing);
}

/* --- showing --------------------------------------------------------------------------------- */

static void add_member(Buf *out, const char *name, Str value) {
    buf_add_format(out, "%s\"%s\":", out->data[out->len - 1] == '{' ? "" : ",", name);
    json_add_text(out, value);
}

/* An error of a plugin stands in the plugin's file, which is named then. */
static void add_findings(Buf *out, Str file, const Finding *findings, size_t count) {
    buf_add_literal(out, ",\"findings\":[");
    for (size_t i = 0; i < count; i++) {
        const Finding *finding = &findings[i];
        buf_add(out, i > 0 ? STR(",{") : STR("{"));
        add_member(out, "severity", str_from(severity_name(finding->severity)));
        add_member(out, "code", finding->code);
        if (!str_equal(finding->pos.file, file)) {
            add_member(out, "file", finding->pos.file);
        }
        buf_add_format(out, ",\"line\":%u,\"column\":%u", finding->pos.line, finding->pos.column);
        add_member(out, "message", finding->message);
        if (finding->hint.len > 0) {
            add_member(out, "hint", finding->hint);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

/* The first of the gravest. */
static Str first_message(const Finding *findings, size_t count) {
    const Finding *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (found == NULL || findings[i].severity > found->severity) {
            found = &findings[i];
        }
    }
    return found != NULL ? found->message : STR("nothing came out");
}

typedef struct Shown {
    bool is_good, is_json;
    double milliseconds;
} Shown;

static void print_line(Session *session, const Drawing *drawing, Diag *diag, Shown shown) {
    Buf *line = &session->line;
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    buf_reset(line);
    buf_add_char(line, '{');
    add_member(line, "id", drawing->id);
    buf_add_format(line, ",\"ok\":%s", shown.is_good ? "true" : "false");
    if (!shown.is_good) {
        add_member(line, "error", first_message(findings, count));
    } else if (shown.is_json) {
        buf_add_format(line, ",\"" STR_FMT "\":", STR_ARG(session->stage));
        buf_add(line, buf_str(&session->out));
    } else {
        add_member(line, session->stage.data, buf_str(&session->out));
    }
    if (session->options->is_timed) {
        buf_add_format(line, ",\"ms\":%.3f", shown.milliseconds);
    }
    add_findings(line, drawing->view.file, findings, count);
    buf_add_literal(line, "}\n");
    fwrite(line->data, 1, line->len, stdout);
}

/* One drawing, as it is; its findings on standard error. */
static void print_alone(Session *session, Diag *diag, Shown shown) {
    Buf *line = &session->line;
    bool is_quiet = session->options->verbosity < 0;
    DiagPrint how = {.color = use_color(session->options, stderr),
                     .least = is_quiet ? SEVERITY_ERROR : SEVERITY_INFO};
    buf_reset(line);
    if (shown.is_good && shown.is_json) {
        json_add_layout(line, buf_str(&session->out));
    } else if (shown.is_good) {
        buf_add(line, buf_str(&session->out));
    }
    if (line->len > 0 && line->data[line->len - 1] != '\n') {
        buf_add_char(line, '\n');
    }
    if (line->len > 0) {
        fwrite(line->data, 1, line->len, stdout);
        fflush(stdout); /* before what is said about it */
    }
    diag_print(diag, &how, stderr);
}

static double cpu_milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void show(Session *session, const Drawing *drawing, bool is_alone) {
    Diag *diag = diag_new();
    Shown shown;
    diag_set_root(diag, ".");
    buf_reset(&session->out);
    double start = cpu_milliseconds();
    shown.is_good = plugin_host_stage(session->host, session->stage, &drawing->view, diag,
                                      &session->out, &shown.is_json);
    shown.milliseconds = cpu_milliseconds() - start;
    session->drawn += shown.is_good;
    session->not_drawn += !shown.is_good;
    if (is_alone) {
        print_alone(session, diag, shown);
    } else {
        print_line(session, drawing, diag, shown);
    }
    diag_free(diag);
}

/* --- files ----------------------------------------------------------------------------------- */

static bool read_input(Arena *arena, Str *out) {
    Buf buf = {0};
    size_t got;
    do {
        buf_reserve(&buf, 65536);
        got = fread(buf.data + buf.len, 1, 65536, stdin);
        buf.len += got;
    } while (got > 0 && buf.len <= READ_MAX_BYTES);
    bool is_good = !ferror(stdin) && buf.len <= READ_MAX_BYTES;
    *out = str_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return is_good;
}

static bool is_input(Str file) {
    return str_equal(file, STR("-"));
}

static void report_unreadable(Session *session, Str file, int error, bool is_alone) {
    const char *why = error == EFBIG ? "it is too large" : strerror(error);
    session->unreadable++;
    fprintf(stderr, "quoin diagram: " STR_FMT ": %s\n", STR_ARG(file), why);
    if (!is_alone) {
        Buf *line = &session->line;
        buf_reset(line);
        buf_add_char(line, '{');
        add_member(line, "id", path_stem(file));
        buf_add_literal(line, ",\"ok\":false");
        add_member(line, "error", str_format(&session->file_arena, "cannot be read: %s", why));
        buf_add_literal(line, ",\"findings\":[]}\n");
        fwrite(line->data, 1, line->len, stdout);
    }
}

static void show_file(Session *session, const char *name) {
    bool is_single = session->options->argument_count == 1 && !session->options->is_timed;
    Str file = str_from(name), text;
    Arena *arena = &session->file_arena;
    errno = 0;
    bool is_read =
        is_input(file) ? read_input(arena, &text) : fs_read(arena, name, READ_MAX_BYTES, &text);
    if (is_read) {
        find_drawings(session, file, text);
        for (size_t i = 0; i < session->drawings.count; i++) {
            show(session, &session->drawings.items[i], is_single && session->drawings.count == 1);
        }
    } else {
        report_unreadable(session, file, errno != 0 ? errno : EFBIG, is_single);
    }
    arena_reset(arena);
}

/* --- the command ----------------------------------------------------------------------------- */

static bool complain_unknown(const char *what, Str name, const Str *names, size_t count) {
    Str near = str_nearest(name, names, count);
    fprintf(stderr, "quoin diagram: there is no %s `" STR_FMT "`\n", what, STR_ARG(name));
    if (near.len > 0) {
        fprintf(stderr, "  hint: did you mean `" STR_FMT "`?\n", STR_ARG(near));
    } else {
        Buf list = {0};
        for (size_t i = 0; i < count; i++) {
            buf_add_format(&list, "%s`" STR_FMT "`", i > 0 ? ", " : "", STR_ARG(names[i]));
        }
        fprintf(stderr, "  hint: there are " STR_FMT "\n", STR_ARG(buf_str(&list)));
        buf_release(&list);
    }
    return false;
}

static bool check_names(Session *session) {
    const Str *stages;
    size_t count = plugin_host_stages(session->host, &session->arena, &stages);
    const char *language = session->options->language;
    session->language_count =
        plugin_host_stage_languages(session->host, &session->arena, &session->languages);
    if (count == 0) {
        fprintf(stderr, "quoin diagram: no plugin that is switched on has stages\n");
        return false;
    }
    if (!is_among(stages, count, session->stage)) {
        return complain_unknown("stage", session->stage, stages, count);
    }
    if (language != NULL &&
        !is_among(session->languages, session->language_count, str_from(language))) {
        return complain_unknown("language", str_from(language), session->languages,
                                session->language_count);
    }
    return true;
}

/* Plugins as the current folder's quoin.yaml has them, or the usual ones. */
static bool open_session(Session *session) {
    Arena *arena = &session->arena;
    ConfigOptions config_options = {.dir = "."};
    session->diag = diag_new();
    diag_set_root(session->diag, ".");
    session->config = config_load(arena, &config_options, session->diag);
    if (session->config == NULL) {
        return false;
    }
    PluginHostOptions options = {.config = session->config,
                                 .kinds = &session->kinds,
                                 .shipped = share_path(arena, "plugins"),
                                 .workers = 1,
                                 .diag = session->diag};
    session->host = plugin_host_new(&options);
    session->markdown = markdown_new();
    return check_names(session);
}

static void close_session(Session *session) {
    markdown_free(session->markdown);
    plugin_host_free(session->host);
    diag_free(session->diag);
    vec_release(&session->drawings);
    buf_release(&session->out);
    buf_release(&session->line);
    arena_release(&session->file_arena);
    arena_release(&session->arena);
}

static int finish(const Session *session) {
    size_t count = session->drawn + session->not_drawn;
    if (count == 0 && session->unreadable == 0) {
        fprintf(stderr, "quoin diagram: there is no block that a plugin draws\n");
        return EXIT_FINDINGS;
    }
    if (count > 1 && session->options->verbosity >= 0) {
        fprintf(stderr, "%zu diagrams, %zu not drawn.\n", count, session->not_drawn);
    }
    return session->unreadable > 0  ? EXIT_USAGE
           : session->not_drawn > 0 ? EXIT_FINDINGS
                                    : EXIT_CLEAN;
}

int command_diagram(const Options *options) {
    Session session = {.options = options};
    session.stage = options->stage != NULL ? str_from(options->stage) : STR("svg");
    int code = EXIT_USAGE;
    bool is_open = open_session(&session);
    DiagPrint how = {.color = use_color(options, stderr), .least = SEVERITY_ERROR};
    diag_print(session.diag, &how, stderr); /* of quoin.yaml, of plugins that cannot be loaded */
    if (is_open) {
        for (int i = 0; i < options->argument_count; i++) {
            show_file(&session, options->arguments[i]);
        }
        code = finish(&session);
    }
    close_session(&session);
    return code;
}
