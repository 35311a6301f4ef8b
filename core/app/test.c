/* SPDX-License-Identifier: MIT
 * test.c - quoin test: runs .case files, each in a fresh folder, and compares what comes out. */
#include "app/case.h"
#include "app/command.h"

#include "base/fs.h"
#include "base/path.h"
#include "base/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_FILE        ((size_t)16 * 1024 * 1024)
#define MAX_WORDS       32
#define COMMAND_SECONDS 120

typedef struct Runner {
    const Options *options;
    Arena arena;        /* reset after each case */
    char program[4096]; /* this very program */
    char home[4096];    /* where the runner was started */
    Buf out, err;       /* of the last command */
    int exit_code;
    size_t passed, failed;
} Runner;

/* --- comparing -------------------------------------------------------------------------------- */

static Str next_wanted(Str *rest) {
    Str line = STR_EMPTY;
    while (str_next_line(rest, &line)) {
        line = str_trim(line);
        if (line.len > 0) {
            return line;
        }
    }
    return STR_EMPTY;
}

/* Each wanted line is found, one behind the other. Gives the first that is not. */
static bool contains_lines(Str actual, Str wanted, Str *missing) {
    for (Str line; (line = next_wanted(&wanted)).len > 0;) {
        size_t at = str_find(actual, line);
        if (at == STR_NONE) {
            *missing = line;
            return false;
        }
        actual = str_from_offset(actual, at + line.len);
    }
    return true;
}

static bool lacks_lines(Str actual, Str unwanted, Str *found) {
    for (Str line; (line = next_wanted(&unwanted)).len > 0;) {
        if (str_contains(actual, line)) {
            *found = line;
            return false;
        }
    }
    return true;
}

static void print_difference(Str wanted, Str actual) {
    uint32_t line = 1;
    Str left, right, a = wanted, b = actual;
    while (str_next_line(&a, &left) && str_next_line(&b, &right) && str_equal(left, right)) {
        line++;
    }
    fprintf(stderr,
            "    first difference in line %u:\n    wanted: " STR_FMT "\n    got:    " STR_FMT "\n",
            line, STR_ARG(str_line(wanted, line)), STR_ARG(str_line(actual, line)));
}

static bool fail(const Case *parsed, const Step *step, const char *what, Str detail) {
    fprintf(stderr, STR_FMT ":%u: %s" STR_FMT "\n", STR_ARG(parsed->path), step->line, what,
            STR_ARG(detail));
    return false;
}

static bool compare(Runner *runner, const Case *parsed, Step *step, Str actual) {
    Str wanted = case_body(step, &runner->arena), line = STR_EMPTY;
    switch (step->match) {
    case MATCH_CONTAINS:
        return contains_lines(actual, wanted, &line) ||
               fail(parsed, step, "does not contain: ", line);
    case MATCH_LACKS:
        return lacks_lines(actual, wanted, &line) || fail(parsed, step, "contains: ", line);
    case MATCH_EXACT:
        break;
    }
    if (str_equal(str_trim_right(wanted), str_trim_right(actual))) {
        return true;
    }
    if (runner->options->accept) {
        step->actual = str_copy(&runner->arena, actual);
        step->is_accepted = true;
        return true;
    }
    fail(parsed, step, "is not as expected", STR_EMPTY);
    print_difference(wanted, actual);
    return false;
}

/* --- running -----------------------------------------------------------------------------------
 */

static bool write_file(Runner *runner, Str path, Str body) {
    Str dir = path_dir(path);
    return (dir.len == 0 || fs_make_dirs(str_terminated(&runner->arena, dir))) &&
           fs_write(str_terminated(&runner->arena, path), body);
}

static size_t split_words(Runner *runner, Str line, const char *words[MAX_WORDS + 1]) {
    size_t count = 0;
    Str word;
    for (bool more = true; more && count < MAX_WORDS;) {
        more = str_cut(line, ' ', &word, &line);
        if (word.len > 0) {
            words[count++] = str_terminated(&runner->arena, word);
        }
    }
    words[count] = NULL;
    return count;
}

