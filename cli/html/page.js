// The page: overview, tables, dialog, theme.
"use strict";

const content = document.getElementById("content");
const dialog = document.getElementById("detail");

function short(row) {
  return (row.waiting || 0) > 0 || (row.overrun || 0) > 0;
}

function headline() {
  const { users, users_with_errors: errors } = data.tenant;
  const lacking = data.seat_totals.short;
  const first = !users ? "There are no users." : !errors ? `All ${counted(users, "user")} get everything that is assigned to them.`
    : `${number(errors)} of ${counted(users, "user")} ${errors === 1 ? "does" : "do"} not get all that is assigned to them.`;
  const second = lacking ? `${counted(lacking, "SKU")} ${lacking === 1 ? "is" : "are"} short of seats.` : "No SKU is short of seats.";
  const costs = data.cost_totals.length ? [" ", h("a", { href: "#money" }, "Seats cost"), ` ${data.cost_totals.join("; ")}.`] : null;
  const cut = data.cut ? h("p", { class: "faint" }, "There is more than a page of 5 MB has room for: each table says how much it leaves out.") : null;
  return [h("p", { class: "headline" }, `${first} ${second}`, costs), cut];
}

function tile(value, word, href, tone, note) {
  return h("a", { href, class: `tile ${tone || ""}` }, h("span", { class: "figure" }, value), h("span", {}, word),
    h("span", { class: "faint" }, note));
}

function overview() {
  const { tenant, seat_totals: seats } = data;
  const claims = tenant.claims_granted + tenant.claims_rejected;
  return h("section", { id: "overview", "aria-labelledby": "overview-title" },
    h("h2", { id: "overview-title", class: "sr" }, "Overview"), headline(),
    h("div", { class: "tiles" },
      tile(number(tenant.users_with_errors), "users with errors", "#users", tenant.users_with_errors ? "bad" : "good",
        `${percent(tenant.users_with_errors, tenant.users)} of ${counted(tenant.users, "user")}`),
      tile(number(data.causes.length + data.more_causes), "causes", "#causes", data.causes.length ? "bad" : "good",
        `${percent(tenant.claims_rejected, claims)} of ${counted(claims, "claim")} rejected`),
      tile(number(seats.waiting), "waiting for a seat", "#seats", seats.waiting ? "bad" : "good", "users, by SKU"),
      tile(number(seats.short), "SKUs short", "#seats", seats.short ? "warn" : "good", `of ${number(seats.skus)}`),
      tile(number(seats.available), "seats free", "#seats", "", `${number(seats.usable)} bought`)));
}

// A table with its heading, and what is beyond it.
function block(id, title, words, table, more, rest, open) {
  return h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), words ? h("p", { class: "faint" }, words) : null, table.element,
    beyond(more, open, rest));
}

function legend() {
  return h("ul", { class: "legend", "aria-label": "Legend" },
    [["held", "held"], ["over", "held beyond what was bought"], ["waiting", "waiting"], ["free", "free"]].map(([name, word]) =>
      h("li", {}, h("span", { class: `swatch ${name}` }), word)));
}

function seatsBlock() {
  const table = new DataTable({
    id: "seats-table", caption: "Seats of each SKU", noun: "SKU", rows: data.seats, empty: "There are no SKUs.",
    sortBy: 5, descending: true,
    text: (row) => [row.sku, row.name, row.id].join(" "),
    choices: [{
      label: "Show", all: "all SKUs", options: [["short", "short of seats"], ["free", "with free seats"], ["off", "suspended"]],
      holds: (row, option) => (option === "short" ? short(row) : option === "off" ? Boolean(row.off) : row.available > 0),
    }],
    columns: [
      { title: "SKU", head: true, value: skuName, cell: (row) => [linkTo("sku", row.id, skuName(row)),
        row.name && row.name !== skuName(row) ? h("span", { class: "sub" }, row.name) : null] },
      { title: "Seats", wide: true, numeric: true, value: (row) => row.consumed / Math.max(1, seatParts(row).units), cell: (row) => [seatBar(row),
        h("span", { class: "sub only-phone" }, `${number(row.consumed)} of ${number(seatParts(row).units)}`)] },
      { title: "Held", numeric: true, least: 2, value: (row) => row.consumed, cell: (row) => number(row.consumed) },
      { title: "Of", numeric: true, least: 2, value: (row) => seatParts(row).units, cell: (row) => number(seatParts(row).units) },
      { title: "Free", numeric: true, least: 2, value: (row) => row.available, cell: (row) => number(row.available) },
      { title: "Short", numeric: true, value: (row) => row.overrun || 0, cell: (row) => h("span", { class: row.overrun ? "alarm" : "" }, number(row.overrun)) },
      { title: "Remarks", least: 3, value: seatRemarks, cell: seatRemarks },
    ],
  });
  const section = block("seats", "Seats", null, table, data.more_seats, seatwise("seats"));
  section.querySelector("h2").after(legend());
  return section;
}

