/* SPDX-License-Identifier: MIT
 * diag.c - collecting findings from all threads, applying severities, sorting. Printing is in
 * diag_print.c. */
#include "base/diag.h"

#include "base/map.h"
#include "base/vec.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct Rule {
    Str code;
    Severity severity;
} Rule;

struct Diag {
    pthread_mutex_t lock;
    Arena arena;            /* all text */
    VEC(Finding) collected; /* as reported, in any order */
    VEC(Finding) sorted;    /* what is shown; rebuilt when is_stale */
    VEC(Rule) rules;
    Map baseline; /* "code<TAB>file<TAB>message" -> Known */
    size_t known_count;
    const char *root;
    bool strict;
    bool is_stale;
};

/* A finding of the baseline. */
typedef struct Known {
    size_t allowed, seen;
} Known;

static const char *const severity_names[] = {
    [SEVERITY_OFF] = "off",
    [SEVERITY_INFO] = "info",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

Diag *diag_new(void) {
    Diag *diag = calloc(1, sizeof *diag);
    if (!diag) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    pthread_mutex_init(&diag->lock, NULL);
    return diag;
}

void diag_free(Diag *diag) {
    if (!diag)
        return;
    vec_release(&diag->collected);
    vec_release(&diag->sorted);
    vec_release(&diag->rules);
    map_release(&diag->baseline);
    arena_release(&diag->arena);
    pthread_mutex_destroy(&diag->lock);
    free(diag);
}

void diag_add(Diag *diag, const Finding *finding) {
    if (!diag)
        return;
    pthread_mutex_lock(&diag->lock);
    Finding copy = *finding;
    Str *texts[] = {&copy.code,        &copy.pos.file,    &copy.message,  &copy.hint,  &copy.target,
                    &copy.second.file, &copy.second_note, &copy.fix_from, &copy.fix_to};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = str_copy(&diag->arena, *texts[i]);
    }
    vec_push(&diag->collected, copy);
    diag->is_stale = true;
    pthread_mutex_unlock(&diag->lock);
}

void diag_report(Diag *diag, Severity severity, const char *code, Pos pos, const char *hint,
                 const char *format, ...) {
    if (!diag)
        return;
    char *message = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&message, format, args);
    va_end(args);
    Finding finding = {
        .severity = severity,
        .code = str_from(code),
        .pos = pos,
        .message = len < 0 ? str_from(format) : (Str){message, (size_t)len},
        .hint = str_from(hint),
    };
    diag_add(diag, &finding);
    if (len >= 0)
        free(message);
}

void diag_set_severity(Diag *diag, Str code, Severity severity) {
    pthread_mutex_lock(&diag->lock);
    Rule rule = {str_copy(&diag->arena, code), severity};
    vec_push(&diag->rules, rule);
    diag->is_stale = true;
    pthread_mutex_unlock(&diag->lock);
}

void diag_set_root(Diag *diag, const char *root) {
    pthread_mutex_lock(&diag->lock);
    diag->root = root ? str_terminated(&diag->arena, str_from(root)) : NULL;
    pthread_mutex_unlock(&diag->lock);
}

const char *diag_root(const Diag *diag) {
    return diag->root;
}

void diag_set_strict(Diag *diag, bool strict) {
    pthread_mutex_lock(&diag->lock);
    diag->strict = strict;
    diag->is_stale = true;
    pthread_mutex_unlock(&diag->lock);
}

static bool is_in_area(Str code, Str area) {
    return str_starts_with(code, area) && (code.len == area.len || code.data[area.len] == '.');
}

/* Of the rules for this code or an area of it the longest wins; of two equal ones the last. */
static Severity severity_of(const Diag *diag, const Finding *finding) {
    Severity severity = finding->severity;
    size_t longest = 0;
    for (size_t i = 0; i < diag->rules.count; i++) {
        const Rule *rule = &diag->rules.items[i];
        if (rule->code.len < longest || rule->code.len == 0)
            continue;
        if (!is_in_area(finding->code, rule->code))
            continue;
        longest = rule->code.len;
        severity = rule->severity;
    }
    return severity == SEVERITY_WARNING && diag->strict ? SEVERITY_ERROR : severity;
}

