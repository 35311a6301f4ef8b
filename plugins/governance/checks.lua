-- SPDX-License-Identifier: MIT
-- Findings that compare records: approvals with revisions, people with themselves, statuses with
-- tasks, reviews with the day.
local checks = {}

local DONE = { implemented = true, done = true, completed = true, complete = true, released = true,
  shipped = true, closed = true }

-- Where a record stands, as seen from a page.
local function place(record, page)
  local line = ("line %d"):format(record.line)
  return record.page == page and line or ("%s, %s"):format(record.page.path, line)
end

local function latest_revisions(site)
  local latest = {}
  for _, revision in ipairs(site:records("revision")) do
    local date, path = revision.fields.date, revision.page.path
    local before = latest[path]
    if date and (not before or date >= before.fields.date) then latest[path] = revision end
  end
  return latest
end

local function check_approvals(site, report)
  local latest = latest_revisions(site)
  for _, approval in ipairs(site:records("approval")) do
    local fields, revision = approval.fields, latest[approval.page.path]
    if fields.state == "approved" and fields.date and revision
        and fields.date < revision.fields.date then
      local version = revision.fields.version
      report { code = "early-approval", at = approval,
        message = ("%s approved on %s, before %s of %s"):format(fields.person or fields.role,
          fields.date, version and "version " .. version or "the latest revision",
          revision.fields.date),
        hint = ("%s: %s"):format(place(revision, approval.page), revision.title) }
    end
  end
end

-- --- people -------------------------------------------------------------------------------------

-- Words that many titles have.
local COMMON = { of = true, the = true, ["and"] = true, ["for"] = true, lead = true, head = true,
  senior = true, junior = true, chief = true, team = true, manager = true, member = true,
  review = true }

local function words_of(fields)
  local found = {}
  for _, key in ipairs { "role", "job", "organisation" } do
    for word in (fields[key] or ""):lower():gmatch("[%w\x80-\xFF]+") do
      if #word > 1 and not COMMON[word] then found[word] = true end
    end
  end
  return found
end

local function describe(fields)
  return fields.job or fields.role or fields.organisation
end

-- Two entries contradict each other when their titles have no word in common, or when they name
-- two organisations.
local function contradict(a, b)
  local left, right = a.fields, b.fields
  local one, other = words_of(left), words_of(right)
  if not next(one) or not next(other) then return nil end
  local is_common = false
  for word in pairs(one) do is_common = is_common or other[word] == true end
  if not is_common then return describe(left), describe(right) end
  local mine, theirs = left.organisation, right.organisation
  if mine and theirs and mine:lower() ~= theirs:lower() then return mine, theirs end
  return nil
end

-- Who approves a thing in a role is not thereby of that title: without a job it says nothing.
local function says_title(person, approvals)
  return person.fields.job or not approvals[person.page.path .. "\n" .. person.line]
end

local function approval_lines(site)
  local lines = {}
  for _, approval in ipairs(site:records("approval")) do
    lines[approval.page.path .. "\n" .. approval.line] = true
  end
  return lines
end

local function check_people(site, report)
  local first, reported, approvals = {}, {}, approval_lines(site)
  for _, person in ipairs(site:records("person")) do
    local name = person.title:lower()
    if says_title(person, approvals) and not reported[name] then
      local other, before, now = first[name], nil, nil
      if other then before, now = contradict(other, person) end
      if before then
        reported[name] = true
        report { code = "two-titles", severity = "info", at = person,
          message = ("%s is \"%s\" here and \"%s\" elsewhere"):format(person.title, now, before),
          hint = ("%s: \"%s\""):format(place(other, person.page), before) }
      end
      first[name] = other or person
    end
  end
end

-- --- statuses and reviews -----------------------------------------------------------------------

local function check_boxes(site, report, severity)
  for _, page in ipairs(site.pages) do
    local status = not page.is_generated and page.status
    if status and DONE[status:lower()] then
      local count, first = 0, nil
      for _, task in ipairs(page:records("task")) do
        if task.fields.state == "open" then
          count, first = count + 1, first or task
        end
      end
      if first then
        report { code = "open-boxes", severity = severity, at = first,
          message = ("the status is \"%s\", but %d %s open"):format(status, count,
            count == 1 and "task is" or "tasks are"),
          hint = ("the first: %s"):format(first.title) }
      end
    end
  end
end

local function check_reviews(site, report)
  local today = site.today
  for _, review in ipairs(site:records("review")) do
    local due = review.fields.next
    if due and due < today then
      report { code = "review-overdue", severity = "info", at = review,
        message = ("the next review was due on %s"):format(due),
        hint = review.fields.owner and ("owner: %s"):format(review.fields.owner) or nil }
    end
  end
end

function checks.run(site, report, opt)
  check_approvals(site, report)
  if opt.two_titles then check_people(site, report) end
  if opt.open_boxes ~= "off" then check_boxes(site, report, opt.open_boxes) end
  check_reviews(site, report)
end

return checks
