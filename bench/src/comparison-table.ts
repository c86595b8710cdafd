import type { Series } from "./comparison.ts";
import { ratiosOf, spreadOf } from "./statistics.ts";
import { formatTable } from "./table.ts";

const TITLES = ["server", "requests/s", "×", "CPU µs per request", "× by CPU", "core busy %"];

/** One comparison as a table: medians, and ratios to `baseline` with the least and the most of all rounds. */
export function formatComparison(series: readonly Series[], baseline: string): string {
  const base = samplesOf(series.find(({ server }) => server === baseline));
  const rows = series.map((one) => {
    const { rates, costs, busy } = samplesOf(one);
    return [
      one.server,
      spreadOf(rates).median.toFixed(0),
      formatRatio(ratiosOf(rates, base.rates)),
      spreadOf(costs).median.toFixed(1),
      formatRatio(ratiosOf(base.costs, costs)),
      (spreadOf(busy).median * 100).toFixed(0),
    ];
  });
  const columns = TITLES.map((title, index) => ({
    title,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  return formatTable(columns, rows);
}

function samplesOf(series: Series | undefined): Record<"rates" | "costs" | "busy", number[]> {
  const samples = series?.samples ?? [];
  return {
    rates: samples.map(({ rate }) => rate),
    costs: samples.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest),
    busy: samples.map(({ coreBusy }) => coreBusy),
  };
}

function formatRatio(values: readonly number[]): string {
  const { median, least, most } = spreadOf(values);
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}
