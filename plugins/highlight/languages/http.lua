-- SPDX-License-Identifier: MIT
return {
  name = "http",
  words = { constant = "true false null" },
  modes = {
    main = {
      { [[^###.*]], "comment" },
      { [[^# .*]], "comment" },
      { [[^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|QUERY) ]], "keyword", push = "target" },
      { [[^HTTP/\d(\.\d)?]], "meta", push = "status" },
      { [[^[A-Za-z][\w-]*]], "", followed = { [":"] = "property" } },
      { [["(\\.|[^"\\\n])*"?]], "string", followed = { [":"] = "property" } },
      { [[-?\d(\w|\.\d|[eE][+-]\d|-\d)*]], "number" },
      { [[[\w./;=+-]*[A-Za-z_][\w./;=+-]*]], "", words = true },
      { [[</?[A-Za-z][\w:-]*]], "tag" },
    },
    target = { "string", { [[HTTP/\d(\.\d)?]], "meta" }, { "\n", "", pop = true } },
    status = { "string", { [[\d+]], "number" }, { "\n", "", pop = true } },
  },
}
