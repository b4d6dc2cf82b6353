import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{ rows: { gtin: string; skus: string[] }[] }>(`
    SELECT lpad(gtin, 14, '0') AS gtin, array_agg(sku ORDER BY sku) AS skus
    FROM products WHERE gtin IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 20`);
  // Which of them is right nobody can know here, and a scan must not find the wrong one.
  if (rows.length > 0)
    throw new Error(
      `Products share a GTIN: ${rows.map(({ gtin, skus }) => `${gtin} is that of ${skus.join(' and ')}`).join('; ')}. ` +
        'Leave it with one of them (PUT /v1/products/{sku} of the version before, or SQL), then migrate again.',
    );
  await knex.raw(`
    -- One with fewer digits is the same with zeros before it.
    CREATE UNIQUE INDEX products_gtin_once ON products (lpad(gtin, 14, '0')) WHERE gtin IS NOT NULL;
  `);
}
