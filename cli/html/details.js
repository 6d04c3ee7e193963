// What the dialog shows: one SKU, cause, user or group, with links to the others.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);

const skusById = new Map(data.seats.map((row) => [row.id, row]));
const usersById = new Map(data.users.map((row) => [row.id, row]));
const groupsById = new Map(data.groups.map((row) => [row.id, row]));
data.causes.forEach((cause, i) => (cause.index = i));

const causesOfUser = new Map();
for (const cause of data.causes) {
  for (const user of cause.sample || []) {
    causesOfUser.set(user.id, (causesOfUser.get(user.id) || []).concat(cause));
  }
}

// A command of this program about this tenant; `words` are quoted where a shell needs it.
function seatwise(...words) {
  const quoted = words.map((word) => (/^[\w.,:@%+=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return `${data.command.program} ${quoted.join(" ")}${data.command.flags}`;
}

// How the seats of an SKU are taken, in users.
function seatParts(row) {
  const units = row.off ? row.parked || 0 : row.usable;
  const held = Math.min(row.consumed, units);
  return { units, held, over: row.consumed - held, waiting: row.waiting || 0, free: units - held };
}

function seatRemarks(row) {
  const parts = seatParts(row);
  const remarks = [];
  if (row.off) remarks.push("suspended");
  if (parts.waiting) remarks.push(`${number(parts.waiting)} waiting`);
  if (parts.over) remarks.push(`${number(parts.over)} over`);
  if (row.available) remarks.push(`${number(row.available)} free`);
  if (row.unlimited) remarks.push("no limit");
  return remarks.join(", ");
}

// As long as the seats and the demand for them together.
function seatBar(row) {
  const parts = seatParts(row);
  const total = parts.held + parts.over + parts.waiting + parts.free;
  const says = `${number(row.consumed)} of ${number(parts.units)} held${seatRemarks(row) ? ", " + seatRemarks(row) : ""}`;
  const bar = h("div", { class: row.off ? "bar off" : "bar", role: "img", "aria-label": says, title: says });
  for (const part of ["held", "over", "waiting", "free"]) {
    if (!parts[part]) continue;
    const piece = h("span", { class: part });
    piece.style.width = `${Math.max(1, (100 * parts[part]) / total)}%`;
    bar.append(piece);
  }
  return bar;
}

function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== "")
    .map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function part(title, ...content) {
  return h("section", {}, h("h3", {}, title), content);
}

function userLink(user) {
  return usersById.has(user.id) || data.served ? linkTo("user", user.id, userName(user)) : userName(user);
}

function causeList(causes) {
  return h("ul", { class: "list" }, causes.map((cause) =>
    h("li", {}, codeChip(cause.code), " ", linkTo("cause", cause.index, sentence(cause.what)), ` (${counted(cause.users, "user")})`)));
}

function fixPart(cause) {
  if (!cause.fix) {
    return data.fixes ? null : part("What would heal it", command(seatwise("violations", "--fixes")));
  }
  return part("What would heal it", h("p", {}, sentence(cause.fix)),
    (cause.commands || []).map(command),
    cause.ways ? [h("p", {}, "Other ways to seats:"), h("ul", { class: "list" }, cause.ways.map((way) => h("li", {}, sentence(way))))] : null);
}

const details = {
  cause(id) {
    const cause = data.causes[Number(id)];
    if (!cause) return null;
    const sample = cause.sample || [];
    const more = cause.users - sample.length;
    const by = ["violations", "--by", "user", "--code", cause.code];
    if (cause.sku_id) by.push("--sku", cause.sku_id);
    return [sentence(cause.what), [
      h("p", {}, codeChip(cause.code), ` ${counted(cause.users, "user")}`),
      cause.details ? h("ul", { class: "list" }, cause.details.map((line) => h("li", {}, line))) : null,
      cause.fallen ? h("p", {}, `${enumerated(cause.fallen)} of the same group ${cause.fallen.length > 1 ? "fall" : "falls"} with it.`) : null,
      fixPart(cause),
      part(more > 0 ? `The first ${number(sample.length)} of ${counted(cause.users, "user")}` : "Users",
        h(cause.code === "CountViolation" ? "ol" : "ul", { class: "list users" }, sample.map((user) => h("li", {}, userLink(user)))),
        more > 0 ? [h("p", { class: "faint" }, `and ${number(more)} more; this lists them:`), command(seatwise(...by))] : null),
      cause.sku_id && skusById.has(cause.sku_id) ? h("p", {}, linkTo("sku", cause.sku_id, `Seats of ${cause.sku}`)) : null,
    ]];
  },

  sku(id) {
    const row = skusById.get(id);
    if (!row) return null;
    const causes = data.causes.filter((cause) => cause.sku_id === id);
    return [skuName(row), [
      row.name && row.name !== skuName(row) ? h("p", { class: "faint" }, row.name) : null,
      seatBar(row), facts([
        ["Held", number(row.consumed)],
        ["Seats", number(seatParts(row).units)],
        ["Free", number(row.available)],
        ["Waiting", number(row.waiting)],
        ["Demand without a seat", number(row.overrun)],
        forecastsById.has(id) ? ["Runs out", runsOut(forecastsById.get(id))] : null,
        ["Cost", data.costs.filter((cost) => cost.sku_id === id).map((cost) => money(cost.cost, cost.currency)).join("; ")],
      ]),
      row.unlimited ? h("p", {}, "Any number of users can hold it, whatever was bought.") : null,
      row.off ? h("p", {}, "Everything that was bought is suspended: what is held is disabled.") : null,
      row.subscriptions ? part("Subscriptions", h("ul", { class: "list" }, row.subscriptions.map((s) =>
        h("li", {}, `${s.id}: ${counted(s.units, "seat")}, ${s.status}`, s.self_service ? ", self-service" : "",
          s.price ? `, ${priceOf(s)} each` : "", s.renews_at ? [", renews ", day(s.renews_at)] : null))),
        row.more_subscriptions ? h("p", { class: "faint" }, `and ${number(row.more_subscriptions)} more`) : null) : null,
      causes.length ? part("Why claims for it are rejected", causeList(causes)) : null,
      part("Who has it", command(seatwise("licenses", "--sku", id))),
    ]];
  },

  group(id) {
    const row = groupsById.get(id);
    if (!row) return null;
    return [row.name, [
      facts([["Members", number(row.members)], ["All granted", number(row.licensed)], ["With errors", number(row.errors)]]),
      part("Why claims from it are rejected", causeList(data.causes.filter((cause) => cause.group_id === id))),
      part("Who", command(seatwise("violations", "--by", "user", "--group", id))),
    ]];
  },

  user(id) {
    const user = usersById.get(id);
    if (!user) return data.served ? [id, [part("Why, and what would heal it", explanation(id))]] : null;
    const causes = causesOfUser.get(id) || [];
    return [userName(user), [
      facts([["Sign-in name", user.upn], ["Id", user.id], ["Location", user.location || "none"],
        ["Account", [user.guest ? "guest" : "member", user.blocked ? "blocked" : ""].filter(Boolean).join(", ")]]),
      part("Licenses", user.licenses.map(licenseBlock)),
      causes.length ? part("Others with the same trouble", causeList(causes)) : null,
      part("Why, and what would heal it", data.served ? explanation(id) : null, command(seatwise("explain", id)),
        h("p", { class: "faint" }, "How it came about:"), command(seatwise("explain", id, "--history"))),
    ]];
  },
};

function licenseBlock(license) {
  return h("div", { class: "license" },
    h("h4", {}, skusById.has(license.sku_id) ? linkTo("sku", license.sku_id, license.sku) : license.sku,
      " ", stateChip(license.state)),
    h("ul", { class: "list" }, license.sources.map((source) => {
      const way = source.way ? source.way.join(" › ") : "directly";
      const without = source.without ? ` (${number(source.plans)} of ${counted(source.plans + source.without, "plan")})` : "";
      return h("li", { class: source.granted ? "granted" : "rejected" },
        h("span", { "aria-hidden": "true" }, source.granted ? "✓ " : "✗ "),
        h("span", { class: "sr" }, source.granted ? "granted: " : "rejected: "), way + without,
        source.lines ? h("ul", {}, source.lines.map((line) => h("li", {}, line))) : null);
    })));
}
