import { ApiProblem, type ApiClient } from '../api/client';
import type { OrderView } from '../store/read/order-view';

/**
 * Reads an order that was just accepted. Its workflow writes it down, which takes a while on a busy machine; the
 * API itself waits two seconds before it says that there is none.
 */
export async function readAcceptedOrder(
  client: ApiClient,
  id: string,
  patienceMs: number,
): Promise<OrderView> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await client.get<OrderView>(`/v1/orders/${id}`);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404 || Date.now() > until) throw error;
    }
  }
}
