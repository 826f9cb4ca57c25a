"use strict";
// The first screen: what was fitted, and whether to trust it.

const STRUCTURES = {
  full: "full covariances",
  tied: "one full covariance for all",
  diag: "diagonal covariances",
  spherical: "spherical covariances",
  tied_diag: "one diagonal covariance for all",
  tied_spherical: "one spherical covariance for all",
  VEI: "diagonal covariances of one shape",
  EVI: "diagonal covariances of one volume",
  VEE: "multiples of one covariance",
  EVE: "covariances of the same axes and volume",
  VVE: "covariances of the same axes",
  EEV: "one covariance, rotated",
  VEV: "multiples of one covariance, rotated",
  EVV: "covariances of one volume",
};

function structureInWords(data) {
  return data.components.length === 1 ? (STRUCTURES[data.structure] || data.structure).replace("covariances", "covariance") : STRUCTURES[data.structure] || data.structure;
}

function summary(data) {
  const size = data.components.length;
  const used = inUse(data).length;
  const name = data.source.name;
  const fitted = [
    counted(data.fit.rows, "row") + (data.source.weighted ? " with weights" : ""),
    counted(data.dimension, "column"),
    data.picture.freedom ? structureInWords(data).replace("covariance", "scale") : structureInWords(data),
    data.candidates.length > 1 ? `chosen by ${data.criterion.toUpperCase()} among ${data.candidates.length} candidates` : null,
  ].filter((part) => part !== null);
  return [
    element("p", { class: "kicker" }, (data.picture.freedom ? "Student mixture report" : "Gaussian mixture report") + (data.made ? " · " + data.made : "")),
    element("h1", {}, used < size ? `${count(used)} of ${counted(size, "component")} in use` : counted(size, "component"), name ? " in " : null, name ? named(fileName(name), 80) : null),
    element("p", { class: "quiet" }, fitted.join(" · ")),
    verdict(data),
    element("dl", { class: "figures" },
      used > 1 ? figure("Certainty", percent(data.shareSure), "of the rows belong to one component with probability 0.9 or more") : null,
      used > 1 ? closest(data) : null,
      data.picture.freedom ? tailFigure(data.picture.freedom) : null,
      data.noise ? figure("Noise", percent(data.noise.share), "of the rows belong to no component") : null,
      figure("Log-likelihood", decimals(data.fit.meanLogLikelihood, 3), "nats per row"),
      data.fit.variational
        ? figure("Lower bound", decimals(data.fit.objective, 3), "of the log-evidence, nats per row")
        : figure(data.criterion.toUpperCase(), decimals(data.fit[data.criterion], 1), lead(data) || "lower is better"),
      data.noise ? null : figure("Odd rows", `> ${significant(data.energy.threshold, 4)}`, `nats of energy: ${percent(data.energy.above)} of the rows`)),
  ];
}

/** The heaviest tail. */
function tailFigure(freedom) {
  const least = freedom.reduce((least, one) => (one === null || (least !== null && least < one) ? least : one), null);
  return figure("Heaviest tail", freedomWords(least), "degrees of freedom; the fewer, the heavier; from 30 on nearly Gaussian");
}

/** A path without its folders. */
function fileName(path) {
  return path.replace(/^.*[/\\](?=[^/\\])/, "");
}

function figure(term, value, remark) {
  return element("div", {}, element("dt", {}, term), element("dd", {}, value, element("small", {}, remark)));
}

/** The two components that are least apart. */
function closest(data) {
  if (data.separations.length === 0) {
    return null;
  }
  const pair = closestPairs(data)[0];
  return figure("Weakest separation", significant(pair.separation, 3), `between components ${pair.k} and ${pair.l}, in standard deviations`);
}

function closestPairs(data) {
  const pairs = [];
  const used = new Set(inUse(data).map((one) => one.label));
  data.separations.forEach((row, k) => row.slice(0, k).forEach((separation, l) => {
    if (used.has(k) && used.has(l)) {
      pairs.push({ k: l, l: k, separation });
    }
  }));
  return pairs.sort((a, b) => a.separation - b.separation);
}

