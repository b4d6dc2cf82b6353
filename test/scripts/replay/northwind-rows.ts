import type { NorthwindTables } from '../../../scripts/replay/northwind/tables';

const order = (id: string, country: string, shipped: string, postalCode = '51100') => ({
  order_id: id,
  customer_id: 'MADEU',
  order_date: '1996-07-04',
  shipped_date: shipped,
  ship_via: '3',
  freight: '32.3800011',
  ship_name: 'Made Up  Grocers',
  ship_address: '59 rue\nde la Gare',
  ship_city: 'Reims',
  ship_region: '',
  ship_postal_code: postalCode,
  ship_country: country,
});

const detail = (
  order_id: string,
  product_id: string,
  unit_price: string,
  quantity: string,
  discount: string,
) => ({
  order_id,
  product_id,
  unit_price,
  quantity,
  discount,
});

/** Made-up orders in Northwind's shape, binary noise included. */
export const northwindTables = (): NorthwindTables => ({
  orders: [
    order('10248', 'France', '1996-07-16'),
    order('10249', 'UK', ''),
    order('10250', 'Ireland', '1996-07-12', ''),
  ],
  order_details: [
    detail('10248', '11', '14', '12', '0'),
    detail('10248', '42', '9.80000019', '10', '0.150000006'),
    detail('10249', '11', '34.7999992', '5', '0.0299999993'),
    detail('10250', '42', '0.333', '7', '0.25'),
  ],
  customers: [
    { customer_id: 'MADEU', company_name: 'Made Up Grocers', contact_name: 'A. Nobody', phone: '030-1' },
  ],
  products: [
    { product_id: '11', product_name: 'Queso', supplier_id: '1', category_id: '4', unit_price: '21' },
    { product_id: '42', product_name: 'Mee', supplier_id: '2', category_id: '9', unit_price: '14.0000001' },
  ],
  suppliers: [
    {
      supplier_id: '1',
      company_name: 'Las Cabras',
      address: 'Calle 1',
      city: 'Oviedo',
      region: 'Asturias',
      postal_code: '33007',
      country: 'Spain',
      phone: '(98) 598 76 54',
    },
    {
      supplier_id: '2',
      company_name: 'Noodles Inc',
      address: '1 Main St.',
      city: 'Bend',
      region: 'OR',
      postal_code: '97101',
      country: 'USA',
      phone: '',
    },
  ],
  shippers: [{ shipper_id: '3', company_name: 'Federal Shipping' }],
  categories: [{ category_id: '4', category_name: 'Dairy Products' }],
});
