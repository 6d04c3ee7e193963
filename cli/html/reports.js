// The sections that reports fill: forecast, what changed, costs and renewals, what is assigned for
// nothing, blocked accounts and guests.
"use strict";

const forecastsById = new Map(data.forecasts.map((row) => [row.sku_id, row]));

function skuLink(id, name) {
  return skusById.has(id) ? linkTo("sku", id, name) : breakable(name);
}

// "4,381.50 EUR", and the number of that.
function money(amount, currency) {
  return currency ? `${amount} ${currency}` : amount;
}
function amountOf(text) {
  return Number((text || "0").replaceAll(",", ""));
}

// A cell for a number that is bad news unless it is 0.
function alarming(value) {
  return h("span", { class: value ? "alarm" : "" }, number(value));
}

// What a table leaves out. `open`: more than were counted; `none`: of which it shows nothing.
function beyond(more, open, rest, none) {
  if (!more && !open) return null;
  const words = !more ? `${none ? "This" : "There may be more; this"} lists them:`
    : `and ${open ? "more than " : ""}${number(more)} more; this lists them:`;
  return h("div", { class: "beyond" }, h("p", {}, words), command(rest));
}

// A section of several tables, and one of them with its heading.
function chapter(id, title, ...parts) {
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), parts);
}
function tablePart(name, title, words, table, rest) {
  return h("div", { class: "part", id: name }, h("h3", {}, title), words ? h("p", { class: "faint" }, words) : null,
    table.element, beyond(data[`more_${name}`], data[`open_${name}`], rest, !data[name].length));
}

// Columns that several of these tables have.
const skuColumn = { title: "SKU", value: (row) => row.sku, cell: (row) => skuLink(row.sku_id, row.sku) };
const userColumn = { title: "User", head: true, value: (row) => row.name || row.id, cell: (row) => [userLink(row),
  row.name && row.name !== row.id ? h("span", { class: "sub" }, row.id) : null] };
const stateColumn = { title: "State", least: 2, value: (row) => row.state, cell: (row) => stateChip(row.state) };

function skuChoice(rows) {
  const skus = [...new Map(rows.map((row) => [row.sku_id, row.sku]))].sort((a, b) => compare(a[1], b[1]));
  return { label: "SKU", all: "all SKUs", options: skus, holds: (row, id) => row.sku_id === id };
}

// When no seat of a SKU is free any more, as the terminal says it.
function runsOut(row) {
  if (row.full) return h("span", { class: "chip bad" }, "no seat is free");
  return day(row.runs_out_at) || h("span", { class: "faint" }, "not foreseen");
}

function forecastBlock() {
  const table = new DataTable({
    id: "forecast-table", caption: "When seats run out", noun: "SKU", rows: data.forecasts, empty: "There are no SKUs.", sortBy: 7,
    text: (row) => `${row.sku} ${row.sku_id}`,
    choices: [{
      label: "Show", all: "all SKUs", options: [["soon", "running out"], ["full", "without a free seat"]],
      holds: (row, option) => (option === "full" ? Boolean(row.full) : Boolean(row.runs_out_at) && !row.full),
    }],
    columns: [
      { ...skuColumn, head: true },
      { title: "Capacity", numeric: true, least: 3, value: (row) => (row.unlimited ? Infinity : row.capacity),
        cell: (row) => (row.unlimited ? "no limit" : number(row.capacity)) },
      { title: "Held", numeric: true, least: 2, value: (row) => row.consumed, cell: (row) => number(row.consumed) },
      { title: "Waiting", numeric: true, least: 3, value: (row) => row.waiting || 0, cell: (row) => alarming(row.waiting) },
      { title: "Came", numeric: true, least: 3, value: (row) => row.joined || 0, cell: (row) => number(row.joined) },
      { title: "Went", numeric: true, least: 3, value: (row) => row.left || 0, cell: (row) => number(row.left) },
      { title: "A week", numeric: true, value: (row) => Number(row.per_week), cell: (row) => row.per_week },
      { title: "Runs out", value: (row) => (row.full ? "0" : row.runs_out_at || "9999"), cell: runsOut },
    ],
  });
  return block("forecasts", "When seats run out", "If users go on to come and go as in the last 12 weeks.", table,
    data.more_forecasts, seatwise("report", "forecast"), data.open_forecasts);
}

// Nothing to choose where there is one currency.
function currencyChoice(rows) {
  const currencies = [...new Set(rows.map((row) => row.currency).filter(Boolean))];
  return currencies.length < 2 ? []
    : [{ label: "Currency", options: currencies.map((c) => [c, c]), holds: (row, currency) => row.currency === currency }];
}

