// Whether a name is meant by what somebody types: each typed word is somewhere in it, whatever its case and accents. No DOM.

/** matches("27 Mineral fuels", "fuel 27") → true; of nothing typed everything. */
export function matches(name, typed) {
  const folded = fold(name);
  return fold(typed)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
