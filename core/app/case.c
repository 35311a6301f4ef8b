/* SPDX-License-Identifier: MIT
 * case.c - reads and rewrites .case files; running them is test.c's business. */
#include "app/case.h"

#include "base/buf.h"

#include <stdio.h>

#define MARK STR("=== ")

static const struct {
    const char *word;
    StepKind kind;
    bool has_argument;
} STEP_WORDS[] = {
    {"file", STEP_FILE, true},       {"run", STEP_RUN, false},       {"exit", STEP_EXIT, true},
    {"stdout", STEP_STDOUT, false},  {"stderr", STEP_STDERR, false}, {"read", STEP_READ, true},
    {"missing", STEP_MISSING, true},
};

/* The next line with its end, and without. */
static bool next_line(Str *rest, Str *line, Str *whole) {
    size_t end = str_find_char(*rest, '\n');
    if (rest->len == 0) {
        return false;
    }
    *whole = str_slice(*rest, 0, end == STR_NONE ? rest->len : end + 1);
    *rest = str_from_offset(*rest, whole->len);
    *line = str_slice(*whole, 0, end == STR_NONE ? whole->len : end);
    return true;
}

static bool complain(Str path, uint32_t line, const char *what) {
    fprintf(stderr, STR_FMT ":%u: %s\n", STR_ARG(path), line, what);
    return false;
}

/* "read out/a.html contains" -> a step. */
static bool parse_head(Step *step, Str head) {
    Str word, rest;
    head = str_trim(head);
    step->match = MATCH_EXACT;
    if (str_ends_with(head, STR(" contains"))) {
        step->match = MATCH_CONTAINS;
        head.len -= 9;
    } else if (str_ends_with(head, STR(" lacks"))) {
        step->match = MATCH_LACKS;
        head.len -= 6;
    }
    str_cut(head, ' ', &word, &rest);
    for (size_t i = 0; i < sizeof STEP_WORDS / sizeof *STEP_WORDS; i++) {
        if (str_equal(word, str_from(STEP_WORDS[i].word))) {
            step->kind = STEP_WORDS[i].kind;
            step->argument = str_trim(rest);
            return (step->argument.len > 0) == STEP_WORDS[i].has_argument;
        }
    }
    return false;
}

bool case_parse(Case *parsed, Str path, Str text) {
    Str rest = text, line, whole;
    uint32_t number = 0;
    *parsed = (Case){.path = path, .text = text, .title = STR_EMPTY};
    while (next_line(&rest, &line, &whole)) {
        number++;
        Step *last = parsed->steps.count > 0 ? &parsed->steps.items[parsed->steps.count - 1] : NULL;
        if (str_starts_with(line, MARK)) {
            Step step = {.line = number, .body = {whole.data + whole.len, 0}};
            if (!parse_head(&step, str_from_offset(line, MARK.len))) {
                return complain(path, number, "this step is not understood");
            }
            vec_push(&parsed->steps, step);
        } else if (last != NULL) {
            last->body.len += whole.len;
        } else if (parsed->title.len == 0) {
            parsed->title = str_trim(line);
        }
    }
    return parsed->steps.count > 0 || complain(path, 1, "the case has no steps");
}

Str case_body(const Step *step, Arena *arena) {
    Buf out = {0};
    Str rest = step->body, line, whole;
    while (next_line(&rest, &line, &whole)) {
        buf_add(&out, str_starts_with(whole, STR("\\=== ")) ? str_from_offset(whole, 1) : whole);
    }
    Str body = str_copy(arena, buf_str(&out));
    buf_release(&out);
    return body;
}

static void add_escaped(Buf *out, Str text) {
    Str line;
    while (str_next_line(&text, &line)) {
        if (str_starts_with(line, MARK)) {
            buf_add_char(out, '\\');
        }
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

Str case_format(const Case *parsed, Arena *arena) {
    Buf out = {0};
    Str rest = parsed->text, line, whole;
    uint32_t number = 0;
    size_t next = 0;
    while (next_line(&rest, &line, &whole)) {
        number++;
        bool is_head = next < parsed->steps.count && parsed->steps.items[next].line == number;
        const Step *step = is_head ? &parsed->steps.items[next++] : NULL;
        if (step == NULL || !step->is_accepted) {
            buf_add(&out, whole);
        } else if (step->kind == STEP_EXIT) {
            buf_add_format(&out, "=== exit " STR_FMT "\n", STR_ARG(step->actual));
        } else {
            buf_add(&out, whole);
            add_escaped(&out, step->actual);
            for (size_t skipped = 0; skipped < step->body.len; number++) {
                next_line(&rest, &line, &whole);
                skipped += whole.len;
            }
        }
    }
    Str text = str_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}