function costsPart() {
  const table = new DataTable({
    id: "cost-table", atOnce: fewAtOnce, caption: "What seats cost", noun: "SKU", rows: data.costs, empty: "Nothing was bought.", sortBy: 4, descending: true,
    text: (row) => `${row.sku} ${row.sku_id} ${row.currency || ""}`,
    choices: currencyChoice(data.costs),
    columns: [
      { ...skuColumn, head: true },
      { title: "Seats", numeric: true, least: 2, value: (row) => row.seats, cell: (row) => number(row.seats) },
      { title: "Unused", numeric: true, least: 2, value: (row) => row.unused || 0, cell: (row) => number(row.unused) },
      { title: "Without a price", numeric: true, least: 3, value: (row) => row.unpriced || 0, cell: (row) => number(row.unpriced) },
      { title: "Cost", numeric: true, value: (row) => amountOf(row.cost), cell: (row) => [money(row.cost, row.currency),
        amountOf(row.unused_cost) ? h("span", { class: "sub only-phone" }, `${row.unused_cost} unused`) : null] },
      { title: "Unused cost", numeric: true, least: 2, value: (row) => amountOf(row.unused_cost), cell: (row) => money(row.unused_cost, row.currency) },
    ],
  });
  const part = tablePart("costs", "What seats cost", "At the prices of subscriptions; what is suspended or has no price costs nothing here.",
    table, seatwise("report", "costs"));
  const totals = data.cost_totals.length ? [h("p", { class: "total" }, `In all ${data.cost_totals.join("; ")}`)]
    : [h("p", { class: "faint" }, "No subscription has a price; this gives one:"),
      command(seatwise("subscription", "update", "ID", "--unit-price", "N", "--currency", "EUR"))];
  part.append(...totals);
  return part;
}

function groupCostsPart() {
  const name = (row) => row.group || "directly";
  const table = new DataTable({
    id: "group-cost-table", atOnce: fewAtOnce, caption: "What groups cost", noun: "group", rows: data.group_costs, empty: "Nobody holds anything.", sortBy: 3, descending: true,
    text: (row) => `${name(row)} ${row.group_id || ""} ${row.currency || ""}`,
    choices: currencyChoice(data.group_costs),
    columns: [
      { title: "Group", head: true, value: name, cell: (row) => (groupsById.has(row.group_id) ? linkTo("group", row.group_id, row.group)
        : row.group ? breakable(row.group) : h("span", { class: "faint" }, "directly")) },
      { title: "Seats", numeric: true, least: 2, value: (row) => row.seats, cell: (row) => number(row.seats) },
      { title: "By it alone", numeric: true, least: 3, value: (row) => row.sole || 0, cell: (row) => number(row.sole) },
      { title: "Cost", numeric: true, value: (row) => amountOf(row.cost), cell: (row) => money(row.cost, row.currency) },
      { title: "Cost of those", numeric: true, least: 3, value: (row) => amountOf(row.sole_cost), cell: (row) => money(row.sole_cost, row.currency) },
    ],
  });
  return tablePart("group_costs", "What groups cost", "A seat that comes by several groups counts in the row of each; those by one alone would be saved without it.",
    table, seatwise("report", "costs", "--by", "group"));
}

function attributeCostsPart() {
  const rows = data.attribute_costs;
  const attributes = [...new Set(rows.map((row) => row.attribute))];
  const value = (row) => row.value ?? "(none)";
  const table = new DataTable({
    id: "attribute-cost-table", atOnce: fewAtOnce, caption: "What users cost, by attribute", noun: "value", rows,
    empty: "No attribute is shared by users; one to show is named with --attribute.", sortBy: attributes.length > 1 ? 3 : 2, descending: true,
    text: (row) => `${value(row)} ${row.attribute} ${row.currency || ""}`,
    choices: [...(attributes.length > 1 ? [{ label: "Attribute", options: attributes.map((name) => [name, name]), holds: (row, name) => row.attribute === name }] : []),
      ...currencyChoice(rows)],
    columns: [
      { title: attributes.length === 1 ? attributes[0] : "Value", head: true, value, cell: (row) => ("value" in row ? breakable(row.value)
        : h("span", { class: "faint" }, "(none)")) },
      ...(attributes.length > 1 ? [{ title: "Attribute", value: (row) => row.attribute, cell: (row) => row.attribute }] : []),
      { title: "Seats", numeric: true, least: 2, value: (row) => row.seats, cell: (row) => number(row.seats) },
      { title: "Cost", numeric: true, value: (row) => amountOf(row.cost), cell: (row) => money(row.cost, row.currency) },
    ],
  });
  return tablePart("attribute_costs", `What users cost, by ${attributes.length === 1 ? attributes[0] : "attribute"}`,
    "What the users with a value hold, at the prices of subscriptions.", table, seatwise("report", "costs", "--by", `attribute:${attributes[0] || "NAME"}`));
}

