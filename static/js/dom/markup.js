// Makes elements as the templates write them. Text goes in as text, never as markup.

/** Make an element: el("a", {href: "/"}, "Home"). An attribute that is null, undefined or false is left out. */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** A link, or where there is no address its text alone. */
export const link = (url, text, attributes = {}) => (url ? el("a", { href: url, ...attributes }, text) : text);

/** Words for those who hear the page. */
export const spoken = (text) => el("span", { class: "visually-hidden" }, text);

/** How a link says that it is the choice in effect. */
export const current = (choice) => ({ "aria-current": choice.current && "true" });
