import type {
  BreakReason,
  CallTranscript,
  DeskAct,
  FloorDates,
  FloorDay,
  LostCallView,
  SeatChange,
  SeatView,
  Supervising,
} from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/floor/figures': { query: FloorDates; answer: FloorDay }
    'GET /api/floor/lost': { query: FloorDates; answer: { readonly calls: readonly LostCallView[] } }
    'GET /api/floor/acts': { query: FloorDates; answer: { readonly acts: readonly DeskAct[] } }
    'POST /api/floor/queue/{call}/move': {
      path: { call: string }
      body: { seat?: string }
      answer: undefined
    }
    'POST /api/floor/seats/{name}/supervise': {
      path: OfSeat
      body: { how: Supervising }
      answer: undefined
    }
    'POST /api/floor/seats/{name}/take-over': { path: OfSeat; answer: undefined }
    'POST /api/seats/{name}/away': { path: OfSeat; body: { reason: BreakReason }; answer: SeatView }
    'POST /api/seats/{name}/change': { path: OfSeat; body: SeatChange; answer: SeatView }
    'POST /api/seats/{name}/ready': { path: OfSeat; answer: SeatView }
    'POST /api/seats/{name}/skills': { path: OfSeat; body: { skills: readonly string[] }; answer: SeatView }
    'GET /api/calls/{id}/captions': { path: { id: string }; answer: CallTranscript }
  }
}

type OfSeat = { name: string }
