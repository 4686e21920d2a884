// What the server's drawings and pages hold, too: trade/page_measures/ says what each measure means. Parts of a width are
// per cent there and fractions here, as the canvas needs them.

import measures from "../../trade/page_measures/page_measures.json" with { type: "json" };

export const MEASURES = measures;
export const PLOT = {
  ...measures.plot,
  left: measures.plot.left / 100,
  column: measures.plot.column / 100,
  widestColumn: measures.plot.widest_column / 100,
};
