import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A soft hold for a cart: all of its pieces until it expires, is released or becomes an order.
    CREATE TABLE reservations (
      id           text PRIMARY KEY,
      channel      text NOT NULL REFERENCES channels (code),
      country      text,
      location_id  text REFERENCES locations (id),
      status       text NOT NULL DEFAULT 'held' CHECK (status IN ('held','released','expired','converted')),
      lines        jsonb NOT NULL,
      created_at   timestamptz NOT NULL,
      created_by   text NOT NULL,
      expires_at   timestamptz NOT NULL,
      ended_at     timestamptz,
      order_id     text,
      CHECK ((status = 'held') = (ended_at IS NULL)),
      CHECK ((status = 'converted') = (order_id IS NOT NULL))
    );
    CREATE INDEX reservations_due ON reservations (expires_at) WHERE status = 'held';

    -- Where the pieces are; they count as reserved while their reservation is held.
    CREATE TABLE reservation_pieces (
      reservation_id text NOT NULL REFERENCES reservations (id),
      sku            text NOT NULL,
      location_id    text NOT NULL,
      quantity       integer NOT NULL CHECK (quantity > 0),
      PRIMARY KEY (reservation_id, sku, location_id),
      FOREIGN KEY (sku, location_id) REFERENCES stock (sku, location_id)
    );
    CREATE INDEX reservation_pieces_by_place ON reservation_pieces (sku, location_id);
  `);
}
