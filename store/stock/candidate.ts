/** A location `l` as rules see it, for one SKU; what lies there is left aside. */
export const candidateOf = (sku: string): string => `
  jsonb_build_object('locationId', l.id, 'name', l.name, 'country', l.address->>'country',
    'point', l.address->'point', 'capabilities', to_jsonb(l.capabilities), 'priority', l.priority,
    'available', jsonb_build_object(), 'type', l.type, 'tags', to_jsonb(l.tags),
    'hazardAllowed', l.hazard_allowed, 'carries', jsonb_build_object(${sku}::text, l.assortment = 'all' OR EXISTS (
      SELECT 1 FROM location_assortment AS a WHERE a.location_id = l.id AND a.sku = ${sku})))`;
