import type { Product } from '../../../domain/catalogue/product';
import { money } from '../../../domain/money';
import { gs1CheckDigit } from '../../../domain/shipping/gs1';

/** Where a range is kept: everywhere, in the warehouses alone, or at one supplier that ships it itself. */
export type Range = 'everywhere' | 'warehouses' | 'solingen-blades' | 'aveiro-ceramics';

export interface DemoProduct extends Product {
  range: Range;
}

interface Family {
  code: string;
  title: string;
  category: string;
  range?: Range;
  taxRateBps?: number;
  /** Code of the variant, its words, price in EUR cents, grams, length × width × height in mm. */
  variants: [
    code: string,
    words: string,
    price: number,
    grams: number,
    box: [number, number, number],
    attributes?: Record<string, string>,
  ][];
}

type Size = Family['variants'][number][4];

/** Each size in each colour. */
function grid(
  sizes: [code: string, words: string, price: number, grams: number][],
  colours: [code: string, words: string][],
  box: Size,
): Family['variants'] {
  return colours.flatMap(([colour, colourWords]) =>
    sizes.map(([code, words, price, grams]): Family['variants'][number] => [
      `${colour}-${code}`,
      `${colourWords}, ${words}`,
      price,
      grams,
      box,
      { colour: colourWords, size: words },
    ]),
  );
}

