export const returnModes = ['parcel', 'store', 'keep'] as const;
export type ReturnMode = (typeof returnModes)[number];
export const refundTargets = ['tenders', 'storeCredit'] as const;
export type RefundTo = (typeof refundTargets)[number];
export const inspectionOutcomes = ['restock', 'unsellable', 'rejected'] as const;
export type InspectionOutcome = (typeof inspectionOutcomes)[number];
