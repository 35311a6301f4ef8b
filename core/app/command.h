/* SPDX-License-Identifier: MIT
 * command.h - the commands of the program and their options: one table each. */
#ifndef QUOIN_APP_COMMAND_H
#define QUOIN_APP_COMMAND_H

#include "base/diag.h"

/* Exit codes. */
#define EXIT_CLEAN       0
#define EXIT_FINDINGS    1 /* findings at error level */
#define EXIT_USAGE       2 /* bad usage, or the world failed: disk, permissions */
#define EXIT_INTERRUPTED 130

typedef enum ColorMode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorMode;

typedef struct Options {
    const char *output; /* -o; NULL: DIR/_site */
    DiagFormat format;
    ColorMode color;
    int verbosity; /* -1 quiet, 0, 1 verbose */
    bool strict, drafts, list, accept, help;
    const char *baseline; /* file of known findings; NULL: none */
    bool update_baseline;
    const char *kind, *project, *columns, *sort; /* list: NULL when not given */
    const char *where[16];
    int where_count;
    const char *list_format; /* "table", "json", "csv" */
    const char *stage;       /* diagram: what to show; NULL when not given */
    const char *language;    /* diagram: of files whose name does not tell; NULL when not given */
    bool is_timed;
    const char *host; /* serve: NULL when not given */
    int port;         /* serve: 0 takes any free one */
    bool open, poll;
    int jobs;                     /* 0: as many as there are cores */
    size_t max_findings;          /* 0: all */
    const char *const *arguments; /* borrowed */
    int argument_count;
} Options;

typedef struct Command {
    const char *name;
    const char *usage;    /* "build [DIR] [-o OUT]" */
    const char *summary;  /* one line */
    const char *details;  /* some lines */
    const char *examples; /* lines of commands with what they do */
    const char *options;  /* letters and names of the options it takes, see options.c */
    int min_arguments, max_arguments;
    int (*run)(const Options *options);
} Command;

/* The table, ended by a NULL name. */
const Command *commands(void);
const Command *command_find(const char *name);

int command_build(const Options *options);
int command_check(const Options *options);
int command_new(const Options *options);
int command_init(const Options *options);
int command_test(const Options *options);
int command_list(const Options *options);
int command_review(const Options *options);
int command_diagram(const Options *options);
int command_serve(const Options *options);
int command_help(const Options *options);

/* The folder that a command works on: its first argument, or ".". */
const char *options_folder(const Options *options);

/* Parses what follows the command's name. False after printing what is wrong. */
bool options_parse(const Command *command, int argc, char **argv, Options *out);
void options_print(const Command *command, FILE *out); /* for --help */

/* Prints what was found, to standard output, and gives the exit code. */
int report_findings(Diag *diag, const Options *options);
/* Ends a summary on standard error: "2 errors, 1 warning, 3 notices (-v shows them)." */
void print_counts(Diag *diag, const Options *options);
bool use_color(const Options *options, FILE *stream);
/* "12 pages", "1 page" */
const char *plural(size_t count, const char *one, const char *many);

#endif