static bool run_quoin(Runner *runner, const char **words) {
    ProcessResult result;
    words[0] = runner->program;
    buf_reset(&runner->out);
    buf_reset(&runner->err);
    if (!process_run(words, STR_EMPTY, COMMAND_SECONDS, MAX_FILE, &runner->out, &runner->err,
                     &result)) {
        return false;
    }
    runner->exit_code = result.exit_code;
    return !result.timed_out;
}

static bool run_command(Runner *runner, Str line) {
    const char *words[MAX_WORDS + 1];
    size_t count = split_words(runner, line, words);
    if (count > 0 && strcmp(words[0], "quoin") == 0) {
        return run_quoin(runner, words);
    }
    if (count == 2 && strcmp(words[0], "rm") == 0) {
        return fs_kind(words[1]) != FS_NONE && fs_remove_tree(words[1]);
    }
    if (count == 3 && strcmp(words[0], "mv") == 0) {
        return fs_rename(words[1], words[2]);
    }
    if (count == 4 && strcmp(words[0], "ln") == 0 && strcmp(words[1], "-s") == 0) {
        return symlink(words[2], words[3]) == 0;
    }
    return count == 2 && strcmp(words[0], "mkdir") == 0 && fs_make_dirs(words[1]);
}

static bool run_commands(Runner *runner, const Case *parsed, const Step *step) {
    Str rest = case_body(step, &runner->arena), line;
    while (str_next_line(&rest, &line)) {
        if (str_trim(line).len > 0 && !run_command(runner, str_trim(line))) {
            return fail(parsed, step, "cannot be run: ", line);
        }
    }
    return true;
}

static bool check_exit(Runner *runner, const Case *parsed, Step *step) {
    Str actual = str_format(&runner->arena, "%d", runner->exit_code);
    if (str_equal(step->argument, actual)) {
        return true;
    }
    if (runner->options->accept) {
        step->actual = actual;
        step->is_accepted = true;
        return true;
    }
    fail(parsed, step, "the exit code is ", actual);
    fprintf(stderr, STR_FMT STR_FMT, STR_ARG(buf_str(&runner->out)),
            STR_ARG(buf_str(&runner->err)));
    return false;
}

static bool check_file(Runner *runner, const Case *parsed, Step *step) {
    Str text;
    if (!fs_read(&runner->arena, str_terminated(&runner->arena, step->argument), MAX_FILE, &text)) {
        return fail(parsed, step, "there is no file ", step->argument);
    }
    return compare(runner, parsed, step, text);
}

static bool run_step(Runner *runner, const Case *parsed, Step *step) {
    const char *path = str_terminated(&runner->arena, step->argument);
    switch (step->kind) {
    case STEP_FILE:
        return write_file(runner, step->argument, case_body(step, &runner->arena)) ||
               fail(parsed, step, "cannot be written: ", str_from(strerror(errno)));
    case STEP_RUN:
        return run_commands(runner, parsed, step);
    case STEP_EXIT:
        return check_exit(runner, parsed, step);
    case STEP_STDOUT:
        return compare(runner, parsed, step, buf_str(&runner->out));
    case STEP_STDERR:
        return compare(runner, parsed, step, buf_str(&runner->err));
    case STEP_READ:
        return check_file(runner, parsed, step);
    case STEP_MISSING:
        return fs_kind(path) == FS_NONE || fail(parsed, step, "it is there: ", step->argument);
    }
    return false;
}

/* --- the folder of a case ------------------------------------------------------------------------
 */

static void copy_tree(Runner *runner, Str from, const char *to) {
    FsEntries entries = {0};
    Arena *arena = &runner->arena;
    fs_walk(arena, str_terminated(arena, from), NULL, NULL, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        Str target = path_join(arena, str_from(to), entries.items[i].path);
        if (entries.items[i].kind == FS_FILE) {
            fs_make_dirs(str_terminated(arena, path_dir(target)));
            fs_copy(str_terminated(arena, path_join(arena, from, entries.items[i].path)),
                    str_terminated(arena, target));
        }
    }
    vec_release(&entries);
}

/* The cases of a plugin (plugins/<name>/tests/x.case) have that plugin in their site. */
static void bring_plugin(Runner *runner, Str case_path) {
    Str tests = path_dir(case_path), plugin = path_dir(tests), plugins = path_dir(plugin);
    if (str_equal(path_base(tests), STR("tests")) &&
        str_equal(path_base(plugins), STR("plugins"))) {
        Str target = path_join(&runner->arena, STR("plugins"), path_base(plugin));
        copy_tree(runner, plugin, str_terminated(&runner->arena, target));
    }
}

