import type { ApiSettings } from '../dependencies';

/** Where to go on from an order. */
export function orderLinks(settings: Pick<ApiSettings, 'publicUrl'>, id: string): Record<string, string> {
  const self = `${settings.publicUrl}/v1/orders/${encodeURIComponent(id)}`;
  return { self, events: `${self}/events`, sourcing: `${self}/sourcing` };
}

/** The order's workflow in the Temporal UI, where there is one. */
export function workflowLink(
  settings: Pick<ApiSettings, 'temporalUiUrl' | 'temporalNamespace'>,
  workflowId: string,
): Record<string, string> {
  if (!settings.temporalUiUrl) return {};
  const { temporalUiUrl, temporalNamespace } = settings;
  return {
    workflow: `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/${encodeURIComponent(workflowId)}`,
  };
}
