// Elements, numbers, times and commands. Text from the data only ever becomes text nodes and
// attributes: nothing here or elsewhere parses it as markup.
"use strict";

// h("p", {class: "faint"}, "text", element, null): an element with what is given; null is left out.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const wholeNumbers = new Intl.NumberFormat("en");

function number(value) {
  return wholeNumbers.format(value || 0);
}

// "1 user", "2 users".
function counted(value, singular, plural) {
  return `${number(value)} ${value === 1 ? singular : plural || singular + "s"}`;
}

function percent(part, whole) {
  if (!whole) return "0%";
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.1) return "under 0.1%";
  return `${share < 10 ? share.toFixed(1) : Math.round(share)}%`;
}

// "a, b and c".
function enumerated(items) {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

// With a capital in front, unless that is a name.
function sentence(text) {
  return /^[a-z]+ /.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
}

// What one unit costs, "34.50 EUR" of "34.5"; digits beyond hundredths stay.
function priceOf(subscription) {
  if (!subscription.price) return "";
  const [whole, rest = ""] = subscription.price.split(".");
  return `${number(Number(whole))}.${rest.padEnd(2, "0")} ${subscription.currency || ""}`.trim();
}

// A time in the reader's zone, with UTC in its title.
function time(text, form) {
  if (!text) return null;
  const date = new Date(text);
  const shown = date.toLocaleString(undefined, form || { dateStyle: "medium", timeStyle: "short" });
  return h("time", { datetime: text, title: text.replace("T", " ").replace("Z", " UTC") }, shown);
}

function day(text) {
  return time(text, { dateStyle: "medium" });
}

// A name that is longer than any sensible one ends in "…".
function clipped(text) {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

// The text with places where a long name may be broken.
function breakable(text) {
  return clipped(String(text)).split(/(?<=[_@./])/).flatMap((piece, i) => (i ? [document.createElement("wbr"), piece] : [piece]));
}

function linkTo(kind, id, text) {
  return h("a", { href: `#/${kind}/${encodeURIComponent(id)}` }, breakable(text));
}

// The SKU as people call it.
function skuName(row) {
  return clipped(row.sku || row.name || row.id);
}

function userName(user) {
  return clipped(user.name || user.upn || user.id);
}

// ProhibitedInUsageLocationViolation as "Prohibited in usage location"; the word itself is in the
// title.
const codeWords = {
  UsageLocationMissing: "No usage location",
  ProhibitedInUsageLocationViolation: "Prohibited in location",
  UniquenessViolation: "Address taken",
  MutuallyExclusiveViolation: "Plans exclude each other",
  DependencyViolation: "Required plan missing",
  CountViolation: "No seat free",
  Other: "Fell with another SKU",
};

function codeWord(code) {
  return codeWords[code] || code;
}

function codeChip(code) {
  return h("span", { class: "chip bad", title: code }, codeWord(code));
}

const stateWords = {
  Active: ["good", "Active"],
  ActiveWithError: ["warn", "Active, with an error"],
  Disabled: ["warn", "Disabled"],
  Error: ["bad", "Error"],
};

function stateWord(state) {
  return (stateWords[state] || ["bad", state])[1];
}

function stateChip(state) {
  const [tone] = stateWords[state] || ["bad"];
  return h("span", { class: `chip ${tone}`, title: state }, stateWord(state));
}

// A command to paste, with a button that copies it.
function command(text) {
  const code = h("code", {}, text);
  const button = h("button", { type: "button", class: "copy", "aria-label": `Copy: ${text}` }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  return h("div", { class: "command" }, code, button);
}
