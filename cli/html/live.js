// What only a page that `seatwise ui` serves can do: hear of changes, and explain any user.
"use strict";

const secondsBetweenLooks = 5;

async function ask(path) {
  const answer = await fetch(path, { cache: "no-store" });
  const text = (await answer.text()).trim();
  if (!answer.ok) throw new Error(text);
  return text;
}

// What `seatwise explain` says of a user, as soon as the server has said it.
function explanation(id) {
  const text = h("pre", { tabindex: "0", "aria-label": "Explanation" }, "Asking the server…");
  ask(`/explain?user=${encodeURIComponent(id)}`)
    .then((said) => (text.textContent = said), (error) => (text.textContent = error.message));
  return text;
}

// A field for users that the page does not list.
function anyUser() {
  const input = h("input", { type: "text", id: "any-user", autocomplete: "off", spellcheck: "false" });
  return h("form", {
    class: "toolbar",
    onsubmit: (event) => {
      event.preventDefault();
      if (input.value.trim()) location.hash = `#/user/${encodeURIComponent(input.value.trim())}`;
    },
  }, h("label", { for: "any-user" }, "Any user, by id ", input), h("button", {}, "Explain"));
}

function startLive() {
  const news = document.getElementById("news");
  let told = "";
  const tell = (key, ...content) => {
    if (told !== key) news.replaceChildren(...content);
    told = key;
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const revision = Number(await ask("/revision"));
      if (revision === data.last_revision) return tell("");
      tell(`${revision}`, `Revision ${revision} is there. `,
        h("button", { type: "button", onclick: () => location.reload() }, "Show it"));
    } catch {
      tell("end", "'seatwise ui' does not answer any more; this is how things were.");
    }
  };
  setInterval(look, 1000 * secondsBetweenLooks);
  document.addEventListener("visibilitychange", look);
}
