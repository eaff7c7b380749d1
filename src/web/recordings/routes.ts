import type { RecordingShown } from '../../http/recordings/api.ts'
import type {
  NewQualityReview,
  NewRecordingNote,
  QualityReview,
  RecordingNote,
  RecordingPage,
} from '../../recordings/api.ts'

export type Wanted = {
  readonly order?: string
  readonly call?: string
  readonly seat?: string
  readonly number?: string
  readonly fromMs?: number
  readonly untilMs?: number
}

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/recordings': { query: Wanted & { before?: string }; answer: RecordingPage }
    'GET /api/recordings/{id}': { path: { id: string }; answer: RecordingShown }
    'POST /api/recordings/{id}/notes': {
      path: { id: string }
      body: NewRecordingNote
      answer: RecordingNote
    }
    'DELETE /api/recordings/{id}/notes/{note}': { path: { id: string; note: string }; answer: undefined }
    'POST /api/recordings/{id}/reviews': {
      path: { id: string }
      body: NewQualityReview
      answer: QualityReview
    }
    'POST /api/recordings/{id}/reviews/{review}/answer': {
      path: { id: string; review: string }
      body: { answer: string }
      answer: undefined
    }
  }
}
