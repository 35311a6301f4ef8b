/* SPDX-License-Identifier: MIT
 * options.c - the command line's options: a table, a parser with near matches, and their help. */
#include "app/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum OptionId {
    OPTION_OUTPUT,
    OPTION_JOBS,
    OPTION_STRICT,
    OPTION_DRAFTS,
    OPTION_FORMAT,
    OPTION_COLOR,
    OPTION_MAX_FINDINGS,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_LIST,
    OPTION_ACCEPT,
    OPTION_BASELINE,
    OPTION_UPDATE_BASELINE,
    OPTION_KIND,
    OPTION_WHERE,
    OPTION_PROJECT,
    OPTION_COLUMNS,
    OPTION_SORT,
    OPTION_LIST_FORMAT,
    OPTION_SVG,
    OPTION_FACTS,
    OPTION_TEXT,
    OPTION_LAYOUT,
    OPTION_STAGE,
    OPTION_LANGUAGE,
    OPTION_TIMING,
    OPTION_PORT,
    OPTION_HOST,
    OPTION_OPEN,
    OPTION_POLL,
    OPTION_HELP
} OptionId;

static const struct OptionSpec {
    OptionId id;
    char letter; /* 0: none */
    const char *name;
    const char *value; /* what it takes, NULL for a switch */
    const char *help;
} SPECS[] = {
    {OPTION_OUTPUT, 'o', "output", "FOLDER", "write the site there (default: DIR/_site)"},
    {OPTION_JOBS, 'j', "jobs", "N", "worker threads (default: the number of cores)"},
    {OPTION_STRICT, 0, "strict", NULL, "treat warnings as errors"},
    {OPTION_DRAFTS, 0, "drafts", NULL, "include pages with `draft: true`"},
    {OPTION_FORMAT, 0, "format", "human|json|github", "how findings are printed"},
    {OPTION_COLOR, 0, "color", "auto|always|never", "colours (default: on a terminal)"},
    {OPTION_MAX_FINDINGS, 0, "max-findings", "N",
     "print at most N findings (default: 100; 0: all)"},
    {OPTION_QUIET, 'q', "quiet", NULL, "print errors only, no summary"},
    {OPTION_VERBOSE, 'v', "verbose", NULL, "print notices too, and what each station did"},
    {OPTION_LIST, 0, "list", NULL, "list what there is"},
    {OPTION_ACCEPT, 0, "accept", NULL, "write what was seen into the cases as expected"},
    {OPTION_BASELINE, 0, "baseline", "FILE",
     "findings listed there are known: only new ones count"},
    {OPTION_UPDATE_BASELINE, 0, "update-baseline", NULL,
     "write the findings of now into that file"},
    {OPTION_KIND, 0, "kind", "KIND", "records of that kind only"},
    {OPTION_WHERE, 0, "where", "FIELD=VALUE",
     "also != and ~ (contains); may be given several times"},
    {OPTION_PROJECT, 0, "project", "PROJECT", "records of that project only"},
    {OPTION_COLUMNS, 0, "columns", "A,B,...", "what to show (default: what the kind has)"},
    {OPTION_SORT, 0, "sort", "FIELD", "order by a column; -FIELD turns it round"},
    {OPTION_LIST_FORMAT, 0, "format", "table|json|csv",
     "how records are printed (json: one a line)"},
    {OPTION_SVG, 0, "svg", NULL, "the picture (default)"},
    {OPTION_FACTS, 0, "facts", NULL, "what was read, as JSON: nodes, edges, messages, ..."},
    {OPTION_TEXT, 0, "text", NULL, "the text version, with every label and connection"},
    {OPTION_LAYOUT, 0, "layout", NULL, "sizes and places of boxes and edges, as JSON"},
    {OPTION_STAGE, 0, "stage", "NAME", "a stage of that name, as plugins may have others"},
    {OPTION_LANGUAGE, 0, "language", "NAME",
     "language of files with another ending (default: mermaid)"},
    {OPTION_TIMING, 0, "timing", NULL, "JSON lines with \"ms\": the CPU time of each"},
    {OPTION_PORT, 'p', "port", "N",
     "listen there (default: 4000; the next free one when it is taken; 0: any)"},
    {OPTION_HOST, 0, "host", "NAME", "listen on that address (default: 127.0.0.1)"},
    {OPTION_OPEN, 0, "open", NULL, "open a browser"},
    {OPTION_POLL, 0, "poll", NULL,
     "look at all files twice a second, where the system does not tell of changes"},
    {OPTION_HELP, 'h', "help", NULL, "this text"},
};
#define SPEC_COUNT (sizeof SPECS / sizeof *SPECS)

