// Keeps what is typed into the form that publishes an upload while it is typed: the server has it if this page is lost.

const PAUSE = 1500;
const AT_ONCE = 0;

function watch(form) {
  const status = form.querySelector("[role=status]");
  let timer;
  let isKept = true;

  async function keep() {
    clearTimeout(timer);
    if (isKept) return;
    isKept = true; // what is typed while the answer is on its way is kept by the next turn
    let text = form.dataset.kept;
    try {
      const headers = { Accept: "application/json" };
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.keepAt, { method: "POST", headers, body, keepalive: true });
      if (answer.status !== 204) throw new Error(String(answer.status));
    } catch {
      isKept = false;
      text = form.dataset.notKept;
    }
    if (status.textContent !== text) status.textContent = text;
  }

  function later(pause) {
    isKept = false;
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(AT_ONCE));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isKept = true; // each button of the form keeps it
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
}

document.querySelectorAll("form[data-keep-at]").forEach(watch);
