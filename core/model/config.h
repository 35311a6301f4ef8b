/* SPDX-License-Identifier: MIT
 * config.h - what quoin.yaml says, checked against one table of keys.
 *
 * The table gives each key its type, default and help text; validation, `quoin help config` and
 * the manual's reference page all come from it. A Config is made once, in the site's arena, and
 * never changes. */
#ifndef QUOIN_MODEL_CONFIG_H
#define QUOIN_MODEL_CONFIG_H

#include "text/value.h"

typedef enum ConfigType {
    CONFIG_TEXT,
    CONFIG_BOOL,
    CONFIG_INT,
    CONFIG_CHOICE,    /* one of `choices` */
    CONFIG_TEXT_LIST, /* a list of texts; a single text counts as a list of one */
    CONFIG_MAP,       /* free keys, checked by whoever owns them (plugins, theme, projects) */
    CONFIG_NAV        /* the list under `nav:` */
} ConfigType;

typedef struct ConfigKey {
    const char *path; /* "links.unresolved": nested by '.' ; a trailing ".*" stands for any name */
    ConfigType type;
    const char *fallback; /* as it would be written in YAML; "" for none */
    const char *choices;  /* CONFIG_CHOICE: "a|b|c" */
    const char *help;     /* one or two sentences for users */
} ConfigKey;

/* The table, ended by a NULL path. */
const ConfigKey *config_keys(void);

typedef struct Config {
    Arena *arena;
    Str root;          /* absolute path of the site folder (where quoin.yaml is or would be) */
    Str content_root;  /* absolute path of the content folder */
    Str content;       /* content folder relative to root, "" when it is root itself */
    Str file;          /* "quoin.yaml", or "" when there is none */
    const Value *tree; /* the whole validated document, VALUE_MAP, never NULL */

    Str title;
    Str description;
    Str language;          /* BCP 47, for <html lang> */
    Str url;               /* absolute address of the published portal, or "" */
    Str base_url;          /* `url` only when it is configured, not guessed; ends with '/' */
    Str repository;        /* "https://github.com/owner/repo", or "" */
    Str branch;            /* for links to the repository */
    Str repository_prefix; /* content folder as a path within the repository; "" for its root */
    Str today; /* "2026-11-20": the day of the build; SOURCE_DATE_EPOCH decides when set */
    bool trusted_html;
    bool previews, markdown; /* files beside each page, see companion.h */
    bool drafts;             /* --drafts or `drafts: true` */
    bool strict;
} Config;

typedef struct ConfigOptions {
    const char *dir; /* the folder the user named */
    bool drafts, strict;
} ConfigOptions;

/* Reads DIR/quoin.yaml (or none). NULL after reporting errors that make a build meaningless. */
Config *config_load(Arena *arena, const ConfigOptions *options, Diag *diag);

/* The configured value of a key, or its default; the key must be in the table (assert). */
Str config_text(const Config *config, const char *path);
int64_t config_int(const Config *config, const char *path);
bool config_bool(const Config *config, const char *path);
size_t config_list(const Config *config, const char *path, const Str **items);
const Value *config_value(const Config *config, const char *path); /* NULL when not configured */
/* The kind that `kinds:` gives to the page at `path` (a site path); empty for none. */
Str config_kind(const Config *config, Str path);
Pos config_pos(const Config *config, const Value *value);

/* NULL when the value has the type of the key, else what was wanted: "a whole number". */
const char *config_type_problem(const ConfigKey *key, const Value *value);
/* True and the boolean when `value` (may be NULL) is one, in any of the spellings that YAML had. */
bool config_parse_bool(const Value *value, bool *out);

/* Checks a map of options (a plugin's, a theme's) against its schema, a map of
 * { name: { type, default, help, choices } }; the result has every option of the schema with its
 * value or default. Unknown and mistyped ones are reported with a near match. `what` names the
 * owner in messages ("plugin progress"). */
Value *config_check_options(Arena *arena, Str file, const char *what, const Value *schema,
                            const Value *given, Diag *diag);

#endif
