/** What a line's shortage waits for beside the stock itself, among the waits of its order. */
export const shortageWait = (backorderId: number): string => `shortage:${backorderId}`;