function codesOf(rows, codes) {
  const present = new Set(rows.flatMap(codes));
  return Object.keys(codeWords).filter((code) => present.has(code)).map((code) => [code, codeWord(code)]);
}

function causesBlock() {
  const table = new DataTable({
    id: "causes-table", caption: "Causes of rejected claims", noun: "cause", rows: data.causes,
    empty: "No claim is rejected.", sortBy: 0, descending: true,
    text: (row) => [row.code, codeWord(row.code), row.what, row.sku, row.group, row.fix, ...(row.fallen || []), ...(row.details || [])].join(" "),
    choices: [{ label: "Violation", options: codesOf(data.causes, (row) => [row.code]), holds: (row, code) => row.code === code }],
    columns: [
      { title: "Users", numeric: true, value: (row) => row.users, cell: (row) => number(row.users) },
      { title: "Violation", least: 2, value: (row) => codeWord(row.code), cell: (row) => codeChip(row.code) },
      { title: "Cause", head: true, value: (row) => row.what, cell: (row) => [linkTo("cause", row.index, sentence(row.what)),
        row.fallen ? h("span", { class: "sub" }, `${enumerated(row.fallen)} with it`) : null] },
      { title: "What would heal it", least: 3, value: (row) => row.fix || "", cell: (row) => sentence(row.fix || "") },
    ],
  });
  return block("causes", "Why claims are rejected", "Users with the same trouble are one line.", table, data.more_causes, seatwise("violations"));
}

function problemsOf(user) {
  return user.licenses.filter((license) => license.state === "Error" || license.state === "ActiveWithError");
}

function codesOfUser(user) {
  return [...new Set(user.licenses.flatMap((license) => license.sources.flatMap((source) => source.codes || [])))];
}

function usersBlock() {
  const table = new DataTable({
    id: "users-table", caption: "Users with errors", noun: "user", rows: data.users,
    empty: "No user has an error.",
    text: (row) => [row.name, row.upn, row.id, row.location, ...row.licenses.map((license) => license.sku)].join(" "),
    choices: [{ label: "Violation", options: codesOf(data.users, codesOfUser), holds: (row, code) => codesOfUser(row).includes(code) }],
    columns: [
      { title: "User", head: true, value: userName, cell: (row) => [linkTo("user", row.id, userName(row)),
        row.upn && row.upn !== userName(row) ? h("span", { class: "sub" }, row.upn) : null] },
      { title: "Not granted", value: (row) => problemsOf(row).map((license) => license.sku).join(),
        cell: (row) => problemsOf(row).map((license) => [h("span", { class: `chip name ${license.state === "Error" ? "bad" : "warn"}`, title: license.state }, breakable(license.sku)), " "]) },
      { title: "Why", least: 3, value: (row) => codesOfUser(row).map(codeWord).join(), cell: (row) => codesOfUser(row).map(codeWord).join(", ") },
      { title: "Holds", numeric: true, least: 2, value: (row) => row.licenses.filter((license) => license.state !== "Error").length,
        cell: (row) => counted(row.licenses.filter((license) => license.state !== "Error").length, "SKU") },
      { title: "Location", least: 3, value: (row) => row.location || "", cell: (row) => row.location || "none" },
    ],
  });
  const section = block("users", "Users with errors", null, table, data.more_users, seatwise("violations", "--by", "user"));
  if (data.served) section.querySelector("h2").after(anyUser());
  return section;
}

function groupsBlock() {
  const table = new DataTable({
    id: "groups-table", caption: "Groups with rejected claims", noun: "group", rows: data.groups,
    empty: "No claim of a group is rejected.", sortBy: 1, descending: true,
    text: (row) => `${row.name} ${row.id}`,
    columns: [
      { title: "Group", head: true, value: (row) => row.name, cell: (row) => linkTo("group", row.id, row.name) },
      { title: "With errors", numeric: true, value: (row) => row.errors, cell: (row) => number(row.errors) },
      { title: "All granted", numeric: true, least: 2, value: (row) => row.licensed, cell: (row) => number(row.licensed) },
      { title: "Members", numeric: true, least: 2, value: (row) => row.members, cell: (row) => number(row.members) },
      { title: "Share", numeric: true, value: (row) => row.errors / Math.max(1, row.members), cell: (row) => percent(row.errors, row.members) },
    ],
  });
  return block("groups", "Groups with rejected claims", null, table, data.more_groups, seatwise("violations"));
}

