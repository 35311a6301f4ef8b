/* SPDX-License-Identifier: MIT
 * repository.h - what the surrounding git checkout says about itself, read from its files. */
#ifndef QUOIN_MODEL_REPOSITORY_H
#define QUOIN_MODEL_REPOSITORY_H

#include "base/str.h"

/* Looks for `.git` in `folder` (absolute) and above. True when found: `prefix` is the path of
 * `folder` within the checkout ("" at its top), `url` the web address of the remote "origin"
 * ("https://github.com/owner/name") or empty. Works for worktrees and submodules (.git files). */
bool repository_find(Arena *arena, Str folder, Str *prefix, Str *url);

/* "git@github.com:o/r.git", "ssh://git@host/o/r", "https://host/o/r.git/" -> "https://host/o/r". */
Str repository_web_url(Arena *arena, Str remote);

#endif
