/* SPDX-License-Identifier: MIT
 * history.c - asks git on a thread of its own, once for each commit. */
#include "model/history.h"

#include "base/cache.h"
#include "base/date.h"
#include "base/path.h"
#include "base/process.h"
#include "model/repository.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES   ((size_t)256 * 1024 * 1024)
#define MAX_SECONDS 30       /* for one run of git */
#define MAX_DATES   "100000" /* commits */
#define MAX_AUTHORS "20000"

typedef enum Outcome { OUTCOME_NOTHING, OUTCOME_KNOWN, OUTCOME_SHALLOW, OUTCOME_SLOW } Outcome;

struct History {
    Arena arena; /* the thread's until it has ended */
    const char *program;
    const char *git_dir; /* "--git-dir=/checkout/.git" */
    const char *prefix;  /* of the content within the checkout */
    pthread_t thread;
    bool is_running, is_reported;
    Outcome outcome;
    Map changes;
};

/* --- running git -------------------------------------------------------------------------------
 */

/* Nothing in the checkout's or the user's settings may start a program, reach for the network, lock
 * anything or change the form of the output. It runs at the root so that only the committed
 * .mailmap is read. */
#define ARGUMENTS 40
static size_t common_arguments(const History *history, const char **arguments) {
    const char *common[] = {history->program,
                            "-C",
                            "/",
                            history->git_dir,
                            "--no-pager",
                            "--no-optional-locks",
                            "--literal-pathspecs",
                            "-c",
                            "protocol.allow=never",
                            "-c",
                            "core.fsmonitor=false",
                            "-c",
                            "mailmap.file=",
                            "-c",
                            "mailmap.blob=HEAD:.mailmap",
                            "-c",
                            "log.showRoot=true",
                            "-c",
                            "log.follow=false"};
    memcpy(arguments, common, sizeof common);
    return sizeof common / sizeof *common;
}

static bool run(History *history, const char *const *arguments, Buf *out) {
    ProcessResult result;
    bool is_started = process_run(arguments, STR_EMPTY, MAX_SECONDS, MAX_BYTES, out, NULL, &result);
    if (is_started && result.timed_out) {
        history->outcome = OUTCOME_SLOW;
    }
    return is_started && result.exit_code == 0;
}

/* "false\n<commit>\n"; false when there is no commit. */
static bool find_head(History *history, Str *head) {
    const char *arguments[ARGUMENTS];
    size_t count = common_arguments(history, arguments);
    Buf out = {0};
    Str shallow, rest;
    arguments[count++] = "rev-parse";
    arguments[count++] = "--is-shallow-repository";
    arguments[count++] = "HEAD";
    arguments[count] = NULL;
    bool is_good = run(history, arguments, &out);
    str_cut(buf_str(&out), '\n', &shallow, &rest);
    *head = str_copy(&history->arena, str_trim(rest));
    if (is_good && str_equal(shallow, STR("true"))) {
        history->outcome = OUTCOME_SHALLOW;
        is_good = false;
    }
    buf_release(&out);
    return is_good;
}

/* `which`: commits of the main line, or all that are no merges. */
static bool run_log(History *history, Str head, bool is_main_line, Buf *out) {
    const char *arguments[ARGUMENTS];
    size_t count = common_arguments(history, arguments);
    arguments[count++] = "log";
    arguments[count++] = is_main_line ? "--first-parent" : "--full-history";
    arguments[count++] = is_main_line ? "-m" : "--no-merges";
    arguments[count++] = is_main_line ? "--max-count=" MAX_DATES : "--max-count=" MAX_AUTHORS;
    arguments[count++] = "--name-only";
    arguments[count++] = "-z";
    arguments[count++] = "--no-renames";
    arguments[count++] = "--no-relative";
    arguments[count++] = "--no-color";
    arguments[count++] = "--no-show-signature";
    arguments[count++] = "--encoding=UTF-8";
    arguments[count++] = "--format=" HISTORY_FORMAT;
    arguments[count++] = str_terminated(&history->arena, head);
    arguments[count++] = "--";
    if (history->prefix[0] != '\0') {
        arguments[count++] = history->prefix;
    }
    arguments[count] = NULL;
    return run(history, arguments, out);
}

