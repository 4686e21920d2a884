// Beside an answer in Markdown, what readers will see: drawn by the server, so that there is one renderer.

const PAUSE = 400;

function previewOf(textarea) {
  const heading = document.createElement("h3");
  heading.textContent = gettextOr("Preview");
  const region = document.createElement("div");
  region.className = "preview";
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", heading.textContent);
  textarea.closest(".form-row").append(heading, region);
  return region;
}

function gettextOr(text) {
  return typeof window.gettext === "function" ? window.gettext(text) : text;
}

async function rendered(textarea) {
  const token = textarea.form.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ answer: textarea.value });
  const answer = await fetch(textarea.dataset.preview, { method: "POST", headers: { "X-CSRFToken": token }, body });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes;
}

function watch(textarea) {
  const region = previewOf(textarea);
  let newest = 0;
  let timer;
  async function show() {
    const mine = ++newest;
    try {
      const nodes = [...(await rendered(textarea))];
      if (mine === newest) region.replaceChildren(...nodes); // an answer that came late is not shown over a newer one
    } catch {
      if (mine === newest) region.replaceChildren(gettextOr("The preview could not be fetched."));
    }
  }
  textarea.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  show();
}

document.querySelectorAll("textarea[data-preview]").forEach(watch);
