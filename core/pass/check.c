/* SPDX-License-Identifier: MIT
 * check.c - turns link states into findings that say what is wrong and what to do. */
#include "pass/check.h"

#include "base/path.h"

#include <string.h>

/* What is said of each state; %.*s is the destination as written. */
typedef struct Rule {
    Severity severity;
    const char *code;
    const char *message;
} Rule;

static const Rule RULES[] = {
    [LINK_BROKEN] = {SEVERITY_ERROR, "link.broken", "there is no `" STR_FMT "`"},
    [LINK_NO_ANCHOR] = {SEVERITY_ERROR, "link.anchor", "the page has no heading for `" STR_FMT "`"},
    [LINK_ANCHOR_CASE] = {SEVERITY_WARNING, "link.anchor-case",
                          "the anchor of `" STR_FMT "` is written in another case"},
    [LINK_FILE_CASE] = {SEVERITY_ERROR, "link.file-case",
                        "the path `" STR_FMT "` is written in another case than the file"},
    [LINK_OUTSIDE] = {SEVERITY_ERROR, "link.outside",
                      "`" STR_FMT "` leads out of the portal's folder"},
    [LINK_DRAFT] = {SEVERITY_WARNING, "link.draft",
                    "`" STR_FMT "` is a draft and is not published"},
    [LINK_NO_INDEX] = {SEVERITY_WARNING, "link.folder",
                       "the folder `" STR_FMT "` has no page to show"},
};
static const Rule IMAGE_RULE = {SEVERITY_ERROR, "link.image", "there is no picture `" STR_FMT "`"};

/* Destinations whose mistake can be named (counted in real specs, most frequent first). */
static bool is_machine_path(Str url) {
    static const char *const STARTS[] = {"/Users/", "/home/", "file:", "C:", "c:", "D:", "\\\\"};
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        if (str_starts_with(url, str_from(STARTS[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_handle(Str url) {
    return str_starts_with(url, STR("@"));
}

static bool is_mail(Str url) {
    size_t at = str_find_char(url, '@');
    return at != STR_NONE && at > 0 && str_contains(str_from_offset(url, at), STR(".")) &&
           !str_contains(url, STR("/"));
}

/* "play.example.org/x": a first part with a dot that is not a Markdown file's name. */
static bool lacks_scheme(Str url) {
    Str host, rest;
    bool has_path = str_cut(url, '/', &host, &rest);
    bool is_www = str_starts_with(url, STR("www."));
    size_t dot = str_find_last_char(host, '.');
    return is_www || (has_path && dot != STR_NONE && dot > 0 && host.data[0] != '.' &&
                      !str_equal(path_ext(host), STR(".md")));
}

static bool has_stray_bracket(Str url) {
    return str_ends_with(url, STR(")")) || str_starts_with(url, STR("<")) ||
           str_ends_with(url, STR(">"));
}

static const struct {
    bool (*fits)(Str url);
    const char *hint;
} EXPLANATIONS[] = {
    {is_machine_path, "this is a path on somebody's own machine; use a path relative to this page"},
    {is_handle, "a person? write the full address, e.g. https://github.com/name"},
    {is_mail, "an address? write mailto: before it"},
    {lacks_scheme, "another site? write https:// before it"},
    {has_stray_bracket, "there seems to be a stray bracket in the destination"},
};

typedef struct Checker {
    const Site *site;
    Arena scratch;      /* reset after each link */
    size_t comparisons; /* of names, for hints */
} Checker;

/* Names are compared one by one. On a site with very many mistakes the first ones get hints. */
#define MAX_COMPARISONS 20000000

static Str suggest(Checker *checker, const Page *page, const PageLink *link) {
    const Target *target = &link->target;
    bool is_anchor = target->state == LINK_NO_ANCHOR || target->state == LINK_ANCHOR_CASE;
    size_t cost = is_anchor && target->page != NULL ? target->page->anchors.count
                                                    : checker->site->sources->count;
    if (checker->comparisons + cost > MAX_COMPARISONS) {
        return STR_EMPTY;
    }
    checker->comparisons += cost;
    return site_suggest(checker->site, page, link->link->target, target->state, &checker->scratch);
}

static Str explain(Checker *checker, const Page *page, const PageLink *link) {
    Str url = link->link->target, near = suggest(checker, page, link);
    Arena *arena = &checker->scratch;
    if (near.len > 0) {
        return str_format(arena, "did you mean `" STR_FMT "`?", STR_ARG(near));
    }
    if (link->target.state == LINK_BROKEN) {
        for (size_t i = 0; i < sizeof EXPLANATIONS / sizeof *EXPLANATIONS; i++) {
            if (EXPLANATIONS[i].fits(url)) {
                return str_from(EXPLANATIONS[i].hint);
            }
        }
    }
    if (link->target.state == LINK_DRAFT) {
        return STR("publish the page, or build with --drafts");
    }
    return STR_EMPTY;
}

static const Rule *rule_for(const PageLink *link) {
    LinkState state = link->target.state;
    if (link->link->form != LINK_TEXT && link->link->form != LINK_IMAGE) {
        return NULL; /* names belong to the plugin that reads them */
    }
    if (link->link->form == LINK_IMAGE && state == LINK_BROKEN) {
        return &IMAGE_RULE;
    }
    return state < sizeof RULES / sizeof *RULES && RULES[state].code != NULL ? &RULES[state] : NULL;
}

static void check_link(Checker *checker, const Page *page, const PageLink *link) {
    const Rule *rule = rule_for(link);
    if (rule == NULL) {
        return;
    }
    Buf message = {0};
    const char *marker = strstr(rule->message, STR_FMT);
    buf_add(&message, (Str){rule->message, (size_t)(marker - rule->message)});
    buf_add(&message, link->link->target);
    buf_add(&message, str_from(marker + strlen(STR_FMT)));
    diag_add(checker->site->diag, &(Finding){.severity = rule->severity,
                                             .code = str_from(rule->code),
                                             .pos = link->link->pos,
                                             .message = buf_str(&message),
                                             .hint = explain(checker, page, link),
                                             .target = link->link->target});
    buf_release(&message);
}

void check_site(Site *site) {
    Checker checker = {.site = site};
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        for (size_t j = 0; j < page->link_count; j++) {
            check_link(&checker, page, &page->links[j]);
            arena_reset(&checker.scratch);
        }
    }
    arena_release(&checker.scratch);
}
