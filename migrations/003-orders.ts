import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE SEQUENCE order_number START 100001;
    CREATE SEQUENCE sscc_serial START 1 MAXVALUE 999999999;

    CREATE TABLE orders (
      id                  text PRIMARY KEY,
      number              text NOT NULL UNIQUE,
      channel             text NOT NULL REFERENCES channels (code),
      external_reference  text NOT NULL,
      status              text NOT NULL DEFAULT 'placed'
                          CHECK (status IN ('placed','onHold','confirmed','completed','cancelled')),
      payment_status      text NOT NULL DEFAULT 'pending',
      -- Why the order is where it is, when that is not the ordinary way: declined, backordered …
      decision            text,
      currency            char(3) NOT NULL,
      total               bigint NOT NULL CHECK (total >= 0),
      content             jsonb NOT NULL,
      search_text         text NOT NULL,
      placed_at           timestamptz NOT NULL,
      updated_at          timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT orders_once UNIQUE (channel, external_reference)
    );
    CREATE INDEX orders_newest ON orders (placed_at DESC, id DESC);
    CREATE INDEX orders_by_status ON orders (status, placed_at DESC, id DESC);
    CREATE INDEX orders_search ON orders USING gin (search_text gin_trgm_ops);

    CREATE TABLE order_lines (
      id         text PRIMARY KEY,
      order_id   text NOT NULL REFERENCES orders (id),
      position   integer NOT NULL,
      sku        text NOT NULL REFERENCES products (sku),
      title      text NOT NULL,
      quantity   integer NOT NULL CHECK (quantity > 0),
      -- Gross of the whole line in minor units of the order's currency, after discount.
      gross      bigint NOT NULL CHECK (gross >= 0),
      cancelled  integer NOT NULL DEFAULT 0,
      UNIQUE (order_id, position),
      CHECK (cancelled BETWEEN 0 AND quantity)
    );
    CREATE INDEX order_lines_by_sku ON order_lines (sku);

    -- The order's story. key names the step, so that a step told twice stands here once.
    CREATE TABLE order_events (
      id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      order_id  text NOT NULL REFERENCES orders (id),
      key       text NOT NULL,
      type      text NOT NULL,
      at        timestamptz NOT NULL,
      actor     text NOT NULL,
      data      jsonb NOT NULL DEFAULT '{}',
      UNIQUE (order_id, key)
    );

    CREATE TABLE order_waits (
      order_id  text NOT NULL REFERENCES orders (id),
      key       text NOT NULL,
      what      text NOT NULL,
      since     timestamptz NOT NULL,
      until     timestamptz,
      then_what text NOT NULL,
      PRIMARY KEY (order_id, key)
    );
    CREATE INDEX order_waits_overdue ON order_waits (until);

    CREATE TABLE order_holds (
      order_id     text NOT NULL REFERENCES orders (id),
      key          text NOT NULL,
      type         text NOT NULL,
      reason       text NOT NULL,
      actor        text NOT NULL,
      placed_at    timestamptz NOT NULL,
      released_at  timestamptz,
      released_by  text,
      PRIMARY KEY (order_id, key)
    );

    CREATE TABLE sourcing_decisions (
      order_id  text NOT NULL REFERENCES orders (id),
      round     integer NOT NULL,
      at        timestamptz NOT NULL,
      decision  jsonb NOT NULL,
      outcome   jsonb NOT NULL,
      PRIMARY KEY (order_id, round)
    );

    CREATE TABLE fulfillments (
      id            text PRIMARY KEY,
      order_id      text NOT NULL REFERENCES orders (id),
      location_id   text NOT NULL REFERENCES locations (id),
      mode          text NOT NULL CHECK (mode IN ('ship','pickup')),
      status        text NOT NULL DEFAULT 'allocated',
      -- Locations see the work once it is released: paid or promised to be.
      released_at   timestamptz,
      act_before    timestamptz,
      pickup_code   text,
      reject_reason text,
      -- Minor units that this fulfillment is worth to the customer, fixed once when it leaves.
      charged       bigint CHECK (charged >= 0),
      packed_at     timestamptz,
      shipped_at    timestamptz,
      delivered_at  timestamptz,
      created_at    timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX fulfillments_by_order ON fulfillments (order_id);
    CREATE INDEX fulfillments_by_location ON fulfillments (location_id, status, released_at);

    CREATE TABLE fulfillment_lines (
      fulfillment_id  text NOT NULL REFERENCES fulfillments (id),
      line_id         text NOT NULL REFERENCES order_lines (id),
      sku             text NOT NULL,
      quantity        integer NOT NULL CHECK (quantity > 0),
      allocation_key  text NOT NULL UNIQUE,
      PRIMARY KEY (fulfillment_id, line_id)
    );

    CREATE TABLE packages (
      id               text PRIMARY KEY,
      fulfillment_id   text NOT NULL REFERENCES fulfillments (id),
      position         integer NOT NULL,
      type             text NOT NULL,
      weight_grams     integer NOT NULL CHECK (weight_grams > 0),
      lines            jsonb NOT NULL,
      sscc             text NOT NULL UNIQUE,
      carrier          text,
      tracking_number  text,
      tracking_url     text,
      label_document_id text,
      status           text NOT NULL DEFAULT 'packed',
      status_at        timestamptz,
      UNIQUE (fulfillment_id, position),
      UNIQUE (carrier, tracking_number)
    );

    CREATE TABLE carrier_events (
      carrier          text NOT NULL,
      event_id         text NOT NULL,
      tracking_number  text NOT NULL,
      status           text NOT NULL,
      occurred_at      timestamptz NOT NULL,
      description      text,
      received_at      timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (carrier, event_id)
    );
    CREATE INDEX carrier_events_by_parcel ON carrier_events (carrier, tracking_number, occurred_at);

    CREATE TABLE documents (
      id          text PRIMARY KEY,
      order_id    text NOT NULL REFERENCES orders (id),
      kind        text NOT NULL,
      title       text NOT NULL,
      content     jsonb NOT NULL,
      created_at  timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX documents_by_order ON documents (order_id);
  `);
}