const families: Family[] = [
  {
    code: 'DOLOMIA',
    title: 'Dolomia rain jacket',
    category: 'Clothing',
    variants: grid(
      [
        ['S', 'S', 18900, 420],
        ['M', 'M', 18900, 445],
        ['L', 'L', 18900, 470],
        ['XL', 'XL', 18900, 495],
      ],
      [
        ['PINE', 'pine green'],
        ['LAKE', 'lake blue'],
      ],
      [340, 260, 80],
    ),
  },
  {
    code: 'CORTINA',
    title: 'Cortina merino sweater',
    category: 'Clothing',
    variants: grid(
      [
        ['S', 'S', 12900, 380],
        ['M', 'M', 12900, 410],
        ['L', 'L', 12900, 440],
      ],
      [
        ['STONE', 'stone grey'],
        ['BERRY', 'berry red'],
      ],
      [320, 250, 70],
    ),
  },
  {
    code: 'SENTIERO',
    title: 'Sentiero hiking socks, two pairs',
    category: 'Clothing',
    variants: [
      ['36', '36–38', 2490, 120, [200, 120, 50]],
      ['39', '39–41', 2490, 130, [200, 120, 50]],
      ['42', '42–44', 2490, 140, [200, 120, 50]],
      ['45', '45–47', 2490, 150, [200, 120, 50]],
    ],
  },
  {
    code: 'ROSENGARTEN',
    title: 'Rosengarten hiking boots',
    category: 'Shoes',
    variants: ['38', '39', '40', '41', '42', '43', '44', '45'].map((size): Family['variants'][number] => [
      size,
      `size ${size}`,
      21900,
      1000 + Number(size) * 12,
      [350, 240, 130],
    ]),
  },
  {
    code: 'BRENTA',
    title: 'Brenta backpack',
    category: 'Outdoor',
    variants: grid(
      [
        ['22', '22 litres', 9900, 880],
        ['35', '35 litres', 13900, 1250],
      ],
      [
        ['MOSS', 'moss'],
        ['COAL', 'coal'],
      ],
      [560, 320, 180],
    ),
  },
  {
    code: 'MALGA',
    title: 'Malga tent',
    category: 'Outdoor',
    range: 'warehouses',
    variants: [
      ['2P', 'two persons', 34900, 2450, [480, 180, 180]],
      ['3P', 'three persons', 42900, 3100, [520, 200, 200]],
    ],
  },
  {
    code: 'NOTTE',
    title: 'Notte sleeping bag',
    category: 'Outdoor',
    range: 'warehouses',
    variants: [
      ['R', 'regular', 15900, 1380, [400, 240, 240]],
      ['L', 'long', 16900, 1490, [420, 240, 240]],
    ],
  },
  {
    code: 'RIFUGIO',
    title: 'Rifugio enamel mug',
    category: 'Kitchen',
    variants: [
      ['WHITE', 'white', 1290, 160, [120, 95, 90]],
      ['BLUE', 'blue', 1290, 160, [120, 95, 90]],
      ['GREEN', 'green', 1290, 160, [120, 95, 90]],
    ],
  },
  {
    code: 'SORGENTE',
    title: 'Sorgente vacuum bottle',
    category: 'Outdoor',
    variants: grid(
      [
        ['05', '0.5 litres', 2990, 330],
        ['075', '0.75 litres', 3490, 410],
      ],
      [
        ['STEEL', 'steel'],
        ['NIGHT', 'night blue'],
      ],
      [280, 85, 85],
    ),
  },
  {
    code: 'ALBA',
    title: 'Alba moka pot',
    category: 'Kitchen',
    variants: [
      ['3', 'three cups', 2790, 480, [180, 110, 170]],
      ['6', 'six cups', 3490, 720, [220, 130, 210]],
    ],
  },
  {
    code: 'KLINGE',
    title: 'Klingenwerk knife',
    category: 'Kitchen',
    range: 'solingen-blades',
    variants: [
      ['CHEF-16', 'chef, 16 cm', 7900, 190, [330, 70, 30]],
      ['CHEF-20', 'chef, 20 cm', 8900, 230, [380, 75, 30]],
      ['SANTOKU', 'santoku, 18 cm', 9400, 210, [350, 75, 30]],
      ['BREAD', 'bread, 22 cm', 6900, 200, [390, 60, 30]],
    ],
  },
  {
    code: 'RIA',
    title: 'Ria stoneware',
    category: 'Table',
    range: 'aveiro-ceramics',
    variants: [
      ['PLATES-SAND', 'four plates, sand', 6400, 3600, [300, 300, 140]],
      ['PLATES-SEA', 'four plates, sea', 6400, 3600, [300, 300, 140]],
      ['BOWLS-SAND', 'four bowls, sand', 4900, 2400, [260, 260, 160]],
      ['BOWLS-SEA', 'four bowls, sea', 4900, 2400, [260, 260, 160]],
    ],
  },
  {
    code: 'LARIO',
    title: 'Lario linen tablecloth',
    category: 'Table',
    variants: [
      ['200', '140 × 200 cm', 8900, 700, [320, 240, 50]],
      ['260', '140 × 260 cm', 10900, 900, [320, 240, 60]],
    ],
  },
  {
    code: 'BAITA',
    title: 'Baita wool blanket',
    category: 'Home',
    variants: [
      ['SNOW', 'snow', 11900, 1300, [400, 320, 140]],
      ['RUST', 'rust', 11900, 1300, [400, 320, 140]],
    ],
  },
  {
    code: 'PRATO',
    title: 'Prato folding chair',
    category: 'Outdoor',
    range: 'warehouses',
    variants: [
      ['OLIVE', 'olive', 5900, 3400, [900, 180, 180]],
      ['SAND', 'sand', 5900, 3400, [900, 180, 180]],
    ],
  },
  {
    code: 'FUCINA',
    title: 'Fucina cast-iron pan',
    category: 'Kitchen',
    variants: [
      ['24', '24 cm', 5900, 2100, [450, 260, 70]],
      ['28', '28 cm', 7400, 2900, [500, 300, 75]],
    ],
  },
  {
    code: 'LUME',
    title: 'Lume head torch',
    category: 'Outdoor',
    variants: [['300', '300 lumens', 3900, 95, [110, 90, 60]]],
  },
  {
    code: 'GARDA',
    title: 'Garda olive oil',
    category: 'Pantry',
    taxRateBps: 400,
    variants: [
      ['05', '0.5 litres', 1690, 960, [270, 70, 70]],
      ['3', '3 litres', 7400, 3250, [310, 160, 120]],
    ],
  },
  {
    code: 'CASTAGNO',
    title: 'Chestnut honey',
    category: 'Pantry',
    taxRateBps: 1000,
    variants: [['500', '500 g', 1190, 780, [120, 85, 85]]],
  },
];

/** Everything that Cima & Lago sells: 63 SKUs in 19 families, prices in EUR with tax. */
export const demoProducts: DemoProduct[] = families
  .flatMap((family) => family.variants.map((variant) => ({ family, variant })))
  .map(({ family, variant: [code, words, price, grams, [length, width, height], more] }, index) => ({
    sku: `${family.code}-${code}`,
    title: `${family.title}, ${words}`,
    price: money(price, 'EUR'),
    taxRateBps: family.taxRateBps ?? 2200,
    weightGrams: grams,
    dimensionsMm: { length, width, height },
    gtin: restrictedGtin(index + 1),
    category: family.category,
    attributes: { model: family.title, ...more },
    range: family.range ?? 'everywhere',
  }));

/** GTIN-13 with a prefix of GS1's for restricted circulation (29): valid, and nobody else's. */
function restrictedGtin(serial: number): string {
  const body = `29${String(4_100_000_000 + serial)}`;
  return `${body}${gs1CheckDigit(body)}`;
}