/** By how much the winner leads, in words. */
function lead(data) {
  const others = data.candidates.filter((one) => !one.chosen && Number.isFinite(one[data.criterion]) && one.stop !== "collapsed");
  if (others.length === 0) {
    return null;
  }
  const second = others.reduce((best, one) => (one[data.criterion] < best[data.criterion] ? one : best));
  const ahead = second[data.criterion] - data.fit[data.criterion];
  if (ahead < 0) {
    return null;
  }
  const words = ahead < 2 ? "a toss-up" : ahead < 6 ? "some evidence" : ahead < 10 ? "strong evidence" : "very strong evidence";
  const same = data.candidates.every((one) => one.structure === data.structure);
  const name = `${counted(second.components, "component")}${same ? "" : ", " + second.structure}`;
  return second.estimated ? `about ${decimals(ahead, 0)} below ${name}, as estimated from a sample` : `${decimals(ahead, 1)} below ${name}: ${words}`;
}

function stopInWords(data) {
  const iterations = counted(data.fit.iterations, "iteration");
  const starts = data.fit.restarts.length;
  const best = starts > 1 ? `, the best of ${starts} starts` : "";
  switch (data.fit.stop) {
    case "converged":
      return `Converged after ${iterations}${best}.`;
    case "max_iterations":
      return `Stopped at the limit of ${iterations}, not converged${best}.`;
    case "collapsed":
      return `Stopped after ${iterations}: a component collapsed.`;
    default:
      return `Cancelled after ${iterations}.`;
  }
}

function verdict(data) {
  const cautions = data.warnings.map((warning) => element("li", {}, short(sentence(warning), 1200)));
  const notes = data.source.notes.map((note) => element("li", {}, short(sentence(note), 600)));
  if (data.source.rowsDropped > 0 && !data.source.notes.some((note) => /dropped|left out.*row/i.test(note))) {
    notes.push(element("li", {}, `${counted(data.source.rowsDropped, "row")} of ${count(data.source.rowsRead)} left out.`));
  }
  const words = cautions.length > 1 ? `${cautions.length} things to know before you trust it. `
    : cautions.length === 1 ? "Know before you trust it. "
    : data.fit.stop === "converged" ? "Nothing stands against this fit. "
    : "It ran as long as it was told to. ";
  const head = [element("strong", {}, words), stopInWords(data)];
  return element("div", { class: cautions.length === 0 ? "verdict" : "verdict caution", id: "verdict" },
    element("p", {}, head),
    cautions.length > 0 ? element("ul", {}, cautions) : null,
    notes.length === 0 ? null : folded(notes, 3, "remarks on the data", (some) => element("ul", { class: "quiet" }, some)));
}

function sentence(text) {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : first + ".";
}

function contents(sections) {
  return element("nav", { "aria-label": "Sections" },
    element("ul", {}, sections.map((one) => element("li", {}, element("a", { href: "#" + one.id }, one.querySelector("h2").textContent)))));
}

/** Everything that was set, at the end. */
function details(data) {
  const facts = [
    ["Data", data.source.name || null],
    ["Rows", `${count(data.source.rowsRead)} read, ${count(data.source.rowsDropped)} left out`],
    ["Columns", data.dimension <= 60 ? data.columns.map((name) => short(name, 60)).join(", ") : count(data.dimension)],
    ["Free parameters", count(data.fit.parameters)],
    ["Log-likelihood", decimals(data.fit.logLikelihood, 3) + " nats"],
    ["Criteria", `AIC ${decimals(data.fit.aic, 2)}, BIC ${decimals(data.fit.bic, 2)}, ICL ${decimals(data.fit.icl, 2)}; lower is better`],
    ["Seed", String(data.fit.seed)],
    ["Time of the fit", time(data.fit.seconds)],
    ["Options", data.fit.options.map((option) => `${option.name} = ${option.value}`).join(", ")],
    ["Mixtura", data.version],
  ].filter(([, value]) => value !== null);
  return section("details", "Details", null,
    element("dl", { class: "facts" }, facts.map(([term, value]) => [element("dt", {}, term), element("dd", {}, short(value, 4000))])));
}
