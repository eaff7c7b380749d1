import type { Campaign, CampaignChange } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/campaigns': { answer: Campaigns }
    'POST /api/campaigns/{name}/start': Move
    'POST /api/campaigns/{name}/pause': Move
    'POST /api/campaigns/{name}/stop': Move
  }
}

type Campaigns = { readonly campaigns: readonly Campaign[] }
type Move = { path: { name: string }; body: CampaignChange; answer: Campaigns }
