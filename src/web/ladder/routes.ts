import type { CallerLadder, LadderList, StepDecision, StepGiven } from '../../callers/ladder/api.ts'

/** What this page asks, and the seat’s of whoever is on the line. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/ladder': { answer: LadderList }
    'GET /api/callers/{number}/ladder': { path: { number: string }; answer: CallerLadder }
    'POST /api/callers/{number}/ladder': { path: { number: string }; body: StepGiven; answer: CallerLadder }
    'POST /api/ladder/{id}/decision': { path: { id: string }; body: StepDecision; answer: CallerLadder }
    'POST /api/ladder/{id}/appeal': { path: { id: string }; body: { words: string }; answer: CallerLadder }
  }
}