/* A command names its options in one text: " output jobs strict ". */
static bool takes_option(const Command *command, const struct OptionSpec *spec) {
    char word[32];
    /* `list` has another --format than the others. */
    snprintf(word, sizeof word, " %s ",
             spec->id == OPTION_LIST_FORMAT ? "list-format" : spec->name);
    return spec->id == OPTION_HELP || strstr(command->options, word) != NULL;
}

static const struct OptionSpec *find_spec(const Command *command, Str name, char letter) {
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        bool is_named = name.len > 0 && str_equal(name, str_from(SPECS[i].name));
        bool is_lettered = letter != 0 && letter == SPECS[i].letter;
        if ((is_named || is_lettered) && takes_option(command, &SPECS[i])) {
            return &SPECS[i];
        }
    }
    return NULL;
}

static bool complain(const Command *command, const char *what, Str argument) {
    fprintf(stderr, "quoin %s: %s " STR_FMT "\n", command->name, what, STR_ARG(argument));
    return false;
}

static bool complain_unknown(const Command *command, Str argument, Str name) {
    Str names[SPEC_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        if (takes_option(command, &SPECS[i])) {
            names[count++] = str_from(SPECS[i].name);
        }
    }
    Str near = str_nearest(name, names, count);
    complain(command, "there is no option", argument);
    if (near.len > 0) {
        fprintf(stderr, "  hint: did you mean --" STR_FMT "?\n", STR_ARG(near));
    } else {
        fprintf(stderr, "  hint: quoin help %s\n", command->name);
    }
    return false;
}

