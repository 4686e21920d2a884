// The marks of figures over time and of ranked figures, as controllers of Chart.js. Its own bars and lines ask for every
// option of every mark anew, which is most of what a control's answer would take; these know theirs from config.js:
// blocks {data, starts, backgroundColor, thick(chart, step), across, gap}, lines {data, joined, radii, rings, …}.

import { DatasetController, Element } from "chart.js";

const RADIUS = 5; // of a point that is pointed at
const SEEN = 2.5; // pixels: a block as long as that can spare one for the gap to the next
const OUTLINE = 1.5;

class Block extends Element {
  static id = "block";

  inRange(x, y) {
    return this.inXRange(x) && this.inYRange(y);
  }

  inXRange(x) {
    return x >= this.left && x <= this.left + this.width;
  }

  inYRange(y) {
    return y >= this.top && y <= this.top + this.height;
  }

  getCenterPoint() {
    return { x: this.left + this.width / 2, y: this.top + this.height / 2 };
  }
}

class Dot extends Element {
  static id = "dot";

  inRange(x, y) {
    return Math.hypot(x - this.x, y - this.y) <= RADIUS;
  }

  inXRange(x) {
    return Math.abs(x - this.x) <= RADIUS;
  }

  inYRange(y) {
    return Math.abs(y - this.y) <= RADIUS;
  }

  getCenterPoint() {
    return { x: this.x, y: this.y };
  }
}

/** What both have in common: nothing is resolved, parsed or stacked here, for config.js has said it. */
class Marks extends DatasetController {
  configure() {
    this.options = { clip: false };
  }

  parse() {}

  getMinMax() {
    return { min: 0, max: 0 };
  }

  getLabelAndValue(index) {
    return { label: this.chart.data.labels[index], value: "" };
  }

  setHoverStyle(mark) {
    mark.active = true;
  }

  removeHoverStyle(mark) {
    mark.active = false;
  }
}

class Blocks extends Marks {
  static id = "blocks";
  static defaults = { datasetElementType: false, dataElementType: "block" };

  update() {
    const { iScale, vScale, data: blocks } = this.getMeta();
    const set = this.getDataset();
    const thick = set.thick(this.chart, iScale.getPixelForValue(1) - iScale.getPixelForValue(0));
    blocks.forEach((block, place) => {
      const middle = iScale.getPixelForValue(place);
      const [from, to] = [set.starts[place], set.starts[place] + (set.data[place] ?? 0)].map((value) =>
        vScale.getPixelForValue(value),
      );
      const [start, long] = [Math.min(from, to), Math.abs(to - from)];
      // The end that a tooltip points to, and the box.
      if (set.across)
        Object.assign(block, { x: to, y: middle, left: start, top: middle - thick / 2, width: long, height: thick });
      else Object.assign(block, { x: middle, y: to, left: middle - thick / 2, top: start, width: thick, height: long });
    });
  }

  /** The gap to the next block is on the side away from nought. */
  draw() {
    const { ctx } = this.chart;
    const { data, backgroundColor, across, inkColor } = this.getDataset();
    this.getMeta().data.forEach((block, place) => {
      if (!data[place]) return;
      const gap = (across ? block.width : block.height) > SEEN ? 1 : 0;
      const box = across
        ? [block.left + (data[place] < 0 ? gap : 0), block.top, block.width - gap, block.height]
        : [block.left, block.top + (data[place] > 0 ? gap : 0), block.width, block.height - gap];
      ctx.fillStyle = backgroundColor[place];
      ctx.fillRect(...box);
      if (block.active) outline(ctx, box, inkColor);
    });
  }
}

class Lines extends Marks {
  static id = "lines";
  static defaults = { datasetElementType: false, dataElementType: "dot" };

  update() {
    const { iScale, vScale, data: dots } = this.getMeta();
    const { data } = this.getDataset();
    dots.forEach((dot, place) => {
      const skip = data[place] === null;
      Object.assign(dot, {
        skip,
        x: iScale.getPixelForValue(place),
        y: skip ? NaN : vScale.getPixelForValue(data[place]),
      });
    });
  }

  draw() {
    const { ctx } = this.chart;
    const { joined, borderColor, borderWidth, borderDash, radii, rings, ground } = this.getDataset();
    const dots = this.getMeta().data;
    Object.assign(ctx, { strokeStyle: borderColor, lineWidth: borderWidth, lineJoin: "round" });
    ctx.setLineDash(borderDash);
    ctx.beginPath();
    dots.forEach((dot, place) => {
      if (dot.skip) return;
      if (joined[place]) ctx.lineTo(dot.x, dot.y);
      else ctx.moveTo(dot.x, dot.y);
    });
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.lineWidth = 2;
    dots.forEach((dot, place) => {
      const radius = dot.active ? RADIUS : radii[place];
      if (dot.skip || !radius) return;
      ctx.fillStyle = rings[place] ? ground : borderColor;
      ctx.beginPath();
      ctx.arc(dot.x, dot.y, radius, 0, 2 * Math.PI);
      ctx.fill();
      if (rings[place]) ctx.stroke();
    });
  }
}

function outline(ctx, [left, top, width, height], colour) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = OUTLINE;
  ctx.strokeRect(left + OUTLINE / 2, top + OUTLINE / 2, Math.max(width - OUTLINE, 0), Math.max(height - OUTLINE, 0));
}

export const MARKS = [Block, Blocks, Dot, Lines];