function changesBlock() {
  const state = (name) => (name ? stateChip(name) : h("span", { class: "faint" }, "none"));
  const plans = (row, which) => (row[`${which}_plans`] ? row[`${which}_plans`].join(", ") : row[which] ? counted(row[which], "plan") : "");
  const plansCell = (which) => (row) => breakable(plans(row, which));
  const before = (row) => h("span", { class: "sub only-phone" }, row.before ? `was ${stateWord(row.before)}` : "was not there");
  const kind = (row) => (!row.before ? "came" : !row.after ? "went" : "changed");
  const table = new DataTable({
    id: "changes-table", caption: "What changed", noun: "change", rows: data.changes, sortBy: 5, descending: true,
    empty: `No license differs between revision ${data.changes_from} and ${data.changes_to}.`,
    text: (row) => [row.sku, row.sku_id, row.before || "", row.after || "", plans(row, "gained"), plans(row, "lost"), ...(row.sample || []).flatMap((user) => [user.id, user.name])].join(" "),
    choices: [skuChoice(data.changes), { label: "Licenses", all: "that came, went or changed", options: [["came", "that came"], ["went", "that went"], ["changed", "that changed"]],
      holds: (row, option) => kind(row) === option }],
    columns: [
      { ...skuColumn, head: true },
      { title: "Before", least: 2, value: (row) => row.before || "", cell: (row) => state(row.before) },
      { title: "After", value: (row) => row.after || "", cell: (row) => [state(row.after), before(row)] },
      { title: "Plans gained", numeric: true, words: true, least: 3, value: (row) => row.gained || 0, cell: plansCell("gained") },
      { title: "Plans lost", numeric: true, words: true, least: 3, value: (row) => row.lost || 0, cell: plansCell("lost") },
      { title: "Users", numeric: true, value: (row) => row.users, cell: (row) => number(row.users) },
      { title: "Some of them", least: 2, value: (row) => (row.sample || []).map(userName).join(),
        cell: (row) => (row.sample || []).map((user, i) => [i ? ", " : "", userLink(user)]) },
    ],
  });
  return block("changes", "What changed", `Licenses at revision ${data.changes_to} that differ from those at revision ${data.changes_from}; alike ones are one line.`,
    table, data.more_changes, seatwise("report", "changes", "--from", String(data.changes_from)), data.open_changes);
}

function renewalsPart() {
  const due = (row) => row.renews_at < data.made_at;
  const table = new DataTable({
    id: "renewal-table", atOnce: fewAtOnce, caption: "Renewals ahead", noun: "renewal", rows: data.renewals, empty: "No subscription has a date of renewal.", sortBy: 1,
    text: (row) => `${row.sku} ${row.id} ${row.status}`,
    choices: [{ label: "Show", all: "all", options: [["lose", "where users would lose"], ["due", "past their date"]],
      holds: (row, option) => (option === "due" ? due(row) : row.losing > 0) }],
    columns: [
      { title: "Subscription", head: true, value: (row) => row.sku, cell: (row) => [skuLink(row.sku_id, row.sku), h("span", { class: "sub" }, row.id)] },
      { title: "Renews", value: (row) => row.renews_at, cell: (row) => [day(row.renews_at), due(row) ? h("span", { class: "sub alarm" }, "past") : null] },
      { title: "Status", least: 3, value: (row) => row.status, cell: (row) => h("span", { class: `chip ${row.status === "Enabled" ? "good" : "warn"}` }, row.status) },
      { title: "Seats", numeric: true, least: 2, value: (row) => row.units, cell: (row) => number(row.units) },
      { title: "Held", numeric: true, least: 3, value: (row) => row.consumed, cell: (row) => number(row.consumed) },
      { title: "Would lose", numeric: true, value: (row) => row.losing || 0, cell: (row) => alarming(row.losing) },
      { title: "Cost", numeric: true, least: 2, value: (row) => amountOf(row.cost), cell: (row) => (row.cost ? money(row.cost, row.currency) : "") },
    ],
  });
  return tablePart("renewals", "Renewals ahead", "How many users would have no seat if one were not renewed.", table, seatwise("report", "renewals"));
}

