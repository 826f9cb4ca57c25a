"use strict";
// Mixtures and rows as the page's data hold them: relative to the centre and scale of each axis.

function bytes(text) {
  const raw = atob(text);
  const array = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    array[i] = raw.charCodeAt(i);
  }
  return array.buffer;
}

/** Numbers in rows of one value per axis. */
function decodeRows(text, axes) {
  const values = new Float32Array(bytes(text));
  return { values, axes, count: values.length / axes, get: (row, axis) => values[row * axes + axis] };
}

/** A mixture, perhaps with tails, whose components can be asked for their marginals on one axis or two. */
function decodeMixture(data, axes) {
  const means = new Float32Array(bytes(data.means));
  const covariances = new Float32Array(bytes(data.covariances));
  const size = data.weights.length;
  const triangle = (axes * (axes + 1)) / 2;
  const mean = (k, a) => means[k * axes + a];
  const covariance = (k, a, b) => covariances[k * triangle + (a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)];
  const freedom = (k) => (data.freedom && data.freedom[k]) || Infinity;
  const height = (k) => (data.heights ? data.heights[k] : 1 / Math.sqrt(2 * Math.PI));
  return { size, weights: data.weights, mean, covariance, freedom, height };
}

/** What the places and the spreads of components are called. */
function spreadWords(data) {
  return data.picture.freedom ? { place: "location", spread: "scale" } : { place: "mean", spread: "standard deviation" };
}

/** The marginal of component k on axes x and y. */
function marginal(mixture, k, x, y) {
  return {
    weight: mixture.weights[k],
    x: mixture.mean(k, x),
    y: mixture.mean(k, y),
    xx: mixture.covariance(k, x, x),
    xy: mixture.covariance(k, x, y),
    yy: mixture.covariance(k, y, y),
    freedom: mixture.freedom(k),
  };
}

/**
 * The ellipse of points n standard deviations away: half axes n √eigenvalue. Two axes may be the same to rounding; then the
 * ellipse is a line.
 */
function ellipse(g, n) {
  const half = (g.xx + g.yy) / 2;
  const root = Math.hypot((g.xx - g.yy) / 2, g.xy);
  const long = Math.sqrt(Math.max(0, half + root)) * n;
  const short = Math.sqrt(Math.max(0, half - root)) * n;
  const angle = 0.5 * Math.atan2(2 * g.xy, g.xx - g.yy);
  const points = [];
  for (let i = 0; i <= 72; i++) {
    const t = (i / 72) * 2 * Math.PI;
    const u = long * Math.cos(t);
    const v = short * Math.sin(t);
    points.push([g.x + u * Math.cos(angle) - v * Math.sin(angle), g.y + u * Math.sin(angle) + v * Math.cos(angle)]);
  }
  return points;
}

/** How a density in some dimensions falls off with the squared distance: as a Gaussian's, or Student's of some degrees of freedom. */
function decay(square, dimensions, freedom) {
  return freedom === Infinity ? Math.exp(-square / 2) : Math.exp((-(freedom + dimensions) / 2) * Math.log1p(square / freedom));
}

/** The density of component g on two axes. */
function density(g, x, y) {
  const determinant = g.xx * g.yy - g.xy * g.xy;
  const dx = x - g.x;
  const dy = y - g.y;
  const square = (g.yy * dx * dx - 2 * g.xy * dx * dy + g.xx * dy * dy) / determinant;
  return determinant > 0 ? (g.weight * decay(square, 2, g.freedom)) / (2 * Math.PI * Math.sqrt(determinant)) : 0;
}

/** The weighted density of component k on one axis. */
function density1(mixture, k, axis, x) {
  const variance = mixture.covariance(k, axis, axis);
  const away = x - mixture.mean(k, axis);
  return (mixture.weights[k] * mixture.height(k) * decay((away * away) / variance, 1, mixture.freedom(k))) / Math.sqrt(variance);
}

/** Where components and nearly all rows are on an axis, so that one wild value does not press all others together. */
function frame(mixtures, rows, axis) {
  let from = Infinity;
  let to = -Infinity;
  for (const mixture of mixtures) {
    for (let k = 0; k < mixture.size; k++) {
      if (mixture.weights[k] > 1e-3 || mixture.size === 1) {
        const reach = (mixture.size > 12 ? 2 : 3.05) * Math.sqrt(mixture.covariance(k, axis, axis));
        from = Math.min(from, mixture.mean(k, axis) - reach);
        to = Math.max(to, mixture.mean(k, axis) + reach);
      }
    }
  }
  if (rows && rows.count > 0) {
    const sorted = Float32Array.from({ length: rows.count }, (_, i) => rows.get(i, axis)).sort();
    const width = to - from;
    from = Math.max(Math.min(from, sorted[0]), from - width / 2);
    to = Math.min(Math.max(to, sorted[sorted.length - 1]), to + width / 2);
    from = Math.max(from, sorted[0] - width);
    to = Math.min(to, sorted[sorted.length - 1] + width);
  }
  const margin = (to - from) * 0.03;
  return { from: from - margin, to: to + margin };
}