static bool parse_choice(Str value, const char *const *words, int *out) {
    for (int i = 0; words[i] != NULL; i++) {
        if (str_equal(value, str_from(words[i]))) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool parse_count(Str value, int64_t most, int64_t *out) {
    return str_to_int(value, out) && *out >= 0 && *out <= most;
}

static bool apply(Options *options, OptionId id, const char *text) {
    static const char *const FORMATS[] = {"human", "json", "github", NULL};
    static const char *const LIST_FORMATS[] = {"table", "json", "csv", NULL};
    static const char *const COLORS[] = {"auto", "always", "never", NULL};
    Str value = str_from(text);
    int64_t number = 0;
    int choice = 0;
    bool is_good = true;
    switch (id) {
    case OPTION_OUTPUT:
        options->output = text;
        return text[0] != '\0';
    case OPTION_JOBS:
        is_good = parse_count(value, 256, &number);
        options->jobs = (int)number;
        break;
    case OPTION_FORMAT:
        is_good = parse_choice(value, FORMATS, &choice);
        options->format = (DiagFormat)choice;
        break;
    case OPTION_COLOR:
        is_good = parse_choice(value, COLORS, &choice);
        options->color = (ColorMode)choice;
        break;
    case OPTION_MAX_FINDINGS:
        is_good = parse_count(value, 1000000000, &number);
        options->max_findings = (size_t)number;
        break;
    case OPTION_BASELINE:
        options->baseline = text;
        return text[0] != '\0';
    case OPTION_UPDATE_BASELINE:
        options->update_baseline = true;
        break;
    case OPTION_KIND:
        options->kind = text;
        break;
    case OPTION_PROJECT:
        options->project = text;
        break;
    case OPTION_COLUMNS:
        options->columns = text;
        break;
    case OPTION_SORT:
        options->sort = text;
        break;
    case OPTION_WHERE:
        is_good = options->where_count < 16 && strpbrk(text, "=~") != NULL;
        if (is_good) {
            options->where[options->where_count++] = text;
        }
        break;
    case OPTION_LIST_FORMAT:
        is_good = parse_choice(value, LIST_FORMATS, &choice);
        options->list_format = LIST_FORMATS[choice];
        break;
    case OPTION_SVG:
        options->stage = "svg";
        break;
    case OPTION_FACTS:
        options->stage = "facts";
        break;
    case OPTION_TEXT:
        options->stage = "text";
        break;
    case OPTION_LAYOUT:
        options->stage = "layout";
        break;
    case OPTION_STAGE:
        options->stage = text;
        break;
    case OPTION_LANGUAGE:
        options->language = text;
        break;
    case OPTION_TIMING:
        options->is_timed = true;
        break;
    case OPTION_PORT:
        is_good = parse_count(value, 65535, &number);
        options->port = (int)number;
        break;
    case OPTION_HOST:
        options->host = text;
        return text[0] != '\0';
    case OPTION_OPEN:
        options->open = true;
        break;
    case OPTION_POLL:
        options->poll = true;
        break;
    case OPTION_STRICT:
        options->strict = true;
        break;
    case OPTION_DRAFTS:
        options->drafts = true;
        break;
    case OPTION_QUIET:
        options->verbosity = -1;
        break;
    case OPTION_VERBOSE:
        options->verbosity = 1;
        break;
    case OPTION_LIST:
        options->list = true;
        break;
    case OPTION_ACCEPT:
        options->accept = true;
        break;
    case OPTION_HELP:
        options->help = true;
        break;
    }
    return is_good;
}

/* One option at argv[*at]; *at moves on when its value is the next argument. */
static bool parse_option(const Command *command, int argc, char **argv, int *at, Options *out) {
    Str argument = str_from(argv[*at]), name = STR_EMPTY, rest;
    bool is_long = str_starts_with(argument, STR("--"));
    const char *value = NULL;
    if (is_long) {
        if (str_cut(str_from_offset(argument, 2), '=', &name, &rest)) {
            value = rest.data;
        }
    } else if (argument.len > 2) {
        value = argv[*at] + 2;
    }
    const struct OptionSpec *spec = find_spec(command, name, is_long ? 0 : argument.data[1]);
    if (spec == NULL) {
        return complain_unknown(command, argument, name);
    }
    if (spec->value == NULL && value != NULL) {
        return complain(command, "this option takes no value:", argument);
    }
    if (spec->value != NULL && value == NULL) {
        if (*at + 1 >= argc) {
            fprintf(stderr, "quoin %s: --%s wants %s\n", command->name, spec->name, spec->value);
            return false;
        }
        value = argv[++*at];
    }
    if (!apply(out, spec->id, value)) {
        fprintf(stderr, "quoin %s: --%s wants %s, not `%s`\n", command->name, spec->name,
                spec->value, value);
        return false;
    }
    return true;
}

bool options_parse(const Command *command, int argc, char **argv, Options *out) {
    bool only_arguments = false;
    const char **arguments = (const char **)argv; /* what is no option moves to the front */
    *out = (Options){
        .max_findings = 100, .list_format = "table", .port = 4000, .arguments = arguments};
    for (int i = 0; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!parse_option(command, argc, argv, &i, out)) {
                return false;
            }
        } else if (argv[i][0] == '\0') {
            return complain(command, "an argument is", STR("empty"));
        } else if (out->argument_count == command->max_arguments) {
            return complain(command, "one argument too many:", str_from(argv[i]));
        } else {
            arguments[out->argument_count++] = argv[i];
        }
    }
    if (out->update_baseline && out->baseline == NULL) {
        return complain(command, "--update-baseline wants", STR("--baseline FILE"));
    }
    if (!out->help && out->argument_count < command->min_arguments && !out->list) {
        fprintf(stderr, "quoin %s: too few arguments\n  usage: quoin %s\n", command->name,
                command->usage);
        return false;
    }
    return true;
}

void options_print(const Command *command, FILE *out) {
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        const struct OptionSpec *spec = &SPECS[i];
        char left[64];
        if (!takes_option(command, spec)) {
            continue;
        }
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", spec->letter ? "-" : "  ",
                 spec->letter ? spec->letter : ' ', spec->letter ? ", " : " ", spec->name,
                 spec->value ? " " : "", spec->value ? spec->value : "");
        fprintf(out, "  %-34s %s\n", left, spec->help);
    }
}

const char *options_folder(const Options *options) {
    return options->argument_count > 0 ? options->arguments[0] : ".";
}

bool use_color(const Options *options, FILE *stream) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (options->color != COLOR_AUTO) {
        return options->color == COLOR_ALWAYS;
    }
    return isatty(fileno(stream)) && (no_color == NULL || *no_color == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}
