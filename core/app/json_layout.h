/* SPDX-License-Identifier: MIT
 * json_layout.h - JSON for people: what fits stands on one line, the rest is indented. */
#ifndef QUOIN_APP_JSON_LAYOUT_H
#define QUOIN_APP_JSON_LAYOUT_H

#include "base/buf.h"

/* `json` is well-formed and compact, as value_add_json writes it. */
void json_add_layout(Buf *out, Str json);

#endif