/* --- the thread ---------------------------------------------------------------------------------
 */

static bool ask_git(History *history, Str head) {
    Buf dates = {0}, names = {0};
    bool is_good = run_log(history, head, true, &dates);
    if (is_good && history_has_merges(buf_str(&dates))) {
        is_good = run_log(history, head, false, &names);
    }
    if (is_good) {
        history_parse(&history->arena, str_from(history->prefix), buf_str(&dates), buf_str(&names),
                      &history->changes);
    }
    buf_release(&dates);
    buf_release(&names);
    return is_good;
}

static void keep(History *history, const char *entry) {
    Buf text = {0};
    history_add(&text, &history->changes);
    cache_write(&history->arena, entry, 0, buf_str(&text));
    buf_release(&text);
}

static void *look(void *pointer) {
    History *history = pointer;
    Arena *arena = &history->arena;
    Str head, kept;
    if (!find_head(history, &head)) {
        return NULL;
    }
    Str key = str_format(arena, STR_FMT "\n%s", STR_ARG(head), history->prefix);
    const char *entry = cache_entry(arena, cache_folder(arena), "history", key);
    bool is_known = cache_read(arena, entry, &kept) && history_read(arena, kept, &history->changes);
    if (!is_known && ask_git(history, head)) {
        keep(history, entry);
        is_known = true;
    }
    if (is_known) {
        history->outcome = OUTCOME_KNOWN;
    }
    return NULL;
}

History *history_start(const Config *config) {
    Arena arena = {0};
    Str prefix, url, program, top = config->content_root;
    History *history = NULL;
    if (config_bool(config, "git") && repository_find(&arena, top, &prefix, &url) &&
        process_find(&arena, "git", &program)) {
        history = calloc(1, sizeof *history);
        if (history == NULL) {
            abort();
        }
        top.len -= prefix.len > 0 ? prefix.len + 1 : 0;
        history->program = str_terminated(&history->arena, program);
        history->prefix = str_terminated(&history->arena, prefix);
        history->git_dir =
            str_format(&history->arena, "--git-dir=" STR_FMT "/.git", STR_ARG(top)).data;
        history->is_running = pthread_create(&history->thread, NULL, look, history) == 0;
    }
    arena_release(&arena);
    return history;
}

/* --- the site ------------------------------------------------------------------------------------
 */

static void wait_for(History *history) {
    if (history->is_running) {
        pthread_join(history->thread, NULL);
        history->is_running = false;
    }
}

static void report(History *history, Diag *diag) {
    if (history->outcome == OUTCOME_SHALLOW && !history->is_reported) {
        diag_report(diag, SEVERITY_INFO, "git.shallow", (Pos){0},
                    "in a workflow, give actions/checkout `fetch-depth: 0`",
                    "pages have no dates: the checkout has only a part of the history");
    } else if (history->outcome == OUTCOME_SLOW && !history->is_reported) {
        diag_report(diag, SEVERITY_INFO, "git.slow", (Pos){0}, "`git: false` in quoin.yaml",
                    "pages have no dates: git took more than %d seconds", MAX_SECONDS);
    }
    history->is_reported = true;
}

static Str date_of(Arena *arena, int64_t time) {
    Date date = date_from_days((int32_t)(time / (24 * 60 * 60)));
    return str_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

void history_apply(History *history, Site *site) {
    if (history == NULL) {
        return;
    }
    wait_for(history);
    report(history, site->diag);
    for (size_t i = 0; history->outcome == OUTCOME_KNOWN && i < site->page_count; i++) {
        Page *page = site->pages[i];
        const Change *change = page->source != NULL ? map_get(&history->changes, page->path) : NULL;
        if (change != NULL && change->time > 0) {
            page->changed = change->time;
            page->updated = date_of(site->arena, change->time);
            page->contributors = change->names;
            page->contributor_count = change->name_count;
        }
    }
}

void history_free(History *history) {
    if (history == NULL) {
        return;
    }
    wait_for(history);
    map_release(&history->changes);
    arena_release(&history->arena);
    free(history);
}
