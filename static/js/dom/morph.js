// Makes markup that is there like markup that is wanted, and touches only what differs: so the focus, an open list and a
// slider under the finger stay, and nothing is laid out again that looks the same.

import { isHeld } from "./held.js";

const KEYS = ["data-name", "data-figure", "data-key", "rel"];

/** Make the children of `old` like those of `fresh`, which is used up. */
export function morph(old, fresh) {
  let at = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    while (at && !alike(at, wanted) && later(at, wanted)) at = dropped(at);
    if (at && alike(at, wanted)) {
      become(at, wanted);
      at = at.nextSibling;
    } else {
      old.insertBefore(wanted, at);
    }
  }
  while (at) at = dropped(at);
}

/** Make one node like another of its kind. */
export function become(old, wanted) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== wanted.data) old.data = wanted.data;
    return;
  }
  for (const { name } of [...old.attributes])
    if (!wanted.hasAttribute(name) && !readers(old, name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  morph(old, wanted);
  // What a reader has moved or ticked no longer follows the attribute; what is being moved or typed is the reader's.
  if (isHeld(old)) return;
  if (old.localName === "input" || old.localName === "textarea") old.value = wanted.value;
  if (old.type === "checkbox") old.checked = wanted.checked;
}

/** Whether an attribute is the reader's own doing: a list that was opened stays open, what one was on the stop. */
function readers(element, name) {
  return (element.localName === "details" && name === "open") || name === "tabindex";
}

function alike(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  return one.nodeType !== Node.ELEMENT_NODE || KEYS.every((key) => one.getAttribute(key) === other.getAttribute(key));
}

function later(at, wanted) {
  for (let next = at.nextSibling; next; next = next.nextSibling) if (alike(next, wanted)) return true;
  return false;
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
