import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DataSet } from './data-set';
import { readNorthwind } from './northwind/read';
import { readOlist } from './olist/read';

interface Layout {
  name: string;
  files: string[];
  read(folder: string): DataSet;
}

const layouts: Layout[] = [
  {
    name: 'Olist',
    files: ['orders', 'order_items', 'order_payments', 'customers', 'sellers', 'products', 'geolocation'],
    read: readOlist,
  },
  {
    name: 'Northwind',
    files: ['orders', 'order_details', 'customers', 'products', 'suppliers', 'shippers', 'categories'],
    read: readNorthwind,
  },
];

/** Reads the data set in a folder, whose layout its files tell; throws one sentence when they tell none. */
export function readDataSet(folder: string): DataSet {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}`);
  const has = (name: string) => existsSync(path.join(folder, `${name}.csv`));
  const layout = layouts.find(({ files }) => files.every(has));
  if (layout) return layout.read(folder);
  const wanted = layouts.map(
    ({ name, files }) => `${name}: ${files.map((file) => `${file}.csv`).join(', ')}`,
  );
  throw new Error(`${folder} has no layout that is known here.\n  ${wanted.join('\n  ')}`);
}
