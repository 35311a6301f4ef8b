-- SPDX-License-Identifier: MIT
return require "typescript" ("tsx", true)
