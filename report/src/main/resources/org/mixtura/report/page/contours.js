"use strict";
// Lines of equal density: the smallest regions that hold a given share of a mixture, by marching squares on a grid.

const GRID = 96;

/** The lines around the regions that hold these shares of the mixture on two axes: [{share, lines: [[point, point]]}]. */
function contours(mixture, x, y, frameX, frameY, shares) {
  const parts = [];
  for (let k = 0; k < mixture.size; k++) {
    parts.push(marginal(mixture, k, x, y));
  }
  const stepX = (frameX.to - frameX.from) / (GRID - 1);
  const stepY = (frameY.to - frameY.from) / (GRID - 1);
  const grid = new Float64Array(GRID * GRID);
  for (let i = 0; i < GRID; i++) {
    for (let j = 0; j < GRID; j++) {
      let sum = 0;
      for (const part of parts) {
        sum += density(part, frameX.from + i * stepX, frameY.from + j * stepY);
      }
      grid[i * GRID + j] = sum;
    }
  }
  const levels = levelsOf(grid, shares, stepX * stepY);
  return shares.map((share, s) => ({ share, lines: march(grid, levels[s], frameX.from, stepX, frameY.from, stepY) }));
}

/** The densities above which the grid holds the shares of the whole mixture, a mass of 1. */
function levelsOf(grid, shares, cell) {
  const sorted = Float64Array.from(grid).sort().reverse();
  const total = Math.max(0.5, Math.min(1, sorted.reduce((sum, value) => sum + value, 0) * cell));
  return shares.map((share) => {
    let sum = 0;
    let i = 0;
    while (i < sorted.length - 1 && sum < share * total) {
      sum += sorted[i++] * cell;
    }
    return sorted[i];
  });
}

function march(grid, level, fromX, stepX, fromY, stepY) {
  const lines = [];
  const at = (i, j) => grid[i * GRID + j];
  for (let i = 0; i < GRID - 1; i++) {
    for (let j = 0; j < GRID - 1; j++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const crossings = [];
      for (let side = 0; side < 4; side++) {
        const [ai, aj] = corners[side];
        const [bi, bj] = corners[(side + 1) % 4];
        const a = at(ai, aj);
        const b = at(bi, bj);
        if (a >= level !== b >= level) {
          const t = (level - a) / (b - a);
          crossings.push([fromX + (ai + t * (bi - ai)) * stepX, fromY + (aj + t * (bj - aj)) * stepY]);
        }
      }
      for (let c = 0; c + 1 < crossings.length; c += 2) {
        lines.push([crossings[c], crossings[c + 1]]);
      }
    }
  }
  return joined(lines);
}

/** Segments that share an end become one line: fewer and smoother to draw. */
function joined(segments) {
  const key = (p) => p[0].toPrecision(9) + "," + p[1].toPrecision(9);
  const ends = new Map();
  segments.forEach((segment, s) => segment.forEach((point) => {
    const list = ends.get(key(point)) || [];
    list.push(s);
    ends.set(key(point), list);
  }));
  const used = new Uint8Array(segments.length);
  const next = (point) => (ends.get(key(point)) || []).find((s) => !used[s]);
  const lines = [];
  for (let s = 0; s < segments.length; s++) {
    if (used[s]) {
      continue;
    }
    used[s] = 1;
    const line = [...segments[s]];
    for (const forward of [true, false]) {
      for (;;) {
        const end = forward ? line[line.length - 1] : line[0];
        const found = next(end);
        if (found === undefined) {
          break;
        }
        used[found] = 1;
        const [a, b] = segments[found];
        const other = key(a) === key(end) ? b : a;
        if (forward) {
          line.push(other);
        } else {
          line.unshift(other);
        }
      }
    }
    lines.push(line);
  }
  return lines;
}
