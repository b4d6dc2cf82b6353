import { amountInWords } from '../../domain/rules/amount-in-words';
import { rulesInWords } from '../../domain/rules/in-words';
import type { Totals } from '../../domain/simulation/report';
import type { Network } from './network';
import type { Past } from './past-orders';
import { nameOf, type Played } from './play';
import { triedRuleSets } from './rule-sets';
import type { Tariff } from './tariff';

export interface Findings {
  past: Past;
  tariff: Tariff;
  /** What really was paid for freight, in minor units. */
  freight: number;
  places: number;
  networks: { title: string; network: Network; played: Played[] }[];
}

const currency = 'BRL';

/** The report as Markdown. The same file gives the same text. */
export function writeReport(findings: Findings): string {
  const { networks } = findings;
  return `${[
    heading,
    dataSection(findings),
    tariffSection(findings),
    rulesSection(),
    ...networks.map((each) => networkSection(each, findings)),
    meaning(findings),
    method(findings),
  ].join('\n\n')}\n`;
}

const heading = `# What if: Olist’s orders under three rule sets

Real orders of a Brazilian marketplace, with the points of its sellers and customers, sourced once more by the engine
([domain/sourcing/](../domain/sourcing/source.ts)) under three rule sets, and held against who really shipped them. This
page is written by a tool; the same files give the same page:

\`\`\`sh
npm run what-if -- <folder with Olist's CSV files> --out docs/what-if-olist.md
\`\`\`

On a running system the same question is asked of its own orders by \`POST /v1/rules/simulations\`
([sourcing.md](sourcing.md#trying-rules-on-the-past)).`;

const count = (value: number): string => value.toLocaleString('en-GB');
const rounded = (value: number, digits = 1): string => value.toFixed(digits);
const share = (part: number, whole: number): string => `${rounded((100 * part) / Math.max(1, whole))} %`;
const money = (thousandths: number): string => amountInWords(Math.round(thousandths / 1000), currency);

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `| --- |${' ---: |'.repeat(header.length - 1)}`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

function dataSection({ past, networks }: Findings): string {
  const sellersOf = [...networks[0]!.network.values()].map((sellers) => sellers.size);
  const alone = sellersOf.filter((size) => size === 1).length;
  const severals = past.orders.filter(({ lines }) => new Set(lines.map(({ sku }) => sku)).size > 1).length;
  const choice = past.orders.filter(({ lines }) =>
    lines.some(({ sku }) => networks[0]!.network.get(sku)!.size > 1),
  ).length;
  return `## The data, and what it cannot say

${table(
  ['', 'count'],
  [
    ['orders with items', count(past.orders.length)],
    ['orders without (nothing to source)', count(past.leftOut)],
    ['orders with more than one product', `${count(severals)} (${share(severals, past.orders.length)})`],
    ['products that were sold', count(sellersOf.length)],
    ['of these, sold by one seller alone', `${count(alone)} (${share(alone, sellersOf.length)})`],
    [
      'orders of which any product had a second seller',
      `${count(choice)} (${share(choice, past.orders.length)})`,
    ],
  ],
)}

In a marketplace each seller brings its own products. So in the network **as it was** there is nearly nothing to choose,
whatever the rules say: that is a finding, and the reason for a second network.`;
}

function tariffSection({ tariff, freight, networks }: Findings): string {
  const before = networks[0]!.played[0]!.report.before;
  return `## What a parcel costs and how long it takes

The file says what the freight of each item was and when parcels were scanned and delivered. A straight line through them
is the tariff that all rule sets are reckoned with:

- freight = ${rounded(tariff.perParcel / 100, 2)} BRL + ${rounded(tariff.perKg / 100, 2)} BRL a kilogram + ${rounded(tariff.perKm, 2)} BRL a hundred kilometres (${count(tariff.samples.cost)} items, R² ${rounded(tariff.explained.cost, 2)})
- days on the way = ${rounded(tariff.days)} + ${rounded(tariff.daysPerKm * 100, 2)} a hundred kilometres (${count(tariff.samples.days)} orders of one seller, R² ${rounded(tariff.explained.days, 2)})

For the parcels as they really went the tariff comes to ${money(before.shippingCost)}, where ${amountInWords(freight, currency)} were charged: the file charges
freight by item, the tariff by parcel. The points are the means of postcode areas, and distances are great circles; where a point is
not known, the mean distance of ${count(tariff.meanKm)} km is reckoned with, and the parcel is left out of the kilometres.`;
}