function subscriptionsBlock() {
  const rows = data.seats.flatMap((row) => (row.subscriptions || []).map((s) => ({ ...s, of: row })));
  const table = new DataTable({
    id: "subscriptions-table", caption: "Subscriptions", noun: "subscription", rows, empty: "Nothing was bought.", sortBy: 4,
    text: (s) => [s.id, s.status, skuName(s.of), s.of.name].join(" "),
    choices: [{ label: "Status", options: [...new Set(rows.map((s) => s.status))].map((status) => [status, status]), holds: (s, status) => s.status === status }],
    columns: [
      { title: "SKU", head: true, value: (s) => skuName(s.of), cell: (s) => [linkTo("sku", s.of.id, skuName(s.of)), h("span", { class: "sub" }, s.id)] },
      { title: "Seats", numeric: true, value: (s) => s.units, cell: (s) => number(s.units) },
      { title: "Status", least: 2, value: (s) => s.status, cell: (s) => h("span", { class: `chip ${s.status === "Enabled" ? "good" : "warn"}` }, s.status + (s.self_service ? ", self-service" : "")) },
      { title: "Each", numeric: true, least: 2, value: (s) => Number(s.price || 0), cell: priceOf },
      { title: "Renews", value: (s) => s.renews_at || "9999", cell: (s) => day(s.renews_at) || "" },
    ],
  });
  return block("subscriptions", "Subscriptions", null, table, data.seat_totals.subscriptions - rows.length, seatwise("subscription", "list"));
}

// "#/user/ana" opens the dialog; any other place closes it.
let steps = 0;  // How many of the dialog's pages can be gone back.

function route() {
  const match = /^#\/(\w+)\/(.*)$/.exec(location.hash);
  const found = match && details[match[1]] ? details[match[1]](decodeURIComponent(match[2])) : null;
  if (!found) {
    if (dialog.open) dialog.close();
    return;
  }
  document.getElementById("detail-title").textContent = found[0];
  document.getElementById("detail-body").replaceChildren(...found[1].flat(Infinity).filter(Boolean));
  steps = dialog.open ? steps + 1 : 0;
  document.getElementById("back").hidden = steps === 0;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  document.getElementById("detail-title").focus();
}

function goBack() {
  steps -= 2;  // route() counts one up.
  history.back();
}

function startDialog() {
  document.getElementById("close").addEventListener("click", () => dialog.close());
  document.getElementById("back").addEventListener("click", goBack);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();  // The backdrop.
  });
  dialog.addEventListener("close", () => {
    if (location.hash.startsWith("#/")) history.pushState(null, "", location.pathname + location.search);
  });
  addEventListener("hashchange", route);
}

const themes = { auto: "as the system", light: "light", dark: "dark" };

function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.getElementById("theme").textContent = `Theme: ${themes[theme]}`;
  try {
    localStorage.setItem("seatwise-theme", theme);
  } catch {
    // Nothing is kept where the browser keeps nothing.
  }
}

function startTheme() {
  let theme = "auto";
  try {
    theme = localStorage.getItem("seatwise-theme") || "auto";
  } catch {
    // As above.
  }
  const names = Object.keys(themes);
  if (!names.includes(theme)) theme = "auto";
  document.getElementById("theme").addEventListener("click", () => {
    theme = names[(names.indexOf(theme) + 1) % names.length];
    setTheme(theme);
  });
  setTheme(theme);
}

function start() {
  const name = data.tenant.name || data.tenant.id;
  document.title = `${name}: licenses`;
  document.getElementById("tenant").textContent = name;
  const revisions = data.revision === data.last_revision ? `Revision ${data.revision}` : `Revisions ${data.revision} to ${data.last_revision}`;
  document.getElementById("when").append(`${revisions}, made `, time(data.made_at), ...(data.tenant.commit_time ? ["; last changed ", time(data.tenant.commit_time)] : []));
  const blocks = [overview(), seatsBlock(), causesBlock(), usersBlock(), groupsBlock(), changesBlock(), forecastBlock(), costsBlock(), subscriptionsBlock(),
    forNothingBlock(), blockedBlock()];
  content.append(...blocks);
  document.getElementById("sections").append(...blocks.map((section) =>
    h("li", {}, h("a", { href: `#${section.id}` }, section.querySelector("h2").textContent))));
  document.getElementById("foot").append("Made by Seatwise from what the server derives; times are local, and in UTC where you point at them.");
  document.getElementById("print").addEventListener("click", () => print());
  startTheme();
  startDialog();
  if (data.served) startLive();
  route();
}

start();
