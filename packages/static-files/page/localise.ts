/** Sizes and times as the reader writes them; the server writes ISO 8601 in UTC and SI units. */
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const FULL_DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"].map(
  (unit) => new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "narrow", maximumFractionDigits: 1 }),
);

const done = new WeakSet<Element>();

/** Localises what stands in `scope`, once. */
export function localise(scope: Element): void {
  for (const element of scope.querySelectorAll<HTMLTimeElement | HTMLDataElement>("time, data")) {
    if (done.has(element)) continue;
    done.add(element);
    if (element instanceof HTMLDataElement) element.textContent = formatSize(Number(element.value));
    else showDate(element);
  }
}

function showDate(element: HTMLTimeElement): void {
  const date = new Date(element.dateTime);
  element.textContent = DATE.format(date);
  element.title = FULL_DATE.format(date);
}

function formatSize(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // Anything from 999.5 would be shown as 1000.
  for (; value >= 999.5 && unit < SIZES.length - 1; unit += 1) value /= 1000;
  const format = SIZES[unit];
  if (format === undefined) return "";
  const parts = format.formatToParts(value >= 99.95 ? Math.round(value) : value);
  const number = parts.filter(({ type }) => type !== "unit" && type !== "literal").map((part) => part.value);
  return `${number.join("")}\u00a0${parts.find(({ type }) => type === "unit")?.value}`;
}
