import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, Fault, type Log, silentLog } from '../../src/foundation/index.ts'
import { createApp } from '../../src/http/app.ts'
import type {
  CallQuery,
  CallRecord,
  FlowUseView,
  FlowVersionView,
  FrontDeskDoors,
  SeatView,
} from '../../src/http/index.ts'

export const apiToken = 'a-token-for-this-test-alone'
export const bearer = { authorization: `Bearer ${apiToken}` }

export const firstCall: CallRecord = {
  id: 'call_01',
  line: 'sip',
  direction: 'in',
  caller: '13800138000',
  called: '12345',
  state: 'answered',
  invitedAtMs: Date.UTC(2026, 0, 5, 2),
}

export const flowVersion: FlowVersionView = {
  number: 2,
  digest: 'b4'.repeat(32),
  way: 'api',
  author: '李工',
  note: '缩短问候',
  madeAtMs: Date.UTC(2026, 0, 5, 2),
  parent: 1,
  verdict: [],
}

export const flowUse: FlowUseView = {
  standing: 1,
  trial: { number: 2, share: 0.05 },
  because: 'tried',
  author: '李工',
  usedAtMs: Date.UTC(2026, 0, 5, 2),
}

const seatUnknown = (name: string) =>
  new Fault({ code: 'seat-unknown', place: 'seat', found: name, expected: 's1' })

const memberUnknown = (name: string) =>
  new Fault({ code: 'member-unknown', place: 'name', found: name, expected: 'nobody: none works here' })

/** A staff room without anybody; how people sign in is tested with the real one. */
const nobodyWorksHere: FrontDeskDoors['staff'] = {
  async signIn() {
    throw new Fault({ code: 'sign-in-refused', place: 'sign-in', found: 'nobody', expected: 'somebody' })
  },
  who: async () => undefined,
  signOut: async () => undefined,
  onOver: () => undefined,
  list: async () => [],
  add: async ({ password: _secret, ...member }) => member,
  async remove(name) {
    throw memberUnknown(name)
  },
  async setPassword(name) {
    throw memberUnknown(name)
  },
}

/** No calls are owed; how they are is tested with the real room. */
const noSurveys: FrontDeskDoors['surveys'] = {
  campaigns: async () => [],
  async move(name) {
    throw new Fault({ code: 'campaign-unknown', place: 'params.name', found: name, expected: 'a campaign' })
  },
  rates: async () => [],
  formula: () => ({
    of: 'answered',
    partly: 0.5,
    satisfiedUpTo: 3,
    exclusions: ['withdrawn'],
    weights: { response: 0.3, solved: 0.35, satisfied: 0.35 },
  }),
  exclusions: async () => [],
  audit: async () => ({ events: 0, surveys: 0, heads: [], breaks: [], coached: [] }),
  ask: async () => undefined,
  decide: async () => undefined,
  link: { open: async () => undefined, answer: async () => undefined },
}

const noFiles = { types: ['image/png'], mostMegabytes: 1, mostPieces: 1 }

/** An order room without orders; how they are made and acted on is tested with the real one. */
const noOrders: FrontDeskDoors['orders'] = {
  rules: () => ({ profile: '北京市', mostExtensionDays: 15, evidence: noFiles, units: [], categories: [] }),
  list: async () => ({ orders: [] }),
  async show(number) {
    throw orderUnknown(number)
  },
  async make() {
    throw orderUnknown('new')
  },
  async act(number) {
    throw orderUnknown(number)
  },
  contact: {
    async check(number) {
      throw orderUnknown(number)
    },
    async readBack(number) {
      throw orderUnknown(number)
    },
  },
  evidence: {
    mostBytes: () => 1024,
    async add(number) {
      throw orderUnknown(number)
    },
    async open(number) {
      throw orderUnknown(number)
    },
  },
  async erase(number) {
    throw orderUnknown(number)
  },
}

const orderUnknown = (number: string) =>
  new Fault({ code: 'order-unknown', place: 'number', found: number, expected: 'none: there are no orders' })

/** A house of plain records: one call that is up, one seat, and lists of what it was asked. */
export function createDoors(changes: Partial<FrontDeskDoors> = {}) {
  const asked: { queries: CallQuery[]; marks: unknown[]; dials: unknown[]; flowOrders: unknown[] } = {
    queries: [],
    flowOrders: [],
    marks: [],
    dials: [],
  }
  const seats = new Map<string, SeatView>([
    ['s1', { name: 's1', display: '一号坐席', state: 'away', sinceMs: 0 }],
  ])
  const change = (name: string, state: SeatView['state']) => {
    const seat = seats.get(name)
    if (!seat) throw seatUnknown(name)
    const changed = { ...seat, state }
    seats.set(name, changed)
    return changed
  }
  const doors: FrontDeskDoors = {
    city: exampleCity,
    async listCalls(query) {
      asked.queries.push(query)
      return { calls: [firstCall] }
    },
    async showCall(id) {
      if (id !== firstCall.id) return undefined
      return {
        call: firstCall,
        summary: {},
        timeline: [{ atMs: 7, fact: { kind: 'answered', codec: 'PCMA' } }],
      }
    },
    captions: {
      show: async () => undefined,
      file: async () => undefined,
      open: async id => ({ code: '12345678', link: `/c/${id}`, live: `/c/${id}/live` }),
      erase: async () => false,
    },
    seats: async () => [...seats.values()],
    async addSeat({ password: _secret, ...seat }) {
      if (seats.has(seat.name)) {
        throw new Fault({ code: 'seat-exists', place: 'name', found: seat.name, expected: 'a new name' })
      }
      const added: SeatView = { ...seat, state: 'away', sinceMs: 0 }
      seats.set(seat.name, added)
      return added
    },
    async removeSeat(name) {
      if (!seats.delete(name)) throw seatUnknown(name)
    },
    readySeat: async name => change(name, 'ready'),
    awaySeat: async name => change(name, 'away'),
    async markCaller(number, mark) {
      asked.marks.push({ number, ...mark })
    },
    async dial(order) {
      asked.dials.push(order)
      return { call: 'call_02' }
    },
    flows: {
      versions: async () => ({ versions: [flowVersion], use: flowUse }),
      now: async () => ({ digest: 'b4'.repeat(32), stateSize: { width: 190, height: 96 }, flows: [] }),
      files: async () => ({ files: [{ path: 'hotline.yaml', text: 'flow: hotline' }] }),
      diff: async (to, from = 1) => ({ from, to, files: [] }),
      async load(order) {
        asked.flowOrders.push(order)
        return flowUse
      },
      promote: async author => ({ ...flowUse, author }),
      rollback: async ({ author, to = 1 }) => ({ ...flowUse, standing: to, author }),
    },
    staff: nobodyWorksHere,
    surveys: noSurveys,
    orders: noOrders,
    health: async () => [{ part: 'database', up: true, needed: false }],
    figures: [],
    ...changes,
  }
  return { doors, asked }
}

export async function createHouse(changes: Partial<FrontDeskDoors> = {}, log: Log = silentLog) {
  const { doors, asked } = createDoors(changes)
  const clock = createManualClock()
  const app = await createApp({ apiToken, log, clock, doors, shortNumbers: ['12345'] })
  return { app, asked, clock }
}
