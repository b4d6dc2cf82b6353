/** SQL: whether there are pieces at a place `s` of the stock that nobody has a claim on, beyond safety stock. */
export const hasFree = 's.on_hand - s.unsellable - s.reserved - s.allocated > s.safety_stock';
