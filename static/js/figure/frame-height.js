// How high a frame should be so that its figure has the height it would have on a page of ours. No DOM.

const [LEAST, MOST, SHAPE] = [224, 420, 0.5]; // pixels of a plot over time, and its height in parts of its width

/**
 * The height that a page in a frame asks for: what is on it, without the room that nothing fills, and with a plot over time
 * in a shape that suits its width, whatever room the frame has now.
 */
export function natural({ width, page, plot, slack, stretches }) {
  const wanted = stretches ? Math.min(Math.max(width * SHAPE, LEAST), MOST) : plot;
  return Math.ceil(page - slack - plot + wanted);
}
