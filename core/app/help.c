/* SPDX-License-Identifier: MIT
 * help.c - quoin help: commands, one command, the keys of quoin.yaml (for people and, as
 * `config.md`, for the manual). */
#include "app/command.h"

#include "model/config.h"

#include <string.h>

static const char *type_name(ConfigType type) {
    switch (type) {
    case CONFIG_TEXT:
        return "text";
    case CONFIG_BOOL:
        return "true or false";
    case CONFIG_INT:
        return "whole number";
    case CONFIG_CHOICE:
        return "choice";
    case CONFIG_TEXT_LIST:
        return "list of texts";
    case CONFIG_MAP:
        return "map";
    case CONFIG_NAV:
        return "list of paths";
    }
    return "";
}

static void print_commands(void) {
    printf("quoin - a portal from your team's specs\n\nUsage: quoin COMMAND [options]\n\n");
    for (const Command *command = commands(); command->name != NULL; command++) {
        printf("  %-8s %s\n", command->name, command->summary);
    }
    printf("\nExamples:\n"
           "  quoin init specs         a small portal to start from\n"
           "  quoin build specs        build it into specs/_site\n"
           "  quoin check specs        check links and metadata only\n"
           "\n`quoin help COMMAND` says more; `quoin help config` lists the keys of quoin.yaml.\n"
           "Exit codes: 0 clean, 1 findings at error level, 2 bad usage or a failing disk.\n");
}

static void print_command(const Command *command) {
    printf("Usage: quoin %s\n\n%s.\n", command->usage, command->summary);
    if (command->details[0] != '\0') {
        printf("\n%s", command->details);
    }
    printf("\nOptions:\n");
    options_print(command, stdout);
    printf("\nExamples:\n%s", command->examples);
}

static void print_wrapped(const char *text, const char *indent, size_t width) {
    size_t at = 0;
    Str rest = str_from(text), word;
    printf("%s", indent);
    for (bool more = true; more;) {
        more = str_cut(rest, ' ', &word, &rest);
        if (at > 0 && at + word.len + 1 > width) {
            printf("\n%s", indent);
            at = 0;
        }
        printf("%s" STR_FMT, at > 0 ? " " : "", STR_ARG(word));
        at += word.len + 1;
    }
    printf("\n");
}

static void print_keys(void) {
    printf("The keys of quoin.yaml (the file is optional). `a.b` is key b below key a;\n"
           "* stands for a name of your own.\n");
    for (const ConfigKey *key = config_keys(); key->path != NULL; key++) {
        printf("\n%s: %s", key->path,
               key->type == CONFIG_CHOICE ? key->choices : type_name(key->type));
        printf("%s%s%s\n", key->fallback[0] ? " (default: " : "", key->fallback,
               key->fallback[0] ? ")" : "");
        print_wrapped(key->help, "    ", 76);
    }
}

/* Text for a cell of a Markdown table: `*` is itself in code anyway, `|` nowhere. */
static void print_cell(const char *text) {
    bool in_code = false;
    for (; *text != '\0'; text++) {
        in_code = in_code != (*text == '`');
        if (*text == '|' || (*text == '*' && !in_code)) {
            putchar('\\');
        }
        putchar(*text);
    }
}

static void print_keys_as_markdown(void) {
    printf("| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
    for (const ConfigKey *key = config_keys(); key->path != NULL; key++) {
        printf("| `%s` | ", key->path);
        print_cell(key->type == CONFIG_CHOICE ? key->choices : type_name(key->type));
        printf(" | %s%s%s | ", key->fallback[0] ? "`" : "", key->fallback,
               key->fallback[0] ? "`" : "");
        print_cell(key->help);
        printf(" |\n");
    }
}

int command_help(const Options *options) {
    const char *topic = options->argument_count > 0 ? options->arguments[0] : NULL;
    const Command *command = topic != NULL ? command_find(topic) : NULL;
    if (topic == NULL) {
        print_commands();
    } else if (command != NULL) {
        print_command(command);
    } else if (strcmp(topic, "config") == 0) {
        print_keys();
    } else if (strcmp(topic, "config.md") == 0) {
        print_keys_as_markdown();
    } else {
        fprintf(stderr, "quoin help: there is nothing about `%s`\n", topic);
        return EXIT_USAGE;
    }
    return EXIT_CLEAN;
}
