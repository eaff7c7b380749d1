import type { NewTotp, OwnPassword, PasskeyAnswer, PasskeyAsked, RecoveryCodes } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'POST /api/account/password': { body: OwnPassword; answer: undefined }
    'POST /api/account/totp': { body: ByPassword; answer: NewTotp }
    'POST /api/account/totp/confirm': { body: { code: string; label: string }; answer: RecoveryCodes }
    'POST /api/account/passkeys/options': { body: ByPassword; answer: PasskeyAsked }
    'POST /api/account/passkeys': { body: { answer: PasskeyAnswer; label: string }; answer: RecoveryCodes }
    'POST /api/account/factors/{id}/remove': { path: { id: string }; body: ByPassword; answer: undefined }
    'POST /api/account/recovery': { body: ByPassword; answer: RecoveryCodes }
  }
}

type ByPassword = { password: string }
