/* SPDX-License-Identifier: MIT
 * kind_template.h - what a kind's page.md contains, as data: plugins compare specs with it. */
#ifndef QUOIN_PASS_KIND_TEMPLATE_H
#define QUOIN_PASS_KIND_TEMPLATE_H

#include "model/kind.h"
#include "text/markdown.h"

/* Adds to each kind's schema its `name` and `template`: a list of { title, level, path, blocks },
 * one for each heading and a first one (level 0) for what stands before. `blocks` are the plain
 * texts of paragraphs, table cells and code blocks. */
void kind_read_templates(Kinds *kinds, Arena *arena, Markdown *markdown);

#endif
