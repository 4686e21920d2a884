// Picks a live figure for an answer: a dialog with the page of figures, which the server fills, and a button that writes
// the token where the cursor is. Without this script that page stands by itself, and the token is copied from it.

function button(text, press) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button", textContent: text });
  made.addEventListener("click", press);
  return made;
}

async function part(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#picker");
  if (!found) throw new Error("no picker");
  return document.adoptNode(found);
}

function offer(textarea) {
  const words = textarea.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "figure-picker";
  dialog.setAttribute("aria-label", words.pick);
  const holder = document.createElement("div");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  dialog.append(
    holder,
    button(words.close, () => dialog.close()),
  );
  document.body.append(dialog);

  function insert(token) {
    textarea.setRangeText(token, textarea.selectionStart, textarea.selectionEnd, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = words.inserted.replace("%s", token);
    dialog.close();
    textarea.focus();
  }

  let newest = 0;
  async function show(url, focused) {
    const mine = ++newest;
    const found = await part(url).catch(() => words.notFound);
    if (mine !== newest) return; // an answer that came late is not shown over a newer one
    holder.replaceChildren(found);
    const [form, token] = [holder.querySelector("form"), holder.querySelector("[data-token]")];
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      show(`${words.figures}?${new URLSearchParams(new FormData(form))}`, "insert");
    });
    // What is shown and can be inserted is what was asked for, never something that was changed since.
    form?.addEventListener("input", () => holder.querySelector("[role=status]").replaceChildren());
    // Another dataset has other codes and years to choose from.
    form?.elements.dataset.addEventListener("change", (event) => {
      show(
        `${words.figures}?${new URLSearchParams({ dataset: event.target.value, what: form.elements.what.value })}`,
        "dataset",
      );
    });
    if (token) token.parentElement.after(button(words.insert, () => insert(token.textContent)));
    if (focused === "insert") (token ? holder.querySelector("[role=status] button") : form?.elements.key)?.focus();
    else if (focused === "dataset") form?.elements.dataset.focus();
  }

  const open = button(words.pick, async () => {
    dialog.showModal();
    const form = holder.querySelector("form"); // with what was chosen last
    if (form) form.elements.dataset.focus();
    else await show(words.figures, "dataset");
  });
  textarea.after(open, said);
}

document.querySelectorAll("textarea[data-figures]").forEach(offer);