const rulesSection = (): string => `## The rule sets

${triedRuleSets
  .map(({ title, rules }) => {
    const [words] = rulesInWords(rules);
    const costs = words!.scores.map((score) => `costs ${score}`);
    return `- **${title}**: ${[words!.decides, ...costs, words!.allocation].join('; ')}.`;
  })
  .join('\n')}

Priority is the rank of a seller by pieces sold. Costs of all are told by the weights of *Least cost*.`;

function networkSection(
  { title, network, played }: Findings['networks'][number],
  { past }: Findings,
): string {
  const sides: { name: string; totals: Totals; days: number }[] = [
    { name: 'As it really went', totals: played[0]!.report.before, days: played[0]!.days.before },
    ...played.map(({ report, days }, index) => ({
      name: triedRuleSets[index]!.title,
      totals: report.after,
      days: days.after,
    })),
  ];
  const orders = past.orders.length;
  const row = (name: string, told: (side: (typeof sides)[number]) => string) => [name, ...sides.map(told)];
  const places = [...network.values()].reduce((sum, sellers) => sum + sellers.size, 0);
  return `## ${title}

${count(places)} places where a product lies, ${rounded(places / network.size)} a product.

${table(
  ['', ...sides.map(({ name }) => name)],
  [
    row('orders that would go elsewhere', (side) =>
      side === sides[0] ? '–' : count(played[sides.indexOf(side) - 1]!.report.changed),
    ),
    row('parcels', ({ totals }) => count(totals.parcels)),
    row('orders in more than one parcel', ({ totals }) => count(totals.splitOrders)),
    row('pieces that nobody could supply', ({ totals }) => count(totals.shortPieces)),
    row('km a parcel', ({ totals }) =>
      rounded(totals.km / Math.max(1, totals.parcels - totals.withoutDistance), 0),
    ),
    row('freight by the tariff', ({ totals }) => money(totals.shippingCost)),
    row('freight an order', ({ totals }) => money(totals.shippingCost / orders)),
    row('weighted cost', ({ totals }) => money(totals.cost.total)),
    row('days until the last parcel', ({ days }) => rounded(days / orders, 2)),
  ],
)}

${promiseTable(played)}

${loadTable(played, past)}

${examplesOf(played, past)}`;
}

const promiseTable = (played: readonly Played[]): string =>
  table(
    ['Last parcel there', ...triedRuleSets.map(({ title }) => title)],
    (['earlier', 'same', 'later'] as const).map((kind) => [
      kind === 'same' ? 'on the same day' : kind,
      ...played.map(({ report }) => count(report.promise[kind])),
    ]),
  );

/** The sellers with most parcels under any of the rule sets, and the share of the ten busiest. */
function loadTable(played: readonly Played[], past: Past): string {
  const parcelsBy = (side: 'before' | 'after', { report }: Played): Map<string, number> =>
    new Map(Object.entries(report.locations).map(([id, loads]) => [id, loads[side].parcels]));
  const columns = [parcelsBy('before', played[0]!), ...played.map((each) => parcelsBy('after', each))];
  const most = new Map<string, number>();
  for (const column of columns)
    for (const [id, parcels] of column) most.set(id, Math.max(parcels, most.get(id) ?? 0));
  const busiest = [...most].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 8);
  const ten = columns.map((column) => {
    const parcels = [...column.values()].sort((a, b) => b - a);
    const sum = (figures: number[]) => figures.reduce((so, each) => so + each, 0);
    return share(sum(parcels.slice(0, 10)), sum(parcels));
  });
  return table(
    ['Parcels of', 'As it really went', ...triedRuleSets.map(({ title }) => title)],
    [
      ...busiest.map(([id]) => [nameOf(past, id), ...columns.map((column) => count(column.get(id) ?? 0))]),
      [
        'sellers that ship anything',
        ...columns.map((column) => count([...column.values()].filter(Boolean).length)),
      ],
      ['share of the ten busiest', ...ten],
    ],
  );
}

