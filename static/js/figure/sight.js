// Which figures a reader has in sight, known without asking for places in the middle of a change.

const unseen = new WeakSet();
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) unseen.delete(target);
    else unseen.add(target);
  }
});

/** Begin to watch the figures of a view; those that are watched already stay so. */
export function watch(view) {
  for (const figure of view.querySelectorAll("[data-figure]")) observer.observe(figure);
}

/** Whether a figure is known to be out of sight. */
export const isUnseen = (figure) => unseen.has(figure);