static bool enter_folder(char folder[64]) {
    const char *base = getenv("TMPDIR");
    snprintf(folder, 64, "%s/quoin-case-XXXXXX", base != NULL && strlen(base) < 32 ? base : "/tmp");
    return mkdtemp(folder) != NULL && chdir(folder) == 0;
}

/* Each case has a cache of its own: what it shows must not depend on earlier builds. */
static void name_cache(const char *folder, char cache[80]) {
    snprintf(cache, 80, "%s-cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
}

static bool run_case(Runner *runner, Case *parsed, Str absolute) {
    char folder[64], cache[80];
    bool is_good = enter_folder(folder);
    if (!is_good) {
        fprintf(stderr, "quoin test: %s: %s\n", folder, strerror(errno));
        return false;
    }
    name_cache(folder, cache);
    bring_plugin(runner, absolute);
    for (size_t i = 0; i < parsed->steps.count && is_good; i++) {
        is_good = run_step(runner, parsed, &parsed->steps.items[i]);
    }
    is_good = chdir(runner->home) == 0 && is_good;
    fs_remove_tree(folder);
    fs_remove_tree(cache);
    return is_good;
}

static void accept(Runner *runner, const Case *parsed) {
    Str text = case_format(parsed, &runner->arena);
    if (!str_equal(text, parsed->text)) {
        fs_write(str_terminated(&runner->arena, parsed->path), text);
        printf("accepted " STR_FMT "\n", STR_ARG(parsed->path));
    }
}

static void run_file(Runner *runner, Str path) {
    Arena kept = {0}; /* the case outlives what single commands need */
    Case parsed = {0};
    Str text, absolute = fs_absolute(&kept, str_terminated(&kept, path));
    bool is_good = fs_read(&kept, absolute.data, MAX_FILE, &text) &&
                   case_parse(&parsed, path, text) && run_case(runner, &parsed, absolute);
    if (is_good && runner->options->accept) {
        accept(runner, &parsed);
    }
    runner->passed += is_good;
    runner->failed += !is_good;
    if (runner->options->verbosity > 0 || !is_good) {
        fprintf(stderr, "%s " STR_FMT ": " STR_FMT "\n", is_good ? "ok  " : "FAIL", STR_ARG(path),
                STR_ARG(parsed.title));
    }
    vec_release(&parsed.steps);
    arena_release(&kept);
    arena_reset(&runner->arena);
}

static void run_path(Runner *runner, const char *path) {
    Arena kept = {0};
    FsEntries entries = {0};
    if (fs_kind(path) == FS_FILE) {
        run_file(runner, str_from(path));
    } else if (fs_walk(&kept, path, NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            if (entries.items[i].kind == FS_FILE &&
                str_ends_with(entries.items[i].path, STR(".case"))) {
                run_file(runner, path_join(&kept, str_from(path), entries.items[i].path));
            }
        }
    } else {
        fprintf(stderr, "quoin test: %s: %s\n", path, strerror(errno));
        runner->failed++;
    }
    vec_release(&entries);
    arena_release(&kept);
}

int command_test(const Options *options) {
    Runner runner = {.options = options};
    ssize_t len = readlink("/proc/self/exe", runner.program, sizeof runner.program - 1);
    if (len <= 0 || getcwd(runner.home, sizeof runner.home) == NULL) {
        fprintf(stderr, "quoin test: cannot find itself: %s\n", strerror(errno));
        return EXIT_USAGE;
    }
    setenv("NO_COLOR", "1", 1);
    setenv("SOURCE_DATE_EPOCH", "1767225600", 0); /* 2026-01-01, so that dates stay the same */
    for (int i = 0; i < options->argument_count; i++) {
        run_path(&runner, options->arguments[i]);
    }
    printf("%zu passed, %zu failed\n", runner.passed, runner.failed);
    buf_release(&runner.out);
    buf_release(&runner.err);
    arena_release(&runner.arena);
    return runner.failed > 0 || runner.passed == 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}