function examplesOf(played: readonly Played[], past: Past): string {
  const { examples } = played.at(-1)!;
  if (examples.length === 0) return 'By *Least cost* no order would go elsewhere.';
  const told = examples.map(({ order, decision, comparison }) => {
    const was = comparison.before.locations.map(({ locationId }) => nameOf(past, locationId)).join(' and ');
    const { runnerUp } = decision;
    const next = runnerUp
      ? ` Next best: ${runnerUp.locationIds.map((id) => nameOf(past, id)).join(' and ')}; it would have won if ${runnerUp.wouldWinIf}.`
      : '';
    return `- \`${order.id.slice(0, 8)}\` to ${order.state}: ${decision.summary} It was ${was}: ${comparison.before.km} km, now ${comparison.after.km}; ${money(comparison.before.cost.total)}, now ${money(comparison.after.cost.total)}.${next}`;
  });
  return `The first orders that would go elsewhere by *Least cost*, and why:\n\n${told.join('\n')}`;
}

function meaning({ past, networks }: Findings): string {
  const orders = past.orders.length;
  const [real, spread] = networks as [Findings['networks'][number], Findings['networks'][number]];
  const most = Math.max(...real.played.map(({ report }) => report.changed));
  const [nearest, priority, cheapest] = spread.played as [Played, Played, Played];
  const was = nearest.report.before;
  const saved = ({ report }: Played): string =>
    share(was.shippingCost - report.after.shippingCost, was.shippingCost);
  const perParcel = (totals: Totals): string =>
    rounded(totals.km / Math.max(1, totals.parcels - totals.withoutDistance), 0);
  return `## What it means

- **Rules choose only where there is a choice.** In the network as it was, no rule set moves more than ${count(most)} of ${count(orders)}
  orders. A marketplace that wants to ship nearer has to spread stock first.
- **Spread stock is worth ${saved(cheapest)} of the freight** by *Least cost*, ${saved(nearest)} by *Fewest splits, then nearest* and ${saved(priority)} by
  *Location priority*. The first two are close to each other because a tariff that is a straight line over the distance
  makes the nearest the cheapest; they part where weights, zones or several carriers come in, which the file does not tell.
- **Priority gathers**: ${count(shipping(priority))} sellers ship everything, where ${count(shipping(nearest))} do when the nearest is asked, and a parcel goes ${perParcel(priority.report.after)} km
  instead of ${perParcel(nearest.report.after)}. It is for a network with a house of its own that is to go first, not for sellers side by side.`;
}

const shipping = ({ report }: Played): number =>
  Object.values(report.locations).filter(({ after }) => after.parcels > 0).length;

const method = ({ places }: Findings): string => `## How it is done

- Orders are played in the order in which they were placed. Each rule set begins with the same stock and takes from it
  what it decides; so, unlike in a simulation of the running system, what one order takes is gone for the next.
- **As it was**: a seller has of a product what it sold of it in the file.
- **Spread**: a product lies with its own sellers and with those that sell most of its category, up to ${places} in all, each
  with as many pieces as were sold of it by all. Stock is never what decides. This network is made up; its sellers,
  customers, products, weights and distances are real.
- What cannot be told from the file is left out: capacities, cut-offs, picking costs, stock on hand on a day.
- Figures are by the pure engine and the same sums as in a simulation
  ([domain/simulation/](../domain/simulation/report.ts)); tables of other data are had by the same command.`;