function doublePart() {
  const added = (row) => (row.added ? row.added.join(", ") : row.plans ? counted(row.plans, "plan") : "nothing");
  const rows = data.double_assignments;
  const table = new DataTable({
    id: "double-table", atOnce: fewAtOnce, caption: "Directly and by a group", noun: "double assignment", rows,
    empty: "Nobody is assigned a SKU both directly and by a group.",
    text: (row) => [row.name, row.id, row.sku, ...row.groups].join(" "),
    choices: [skuChoice(rows), { label: "Adds", all: "anything", options: [["none", "nothing"], ["some", "some plans"]],
      holds: (row, option) => (option === "none") === !row.plans }],
    columns: [
      userColumn, skuColumn,
      { title: "Groups", least: 2, value: (row) => row.groups.join(), cell: (row) => row.groups.join(", ") },
      stateColumn,
      { title: "Direct one adds", value: (row) => row.plans || 0, cell: added },
    ],
  });
  return tablePart("double_assignments", "Directly and by a group",
    "Where the direct assignment adds nothing, it may still keep a place in the queue for a seat.", table, seatwise("report", "double-assignments"));
}

function redundantPart() {
  const rows = data.redundant_assignments;
  const searched = data.fixes || rows.length;
  const table = new DataTable({
    id: "redundant-table", atOnce: fewAtOnce, caption: "Without any effect", noun: "redundant assignment", rows,
    empty: !searched ? "Not looked for." : data.open_redundant_assignments ? "None found so far." : "Every assignment has an effect.",
    text: (row) => `${row.name} ${row.id} ${row.sku}`,
    choices: [skuChoice(rows), { label: "Of", all: "users and groups", options: [["user", "users"], ["group", "groups"]],
      holds: (row, option) => (option === "group") === Boolean(row.group) }],
    columns: [
      { title: "Assigned to", head: true, value: (row) => row.name, cell: (row) => [!row.group ? userLink(row)
        : groupsById.has(row.id) ? linkTo("group", row.id, row.name) : breakable(row.name), h("span", { class: "sub" }, row.group ? "group" : "user")] },
      skuColumn,
      { title: "Users", numeric: true, value: (row) => row.users || 0, cell: (row) => number(row.users) },
    ],
  });
  const words = "Taking one back changes nothing for anybody: each was tried out. Of those that stand in for each other one has to stay.";
  const part = tablePart("redundant_assignments", "Without any effect", searched ? words : "Each has to be tried out, and this page was made with --no-fixes.",
    table, seatwise("report", "redundant-assignments"));
  return part;
}

function overlapsPart() {
  const table = new DataTable({
    id: "overlap-table", atOnce: fewAtOnce, caption: "SKUs within others", noun: "overlap", rows: data.overlaps,
    empty: "Nobody holds a SKU whose plans another one enables as well.", sortBy: 2, descending: true,
    text: (row) => [row.sku, row.within, ...(row.sample || []).flatMap((user) => [user.id, user.name])].join(" "),
    columns: [
      { ...skuColumn, head: true },
      { title: "Within", value: (row) => row.within, cell: (row) => skuLink(row.within_id, row.within) },
      { title: "Users", numeric: true, value: (row) => row.users, cell: (row) => number(row.users) },
      { title: "Some of them", least: 2, value: (row) => (row.sample || []).map(userName).join(),
        cell: (row) => (row.sample || []).map((user, i) => [i ? ", " : "", userLink(user)]) },
    ],
  });
  return tablePart("overlaps", "SKUs within others", "Users who hold both get nothing by the first that the second does not enable.",
    table, seatwise("report", "overlapping-skus"));
}

function forNothingBlock() {
  return chapter("for-nothing", "Assigned for nothing", doublePart(), redundantPart(), overlapsPart());
}

function costsBlock() {
  return chapter("money", "Costs and renewals", costsPart(), groupCostsPart(), attributeCostsPart(), renewalsPart());
}

function blockedBlock() {
  const account = (row) => (row.kind === "Blocked" ? (row.guest ? "blocked guest" : "blocked") : "guest");
  const table = new DataTable({
    id: "blocked-table", caption: "Licenses of blocked accounts and guests", noun: "license", rows: data.blocked,
    empty: "No blocked account and no guest holds anything.",
    text: (row) => [row.name, row.id, row.sku, account(row)].join(" "),
    choices: [{ label: "Accounts", options: [["Blocked", "blocked"], ["Guest", "guests"]], holds: (row, kind) => row.kind === kind }, skuChoice(data.blocked)],
    columns: [
      userColumn,
      { title: "Account", value: account, cell: (row) => h("span", { class: `chip ${row.kind === "Blocked" ? "bad" : "warn"}` }, account(row)) },
      skuColumn, stateColumn,
      { title: "Assigned", least: 2, value: (row) => (row.direct ? "directly" : "by a group"), cell: (row) => (row.direct ? "directly" : "by a group") },
    ],
  });
  return block("blocked", "Blocked accounts and guests", "Nobody can sign in to a blocked account; what it holds is a seat for others.", table,
    data.more_blocked, seatwise("report", "blocked-and-guests"), data.open_blocked);
}
