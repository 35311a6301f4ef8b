-- SPDX-License-Identifier: MIT
return require "typescript" ("typescript", false)
