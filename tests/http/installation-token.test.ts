/** What the token of the installation may still do once there is an administrator: a subject that is new has to be thought of here. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { createApp } from '../../src/http/app.ts'
import type { Routes } from '../../src/http/route.ts'
import { apiToken, bearer, createRooms, createWeb } from './house.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const asked: { readonly method: Method; readonly url: string }[] = []
let app: Awaited<ReturnType<typeof createApp>>

/** By what the house answers: `admin-needed`, `member-needed`, or let in, whatever the room says then. */
const byAnswer = new Map<string, string[]>()
beforeAll(async () => {
  const { rooms } = createRooms()
  const { web } = createWeb({ staff: { ...rooms.staff, hasAdmin: async () => true } })
  const noting: Routes = scope => {
    scope.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') asked.push({ method: one as Method, url })
    })
  }
  app = await createApp({ apiToken, log: silentLog, clock: systemClock, ...web, api: [noting, ...web.api] })
  for (const { method, url } of asked) {
    const answer = await app.inject({ method, url: url.replace(/:\w+/g, 'x'), headers: bearer })
    const code = answer.statusCode === 403 ? answer.json().faults[0].code : 'let in'
    byAnswer.set(code, [...(byAnswer.get(code) ?? []), `${method} ${url.replace('/api', '')}`].sort())
  }
})
afterAll(() => app.close())

const changing = (code: string) => byAnswer.get(code)?.filter(route => !route.startsWith('GET ')) ?? []

it('changes what programs may change, of these subjects and no other', () => {
  const subjects = changing('let in').map(route => route.split('/')[1] ?? '')
  expect([...new Set(subjects)].sort()).toEqual([
    ...[
      'assistant',
      'audit',
      'callbacks',
      'callers',
      'calls',
      'campaigns',
      'catalogue',
      'dial',
      'dispatch-catalogue',
      'drafts',
      'floor',
      'flows',
      'incidents',
    ],
    ...[
      'kind-models',
      'knowledge',
      'orders',
      'persons',
      'plan',
      'readings',
      'recordings',
      'rules',
      'seats',
      'suggestions',
    ],
  ])
  // Of a person it is their copy; what it says to reviews of knowledge is refused in the room.
  expect(changing('let in').filter(route => route.includes('/persons'))).toEqual(['POST /persons/export'])
})

it('lets nobody in, gives nobody rights and changes no key', () => {
  expect(changing('admin-needed')).toEqual([
    'DELETE /programs/:name',
    'DELETE /seats/:name',
    'DELETE /staff/:name',
    'DELETE /staff/:name/sessions',
    'DELETE /staff/:name/sessions/:id',
    'POST /keys/:name/rotation',
    'POST /programs',
    'POST /seats',
    'POST /seats/:name/change',
    'POST /staff',
    'POST /staff/:name/change',
    'POST /staff/:name/factors/removal',
    'POST /staff/:name/password',
  ])
})

it('is no member: it takes part in no decision of two, and has no account', () => {
  expect(byAnswer.get('member-needed')).toEqual([
    'DELETE /account/sessions',
    'DELETE /account/sessions/:id',
    'GET /account',
    'GET /bulletins',
    'GET /bulletins/:id',
    'GET /bulletins/:id/xlsx',
    'GET /deductions',
    'POST /account/factors/:id/remove',
    'POST /account/passkeys',
    'POST /account/passkeys/options',
    'POST /account/password',
    'POST /account/recovery',
    'POST /account/totp',
    'POST /account/totp/confirm',
    'POST /bulletins',
    'POST /bulletins/:id/decision',
    'POST /bulletins/:id/publish',
    'POST /bulletins/:id/words',
    'POST /callers/:number/ladder',
    'POST /deductions',
    'POST /deductions/:id/appeal',
    'POST /deductions/:id/decision',
    'POST /floor/seats/:name/supervise',
    'POST /floor/seats/:name/take-over',
    'POST /holds',
    'POST /holds/:id/end',
    'POST /ladder/:id/appeal',
    'POST /ladder/:id/decision',
    'POST /orders/:number/erasure',
    'POST /orders/:number/erasure/decision',
    'POST /persons/forgettings',
    'POST /persons/forgettings/decision',
    'POST /surveys/exclusions',
    'POST /surveys/exclusions/decision',
  ])
})
