// Copies what stands in a field, and lets the button that was pressed say so for a moment.

const SHOWN = 2000; // milliseconds
const labels = new WeakMap(); // button: what it says at rest

/** Copy a field; where a page may not write to the clipboard, select it instead. Returns what to tell: words of `words`. */
export async function copy(field, button, words) {
  try {
    await navigator.clipboard.writeText(field.value);
    return copied(button, words);
  } catch {
    field.focus();
    field.select();
    return words.press;
  }
}

/** Let a button say that something was copied; pressed again meanwhile, it must not keep that. */
export function copied(button, words) {
  const [label] = button.childNodes;
  if (!labels.has(button)) labels.set(button, label.data);
  label.data = words.copied;
  setTimeout(() => {
    label.data = labels.get(button);
  }, SHOWN);
  return words.copied;
}
