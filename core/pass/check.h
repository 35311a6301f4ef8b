/* SPDX-License-Identifier: MIT
 * check.h - the core's own findings: links that do not lead where their authors think. */
#ifndef QUOIN_PASS_CHECK_H
#define QUOIN_PASS_CHECK_H

#include "model/site.h"

/* Reports every text link and picture that is not in order, with its place and a near match. */
void check_site(Site *site);

#endif
