-- SPDX-License-Identifier: MIT
return {
  name = "sql",
  ignore_case = true,
  words = {
    ["keyword>type"] = "exists from into join references table update view",
    keyword = [[action add after all alter always analyze and any as asc authorization before begin
      between both by call cascade case cast check collate column comment commit concurrently conflict
      constraint copy create cross cube current cursor cycle database deallocate declare default
      deferrable deferred definer delete delimiter desc describe distinct do drop duplicate each else
      elseif elsif end escape except exclude execute explain extension fetch filter first
      following for force foreign full function generated grant group grouping groups having if
      ignore ilike immediate in index inherits initially inner inout insert instead intersect interval
      invoker is isolation key language last lateral leading left level like limit local lock
      loop match materialized merge minus natural next no not nothing notnull nulls of off offset on only
      open option or order ordinality out outer over overlaps partition perform plan policy preceding
      prepare primary procedure raise range read recursive refresh reindex release rename
      repeat replace replication restart restrict return returning returns revoke right role rollback
      rollup row rows rule savepoint schema security select sequence serializable session set share
      show similar some start statement stored tablespace temp temporary then ties to top trailing
      transaction trigger truncate type unbounded union unique unlock unlogged until use user
      using vacuum values virtual when where while window with within without work write]],
    type = [[bigint bigserial binary bit blob bool boolean bytea char character citext clob date
      datetime datetime2 decimal double enum float geometry inet int int2 int4 int8 integer json jsonb
      longtext mediumint money nchar number numeric nvarchar oid precision real serial smallint
      smallserial text time timestamp timestamptz timetz tinyint tinytext tsvector uniqueidentifier
      unsigned uuid varbinary varchar varchar2 varying xml zone year]],
    constant = "true false null current_date current_time current_timestamp current_user",
  },
  modes = {
    main = {
      { [[--.*]], "comment" },
      { [[#.*]], "comment", first = true },
      { [[/\*]], "comment", through = "*/" },
      { [[[NEBX]?'([^'\\]|''|\\[^\n])*'?]], "string" },
      { [[\$[A-Za-z_]*\$]], "string", through = "$%1$", capture = "A-Za-z_" },
      { [["[^"\n]*"?]], "" },
      { "`[^`\\n]*`?", "" },
      { [[@@?\w+|:[A-Za-z_]\w*|\$\d+|\?]], "variable" },
      { [[::]], "" },
      { [[\.?\d(\w|\.\d|e[+-]\d)*]], "number" },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
  },
}
