/* SPDX-License-Identifier: MIT
 * main.c - the table of commands and the way into them. */
#include "app/command.h"
#include "text/markdown.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef QUOIN_VERSION
#define QUOIN_VERSION "unknown"
#endif

static const Command COMMANDS[] = {
    {"build", "build [DIR] [-o OUT]", "build the portal of a folder of Markdown",
     "Reads the Markdown below DIR (default: the current folder), runs the plugins, and writes a\n"
     "static site. Only files that differ are written, all of them at the end, so that a failing\n"
     "or interrupted build leaves the old site whole. No configuration is needed; quoin.yaml in\n"
     "DIR refines it.\n",
     "  quoin build                      the current folder into ./_site\n"
     "  quoin build specs -o public      another folder, another output\n"
     "  quoin build --strict --format github   in CI: warnings fail, findings as annotations\n",
     " output jobs strict drafts format color max-findings baseline update-baseline quiet verbose ",
     0, 1, command_build},
    {"check", "check [DIR]", "check links, metadata and specs without writing anything",
     "Scans, reads and links the portal and prints what it found. Exit code 0 when there is\n"
     "nothing at error level, 1 when there is, 2 when it could not be checked.\n",
     "  quoin check                      the current folder\n"
     "  quoin check specs --format json  one JSON object a line, for other programs\n",
     " jobs strict drafts format color max-findings baseline update-baseline quiet verbose ", 0, 1,
     command_check},
#ifdef QUOIN_SERVE
    {"serve", "serve [DIR]", "show the portal in a browser while it is written",
     "Serves the portal below DIR from memory: nothing is written. A page is rendered when it is\n"
     "asked for; when a file changes (pages, quoin.yaml, theme, templates, plugins), browsers "
     "show\n"
     "the change at once, stay where they were, and list errors and warnings. While the\n"
     "configuration or a plugin is broken, the last good state is served. Only this machine can\n"
     "look at it unless --host says otherwise. Ctrl-C ends.\n",
     "  quoin serve                      the current folder at http://127.0.0.1:4000/\n"
     "  quoin serve specs --open         another folder; opens a browser\n"
     "  quoin serve --port 8080 --drafts another port; drafts, too\n",
     " port host open drafts strict jobs poll color quiet verbose ", 0, 1, command_serve},
#endif
    {"list", "list records|pages [DIR]", "list what the specs contain",
     "Reads and links the portal below DIR and prints its records (tasks, requirements, risks,\n"
     "endpoints, approvals, ...) or its pages as a table, as JSON (one object a line) or as CSV.\n",
     "  quoin list records --kind risk --where status=open\n"
     "  quoin list records specs --kind task --where owner=ann --sort due --format csv\n"
     "  quoin list pages --where status=Draft --columns title,owner,path\n",
     " kind where project columns sort list-format jobs drafts ", 1, 2, command_list},
    {"review", "review PATH [DIR]", "accept what has changed since it was reviewed",
     "Links and approvals may carry the fingerprint of what was reviewed. Where the target has\n"
     "changed since, `quoin check` finds it; this command writes the present fingerprints into\n"
     "PATH, a page of the portal below DIR. Look at the changes before you run it.\n",
     "  quoin review billing/design.md\n", " quiet drafts ", 1, 2, command_review},
    {"new", "new KIND PATH | new plugin NAME | new --list",
     "start a spec or a plugin from its template",
     "Writes PATH from the template of that kind; title, date and owner are filled in (owner from\n"
     "git's user.name). Never overwrites. Kinds are the folders of templates/, the site's own "
     "first.\n",
     "  quoin new --list                     the kinds\n"
     "  quoin new design billing/refunds.md  a feature design\n"
     "  quoin new plugin risks               plugins/risks/ with a test\n",
     " list ", 2, 2, command_new},
    {"init", "init [DIR]", "make a small portal to start from",
     "Writes quoin.yaml, a home page, a first project and a workflow for GitHub Pages into DIR.\n"
     "What is there already stays as it is.\n",
     "  quoin init specs && quoin build specs\n", "", 0, 1, command_init},
    {"test", "test PATH... [--accept]",
     "run .case files: whole small sites with what must come out",
     "Each PATH is a .case file or a folder that is searched for them, e.g. a plugin's folder.\n"
     "--accept writes what was seen into the cases; look at the diff before you commit it.\n",
     "  quoin test plugins/risks\n", " accept quiet verbose color ", 1, INT_MAX, command_test},
    {"diagram", "diagram [--svg|--facts|--text|--layout] FILE...",
     "draw diagrams outside of a portal, or show how they were read",
     "Each FILE is a diagram (.mmd, .mermaid, .dot, .gv), Markdown (.md: each block that a plugin\n"
     "draws), or - for standard input. One diagram is printed as it is, what there is to say "
     "about\n"
     "it goes to standard error. Of several, each is one line of JSON in the order given:\n"
     "{\"id\", \"ok\", \"svg\" (or the other stage's name), \"error\", \"findings\"}; \"id\" is "
     "the\n"
     "file's name without its ending, for Markdown FILE:LINE. Options of plugins are those of\n"
     "quoin.yaml in the current folder, if there is one. Exit code 0 when all were drawn, 1 when\n"
     "one was not, 2 when a file cannot be read.\n",
     "  quoin diagram orders.mmd > orders.svg      the picture\n"
     "  quoin diagram --text orders.mmd            its words\n"
     "  quoin diagram --facts docs/*.md            how all diagrams were read, a line each\n"
     "  quoin diagram --language dot - < deps.txt  from another program\n",
     " svg facts text layout stage language timing quiet color ", 1, INT_MAX, command_diagram},
    {"help", "help [COMMAND | config]", "explain a command, or the keys of quoin.yaml", "",
     "  quoin help build\n  quoin help config\n", "", 0, 1, command_help},
    {NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL},
};

