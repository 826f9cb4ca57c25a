"use strict";
// Numbers as people read them: rounded to what matters.

/** A count with commas between groups of three digits. */
function count(x) {
  const rounded = Math.abs(x - Math.round(x)) < 0.05 ? Math.round(x) : x;
  return rounded.toLocaleString("en-US", { maximumFractionDigits: Number.isInteger(rounded) ? 0 : 1 });
}

/** "1 row", "2 rows". */
function counted(x, noun) {
  return count(x) + " " + noun + (x === 1 ? "" : "s");
}

/** Some significant digits, without an exponent where it can be helped; a dash for what is not finite. */
function significant(x, digits) {
  if (x === null || !Number.isFinite(x)) {
    return "–";
  }
  if (x === 0) {
    return "0";
  }
  const exponent = Math.floor(Math.log10(Math.abs(x)));
  if (exponent < -4 || exponent >= 9) {
    return minus(x.toExponential(Math.max(0, digits - 1)).replace("e+", "e"));
  }
  return minus(x.toFixed(Math.min(100, Math.max(0, digits - 1 - exponent))));
}

function decimals(x, places) {
  return x === null || !Number.isFinite(x) ? "–" : Math.abs(x) >= 1e12 ? significant(x, 6) : minus(grouped(x.toFixed(places)));
}

/** Commas between groups of three digits, from some size on. */
function grouped(text, from = 1e3) {
  if (Math.abs(Number(text)) < from) {
    return text;
  }
  const [whole, fraction] = text.split(".");
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? commas : commas + "." + fraction;
}

/** A true minus sign, as wide as the other digits. */
function minus(text) {
  return text.replace(/-/g, "−");
}

/** A share of one in percent: as many digits as it takes to tell it from 0 and from 100. */
function percent(share) {
  if (share === null || !Number.isFinite(share)) {
    return "–";
  }
  const value = share * 100;
  if (value > 0 && value < 0.1) {
    return "< 0.1 %";
  }
  if (value < 100 && value > 99.9) {
    return "> 99.9 %";
  }
  return (value < 10 || value > 99 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0)) + " %";
}

/** A share in a table: to a tenth of a percent, nothing being a dot. */
function share(x) {
  return x === null ? "–" : x < 0.0005 ? "·" : (x * 100).toFixed(1) + " %";
}

/** "4.29 ± 0.41": the deviation to two digits, the mean to the same place. */
function meanDeviation(mean, deviation) {
  if (mean === null || deviation === null || !(deviation > 0)) {
    return significant(mean, 4) + " ± " + significant(deviation, 2);
  }
  const last = exponentOf(deviation) - 1;
  return toPlace(mean, last) + " ± " + toPlace(deviation, last);
}

function exponentOf(x) {
  return Math.floor(Math.log10(Math.abs(x)));
}

/** A number rounded to the digit of 10^last: plain if that is readable, else with an exponent. */
function toPlace(x, last) {
  if (last >= -7 && last <= 3 && Math.abs(x) < 1e12) {
    const text = x.toFixed(Math.max(0, -last));
    return minus(grouped(Number(text) === 0 ? text.replace("-", "") : text, 1e7));
  }
  const digits = x === 0 ? 0 : Math.min(15, exponentOf(x) - last);
  return digits < 0 ? "0" : minus(x.toExponential(digits).replace("e+", "e"));
}

/** A value and its error; a value known to rounding with all its digits. */
function withError(value, error) {
  return error > 1e-12 * Math.abs(value) ? meanDeviation(value, error) : significant(value, 6);
}

/** A value beside a deviation: to a tenth of the deviation, without zeros at the end. */
function valueNear(value, deviation) {
  if (value === null || !(deviation > 0)) {
    return significant(value, 4);
  }
  return toPlace(value, exponentOf(deviation) - 1).replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}

/** A time in words. */
function time(seconds) {
  return seconds < 10 ? seconds.toFixed(2) + " s" : seconds < 100 ? seconds.toFixed(1) + " s" : Math.round(seconds / 60) + " min";
}
