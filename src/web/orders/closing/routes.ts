import type { ClosingDraft, Lacks } from '../../../orders/checking/api.ts'

/** What the closing form asks before it is sent. */
declare module '../../house/routes.ts' {
  interface PageRoutes {
    'POST /api/orders/{number}/closing-check': { path: { number: string }; body: ClosingDraft; answer: Lacks }
  }
}
