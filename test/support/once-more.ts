/** What a proof says of a task of a workflow that it has done once more. */
export const onceMore = 'to be done once more';