static int compare_numbers(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int compare_places(const Pos *a, const Pos *b) {
    int order = str_compare(a->file, b->file);
    if (!order)
        order = compare_numbers(a->line, b->line);
    if (!order)
        order = compare_numbers(a->column, b->column);
    return order;
}

/* 0 only for exact repeats, so that the order does not depend on who came first. */
static int compare_findings(const void *left, const void *right) {
    const Finding *a = left, *b = right;
    int order = compare_places(&a->pos, &b->pos);
    if (!order)
        order = str_compare(a->code, b->code);
    if (!order)
        order = str_compare(a->message, b->message);
    if (!order)
        order = (b->severity > a->severity) - (b->severity < a->severity);
    if (!order)
        order = str_compare(a->target, b->target);
    if (!order)
        order = str_compare(a->hint, b->hint);
    if (!order)
        order = compare_numbers(a->pos.length, b->pos.length);
    if (!order)
        order = compare_places(&a->second, &b->second);
    if (!order)
        order = compare_numbers(a->second.length, b->second.length);
    if (!order)
        order = str_compare(a->second_note, b->second_note);
    return order;
}

/* One line of a baseline; what would break the line is left out. */
static void add_key(Buf *out, const Finding *finding) {
    Str parts[] = {finding->code, finding->pos.file, finding->message};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (i > 0)
            buf_add_char(out, '\t');
        for (size_t at = 0; at < parts[i].len; at++) {
            char c = parts[i].data[at];
            buf_add_char(out, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
        }
    }
}

/* Leaves out what the baseline knows, as often as it knows it. */
static void drop_known(Diag *diag) {
    Buf key = {0};
    size_t kept = 0;
    diag->known_count = 0;
    for (size_t i = 0; i < diag->baseline.count; i++)
        ((Known *)diag->baseline.entries[i].value)->seen = 0;
    for (size_t i = 0; diag->baseline.count > 0 && i < diag->sorted.count; i++) {
        buf_reset(&key);
        add_key(&key, &diag->sorted.items[i]);
        Known *known = map_get(&diag->baseline, buf_str(&key));
        if (known && known->seen < known->allowed) {
            known->seen++;
            diag->known_count++;
        } else {
            diag->sorted.items[kept++] = diag->sorted.items[i];
        }
    }
    if (diag->baseline.count > 0)
        diag->sorted.count = kept;
    buf_release(&key);
}

static void sort_findings(Diag *diag) {
    if (!diag->is_stale)
        return;
    diag->is_stale = false;
    diag->sorted.count = 0;
    for (size_t i = 0; i < diag->collected.count; i++) {
        Finding finding = diag->collected.items[i];
        finding.severity = severity_of(diag, &finding);
        if (finding.severity != SEVERITY_OFF)
            vec_push(&diag->sorted, finding);
    }
    Finding *items = diag->sorted.items;
    size_t count = diag->sorted.count, kept = 0;
    if (count)
        qsort(items, count, sizeof *items, compare_findings);
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_findings(&items[kept - 1], &items[i]) == 0)
            continue;
        items[kept++] = items[i];
    }
    diag->sorted.count = kept;
    drop_known(diag);
}

void diag_read_baseline(Diag *diag, Str text) {
    Str line;
    pthread_mutex_lock(&diag->lock);
    text = str_copy(&diag->arena, text);
    while (str_next_line(&text, &line)) {
        if (line.len == 0 || line.data[0] == '#')
            continue;
        Known *known = map_get(&diag->baseline, line);
        if (!known) {
            known = arena_new(&diag->arena, Known);
            map_set(&diag->baseline, line, known);
        }
        known->allowed++;
    }
    diag->is_stale = true;
    pthread_mutex_unlock(&diag->lock);
}

static int compare_lines(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

void diag_add_baseline(Diag *diag, Buf *out) {
    Arena arena = {0};
    Buf key = {0};
    VEC(Str) lines = {0};
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].severity < SEVERITY_WARNING)
            continue;
        buf_reset(&key);
        add_key(&key, &findings[i]);
        vec_push(&lines, str_copy(&arena, buf_str(&key)));
    }
    if (lines.count)
        qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    for (size_t i = 0; i < lines.count; i++) {
        buf_add(out, lines.items[i]);
        buf_add_char(out, '\n');
    }
    vec_release(&lines);
    buf_release(&key);
    arena_release(&arena);
}

size_t diag_known_count(Diag *diag) {
    size_t count;
    diag_findings(diag, &count);
    return diag->known_count;
}

const Finding *diag_findings(Diag *diag, size_t *count) {
    pthread_mutex_lock(&diag->lock);
    sort_findings(diag);
    *count = diag->sorted.count;
    const Finding *items = diag->sorted.items;
    pthread_mutex_unlock(&diag->lock);
    return items;
}

/* A const Diag may still sort itself: every Diag comes from diag_new and is writable. */
size_t diag_count(const Diag *diag, Severity severity) {
    size_t count, matching = 0;
    const Finding *findings = diag_findings((Diag *)(uintptr_t)diag, &count);
    for (size_t i = 0; i < count; i++)
        matching += findings[i].severity == severity;
    return matching;
}

bool diag_has_code(const Diag *diag, Str code_or_area) {
    size_t count;
    const Finding *findings = diag_findings((Diag *)(uintptr_t)diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_in_area(findings[i].code, code_or_area))
            return true;
    }
    return false;
}

const char *severity_name(Severity severity) {
    assert(severity >= SEVERITY_OFF && severity <= SEVERITY_ERROR);
    return severity_names[severity];
}

bool severity_parse(Str name, Severity *out) {
    for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
        if (!str_equal(name, str_from(severity_names[i])))
            continue;
        *out = (Severity)i;
        return true;
    }
    return false;
}