const Command *commands(void) {
    return COMMANDS;
}

const Command *command_find(const char *name) {
    for (const Command *command = COMMANDS; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

static int unknown_command(const char *name) {
    Str names[16];
    size_t count = 0;
    for (const Command *command = COMMANDS; command->name != NULL; command++) {
        names[count++] = str_from(command->name);
    }
    Str near = str_nearest(str_from(name), names, count);
    fprintf(stderr, "quoin: there is no command `%s`\n", name);
    if (near.len > 0) {
        fprintf(stderr, "  hint: did you mean `quoin " STR_FMT "`?\n", STR_ARG(near));
    } else {
        fprintf(stderr, "  hint: `quoin help` lists the commands\n");
    }
    return EXIT_USAGE;
}

/* With a standard stream closed, the next file that is opened would take its place and get what
 * is meant for it. Standard output is opened for reading, so that writing to it fails as before. */
static void keep_standard_streams(void) {
    static const int MODES[] = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int file = 0; file < 3; file++) {
        if (fcntl(file, F_GETFD) < 0 && open("/dev/null", MODES[file]) != file) {
            abort();
        }
    }
}

/* What was printed may not have arrived: a full disk, a closed stream. */
static int check_output(int code) {
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return code;
    }
    fprintf(stderr, "quoin: cannot write to standard output\n");
    return EXIT_USAGE;
}

static int run(int argc, char **argv) {
    Options options;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        options = (Options){0};
        command_help(&options);
        return argc < 2 ? EXIT_USAGE : EXIT_CLEAN;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        printf("quoin %s\n", QUOIN_VERSION);
        return EXIT_CLEAN;
    }
    const Command *command = command_find(argv[1]);
    if (command == NULL) {
        return unknown_command(argv[1]);
    }
    if (!options_parse(command, argc - 2, argv + 2, &options)) {
        return EXIT_USAGE;
    }
    if (options.help) {
        options = (Options){.arguments = &command->name, .argument_count = 1};
        return command_help(&options);
    }
    markdown_init();
    return command->run(&options);
}

int main(int argc, char **argv) {
    keep_standard_streams();
    return check_output(run(argc, argv));
}
