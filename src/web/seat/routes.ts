import type {
  AssistantPlace,
  AssistedReading,
  AssistedReadingRequest,
  CallbackAct,
  CallbackPage,
  CallbackQuery,
  CallbackView,
  CallerMark,
  CityView,
  DraftAnswer,
  DraftAnswerRequest,
  DraftChange,
  DraftSaved,
  DraftView,
  Foreseen,
  ForeseeRequest,
  KindShown,
  LinesRead,
  NearOrders,
  NearRequest,
  NewDraft,
  OwnCall,
  PlaceShown,
  ReadingRequest,
  SuggestionShown,
  SuggestRequest,
} from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/assistant': { answer: AssistantPlace }
    'POST /api/assistant/readings': { body: AssistedReadingRequest; answer: AssistedReading }
    'POST /api/assistant/answers': { body: DraftAnswerRequest; answer: DraftAnswer }
    'GET /api/callbacks': { query: Partial<CallbackQuery>; answer: CallbackPage }
    'POST /api/callbacks/{id}/acts': { path: { id: string }; body: CallbackAct; answer: CallbackView }
    'GET /api/city': { answer: CityView }
    'GET /api/drafts': { query: { call?: string }; answer: { readonly drafts: readonly DraftView[] } }
    'POST /api/drafts': { body: NewDraft; answer: DraftSaved }
    'POST /api/drafts/{id}/change': { path: { id: string }; body: DraftChange; answer: DraftSaved }
    'GET /api/drafts/{id}': { path: { id: string }; answer: DraftView }
    'GET /api/drafts/{id}/version': { path: { id: string }; answer: { readonly seq: number } }
    'DELETE /api/drafts/{id}': { path: { id: string }; answer: undefined }
    'DELETE /api/drafts/{id}/files/{hash}': { path: { id: string; hash: string }; answer: DraftView }
    'GET /api/own-calls': { answer: { readonly calls: readonly OwnCall[] } }
    'GET /api/kinds': {
      query: { q: string; limit?: number }
      answer: { readonly kinds: readonly KindShown[] }
    }
    'POST /api/readings': { body: ReadingRequest; answer: LinesRead }
    'GET /api/places': {
      query: { q: string; district?: string; limit?: number }
      answer: { readonly places: readonly PlaceShown[] }
    }
    'GET /api/callers/languages': { answer: { readonly languages: readonly string[] } }
    'POST /api/callers/{number}/mark': { path: { number: string }; body: CallerMark; answer: undefined }
    'POST /api/suggestions': { body: SuggestRequest; answer: SuggestionShown }
    'POST /api/orders/near': { body: NearRequest; answer: NearOrders }
    'POST /api/orders/foreseen': { body: ForeseeRequest; answer: Foreseen }
  }
}
