// What a page with charts loads. `npm run build` (part of every install) bundles it, with the part of Chart.js that we
// use, into node_modules/.bundle/charts.js, where Django's static files find it: one file, so one wait on a slow line.

import "./dom/arrows.js";
import "./figure/take.js";
import "./trade-chart.js";
import "./trade-view.js";
