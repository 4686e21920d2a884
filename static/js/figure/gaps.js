// Where a missing figure of a table leads: its row on the page of gaps; as trade/pages/gaps/gap_links.py has it. No DOM.

import { MEASURES } from "../measures.js";

const NO_ROWS = [undefined, ...MEASURES.no_rows_of_gaps]; // sums, and what is gathered, are no row there
const FLOW = MEASURES.flow_of_gaps; // which the address of a page that shows both directions does not name

/** The address of the gaps behind a cell: ("/data/china-provinces/gaps/", {rows_are: "members"}, {key: "cn-qh"}, {flow}) → "…/gaps/#cn-qh". */
export function gapRow(gaps, { rows_are }, row, column) {
  const [path, ofPage] = gaps.split("#");
  const year = rows_are === "months" ? "p" : ""; // of seasons each column is a year, which is a column there
  const member = rows_are === "members" ? row.key : column.member && year + column.member; // memory leaves out what is empty
  const flow = column.flow === FLOW && !path.includes("flow=") ? `${path.includes("?") ? "&" : "?"}flow=${FLOW}` : "";
  const anchor = ofPage ?? (NO_ROWS.includes(member) ? "" : member);
  return path + flow + (anchor && `#${anchor}`);
}
