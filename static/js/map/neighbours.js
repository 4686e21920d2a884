// Where arrow keys lead on a grid of tiles. No DOM: places are [{row, column}, …], and a position is an index of them.

const DIRECTIONS = {
  ArrowLeft: ["column", -1],
  ArrowRight: ["column", 1],
  ArrowUp: ["row", -1],
  ArrowDown: ["row", 1],
};

/**
 * The tile to which a key leads from another, or null where none lies that way: the next one in line, over holes; where
 * the line has no more, the one least to the side. Home and End lead to the ends of the row, with Ctrl to those of the map.
 */
export function neighbour(places, at, key, whole = false) {
  if (key === "Home" || key === "End") return end(places, at, key === "Home" ? -1 : 1, whole);
  if (!DIRECTIONS[key]) return null;
  const [along, towards] = DIRECTIONS[key];
  const across = along === "row" ? "column" : "row";
  const ahead = (place) => (place[along] - places[at][along]) * towards;
  const aside = (place) => Math.abs(place[across] - places[at][across]);
  return least(
    places,
    (place) => ahead(place) > 0,
    (place) => aside(place) * places.length + ahead(place),
  );
}

function end(places, at, towards, whole) {
  const order = (place) => towards * (whole ? -(place.row * places.length + place.column) : -place.column);
  return least(places, (place) => whole || place.row === places[at].row, order);
}

/** The index of the place that counts least among those that may be chosen, or null. */
function least(places, may, count) {
  const chosen = places.map((place, index) => ({ index, place })).filter(({ place }) => may(place));
  chosen.sort((one, other) => count(one.place) - count(other.place));
  return chosen[0]?.index ?? null;
}
