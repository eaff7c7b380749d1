import type {
  IncidentChange,
  IncidentDetail,
  IncidentView,
  NewIncident,
  PublicIncident,
} from '../../incidents/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/incidents': { answer: { readonly incidents: readonly IncidentView[] } }
    'POST /api/incidents': { body: NewIncident; answer: IncidentView }
    'GET /api/incidents/{id}': { path: { id: string }; answer: IncidentDetail }
    'POST /api/incidents/{id}/change': { path: { id: string }; body: IncidentChange; answer: IncidentView }
    'POST /api/incidents/{id}/end': { path: { id: string }; body: object; answer: IncidentView }
    'GET /current-incidents': { answer: { readonly incidents: readonly PublicIncident[] } }
  }
}
