/** gRPC status NOT_FOUND. */
export const isNotFound = (error: unknown): boolean => (error as { code?: number }).code === 5;
