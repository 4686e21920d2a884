// Moves questions in their list: by Alt+Up and Alt+Down in the box of a position, or by dragging. The server keeps the
// order and numbers the boxes; without this script they are numbered by hand.

const table = document.querySelector("#result_list");
const boxes = () => [...table.querySelectorAll("[data-order-at]")];
const rowOf = (box) => box.closest("tr");

/** The key of a question, from the hidden field beside the box in its form: "form-3-position" -> form-3-id. */
function keyOf(box) {
  return document.querySelector(`[name="${box.name.replace(/position$/, "id")}"]`).value;
}

function worded(text, ...values) {
  return values.reduce((said, value) => said.replace("%s", value), text);
}

function start(first) {
  const status = document.createElement("p");
  status.className = "order-said";
  status.setAttribute("role", "status");
  const hint = document.createElement("p");
  hint.className = "help";
  hint.id = "order-hint";
  hint.textContent = first.dataset.hint;
  table.before(hint, status);
  for (const box of boxes()) {
    box.setAttribute("aria-describedby", hint.id);
    const handle = document.createElement("span");
    Object.assign(handle, { className: "order-handle", draggable: true, title: box.dataset.handle, textContent: "⠿" });
    handle.setAttribute("aria-hidden", "true");
    box.before(handle);
    handle.addEventListener("dragstart", (event) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(rowOf(box), 0, 0);
      dragged = box;
    });
  }

  async function save(box) {
    const all = boxes();
    const at = all.indexOf(box);
    const body = new URLSearchParams({
      moved: keyOf(box),
      ...(at ? { after: keyOf(all[at - 1]) } : { before: keyOf(all[1]) }),
    });
    const token = document.querySelector("#changelist-form [name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(box.dataset.orderAt, { method: "POST", headers: { "X-CSRFToken": token }, body });
      if (!answer.ok) throw new Error(String(answer.status));
      const { positions } = await answer.json();
      for (const one of boxes()) {
        const position = positions[keyOf(one)];
        if (position !== undefined) one.value = one.defaultValue = position;
      }
      const name = rowOf(box).querySelector("th a, .field-question").textContent;
      status.textContent = worded(box.dataset.moved, name, at + 1, all.length);
    } catch {
      status.textContent = box.dataset.notMoved;
    }
  }

  let dragged = null;
  let saving = Promise.resolve();
  function put(box, row, isAfter) {
    if (!row || row === rowOf(box)) return;
    if (isAfter) row.after(rowOf(box));
    else row.before(rowOf(box));
    saving = saving.then(() => save(box)); // one after the other, in the order of the keys
  }

  table.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.target.matches("[data-order-at]") || !["ArrowUp", "ArrowDown"].includes(event.key))
      return;
    event.preventDefault();
    const isAfter = event.key === "ArrowDown";
    const row = rowOf(event.target);
    put(event.target, isAfter ? row.nextElementSibling : row.previousElementSibling, isAfter);
    event.target.focus();
  });
  table.addEventListener("dragover", (event) => dragged && event.target.closest("tbody tr") && event.preventDefault());
  table.addEventListener("drop", (event) => {
    const row = event.target.closest("tbody tr");
    if (!dragged || !row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    put(dragged, row, event.clientY > top + height / 2);
  });
  table.addEventListener("dragend", () => (dragged = null));
}

if (table && boxes().length > 1) start(boxes()[0]);
