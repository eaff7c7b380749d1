import type { Bulletin, BulletinEdit, BulletinList, NewBulletin } from '../../supervision/bulletins/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/bulletins': { answer: BulletinList }
    'GET /api/bulletins/{id}': { path: OfBulletin; answer: Bulletin }
    'POST /api/bulletins': { body: NewBulletin; answer: { readonly id: string } }
    'POST /api/bulletins/{id}/words': { path: OfBulletin; body: BulletinEdit; answer: undefined }
    'POST /api/bulletins/{id}/publish': { path: OfBulletin; answer: undefined }
    'POST /api/bulletins/{id}/decision': {
      path: OfBulletin
      body: { readonly agreed: boolean }
      answer: undefined
    }
  }
}

type OfBulletin = { id: string }
